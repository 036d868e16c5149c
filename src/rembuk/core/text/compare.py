"""Compare two proposals field by field and say what they are to each other, with what agrees and what clashes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from rembuk.core.text.fields import Fields, merged
from rembuk.core.text.lexicon import SIBLING_OF, lexicon, word_set
from rembuk.core.text.likeness import SMALL_WORDS
from rembuk.core.text.reading import Reading, read

Verdict = Literal["sama", "mungkin sama", "tahap lanjutan", "bagian dari", "berbeda"]

SAME_NAME = 88.0
ALIKE, VERY_ALIKE = 0.40, 0.70
# Aid to households: without a recipient or an RT two rows are two families.
_HOUSEHOLD_AID = frozenset({"2.4.01", "2.4.14"})
_BEFORE_A_NAME = word_set("gang jalan jembatan masjid mushola makam lapangan embung lorong blok bulak ruas")
_JOINING = frozenset({"dan", "serta", "beserta"})
_STAGE_WORDS = frozenset({"lanjutan", "tahap", "melanjutkan"})
_PLACE_FIELDS = ("RT", "RW", "dusun", "kode ruas", "ruas", "kelompok", "nama")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two proposals, read."""

    text: str
    reading: Reading
    fields: Fields
    names: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict with the names of fields that agree and that clash, in a fixed order. A person decides."""

    verdict: Verdict
    agreeing: tuple[str, ...]
    clashing: tuple[str, ...]


@lru_cache(maxsize=5_000)
def side_of(text: str, fields: Fields, year: int | None = None) -> Side:
    """Read one proposal for comparing; *fields* of the form go before the text."""
    reading = read(text)
    return Side(text, reading, merged(fields, reading.fields), _names(reading), year)


def _names(reading: Reading) -> tuple[str, ...]:
    """Names of roads, mosques, fields: an unknown word right after such a thing."""
    known = lexicon()
    tokens = reading.words
    found = {
        tokens[place]
        for place in range(1, len(tokens))
        if tokens[place - 1] in _BEFORE_A_NAME and tokens[place].isalpha() and len(tokens[place]) > 2
        if tokens[place] not in known.vocabulary
    }
    return tuple(sorted(found))


def compare(first: Side, second: Side, likeness: float) -> Comparison:
    """Judge two proposals. likeness: cosine of their letters, 0 to 1. Symmetric in the two sides.

    A value missing on one side never clashes; it only keeps the verdict at `mungkin sama`.
    """
    agreeing, clashing = _fields(first, second)
    verdict = _verdict(first, second, likeness, agreeing, clashing)
    return Comparison(verdict, tuple(agreeing), tuple(clashing))


def _fields(first: Side, second: Side) -> tuple[list[str], list[str]]:
    agreeing: list[str] = []
    clashing: list[str] = []

    def note(name: str, verdict: bool | None) -> None:
        if verdict is not None:
            (agreeing if verdict else clashing).append(name)

    mine, other = first.fields, second.fields
    note("objek", _overlap(concepts(first), concepts(second)))
    note("barang", _goods(first, second))
    note("tindakan", _actions(first.reading.action, second.reading.action))
    note("RT", _overlap(mine.rt, other.rt))
    note("RW", _overlap(mine.rw, other.rw))
    note("dusun", _alike(mine.hamlets, other.hamlets))
    note("kode ruas", _overlap(mine.road_codes, other.road_codes))
    note("ruas", _section(mine.section, other.section))
    note("kelompok", _alike(mine.groups, other.groups))
    note("nama bernomor", _numbered(mine.numbered, other.numbered))
    if not (mine.section and other.section):
        # With both ends said, the word after `jalan` is only one of the ends.
        note("nama", _alike(first.names, second.names))
    if mine.volume and other.volume:
        note("volume", mine.volume == other.volume)
    return agreeing, clashing


def concepts(side: Side) -> tuple[str, ...]:
    """Concepts of the real objects, landmarks left out, in a fixed order.

    A road named after another thing is where that thing stands (lamps of Jalan X), unless `dan` joins the two.
    """
    tokens = side.reading.words
    real = [found for found in side.reading.objects if not found.landmark]
    first = real[0].concept if real else ""
    kept = {
        found.concept
        for found in real
        if found.concept != "jalan" or first == "jalan" or tokens[found.start - 1] in _JOINING
    }
    return tuple(sorted(kept))


def _overlap(first: Iterable[object], second: Iterable[object]) -> bool | None:
    mine, other = set(first), set(second)
    return bool(mine & other) if mine and other else None


def _alike(first: Iterable[str], second: Iterable[str]) -> bool | None:
    mine, other = tuple(first), tuple(second)
    if not mine or not other:
        return None
    return any(_same_name(one, two) for one in mine for two in other)


def _section(first: tuple[str, str] | None, second: tuple[str, str] | None) -> bool | None:
    """Both ends the same: the same stretch. One end shared says nothing: it may be the next stretch or a crossroad."""
    if not first or not second:
        return None
    shared = sum(any(_same_name(one, two) for two in second) for one in first)
    return None if shared == 1 else shared == 2


def _same_name(one: str, two: str) -> bool:
    """Names match when nearly equal; numbers in them must be the same (Tegiri 1 is not Tegiri 2)."""
    numbers = [
        sorted(word for word in name.split() if word.isdigit() or set(word) <= set("ivx")) for name in (one, two)
    ]
    return numbers[0] == numbers[1] and fuzz.ratio(one, two) >= SAME_NAME


def _goods(first: Side, second: Side) -> bool | None:
    """For aid and training the very words matter: seed of rice is not seed of cassava. None for works."""
    pairs = []
    for side in (first, second):
        terms = {found.term for found in side.reading.objects if not found.landmark}
        if not terms or any(concept == "jalan" or concept in SIBLING_OF for concept in concepts(side)):
            return None
        pairs.append(terms)
    mine, other = pairs
    return not (mine - other and other - mine)


def _actions(first: str, second: str) -> bool | None:
    if not first or not second:
        return None
    works = {"bangun", "pelihara"}
    return first == second or {first, second} <= works


def _numbered(first: Iterable[tuple[str, int]], second: Iterable[tuple[str, int]]) -> bool | None:
    mine, other = dict(first), dict(second)
    shared = sorted(mine.keys() & other.keys())
    return all(mine[name] == other[name] for name in shared) if shared else None


def _verdict(first: Side, second: Side, likeness: float, agreeing: list[str], clashing: list[str]) -> Verdict:
    if "objek" in clashing or "barang" in clashing or "tindakan" in clashing:
        return "berbeda"
    if "objek" not in agreeing and likeness < VERY_ALIKE:
        return "berbeda"
    if _next_stage(first, second, agreeing, clashing):
        return "tahap lanjutan"
    if {"RT", "RW", "dusun", "kode ruas", "ruas", "kelompok", "nama bernomor", "nama"} & set(clashing):
        return "berbeda"
    placed = [name for name in agreeing if name in _PLACE_FIELDS]
    each_says_more = _each_says_more(first, second)
    if placed and not each_says_more and (_contains(first, second) or _contains(second, first)):
        return "bagian dari"
    if likeness < ALIKE and not placed:
        return "berbeda"
    doubt = "volume" in clashing or _two_families(first, second, agreeing) or each_says_more
    if likeness >= VERY_ALIKE and placed and not doubt:
        return "sama"
    return "mungkin sama"


def _next_stage(first: Side, second: Side, agreeing: list[str], clashing: list[str]) -> bool:
    """The same named road or work, but another section, another year, or spoken of as a continuation."""
    same_road = "kode ruas" in agreeing or ("ruas" in agreeing and "kode ruas" not in clashing)
    if "nama" in agreeing and not {"kode ruas", "ruas"} & set(clashing):
        same_road = True
    if not same_road:
        return False
    other_year = first.year is not None and second.year is not None and first.year != second.year
    continued = any(_STAGE_WORDS & set(side.reading.words) for side in (first, second))
    other_section = first.fields.section != second.fields.section and bool(
        first.fields.section and second.fields.section
    )
    other_part = bool({"RT", "dusun"} & set(clashing)) or other_section
    return other_year or continued or (other_part and first.reading.is_road and second.reading.is_road)


def _contains(whole: Side, part: Side) -> bool:
    """Whether *whole* is a list that holds *part*: more RT, hamlets or objects, and everything of the part."""
    more = False
    for mine, other in (
        (set(whole.fields.rt), set(part.fields.rt)),
        (set(whole.fields.hamlets), set(part.fields.hamlets)),
        (set(whole.fields.groups), set(part.fields.groups)),
        (set(concepts(whole)), set(concepts(part))),
    ):
        if mine and other and mine > other:
            more = True
        elif mine and other and mine != other:
            return False
    return more


def _each_says_more(first: Side, second: Side) -> bool:
    """Whether each side has a telling word the other lacks; one word decides (padi, ubi kayu), so a person looks."""
    known = lexicon()
    idle = known.regions | known.requests | known.landmarks | known.actions.keys() | SMALL_WORDS
    mine, other = (
        {word for word in side.reading.words if word.isalpha() and len(word) > 2 and word not in idle}
        for side in (first, second)
    )
    return bool(mine - other) and bool(other - mine)


def _two_families(first: Side, second: Side, agreeing: list[str]) -> bool:
    aid = any(concept in _HOUSEHOLD_AID for side in (first, second) for concept in concepts(side))
    return aid and not {"RT", "kelompok"} & set(agreeing)
