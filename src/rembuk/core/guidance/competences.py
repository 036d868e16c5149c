"""The fourteen competences of village planning (K1-K14) and the level each role needs of them.

Source: the programme's analysis of training needs; design, no law fixes the levels. A level is 0 to 3.
"""

from collections.abc import Mapping
from typing import Final

from rembuk.core.hat import Role

TOPICS: Final[Mapping[str, str]] = {
    "K1": "Urutan hukum dokumen perencanaan",
    "K2": "Data desa dan kesenjangan Indeks Desa",
    "K3": "Memandu forum bersama perempuan dan kelompok rentan",
    "K4": "Alat kajian partisipatif (PRA)",
    "K5": "Menyusun peringkat dengan kriteria",
    "K6": "Menyusun RPJM Desa dan perubahannya",
    "K7": "Matriks RKP Desa: keluaran, data dasar, target",
    "K8": "RAB dan gambar sederhana",
    "K9": "Kaitan RPJM Desa, RKP Desa, APB Desa dan kode Siskeudes",
    "K10": "DU-RKP Desa dan batas kewenangan desa dan kabupaten",
    "K11": "Menyusun Peraturan Desa",
    "K12": "Publikasi dan umpan balik",
    "K13": "Memakai aplikasi ini",
    "K14": "Menyusun ulang rencana sesudah pagu berubah",
}
"""Code -> what a person should be able to do."""

HIGHEST: Final = 3
LEVELS: Final[Mapping[int, str]] = {0: "belum ada", 1: "lemah", 2: "cukup", 3: "baik"}
"""A level in words."""


def _on(topics: tuple[str, ...], level: int, rest: int = 0) -> dict[str, int]:
    return {topic: level if topic in topics else rest for topic in TOPICS}


_PLAN = ("K6", "K7", "K8", "K9", "K10")
_FORUM = ("K3", "K4", "K5")
REQUIRED: Final[Mapping[Role, Mapping[str, int]]] = {
    Role.SDK: _on(_PLAN, 3),
    Role.KAU: _on(_PLAN, 3),
    Role.KAD: _on(("K5",), 3, rest=2),
    Role.BPD: _on(("K1", "K3"), 3, rest=2),
    Role.PTP: _on(tuple(TOPICS), 3),
    Role.PLD: _on(_FORUM, 3),
    Role.PDA: _on(_FORUM, 3),
    Role.FAS: _on(_FORUM, 3),
    Role.LKD: _on(_FORUM, 2),
    Role.KPMD: _on(_FORUM, 2),
}
"""Role -> topic -> level needed; 0 means that nothing is asked of the role there."""

KEY_ROLES: Final = (Role.KAD, Role.SDK, Role.KAU, Role.BPD)
"""The four roles of a village that the programme counts (PP2)."""


def required_level(role: Role, topic: str) -> int:
    """Return the level *role* needs of *topic*; 0 when nothing is asked. Raises: KeyError for an unknown topic."""
    return REQUIRED[role][topic] if role in REQUIRED else dict.fromkeys(TOPICS, 0)[topic]
