"""F01 to F38 as the brief of the forms lists them: what each is, which annex families print it, what it needs.

This is the list that ``./rembuk forms --check`` holds the program against. It says what must be there; that it is there
is read from the program itself.
"""

from dataclasses import dataclass
from typing import Final, Literal

Families = Literal["A", "B", "A+B", "praktik"]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form. layouts: layouts that differ in print (A and B), so that each has a golden file of its own."""

    code: str
    title: str
    families: Families
    layouts: bool = False


REGISTER: Final[tuple[FormEntry, ...]] = (
    FormEntry("F01", "SK Tim Penyusun", "A+B"),
    FormEntry("F02", "RKTL tim", "B"),
    FormEntry("F03", "Berita acara", "A+B"),
    FormEntry("F04", "Daftar hadir", "A+B"),
    FormEntry("F05", "Notulen", "B"),
    FormEntry("F06", "Daftar program dan kegiatan masuk Desa", "A+B", layouts=True),
    FormEntry("F07", "Data Desa", "A"),
    FormEntry("F08", "Sketsa Desa", "A"),
    FormEntry("F09", "Kalender musim", "A"),
    FormEntry("F10", "Bagan kelembagaan", "A"),
    FormEntry("F11", "Pohon masalah dan inventaris", "praktik"),
    FormEntry("F12", "Pengkajian tindakan dan peringkat", "praktik"),
    FormEntry("F13", "Daftar gagasan dusun/kelompok", "A"),
    FormEntry("F14", "Rekapitulasi usulan", "A"),
    FormEntry("F15", "Laporan PKD", "A"),
    FormEntry("F16", "Peta jalan SDGs Desa", "B"),
    FormEntry("F17", "Rancangan RPJM Desa", "A+B", layouts=True),
    FormEntry("F18", "Naskah RPJM Desa", "praktik"),
    FormEntry("F19", "Perdes RPJM/RKP", "A"),
    FormEntry("F20", "Pagu indikatif Desa", "A"),
    FormEntry("F21", "Rencana pembiayaan", "B"),
    FormEntry("F22", "Daftar prioritas usulan", "B"),
    FormEntry("F23", "Usulan per SDGs Desa", "B"),
    FormEntry("F24", "Rencana kerja sama", "B"),
    FormEntry("F25", "Evaluasi RKP sebelumnya", "B"),
    FormEntry("F26", "Rancangan RKP Desa", "A+B", layouts=True),
    FormEntry("F27", "Gambar rencana prasarana", "A"),
    FormEntry("F28", "RAB", "A"),
    FormEntry("F29", "Pemeriksaan proposal teknis dan RAB", "A"),
    FormEntry("F30", "SK Tim Verifikasi", "A"),
    FormEntry("F31", "Usulan pelaksana kegiatan", "A"),
    FormEntry("F32", "DU-RKP Desa", "A+B", layouts=True),
    FormEntry("F33", "Matriks perubahan", "praktik"),
    FormEntry("F34", "Lembar verifikasi", "praktik"),
    FormEntry("F35", "Keputusan dan pandangan BPD", "B"),
    FormEntry("F36", "Surat", "A"),
    FormEntry("F37", "Ceklis kelengkapan RKP", "praktik"),
    FormEntry("F38", "Ringkasan keuangan", "praktik"),
)
"""Every form, in the order of its number."""
