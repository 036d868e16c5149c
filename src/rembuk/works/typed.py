"""What people type about works as values: days, rupiah, percent, volumes, texts. A refusal names what was read."""

from datetime import date
from decimal import Decimal, InvalidOperation

from rembuk.core.errors import BadInputError
from rembuk.core.lists import funding_sources
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah

LARGEST_VOLUME = Decimal(10) ** 9


def read_day(text: str, today: date) -> date:
    """Return a day that has come. Raises: BadInputError."""
    day = optional_day(text)
    if day is None:
        raise BadInputError("work-day-missing")
    if day > today:
        raise BadInputError("work-day-future", date=day.isoformat())
    return day


def optional_day(text: str) -> date | None:
    """Return an ISO day, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("work-day", read=text[:40]) from error


def read_money(text: str) -> Rupiah:
    """Return rupiah above zero. Raises: BadInputError."""
    amount = optional_money(text)
    if amount is None or amount == 0:
        raise BadInputError("work-money-zero")
    return amount


def optional_money(text: str) -> Rupiah | None:
    """Return rupiah of zero or more, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        amount = parse_rupiah(text)
    except MoneyError as error:
        raise BadInputError("work-money", read=text[:40]) from error
    if amount < 0:
        raise BadInputError("work-money", read=text[:40])
    return amount


def read_source(text: str) -> str:
    """Return a funding code. Raises: BadInputError."""
    if text not in funding_sources():
        raise BadInputError("work-source", read=text[:20])
    return text


def read_percent(text: str) -> int:
    """Return 0 to 100. Raises: BadInputError."""
    bare = text.strip().removesuffix("%").strip()
    if not (bare.isascii() and bare.isdigit() and int(bare) <= 100):
        raise BadInputError("work-percent", read=text[:20])
    return int(bare)


def optional_volume(text: str) -> Decimal | None:
    """Return a number written with a decimal comma, None when empty. Raises: BadInputError."""
    bare = text.strip()
    if not bare:
        return None
    try:
        value = Decimal(bare.replace(".", "").replace(",", ".") if "," in bare else bare)
    except InvalidOperation as error:
        raise BadInputError("work-volume", read=text[:40]) from error
    if not value.is_finite() or value < 0 or value > LARGEST_VOLUME:
        raise BadInputError("work-volume", read=text[:40])
    return value.quantize(Decimal("0.001"))


def optional_count(text: str) -> int | None:
    """Return a whole number of days, None when empty. Raises: BadInputError."""
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and int(bare) <= 3650):
        raise BadInputError("work-volume", read=text[:20])
    return int(bare)


def read_words(name: str, text: str, limit: int) -> str:
    """Return a text without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    words = " ".join(text.split())
    if len(words) > limit:
        raise BadInputError("work-text-long", field=name, count=len(words), limit=limit)
    return words
