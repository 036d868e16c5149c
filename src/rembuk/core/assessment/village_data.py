"""F07: the four lists of village data with the rows that villages usually count.

Source: Permendagri 114/2014 Pasal 13.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SECTIONS: Final[dict[str, str]] = {
    "natural": "Sumber Daya Alam",
    "human": "Sumber Daya Manusia",
    "development": "Sumber Daya Pembangunan",
    "social": "Sumber Daya Sosial Budaya",
}
"""The four lists of Pasal 13, in the order of the form."""


@dataclass(frozen=True, slots=True)
class UsualRow:
    """A row that is offered to every village. part: the heading inside its list, empty where there is none."""

    section: str
    part: str
    name: str
    unit: str


_NATURAL: Final = (
    ("", "Sawah tadah hujan atau irigasi", "hektare"),
    ("", "Ladang dan tegalan", "hektare"),
    ("", "Kebun rakyat", "hektare"),
    ("", "Kebun perusahaan", "hektare"),
    ("", "Hutan desa dan hutan adat", "hektare"),
    ("", "Lahan rawa dan gambut", "hektare"),
    ("", "Sungai yang melintasi desa", "kilometer"),
    ("", "Danau, kolam, dan tambak", "hektare"),
    ("", "Mata air dan sumur umum", "unit"),
    ("", "Pasir, batu, dan bahan galian lain", "lokasi"),
    ("", "Ternak besar", "ekor"),
    ("", "Tempat wisata alam", "lokasi"),
)
_HUMAN: Final = (
    ("Penduduk dan keluarga", "Penduduk laki-laki", "orang"),
    ("Penduduk dan keluarga", "Penduduk perempuan", "orang"),
    ("Penduduk dan keluarga", "Kepala keluarga", "keluarga"),
    ("Penduduk dan keluarga", "Keluarga dengan kepala keluarga perempuan", "keluarga"),
    ("Penduduk dan keluarga", "Rumah tangga miskin", "rumah tangga"),
    ("Mata pencaharian", "Petani", "orang"),
    ("Mata pencaharian", "Buruh tani", "orang"),
    ("Mata pencaharian", "Nelayan dan pembudi daya ikan", "orang"),
    ("Mata pencaharian", "Perajin dan pelaku usaha kecil", "orang"),
    ("Mata pencaharian", "Pedagang", "orang"),
    ("Mata pencaharian", "Karyawan perusahaan", "orang"),
    ("Mata pencaharian", "Pegawai negeri, TNI, dan Polri", "orang"),
    ("Tenaga kerja menurut pendidikan", "Tidak tamat SD", "orang"),
    ("Tenaga kerja menurut pendidikan", "Tamat SD", "orang"),
    ("Tenaga kerja menurut pendidikan", "Tamat SMP", "orang"),
    ("Tenaga kerja menurut pendidikan", "Tamat SMA atau SMK", "orang"),
    ("Tenaga kerja menurut pendidikan", "Tamat perguruan tinggi", "orang"),
)
_DEVELOPMENT: Final = (
    ("Prasarana umum", "Jalan desa", "meter"),
    ("Prasarana umum", "Jembatan", "unit"),
    ("Prasarana umum", "Titian kayu", "meter"),
    ("Prasarana umum", "Dermaga atau tambatan perahu", "unit"),
    ("Prasarana umum", "Balai desa dan balai pertemuan", "unit"),
    ("Prasarana umum", "Sambungan air bersih", "rumah"),
    ("Prasarana umum", "Sambungan listrik", "rumah"),
    ("Prasarana umum", "Menara telekomunikasi", "unit"),
    ("Pendidikan", "PAUD dan TK", "unit"),
    ("Pendidikan", "Sekolah dasar", "unit"),
    ("Pendidikan", "Sekolah menengah", "unit"),
    ("Pendidikan", "Perpustakaan dan taman bacaan", "unit"),
    ("Kesehatan", "Puskesmas pembantu dan poskesdes", "unit"),
    ("Kesehatan", "Posyandu", "unit"),
    ("Kesehatan", "Bidan dan perawat desa", "orang"),
    ("Ekonomi", "Pasar desa", "unit"),
    ("Ekonomi", "Kios dan warung", "unit"),
    ("Ekonomi", "BUM Desa dan koperasi", "unit"),
    ("Kelompok usaha produktif", "Kelompok tani", "kelompok"),
    ("Kelompok usaha produktif", "Kelompok nelayan", "kelompok"),
    ("Kelompok usaha produktif", "Kelompok perempuan", "kelompok"),
    ("Modal", "Penyertaan modal pada BUM Desa", "rupiah"),
    ("Modal", "Dana bergulir masyarakat", "rupiah"),
)
_SOCIAL: Final = (
    ("", "Masjid dan musala", "unit"),
    ("", "Gereja, pura, dan rumah ibadah lain", "unit"),
    ("", "Lembaga adat", "lembaga"),
    ("", "Upacara dan tradisi yang masih dijalankan", "jenis"),
    ("", "Kelompok seni budaya", "kelompok"),
    ("", "Kelompok pengajian dan arisan", "kelompok"),
    ("", "Karang taruna dan kelompok pemuda", "kelompok"),
    ("", "PKK dan dasawisma", "kelompok"),
    ("", "Lapangan dan gedung olahraga", "unit"),
    ("", "Gotong royong rutin", "kali per tahun"),
)
USUAL_ROWS: Final[tuple[UsualRow, ...]] = tuple(
    UsualRow(section, part, name, unit)
    for section, rows in (
        ("natural", _NATURAL),
        ("human", _HUMAN),
        ("development", _DEVELOPMENT),
        ("social", _SOCIAL),
    )
    for part, name, unit in rows
)
"""The rows that a new assessment begins with; a village renames, adds and removes them. The choice is Rembuk's own."""


def changed_since(before: Decimal | None, now: Decimal | None) -> bool | None:
    """Return whether a number differs from the last assessment; None where one of the two is not known."""
    if before is None or now is None:
        return None
    return before != now


def unfiled(filed: Mapping[str, object]) -> tuple[str, ...]:
    """Return the lists that carry no date of filing yet, in the order of the form."""
    return tuple(section for section in SECTIONS if not filed.get(section))
