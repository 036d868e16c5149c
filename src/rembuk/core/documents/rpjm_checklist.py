"""The papers of a medium-term cycle, in the order in which villages lay the annexes of their RPJM Desa.

Source: practice (F18, annexes in order); what it lacks, the village data, the report of the assessment, the enactment
and its letters, comes from Permendagri 114/2014 Pasal 13-28 and Permendagri 111/2014. A lettered row is an annex of its
own.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from rembuk.core.documents.completeness import OTHER, Item, Need, PaperSet
from rembuk.core.documents.needs import MINUTES, NOTES, PRESENT, decision, invitation, of_meeting
from rembuk.core.workflow.rpjm_stages import BEFORE_REVIEW, ORDER

DRAFTING: Final = ORDER[: ORDER.index("R5") + 1]
HAMLETS: Final = "musyawarah dusun dan kelompok"
PLANNING, MUSRENBANG, ENACTMENT = "Musyawarah Desa perencanaan", "Musrenbang Desa", "Musyawarah Desa pengesahan"
VISION: Final = "Visi dan misi Kepala Desa"
LETTERS: Final = "abcdefg"


def _one(form: str, stage: str, name: str, word: str) -> tuple[Need, ...]:
    return (Need(form, (stage,), name, word),)


def _upload(name: str, word: str) -> tuple[Need, ...]:
    return (Need(OTHER, ("R3B", *ORDER), name, word, anywhere=False),)


def _minutes(mark: str, what: str, stage: str, *, every: bool = False) -> Item:
    return Item(mark, f"Berita acara {what}", of_meeting(stage, MINUTES, every=every))


def _notes(mark: str, meeting: str, stage: str) -> Item:
    return Item(mark, f"Notulen {meeting}", of_meeting(stage, NOTES))


def _gathered(mark: str, meeting: str, stage: str) -> Item:
    return Item(mark, f"Undangan dan daftar hadir {meeting}", (invitation(stage), *of_meeting(stage, PRESENT)))


_ITEMS: Final = (
    Item("1", "Keputusan Kepala Desa tentang Tim Penyusun RPJM Desa", _one("F01", "R1", "SK tim penyusun", "sk tim")),
    Item("2", "Rencana kerja tindak lanjut (RKTL) tim", _one("F02", "R1", "RKTL", "rktl")),
    Item("3", "Peta jalan SDGs Desa", _one("F16", "R2", "peta jalan SDGs", "sdgs")),
    Item("4", "Daftar program dan kegiatan masuk Desa", _one("F06", "R2", "daftar program masuk", "program")),
    Item("5", "Data Desa", _one("F07", "R3A", "Data Desa", "data desa")),
    Item("6", "Bagan kelembagaan dan daftarnya", _one("F10", "R3B", "bagan kelembagaan", "kelembagaan")),
    Item("7", "Sketsa Desa dan daftarnya", _one("F08", "R3B", "sketsa Desa", "sketsa")),
    Item("8", "Kalender musim dan daftarnya", _one("F09", "R3B", "kalender musim", "kalender")),
    Item("9", "Pohon masalah, inventaris masalah, dan inventaris potensi", _one("F11", "R3B", "inventaris", "masalah")),
    Item("10", "Pengkajian tindakan, penentuan tindakan, dan peringkat", _one("F12", "R3C", "peringkat", "tindakan")),
    Item("11", "Daftar gagasan dusun dan kelompok", _one("F13", "R3B", "daftar gagasan", "gagasan")),
    Item("12", "Rekapitulasi usulan", _one("F14", "R3C", "rekapitulasi usulan", "rekap")),
    Item("13", "Laporan pengkajian keadaan Desa", _one("F15", "R3C", "laporan pengkajian", "laporan")),
    Item("14", "Rancangan RPJM Desa", _one("F17", "R5", "rancangan RPJM", "rancangan")),
    Item("15", VISION, (Need("F18", DRAFTING, "visi dan misi", "visi", told_by_word=True, anywhere=False),)),
    Item("16", "Pokok pikiran BPD", (replace(decision("R4", "pokok pikiran", "pokok pikiran"), stages=("R4", "R5")),)),
    Item("17", "Keputusan tentang panitia dan tata tertib"),
    Item("17a", "Keputusan BPD tentang panitia Musyawarah Desa", (decision("R4", "keputusan panitia", "panitia"),)),
    Item("17b", "Keputusan Kepala Desa tentang panitia Musrenbang", (decision("R7", "SK panitia", "panitia"),)),
    Item("17c", "Tata tertib Musrenbang", (decision("R7", "tata tertib", "tata tertib"),)),
    Item("18", "Berita acara"),
    _minutes("18a", "pembentukan tim penyusun", "R1"),
    _minutes("18b", HAMLETS, "R3B", every=True),
    _minutes("18c", "pengkajian keadaan Desa", "R3C"),
    _minutes("18d", PLANNING, "R4"),
    _minutes("18e", "hasil penyusunan rancangan RPJM Desa", "R5"),
    _minutes("18f", MUSRENBANG, "R7"),
    _minutes("18g", ENACTMENT, "R9"),
    Item("19", "Undangan dan daftar hadir"),
    Item("19a", f"Daftar hadir {HAMLETS}", of_meeting("R3B", PRESENT, every=True)),
    _gathered("19b", PLANNING, "R4"),
    _gathered("19c", MUSRENBANG, "R7"),
    _gathered("19d", ENACTMENT, "R9"),
    Item("20", "Notulen"),
    _notes("20a", PLANNING, "R4"),
    _notes("20b", MUSRENBANG, "R7"),
    _notes("20c", ENACTMENT, "R9"),
    Item("21", "Peta Desa", _upload("peta Desa", "peta desa")),
    Item("22", "Foto kegiatan", (replace(*_upload("foto kegiatan", "foto"), every=True),)),
    Item("23", "Rancangan akhir RPJM Desa", (Need("F17", ("R8",), "rancangan akhir", "rancangan", anywhere=False),)),
    Item(
        "24",
        "Keputusan BPD tentang kesepakatan Perdes RPJM Desa",
        (Need("F35", ("R9",), "keputusan BPD", "bpd", anywhere=False),),
    ),
    Item("25", "Surat tentang Perdes RPJM Desa"),
    Item("25a", "Surat pengantar Perdes RPJM Desa", _one("F36", "R10", "surat pengantar", "pengantar")),
    Item("25b", "Surat hasil klarifikasi", _one("F36", "R11", "surat hasil klarifikasi", "klarifikasi")),
    Item("26", "Perdes RPJM Desa", (Need("F19", ("R10",), "Perdes RPJM Desa", "perdes", anywhere=False),), front=True),
    Item("27", "Naskah RPJM Desa", (Need("F18", ("R8",), "naskah RPJM", "naskah"),), front=True),
)  # fmt: skip


def without(items: Sequence[Item], stages: Collection[str]) -> tuple[Item, ...]:
    """Return the rows that ask for something of another stage, numbered anew; a heading without rows falls out."""
    found: list[Item] = []
    number = 0
    for _mark, group in groupby(items, key=lambda item: item.mark.rstrip(LETTERS)):
        rows = list(group)
        kept = [row for row in rows if any(set(need.stages) - set(stages) for need in row.needs)]
        if not kept:
            continue
        number += 1
        if kept[0].mark.isdigit():
            found.append(replace(kept[0], mark=str(number)))
            continue
        found.append(replace(rows[0], mark=str(number)))
        found += [replace(row, mark=f"{number}{letter}") for letter, row in zip(LETTERS, kept, strict=False)]
    return tuple(found)


RPJM_PAPERS: Final = PaperSet(
    plan="RPJM Desa",
    full="Rencana Pembangunan Jangka Menengah Desa",
    items=_ITEMS,
    front={"F19": "Peraturan Desa tentang RPJM Desa", "F18": "Naskah RPJM Desa", "F17": "Matriks RPJM Desa"},
    matrix="F17",
    beside=("F37", "F34"),
    of_cycle=frozenset({"F34", "F37"}),
    photos=True,
)
REVIEW_PAPERS: Final = replace(
    RPJM_PAPERS,
    plan="Perubahan RPJM Desa",
    full="Perubahan Rencana Pembangunan Jangka Menengah Desa",
    items=without(_ITEMS, BEFORE_REVIEW),
    front={**RPJM_PAPERS.front, "F19": "Peraturan Desa tentang perubahan RPJM Desa"},
    beside=("F37", "F33", "F34"),
)
"""A review changes a plan in force: its team and assessment are those of that plan."""


def annex_lines() -> tuple[str, ...]:
    """Return the annexes of an RPJM Desa as its document (F18) lists them, each under the number it has in a bundle."""
    tops = [item for item in _ITEMS if item.mark.isdigit() and not item.front]
    return tuple(f"{item.title}{_forms(item)}" for item in tops)


def _forms(item: Item) -> str:
    needs = [need for row in _ITEMS if row.mark.rstrip(LETTERS) == item.mark for need in row.needs]
    codes = dict.fromkeys(need.form for need in needs if need.form.startswith("F"))
    return f" ({', '.join(codes)})" if codes else ""
