"""Every kind of record that may come from the field: fields, largest body, conflict rule. Data, no service.

add: all are kept, the same id changes nothing. one: carries the version it began from (`base`); another version now is
a person's decision. correct: stands in the place of the record it names (`replaces`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from rembuk.core.offline.envelope import is_id, read_time

Rule = Literal["add", "one", "correct"]
Type = Literal["text", "lines", "id", "int", "number", "flag", "time", "day", "texts", "ints", "rows", "base"]

LARGEST_INT: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field. limit: longest text, or most items of a list. need: it must be there and not empty."""

    name: str
    type: Type = "text"
    limit: int = 0
    need: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. largest: bytes of the body. versus: fields that the screen of a decision lays side by side."""

    code: str
    rule: Rule
    fields: tuple[Field, ...]
    largest: int = 8_000
    versus: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.fields)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as values. wrong: names of fields that cannot be taken; extra: names that this version does not know."""

    values: Mapping[str, Any]
    wrong: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def _text(name: str, limit: int, *, need: bool = False) -> Field:
    return Field(name, "text", limit, need)


def _id(name: str, *, need: bool = False) -> Field:
    return Field(name, "id", 0, need)


_PERSON: Final = (
    _text("name", 150, need=True),
    _text("sex", 1, need=True),
    _text("element", 12, need=True),
    _text("address", 150),
    _text("position", 120),
    _text("phone", 30),
    Field("invited", "flag"),
    Field("votes", "flag"),
    Field("signed", "flag"),
)
_MEETING: Final = _id("meeting", need=True)
_VISIT: Final = (
    *(_text(name, 10) for name in ("visit_date", "returned_date", "next_date", "signed_date")),
    _text("stage", 4),
    _text("access_used", 10),
    _text("travel_minutes", 6),
    _text("work_minutes", 6),
    _text("signal", 10),
    Field("contacts", "rows", 30),
    Field("promises", "rows", 100),
    _text("list_version", 10),
    Field("answers", "rows", 100),
    *(Field(name, "lines", 4_000) for name in ("documents_seen", "data_problem", "participation", "help_text")),
    _text("ceiling_known", 3),
    _text("ceiling_letter", 150),
    _text("help_agency", 40),
    Field("findings", "rows", 30),
    Field("no_findings", "flag"),
)
KINDS: Final[Mapping[str, Kind]] = {
    kind.code: kind
    for kind in (
        Kind(
            "meeting",
            "add",
            (
                _text("kind", 10, need=True),
                _text("title", 200),
                _id("hamlet"),
                _text("group", 120),
                Field("scheduled_at", "time", need=True),
                _text("location", 200, need=True),
                Field("agenda", "texts", 40, need=True),
            ),
            versus=("kind", "title", "scheduled_at", "location", "agenda"),
        ),
        Kind("meeting-start", "add", (_MEETING, Field("at", "time", need=True)), 1_000, ("at",)),
        Kind("attendance", "add", (_MEETING, *_PERSON), 2_000, tuple(each.name for each in _PERSON)),
        Kind(
            "attendance-fix",
            "correct",
            (
                _id("replaces", need=True),
                Field("remove", "flag"),
                *(Field(each.name, each.type, each.limit) for each in _PERSON),
            ),
            2_000,
            tuple(each.name for each in _PERSON),
        ),
        Kind(
            "tally",
            "one",
            (
                _MEETING,
                _text("element", 12, need=True),
                Field("invited", "flag"),
                Field("male", "int", need=True),
                Field("female", "int", need=True),
                Field("base", "base"),
            ),
            1_000,
            ("male", "female"),
        ),
        Kind(
            "note",
            "add",
            (
                _MEETING,
                _text("agenda_point", 200),
                _text("speaker", 150),
                _text("sex", 1),
                _text("element", 12),
                Field("point", "lines", 4_000, need=True),
                Field("response", "lines", 4_000),
                Field("conclusion", "lines", 4_000),
            ),
            50_000,
            ("agenda_point", "speaker", "sex", "element", "point", "response", "conclusion"),
        ),
        Kind(
            "proposal",
            "add",
            (
                _id("meeting"),
                _text("title", 300, need=True),
                Field("problem", "lines", 10_000),
                _id("hamlet"),
                _id("rt"),
                _text("location_text", 300),
                Field("latitude", "number"),
                Field("longitude", "number"),
                Field("volume", "number"),
                _text("unit", 40),
                Field("beneficiaries_male", "int"),
                Field("beneficiaries_female", "int"),
                Field("groups", "texts", 20),
                _text("proposer_kind", 12),
                _text("proposer_group", 120),
            ),
            50_000,
            ("title", "problem", "location_text", "volume", "unit", "beneficiaries_male", "beneficiaries_female"),
        ),
        Kind(
            "support",
            "add",
            (_id("meeting"), _id("proposal", need=True), Field("count", "int", need=True)),
            1_000,
            ("count",),
        ),
        Kind("table", "add", (_MEETING, _id("proposal", need=True)), 1_000),
        Kind("lot", "add", (_MEETING, _text("seed", 40, need=True), _text("corrects", 40)), 1_000, ("seed",)),
        Kind(
            "score",
            "one",
            (
                _MEETING,
                _id("proposal", need=True),
                _text("scorer_group", 80, need=True),
                *(Field(f"c{number}", "int", need=True) for number in range(1, 6)),
                Field("base", "base"),
            ),
            1_000,
            tuple(f"c{number}" for number in range(1, 6)),
        ),
        Kind(
            "ballot",
            "one",
            (
                _MEETING,
                _id("hamlet"),
                _text("group", 12),
                _text("method", 10, need=True),
                Field("voters", "int", need=True),
                Field("per_voter", "int"),
                Field("marks", "rows", 5_000),
                Field("base", "base"),
            ),
            400_000,
            ("method", "voters", "per_voter"),
        ),
        Kind("count-close", "add", (_MEETING, Field("at", "time", need=True)), 1_000, ("at",)),
        Kind(
            "decision",
            "add",
            (_MEETING, Field("text", "lines", 4_000, need=True), Field("votes", "ints", 3)),
            20_000,
            ("text", "votes"),
        ),
        Kind(
            "minutes",
            "one",
            (_MEETING, _text("section", 20, need=True), Field("text", "lines", 20_000), Field("base", "base")),
            90_000,
            ("text",),
        ),
        Kind("meeting-close", "add", (_MEETING, Field("at", "time", need=True)), 1_000, ("at",)),
        Kind(
            "photo",
            "add",
            (
                _id("of", need=True),
                _text("of_kind", 10, need=True),
                _text("name", 200),
                _text("caption", 200),
                Field("size", "int"),
                _text("key", 64, need=True),
                _text("iv", 24, need=True),
                Field("taken_at", "time"),
            ),
            2_000,
            ("name", "caption", "taken_at"),
        ),
        Kind(
            "visit",
            "one",
            (_id("visit", need=True), *_VISIT, Field("base", "base")),
            150_000,
            tuple(each.name for each in _VISIT),
        ),
        Kind(
            "checklist",
            "one",
            (
                _id("forum", need=True),
                _text("point", 4, need=True),
                _text("answer", 3, need=True),
                _text("note", 300),
                Field("base", "base"),
            ),
            2_000,
            ("answer", "note"),
        ),
    )
}


def read_body(kind: Kind, sent: Mapping[str, Any]) -> Body:
    """Return the body as values, with the names of what cannot be taken. Absent and null are the same."""
    values: dict[str, Any] = {}
    wrong = []
    for each in kind.fields:
        try:
            value = _read(each, sent.get(each.name))
        except (ValueError, TypeError):
            wrong.append(each.name)
            value = _EMPTY[each.type]
        if each.need and value in (None, "", ()):
            wrong.append(each.name)
        values[each.name] = value
    extra = tuple(sorted(name[:40] for name in sent if name not in kind.names))[:10]
    return Body(values, tuple(dict.fromkeys(wrong)), extra)


_EMPTY: Final[Mapping[str, Any]] = {
    "text": "", "lines": "", "id": None, "int": None, "number": None, "flag": None, "time": None, "day": None,
    "texts": (), "ints": (), "rows": (), "base": None,
}  # fmt: skip


def _read(each: Field, value: Any) -> Any:
    """Return one value by the type of its field. Raises: ValueError."""
    if value is None or value == "":
        return _EMPTY[each.type]
    return _READERS[each.type](each, value)


def _read_text(each: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(each.name)
    text = value.replace("\x00", "").strip() if each.type == "lines" else " ".join(value.replace("\x00", " ").split())
    if len(text) > each.limit:
        raise ValueError(each.name)
    return text


def _read_id(each: Field, value: Any) -> UUID:
    if not is_id(value):
        raise ValueError(each.name)
    return UUID(value)


def _read_int(each: Field, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_INT:
        raise ValueError(each.name)
    return value


def _read_number(each: Field, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST_INT:
        raise ValueError(each.name)
    return value


def _read_flag(each: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(each.name)
    return value


def _read_time(each: Field, value: Any) -> datetime:
    return read_time(value)


def _read_day(each: Field, value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError(each.name)
    return date.fromisoformat(value)


def _read_list(each: Field, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > each.limit:
        raise ValueError(each.name)
    return tuple(value)


def _read_texts(each: Field, value: Any) -> tuple[str, ...]:
    items = _read_list(each, value)
    one = Field(each.name, "text", 300)
    return tuple(_read_text(one, item) for item in items)


def _read_ints(each: Field, value: Any) -> tuple[int, ...]:
    return tuple(_read_int(each, item) for item in _read_list(each, value))


def _read_base(each: Field, value: Any) -> Any:
    if isinstance(value, list):
        if len(value) > 10 or any(not isinstance(item, (int, str)) for item in value):
            raise ValueError(each.name)
        return tuple(value)
    return _read_int(each, value)


_READERS: Final[Mapping[str, Any]] = {
    "text": _read_text,
    "lines": _read_text,
    "id": _read_id,
    "int": _read_int,
    "number": _read_number,
    "flag": _read_flag,
    "time": _read_time,
    "day": _read_day,
    "texts": _read_texts,
    "ints": _read_ints,
    "rows": _read_list,
    "base": _read_base,
}
