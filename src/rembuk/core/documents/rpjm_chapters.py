"""The chapters of the RPJM Desa document, what its team writes in them, and its annexes. Source: practice (F18)."""

from dataclasses import dataclass
from typing import Final

from rembuk.core.documents.rpjm_checklist import annex_lines

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

ANNEXES: Final = annex_lines()
