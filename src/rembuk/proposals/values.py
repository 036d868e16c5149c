"""What a person typed about a proposal, read into values or refused field by field: one reading for every door."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from rembuk.core.lists import funding_sources, is_kegiatan, normal_kegiatan_code, sdgs, source_code
from rembuk.core.money import MoneyError, parse_rupiah
from rembuk.proposals.labels import AUTHORITIES, GROUPS, PROPOSER_KINDS, problem_sentence
from rembuk.regions.models import Hamlet, Rt, Village

LIMITS: Mapping[str, int] = {
    "title": 300,
    "problem": 10_000,
    "location_text": 300,
    "unit": 40,
    "cost": 120,
    "authority_note": 300,
    "proposer_group": 120,
    "proposer_name": 150,
    "proposer_contact": 120,
}
TEXTS = (
    "title",
    "problem",
    "location_text",
    "unit",
    "authority_note",
    "proposer_group",
    "proposer_name",
    "proposer_contact",
)
LARGEST_COUNT = 2_000_000
LARGEST_VOLUME = Decimal("99999999999.999")
_MARKUP = re.compile(r"<\s*[/!?]?\s*[a-zA-Z][^<>]{0,60}>?")
_TAGS = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|style|img|svg|a|p|b|i|br|hr|div|span|html|body|form|input|link|meta|base|video|audio)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that cannot be taken: field, code, what stood there, and the sentence for the person."""

    field: str
    code: str
    read: str
    sentence: str


@dataclass(frozen=True, slots=True)
class VillagePlaces:
    """The hamlets and RT of one village, for finding what a list calls them."""

    village_id: str
    hamlets: tuple[Hamlet, ...]
    rts: tuple[Rt, ...]

    def hamlet(self, text: str) -> Hamlet | None:
        """Return the hamlet of that key or name (``Dusun Hulu`` and ``hulu`` are one)."""
        wanted = _plain_place(text)
        return next((h for h in self.hamlets if str(h.id) == text or _plain_place(h.name) == wanted), None)

    def rt(self, text: str, hamlet: Hamlet | None = None) -> Rt | None:
        """Return the RT of that key or number (``RT 03``, ``3``), in *hamlet* first."""
        wanted = _plain_place(text).lstrip("0")
        found = [rt for rt in self.rts if str(rt.id) == text or rt.number.lstrip("0") == wanted]
        if hamlet is not None:
            found.sort(key=lambda rt: rt.hamlet_id != hamlet.id)
        return found[0] if found else None


def places_of(village: Village) -> VillagePlaces:
    """Read the places of *village*. Two queries."""
    return VillagePlaces(
        village.id,
        tuple(Hamlet.objects.filter(village=village, valid_to__isnull=True).order_by("order", "name", "id")),
        tuple(Rt.objects.filter(village=village).order_by("number", "id")),
    )


def _plain_place(text: str) -> str:
    words = re.sub(r"[^0-9a-z]+", " ", text.lower()).split()
    while words and words[0] in {"dusun", "rt", "dsn", "padukuhan"}:
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class ProposalValues:
    """A proposal as read. cost in whole rupiah; None when empty or a range (*cost_text* holds what stood there)."""

    title: str = ""
    problem: str = ""
    hamlet_id: UUID | None = None
    rt_id: UUID | None = None
    location_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    volume: Decimal | None = None
    unit: str = ""
    cost: int | None = None
    cost_text: str = ""
    beneficiaries_male: int | None = None
    beneficiaries_female: int | None = None
    beneficiaries_poor: int | None = None
    groups: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    activity_code: str = ""
    sources_allowed: tuple[str, ...] = ()
    single_source: bool = False
    authority: str = "unknown"
    authority_note: str = ""
    is_physical: bool | None = None
    proposer_kind: str = "hamlet"
    proposer_group: str = ""
    proposer_name: str = ""
    proposer_contact: str = ""
    hide_proposer: bool = True

    def as_columns(self) -> dict[str, object]:
        """Return the values as columns of the table."""
        # Not `asdict`: it copies every value deeply, which took a fifth of a large import.
        columns: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in ("groups", "sdgs", "sources_allowed"):
            columns[name] = list(columns[name])
        return columns

    def digest(self) -> str:
        """Return the SHA-256 of the canonical values: equal bodies, equal digest."""
        body = json.dumps(self.as_columns(), sort_keys=True, default=str, ensure_ascii=True)
        return hashlib.sha256(body.encode()).hexdigest()


@dataclass
class Reader:
    """Reads one set of typed inputs, gathering every problem instead of stopping at the first."""

    typed: Mapping[str, object]
    places: VillagePlaces
    problems: list[Problem] = field(default_factory=list)
    markup: bool = False

    def problems_of(self, name: str) -> list[Problem]:
        return [problem for problem in self.problems if problem.field == name]

    def text(self, name: str) -> str:
        value = self.typed.get(name, "")
        return "" if value is None else " ".join(str(value).split()) if name != "problem" else str(value).strip()

    def several(self, name: str) -> list[str]:
        value = self.typed.get(name, ())
        if isinstance(value, str):
            return [part.strip() for part in re.split(r"[;,]", value) if part.strip()]
        return [str(part) for part in value] if isinstance(value, Iterable) else []

    def refuse(self, name: str, code: str, read: str = "", **values: object) -> None:
        shown = read if len(read) <= 60 else read[:57] + "..."
        sentence = problem_sentence(code, name, {"read": shown, **values})
        self.problems.append(Problem(name, code, shown, sentence))

    def clean_text(self, name: str) -> str:
        text = self.text(name)
        if _CONTROL.search(text):
            self.refuse(name, "control")
            return ""
        tag = None if self.markup else _TAGS.search(text)
        if tag:
            shown = _MARKUP.search(text, tag.start())
            self.refuse(name, "markup", shown[0] if shown else tag[0])
        if len(text) > LIMITS[name]:
            self.refuse(name, "too-long", count=len(text), limit=LIMITS[name])
        return text

    def number(self, name: str, largest: Decimal) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        if _GROUPED.fullmatch(text):
            text = text.replace(".", "")
        elif not _DECIMAL.fullmatch(text):
            self.refuse(name, "not-a-number", text)
            return None
        value = Decimal(text.replace(",", "."))
        if value > largest:
            self.refuse(name, "too-large", text)
            return None
        return value.quantize(Decimal("0.001"))

    def count(self, name: str) -> int | None:
        text = self.text(name)
        if not text:
            return None
        digits = text.replace(".", "") if _GROUPED.fullmatch(text) else text
        if not digits.isascii() or not digits.isdigit():
            self.refuse(name, "not-whole", text)
            return None
        if len(digits) > 9 or int(digits) > LARGEST_COUNT:
            self.refuse(name, "too-large", text)
            return None
        return int(digits)

    def cost(self) -> tuple[int | None, str]:
        value = self.typed.get("cost")
        raw = "" if value is None else str(value).strip()
        if len(raw) > LIMITS["cost"]:
            self.refuse("cost", "too-long", count=len(raw), limit=LIMITS["cost"])
            return None, ""
        try:
            amount = parse_rupiah(value if not isinstance(value, str) else raw)
        except MoneyError as error:
            if error.code == "uang-kosong":
                return None, ""
            if error.code == "uang-rentang":
                return None, raw
            self.refuse("cost", error.code, raw, other=error.values.get("other", ""))
            return None, ""
        if amount < 0:
            self.refuse("cost", "uang-negatif", raw)
            return None, ""
        return amount, ""

    def place(self) -> tuple[UUID | None, UUID | None]:
        hamlet_text, rt_text = self.text("hamlet"), self.text("rt")
        hamlet = self.places.hamlet(hamlet_text) if hamlet_text else None
        if hamlet_text and hamlet is None:
            known = ", ".join(h.name for h in self.places.hamlets) or "-"
            self.refuse("hamlet", "unknown-hamlet", hamlet_text, known=known)
        rt = self.places.rt(rt_text, hamlet) if rt_text else None
        if rt_text and rt is None:
            self.refuse("rt", "unknown-rt", rt_text)
        if rt is not None and hamlet is not None and rt.hamlet_id not in (None, hamlet.id):
            self.refuse("rt", "rt-elsewhere", rt.number)
        hamlet_id = hamlet.id if hamlet is not None else rt.hamlet_id if rt is not None else None
        return hamlet_id, rt.id if rt is not None else None

    def code(self) -> str:
        text = self.text("activity_code")
        if not text:
            return ""
        code = text if is_kegiatan(text) else normal_kegiatan_code(text)
        if code is None:
            self.refuse("activity_code", "unknown-code", text)
            return ""
        return code

    def sources(self) -> tuple[str, ...]:
        found = []
        for text in self.several("sources_allowed"):
            code = source_code(text)
            if code is None:
                self.refuse("sources_allowed", "unknown-source", text, known=", ".join(funding_sources()))
            elif code not in found:
                found.append(code)
        return tuple(found)

    def groups(self) -> tuple[str, ...]:
        found = self.several("groups")
        for text in found:
            if text not in GROUPS:
                self.refuse("groups", "unknown-group", text)
        return tuple(sorted(set(found) & set(GROUPS)))

    def goals(self) -> tuple[int, ...]:
        found = set()
        for text in self.several("sdgs"):
            if text.isascii() and text.isdigit() and int(text) in sdgs():
                found.add(int(text))
            else:
                self.refuse("sdgs", "unknown-goal", text)
        return tuple(sorted(found))

    def choice(self, name: str, known: Iterable[str], default: str) -> str:
        text = self.text(name) or default
        if text not in known:
            self.refuse(name, "unknown-choice", text)
            return default
        return text

    def point(self) -> tuple[float | None, float | None]:
        texts = [self.text(name).replace(",", ".") for name in ("latitude", "longitude")]
        if not any(texts):
            return None, None
        try:
            latitude, longitude = (float(text) for text in texts)
        except ValueError:
            self.refuse("latitude", "bad-point")
            return None, None
        # Indonesia lies between 6 degrees north and 11 south, 95 and 141 east.
        if not (-11.5 <= latitude <= 6.5 and 94.5 <= longitude <= 141.5):
            self.refuse("latitude", "bad-point")
            return None, None
        return round(latitude, 6), round(longitude, 6)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "on", "true", "ya"}


def read_values(
    typed: Mapping[str, object], places: VillagePlaces, *, need_title: bool = True, markup: bool = False
) -> tuple[ProposalValues, list[Problem]]:
    """Read *typed* (field -> text, number or list of texts) into values and every problem found.

    need_title: False for a draft that may still be without a title. markup: True takes HTML as the text it is, which
    every page escapes; False refuses it. Values of refused fields are left empty.
    """
    reader = Reader(typed, places, markup=markup)
    texts = {name: reader.clean_text(name) for name in TEXTS}
    if need_title and not texts["title"]:
        reader.refuse("title", "required")
    hamlet_id, rt_id = reader.place()
    latitude, longitude = reader.point()
    cost, cost_text = reader.cost()
    authority = reader.choice("authority", AUTHORITIES, "unknown")
    if authority == "higher" and not texts["authority_note"]:
        reader.refuse("authority_note", "authority-word")
    physical = reader.text("is_physical")
    values = ProposalValues(
        **texts,
        hamlet_id=hamlet_id,
        rt_id=rt_id,
        latitude=latitude,
        longitude=longitude,
        volume=reader.number("volume", LARGEST_VOLUME),
        cost=cost,
        cost_text=cost_text,
        beneficiaries_male=reader.count("beneficiaries_male"),
        beneficiaries_female=reader.count("beneficiaries_female"),
        beneficiaries_poor=reader.count("beneficiaries_poor"),
        groups=reader.groups(),
        sdgs=reader.goals(),
        activity_code=reader.code(),
        sources_allowed=reader.sources(),
        single_source=reader.flag("single_source"),
        authority=authority,
        is_physical=None if not physical else reader.flag("is_physical"),
        proposer_kind=reader.choice("proposer_kind", PROPOSER_KINDS, "hamlet"),
        hide_proposer=reader.flag("hide_proposer") if "hide_proposer" in typed else True,
    )
    return values, reader.problems
