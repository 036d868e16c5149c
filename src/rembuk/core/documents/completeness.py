"""F37: which papers of a cycle are there and which are missing, by the list of its kind (`paper_sets`)."""

from collections.abc import Mapping, Sequence
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
    always for a paper that was uploaded as "Dokumen lain" or is one of the forms *also*.
    anywhere: a paper of the archive counts although it lies under no stage. every: all that are there belong to the
    row (minutes of each hamlet), not the newest alone.
    """

    form: str
    stages: tuple[str, ...]
    name: str
    word: str = ""
    told_by_word: bool = False
    anywhere: bool = True
    also: tuple[str, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the list. mark: its number or letter. needs: all of them must be there; none for a heading.

    front: the paper opens a bundle, so it is none of its annexes.
    """

    mark: str
    title: str
    needs: tuple[Need, ...] = ()
    front: bool = False


@dataclass(frozen=True, slots=True)
class PaperSet:
    """What the papers of one kind of cycle are, and in which order they lie.

    plan: what the cycle makes (``RKP Desa``); full: spelled out. items: its completeness list.
    front: form -> title of what opens its bundle: the regulation, the plan. matrix: the form of the plan, of which
    each draft that was kept is a paper of its own. beside: forms that the list does not name, in the order in which
    they close the bundle. of_cycle: the forms that print the cycle itself. photos: those of its meetings belong to it.
    """

    plan: str
    full: str
    items: tuple[Item, ...]
    front: Mapping[str, str]
    matrix: str
    beside: tuple[str, ...]
    of_cycle: frozenset[str]
    photos: bool = False

    @property
    def chair(self) -> str:
        """The office of the team's chair, under the papers of this kind."""
        return f"Ketua Tim Penyusun {self.plan.removeprefix('Perubahan ')}"


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
    if thing.form == OTHER or thing.form in need.also:
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


def states_of(papers: PaperSet, things: Sequence[Thing]) -> tuple[ItemState, ...]:
    """Return every row of the list with what was found for it."""
    return tuple(
        ItemState(item, tuple((need, found_for(need, things)) for need in item.needs)) for item in papers.items
    )


@dataclass(frozen=True, slots=True)
class CompletenessValues:
    """The list of one cycle. years: ``2027`` or ``2027-2034``. remarks: mark of a row -> what to know beside it."""

    frame: Frame
    papers: PaperSet
    years: str
    things: tuple[Thing, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    blank: bool = False


def build_completeness(values: CompletenessValues) -> Document:
    """Return F37: every row with its mark under "Ada" or "Tidak ada" and a remark; blank: without marks."""
    states = states_of(values.papers, values.things)
    counted = [state for state in states if not state.heading]
    there = sum(state.complete for state in counted)
    more = dict(values.remarks)
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Table(_COLUMNS, tuple(_row(state, more, values.blank) for state in states)))
    if not values.blank:
        parts.append(Paragraph(f"Ada {there} dari {len(counted)} lampiran.", "strong"))
    parts.append(values.frame.head_and_team(values.head, values.team_chair, values.papers.chair))
    plan, year = values.papers.plan, f"Tahun {values.years}"
    return values.frame.document(
        code="F37",
        title=f"Ceklis Kelengkapan {plan} {values.frame.village.village} {year}",
        heading=(f"Ceklis Kelengkapan Dokumen {plan}", year),
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
