"""From one field as people type it to a clean value, and numbers back to text.

Every reader answers with the value or raises `InputError`; nothing is guessed and digits are never glued.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from rembuk.core.law.categories import NEED_CATEGORIES
from rembuk.core.lists import funding_sources, normal_kegiatan_code, sdgs, source_code
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah
from rembuk.plans.labels import MODES, problem_sentence

MOST_PEOPLE = 1_000_000
MOST_VOLUME = Decimal(10) ** 10
MODE_WORDS: Mapping[str, str] = {
    **{code: code for code in MODES},
    "s": "self_managed",
    "swakelola": "self_managed",
    "k": "inter_village",
    "kerja sama antar desa": "inter_village",
    "kerjasama antar desa": "inter_village",
    "p": "third_party",
    "kerja sama pihak ketiga": "third_party",
    "kerjasama pihak ketiga": "third_party",
}
TRUE_WORDS = frozenset({"1", "ya", "y", "on", "true", "fisik", "ada", "v", "x"})
FALSE_WORDS = frozenset({"", "0", "tidak", "t", "off", "false", "bukan"})


class InputError(ValueError):
    """Why one input cannot be read: code and what its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """One unreadable input, for the screen. row: 0 where there is only one."""

    field: str
    code: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    row: int = 0

    @property
    def sentence(self) -> str:
        return problem_sentence(self.code, self.field, self.values)


def read_text(text: str, limit: int) -> str:
    """Return *text* with single spaces. Raises: InputError for markup, control signs or too many letters."""
    clean = " ".join(text.split())
    if re.search(r"<\s*/?\s*[a-zA-Z!]", clean):
        raise InputError("markup", read=clean[:40])
    clean = "".join(sign for sign in clean if sign.isprintable())
    if len(clean) > limit:
        raise InputError("too-long", count=len(clean), limit=limit)
    return clean


def read_number(text: str) -> Decimal | None:
    """Return a number >= 0 with at most three decimals; dots group thousands, the comma begins decimals."""
    clean = text.strip()
    if not clean:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,3})?|[0-9]+(?:[.,][0-9]{1,3})?", clean):
        raise InputError("not-a-number", read=clean[:40])
    grouped = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,3})?", clean)
    try:
        number = Decimal(clean.replace(".", "").replace(",", ".") if grouped else clean.replace(",", "."))
    except InvalidOperation as error:
        raise InputError("not-a-number", read=clean[:40]) from error
    if number >= MOST_VOLUME:
        raise InputError("too-large", read=clean[:40])
    return number


def read_people(text: str) -> int | None:
    """Return a count of people, None when empty."""
    number = read_number(text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise InputError("not-whole", read=text.strip())
    if number > MOST_PEOPLE:
        raise InputError("too-large", read=text.strip())
    return int(number)


def read_money(value: object) -> Rupiah:
    """Return whole rupiah >= 0. Raises: InputError with the code of core.money."""
    try:
        amount = parse_rupiah(value)
    except MoneyError as error:
        raise InputError(error.code, **error.values) from error
    if amount < 0:
        raise InputError("uang-negatif", read=value)
    return amount


def read_code(text: str) -> str:
    """Return a kegiatan code of the list, or an empty text."""
    if not text.strip():
        return ""
    code = normal_kegiatan_code(text)
    if code is None:
        raise InputError("unknown-code", read=text.strip()[:40])
    return code


def read_source(text: str) -> str:
    """Return a funding code named by code, name or alias."""
    code = source_code(text)
    if code is None:
        raise InputError("unknown-source", read=text.strip()[:40], known=", ".join(funding_sources()))
    return code


def read_sdgs(text: str) -> tuple[int, ...]:
    """Return goals in order, each once."""
    goals: set[int] = set()
    for part in re.split(r"[\s,;]+", text.strip()):
        if not part:
            continue
        if not part.isdigit() or int(part) not in sdgs():
            raise InputError("unknown-goal", read=part[:20])
        goals.add(int(part))
    return tuple(sorted(goals))


def read_mode(text: str) -> str:
    """Return the way of delivery from a code, its letter (S, K, P) or its name; empty means swakelola."""
    clean = " ".join(text.lower().split())
    if not clean:
        return "self_managed"
    if clean not in MODE_WORDS:
        raise InputError("unknown-choice", read=text.strip()[:40], known="S, K, P")
    return MODE_WORDS[clean]


def read_need(text: str) -> str:
    clean = text.strip()
    if clean and clean not in NEED_CATEGORIES:
        raise InputError("unknown-choice", read=clean[:40], known=", ".join(NEED_CATEGORIES))
    return clean


def read_yes(text: str) -> bool:
    clean = text.strip().lower()
    if clean in TRUE_WORDS:
        return True
    if clean in FALSE_WORDS:
        return False
    raise InputError("unknown-choice", read=text.strip()[:40], known="ya, tidak")


def read_uuid(text: str) -> UUID | None:
    if not text.strip():
        return None
    try:
        return UUID(text.strip())
    except ValueError as error:
        raise InputError("unknown-rpjm") from error


def number_text(value: Decimal | None) -> str:
    """Write a number as people type it here: comma decimals, no trailing zeros, no thousands."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def read_day(text: str, name: str) -> date | None:
    """Return an ISO day, None when empty. Raises: InputError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("bad-date", read=text.strip()[:20], field=name) from error
