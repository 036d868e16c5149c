"""F37: which papers of a yearly cycle are there and which are missing.

Source: the checklist of a regency for RKP Desa 2026 (rows 1 to 22); the enactment papers behind it are this
program's own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text
from rembuk.core.documents.model import Column, Document, Note, Paragraph, Part, Row, Table

OTHER = "LAIN"
"""Code of an uploaded paper that is none of its stage's forms; its title says what it is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A paper that is there. stage: where it lies, empty for a paper of the archive that belongs to the whole cycle.

    signed: the signed copy. dated: its own day.
    """

    form: str
    stage: str = ""
    title: str = ""
    number: str = ""
    dated: date | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A paper that a row asks for. stages: where it may lie. name: as printed.

    word: what its title must say where the form alone does not tell (several decisions of the BPD share F35), and
    always for a paper that was uploaded as "Dokumen lain".
    anywhere: a paper of the archive counts although it lies under no stage.
    """

    form: str
    stages: tuple[str, ...]
    name: str
    word: str = ""
    told_by_word: bool = False
    anywhere: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the list. mark: its number or letter. needs: all of them must be there; none for a heading."""

    mark: str
    title: str
    needs: tuple[Need, ...] = ()


def _meeting(stage: str, *names: tuple[str, str]) -> tuple[Need, ...]:
    return tuple(Need(form, (stage,), name, name, anywhere=False) for form, name in names)


def _decision(stage: str, name: str, word: str) -> Need:
    return Need("F35", (stage,), name, word, told_by_word=True, anywhere=False)


_BA, _PRESENT, _NOTES = ("F03", "berita acara"), ("F04", "daftar hadir"), ("F05", "notulen")

CHECKLIST: tuple[Item, ...] = (
    Item("1", "Berita acara dan daftar hadir pembentukan tim penyusun", _meeting("K2", _BA, _PRESENT)),
    Item("2", "SK Tim Penyusun RKP Desa", (Need("F01", ("K2",), "SK tim penyusun", "sk tim"),)),
    Item("3", "Rencana kerja tindak lanjut (RKTL) tim", (Need("F02", ("K2",), "RKTL", "rktl"),)),
    Item("4", "Daftar program dan kegiatan masuk Desa", (Need("F06", ("K4",), "daftar program masuk", "program"),)),
    Item("5", "Data dan informasi rencana pembiayaan", (Need("F21", ("K4",), "rencana pembiayaan", "pembiayaan"),)),
    Item("6", "Daftar prioritas usulan 1 tahun", (Need("F22", ("K5",), "daftar prioritas", "prioritas"),)),
    Item("7", "Daftar usulan dipilah menurut SDGs Desa", (Need("F23", ("K5",), "usulan per SDGs", "sdgs"),)),
    Item("8", "Rencana kerja sama"),
    Item("a", "antar Desa", (Need("F24", ("K5", "K6"), "rencana kerja sama", "antar desa"),)),
    Item("b", "dengan pihak ketiga", (Need("F24", ("K5", "K6"), "rencana kerja sama", "pihak ketiga"),)),
    Item("9", "Rancangan RKP Desa", (Need("F26", ("K6",), "rancangan RKP", "rancangan"),)),
    Item("10", "Evaluasi pelaksanaan RKP Desa sebelumnya", (Need("F25", ("K6",), "evaluasi", "evaluasi"),)),
    Item(
        "11",
        "Desain dan RAB",
        (Need("F27", ("K6", "K7"), "gambar desain", "desain"), Need("F28", ("K6", "K7"), "RAB", "rab")),
    ),
    Item("12", "Daftar usulan RKP Desa (DU-RKP)", (Need("F32", ("K6", "K15"), "DU-RKP", "du-rkp"),)),
    Item("13", "Berita acara hasil penyusunan rancangan RKP Desa", _meeting("K6", _BA)),
    Item("14", "Keputusan BPD tentang panitia Musyawarah Desa", (_decision("K1", "keputusan panitia", "panitia"),)),
    Item("15", "Berita acara, notulen, dan daftar hadir Musyawarah Desa", _meeting("K1", _BA, _NOTES, _PRESENT)),
    Item("16", "Pandangan resmi BPD", (_decision("K1", "pandangan resmi", "pandangan"),)),
    Item(
        "17",
        "Rancangan RKP Desa hasil Musyawarah Desa",
        (Need("F26", ("K1", "K8"), "rancangan hasil Musdes", "rancangan", anywhere=False),),
    ),
    Item("18", "Keputusan Kepala Desa tentang panitia Musrenbang", (_decision("K9", "SK panitia", "panitia"),)),
    Item("19", "Tata tertib Musrenbang", (_decision("K9", "tata tertib", "tata tertib"),)),
    Item(
        "20",
        "Penyusunan prioritas dalam Musrenbang",
        (Need("F22", ("K9",), "urutan prioritas Musrenbang", "prioritas", anywhere=False),),
    ),
    Item("21", "Berita acara, notulen, dan daftar hadir Musrenbang", _meeting("K9", _BA, _NOTES, _PRESENT)),
    Item(
        "22",
        "Rancangan RKP Desa hasil Musrenbang",
        (Need("F26", ("K10",), "rancangan akhir", "rancangan", anywhere=False),),
    ),
    Item("23", "Berita acara dan daftar hadir Musdes pengesahan", _meeting("K11", _BA, _PRESENT)),
    Item(
        "24",
        "Keputusan BPD tentang kesepakatan Perdes RKP Desa",
        (Need("F35", ("K11",), "keputusan BPD", "bpd", anywhere=False),),
    ),
    Item("25", "Perdes RKP Desa", (Need("F19", ("K12",), "Perdes RKP Desa", "perdes", anywhere=False),)),
)
"""What a complete cycle has, in the order of the list."""


def found_for(need: Need, things: Sequence[Thing]) -> Thing | None:
    """Return the paper that answers *need*, the signed one before others, then the newest; None without one."""
    fit = [thing for thing in things if _fits(need, thing)]
    return max(fit, key=lambda thing: (thing.signed, thing.dated or date.min, thing.number), default=None)


def _fits(need: Need, thing: Thing) -> bool:
    said = need.word.lower() in thing.title.lower() if need.word else False
    if thing.stage and thing.stage not in need.stages:
        return False
    if not thing.stage and not need.anywhere:
        return False
    if thing.form == OTHER:
        return said
    return thing.form == need.form and (said or not need.told_by_word)


@dataclass(frozen=True, slots=True)
class ItemState:
    """A row with what was found for each of its needs, in their order."""

    item: Item
    found: tuple[tuple[Need, Thing | None], ...]

    @property
    def heading(self) -> bool:
        return not self.found

    @property
    def complete(self) -> bool:
        return all(thing is not None for _need, thing in self.found)

    @property
    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need, thing in self.found if thing is None)

    @property
    def remark(self) -> str:
        """What is missing, or number and day of what is there, and whether the signed copy is."""
        if self.missing and len(self.missing) < len(self.found):
            return "Belum ada: " + ", ".join(need.name for need in self.missing)
        if self.missing:
            return ""
        known = [thing for _need, thing in self.found if thing is not None]
        words = [", ".join(filter(None, (one.number, date_text(one.dated) if one.dated else ""))) for one in known]
        if not known or all(thing.signed for thing in known):
            return "; ".join(dict.fromkeys(filter(None, words)))
        return "; ".join(dict.fromkeys([*filter(None, words), "salinan bertanda tangan belum ada"]))


def states_of(things: Sequence[Thing]) -> tuple[ItemState, ...]:
    """Return every row of the list with what was found for it."""
    return tuple(ItemState(item, tuple((need, found_for(need, things)) for need in item.needs)) for item in CHECKLIST)


@dataclass(frozen=True, slots=True)
class CompletenessValues:
    """The list of one cycle. remarks: mark of a row -> what a reader must know beside it."""

    frame: Frame
    budget_year: int
    things: tuple[Thing, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    blank: bool = False


def build_completeness(values: CompletenessValues) -> Document:
    """Return F37: every row with its mark under "Ada" or "Tidak ada" and a remark; blank: without marks."""
    states = states_of(values.things)
    counted = [state for state in states if not state.heading]
    there = sum(state.complete for state in counted)
    more = dict(values.remarks)
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Table(_COLUMNS, tuple(_row(state, more, values.blank) for state in states)))
    if not values.blank:
        parts.append(Paragraph(f"Ada {there} dari {len(counted)} lampiran.", "strong"))
    parts.append(values.frame.head_and_team(values.head, values.team_chair))
    return values.frame.document(
        code="F37",
        title=f"Ceklis Kelengkapan RKP Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Ceklis Kelengkapan Dokumen RKP Desa", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio",
        sheet="Kelengkapan",
    )


_COLUMNS = (
    Column("No", 10, "center"),
    Column("Jenis Lampiran", 84),
    Column("Ada", 14, "mark"),
    Column("Tidak Ada", 16, "mark"),
    Column("Keterangan", 62),
)


def _row(state: ItemState, more: dict[str, str], blank: bool) -> Row:
    item = state.item
    if state.heading or blank:
        return Row((item.mark, item.title, None, None, None))
    words = "; ".join(filter(None, (state.remark, more.get(item.mark, ""))))
    return Row((item.mark, item.title, state.complete, not state.complete, words))
