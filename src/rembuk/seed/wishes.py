"""What hamlets of the example ask for: invented wishes of river, lake, coast and road villages."""

import random
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Wish:
    """A kind of wish. price: rupiah per unit, least and most. groups: UNSUR codes of those it helps."""

    title: str
    code: str
    unit: str
    volume: tuple[int, int]
    price: tuple[int, int]
    groups: tuple[str, ...] = ()
    physical: bool = False
    problem: str = ""
    higher: bool = False


WISHES: tuple[Wish, ...] = (
    Wish(
        "Titian ulin {rt}",
        "2.3.11",
        "m",
        (40, 180),
        (550_000, 900_000),
        (),
        True,
        "Titian lapuk, anak sekolah sering jatuh.",
    ),
    Wish(
        "Semenisasi gang {rt}", "2.3.11", "m", (60, 240), (480_000, 820_000), (), True, "Gang becek setiap air pasang."
    ),
    Wish("Jalan usaha tani menuju kebun {rt}", "2.3.12", "m", (150, 700), (210_000, 420_000), ("TANI",), True),
    Wish(
        "Rehabilitasi jembatan ulin {rt}",
        "2.3.13",
        "m",
        (8, 40),
        (1_900_000, 3_400_000),
        (),
        True,
        "Tiang jembatan miring.",
    ),
    Wish("Parit dan drainase {rt}", "2.3.14", "m", (60, 260), (310_000, 560_000), (), True),
    Wish("Tandon air hujan 2.000 liter", "2.4.11", "unit", (6, 18), (6_200_000, 8_400_000), ("MISKIN",), True),
    Wish("Sambungan air bersih ke rumah", "2.4.12", "SR", (20, 70), (3_200_000, 4_900_000), ("PEREMPUAN",), True),
    Wish("Jamban sehat keluarga", "2.4.14", "unit", (6, 16), (5_800_000, 7_400_000), ("MISKIN",), True),
    Wish("Lampu jalan tenaga surya {rt}", "2.7.02", "titik", (4, 14), (9_500_000, 14_500_000), (), True),
    Wish(
        "Rehabilitasi polindes", "2.2.09", "unit", (1, 1), (85_000_000, 165_000_000), ("KADERKES",), True, "Atap bocor."
    ),
    Wish(
        "Posyandu: makanan tambahan dan kader",
        "2.2.02",
        "bulan",
        (12, 12),
        (3_600_000, 6_200_000),
        ("PEREMPUAN", "KADERKES"),
    ),
    Wish("Insentif guru PAUD dan TPA", "2.1.01", "OB", (24, 72), (450_000, 800_000), ("PENDIDIK",)),
    Wish("Perahu antar-jemput anak sekolah", "2.1.10", "unit", (1, 2), (38_000_000, 62_000_000), ("ANAK",), True),
    Wish("Buku dan rak taman baca", "2.1.07", "paket", (1, 1), (12_000_000, 26_000_000), ("PEMUDA", "ANAK")),
    Wish(
        "Pelatihan olahan ikan untuk kelompok perempuan",
        "4.4.01",
        "paket",
        (1, 1),
        (14_000_000, 32_000_000),
        ("PEREMPUAN", "NELAYAN"),
    ),
    Wish("Bibit ikan keramba kelompok nelayan", "4.1.05", "paket", (1, 3), (18_000_000, 36_000_000), ("NELAYAN",)),
    Wish("Alat perontok padi kelompok tani", "4.2.01", "unit", (1, 2), (16_000_000, 28_000_000), ("TANI",)),
    Wish("Pelatihan siaga banjir", "3.1.04", "paket", (1, 1), (15_000_000, 28_000_000), ("LINGKUNGAN",)),
    Wish("Pos ronda {rt}", "3.1.01", "unit", (1, 1), (18_000_000, 32_000_000), ("TOMAS",), True),
    Wish("Pembinaan sanggar tari pemuda", "3.2.01", "paket", (1, 1), (12_000_000, 25_000_000), ("SENI", "PEMUDA")),
    Wish("Kursi roda dan alat bantu warga difabel", "4.4.03", "unit", (2, 6), (2_600_000, 4_200_000), ("DIFABEL",)),
    Wish(
        "Kegiatan lansia: senam dan periksa kesehatan", "2.2.03", "bulan", (12, 12), (1_400_000, 2_600_000), ("LANSIA",)
    ),
    Wish("Siring penahan longsor {rt}", "2.3.14", "m", (25, 90), (1_400_000, 2_600_000), ("LINGKUNGAN",), True),
    Wish("Laptop dan pencetak kantor desa", "1.2.01", "unit", (1, 3), (11_000_000, 17_000_000)),
    Wish("Sambungan internet kantor dan balai desa", "2.6.03", "bulan", (12, 12), (1_200_000, 2_800_000)),
    Wish(
        "Pengaspalan jalan poros kecamatan",
        "2.3.10",
        "km",
        (1, 4),
        (2_400_000_000, 3_900_000_000),
        (),
        True,
        "Jalan rusak.",
        True,
    ),
    Wish(
        "Jaringan listrik ke dusun",
        "2.7.02",
        "km",
        (2, 6),
        (450_000_000, 700_000_000),
        (),
        True,
        "Masih memakai genset.",
        True,
    ),
)


PARTICULAR: tuple[Wish, ...] = tuple(
    wish
    for start in ("Rehabilitasi polindes", "Tandon air hujan", "Laptop", "Pelatihan siaga banjir", "Semenisasi gang")
    for wish in WISHES
    if wish.title.startswith(start)
)
"""What Melintang, told in detail, surely asks for and the hamlets put first."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One wish with its numbers. cost in whole rupiah."""

    wish: Wish
    title: str
    volume: Decimal
    cost: int
    male: int
    female: int
    poor: int


def numbers(luck: random.Random, wish: Wish, rt: str) -> Drawn:
    """Draw the numbers of one wish; costs are rounded to Rp50.000."""
    volume = luck.randint(*wish.volume)
    cost = volume * luck.randint(*wish.price) // 50_000 * 50_000
    male = luck.randint(12, 160)
    female = luck.randint(12, 160)
    return Drawn(wish, wish.title.format(rt=rt), Decimal(volume), cost, male, female, luck.randint(4, male + female))
