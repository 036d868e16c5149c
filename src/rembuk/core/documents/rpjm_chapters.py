"""The chapters of the RPJM Desa document, what its team writes in them, and its annexes. Source: practice (F18)."""

from dataclasses import dataclass
from typing import Final

CHAPTERS: Final = (
    ("I", "Pendahuluan"),
    ("II", "Profil Desa"),
    ("III", "Visi, Misi, dan Nilai"),
    ("IV", "Rumusan Prioritas"),
    ("V", "Arah Kebijakan Pembangunan dan Keuangan Desa"),
    ("VI", "Program dan Kegiatan"),
    ("VII", "Penutup"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One free text of the document. chapter: its number. asked: an empty one prints a place to write."""

    key: str
    chapter: str
    title: str
    asked: bool = True


SECTIONS: Final[dict[str, Section]] = {
    section.key: section
    for section in (
        Section("background", "I", "Latar belakang"),
        Section("purpose", "I", "Maksud dan tujuan"),
        Section("overview", "II", "Gambaran umum", asked=False),
        Section("history", "II", "Sejarah Desa"),
        Section("geography", "II", "Keadaan geografis"),
        Section("society", "II", "Keadaan sosial budaya"),
        Section("economy", "II", "Keadaan ekonomi"),
        Section("facilities", "II", "Prasarana Desa"),
        Section("government", "II", "Pemerintahan Desa"),
        Section("organisation", "II", "Susunan organisasi dan tata kerja (SOTK)"),
        Section("values", "III", "Nilai"),
        Section("priorities", "IV", "Uraian prioritas", asked=False),
        Section("development", "V", "Arah kebijakan pembangunan Desa"),
        Section("finance", "V", "Arah kebijakan keuangan Desa"),
        Section("programmes", "VI", "Uraian program", asked=False),
        Section("closing", "VII", "Kesimpulan dan harapan"),
    )
}
"""What the team writes, in the order of the document; vision and mission are the plan's own."""

ANNEXES: Final = (
    "Keputusan Kepala Desa tentang Tim Penyusun RPJM Desa (F01)",
    "Rencana kerja tindak lanjut tim (F02)",
    "Peta jalan SDGs Desa (F16)",
    "Daftar program dan kegiatan masuk Desa (F06)",
    "Bagan kelembagaan dan daftarnya (F10)",
    "Sketsa Desa dan daftarnya (F08)",
    "Kalender musim dan daftarnya (F09)",
    "Pohon masalah (F11)",
    "Inventaris masalah (F11)",
    "Inventaris potensi (F11)",
    "Pengkajian tindakan pemecahan masalah (F12)",
    "Penentuan tindakan (F12)",
    "Penentuan peringkat (F12)",
    "Daftar gagasan dusun dan kelompok (F13)",
    "Rekapitulasi usulan (F14)",
    "Rancangan RPJM Desa (F17)",
    "Visi dan misi Kepala Desa",
    "Pokok pikiran BPD (F35)",
    "Keputusan tentang tim dan panitia (F35)",
    "Berita acara musyawarah (F03)",
    "Undangan dan daftar hadir (F04)",
    "Notulen (F05)",
    "Peta Desa",
    "Foto kegiatan",
)
