"""Community elements (UNSUR) and the other capacities in which people come to a meeting.

Source: Permendagri 114/2014 Pasal 15, 25, 46; Permendesa PDTT 21/2020. LANSIA is a setting of Rembuk.
"""

from typing import Final

ELEMENTS: Final[dict[str, str]] = {
    "ADAT": "Tokoh adat",
    "AGAMA": "Tokoh agama",
    "TOMAS": "Tokoh masyarakat",
    "PENDIDIK": "Tokoh pendidikan",
    "SENI": "Tokoh seni dan budaya",
    "WILAYAH": "Keterwakilan kewilayahan (dusun/RT/RW)",
    "TANI": "Petani dan buruh tani",
    "NELAYAN": "Nelayan dan buruh nelayan",
    "PERAJIN": "Perajin",
    "PEREMPUAN": "Kelompok perempuan",
    "ANAK": "Forum anak, pemerhati dan perlindungan anak",
    "MISKIN": "Kelompok masyarakat miskin",
    "DIFABEL": "Kelompok berkebutuhan khusus",
    "KADERKES": "Kader kesehatan",
    "LINGKUNGAN": "Pegiat dan pemerhati lingkungan",
    "PEMUDA": "Pemuda atau pelajar",
    "ORSOS": "Organisasi sosial atau lembaga kemasyarakatan lain",
    "LANSIA": "Warga lanjut usia",
}

ATTENDEE_TYPES: Final[dict[str, str]] = {
    "PEMDES": "Pemerintah Desa",
    "BPD": "BPD",
    "LPM": "LPM",
    "KPMD": "KPMD",
    "RT": "Ketua RT",
    "BUMDES": "BUM Desa",
    "KDMP": "Koperasi Desa Merah Putih",
    "PD": "Pendamping Desa",
    "CAMAT": "Kecamatan",
    "DPMD": "DPMD",
    "OPD": "Perangkat daerah",
    "DPRD": "DPRD",
    "TNI_POLRI": "TNI/Polri",
    "UNDANGAN": "Undangan lain",
}

GUESTS: Final[frozenset[str]] = frozenset({"PD", "CAMAT", "DPMD", "OPD", "DPRD", "TNI_POLRI", "UNDANGAN"})
"""They speak and do not vote. Source: Permendesa 2/2015, kept in local rules."""

HIDDEN_BESIDE_NAMES: Final[frozenset[str]] = frozenset({"MISKIN", "DIFABEL"})
"""Never printed beside a name; per meeting only "terwakili" or "belum"."""

ALWAYS_EXPECTED: Final[tuple[str, ...]] = ("PEREMPUAN", "MISKIN")
DISABLED: Final = "DIFABEL"
PRODUCTION_GROUPS: Final[tuple[str, ...]] = ("TANI", "NELAYAN", "PERAJIN")
