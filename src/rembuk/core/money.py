"""Money in whole rupiah: reading what villages write, printing it, and sharing it without losing one rupiah."""

import math
import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NewType

from rembuk.core.errors import BadInputError

Rupiah = NewType("Rupiah", int)

# A thousand trillion rupiah: above every budget of the country, below where spreadsheet numbers lose whole units.
LARGEST = 10**15

_PREFIX = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s*rupiah)?\s*$", re.IGNORECASE)
_DASH_TAIL = re.compile(r"[,.]\s*[-=–—]{1,2}$")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?")
_COMMAED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_AMBIGUOUS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ T].*)?|[0-9]{1,2}[-/][0-9]{1,2}[-/](?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}[-/. ](?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ags|sep|okt|oct|nov|des|dec)[a-z]*[-/. ][0-9]{2,4}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:-|–|—|~|\bs\s*/\s*d\b|\bs\.\s*d\.?|\bsd\b|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b)\s*", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s*(?:\+|;|/|\||&|\n|\bdan\b|\bplus\b|,\s)\s*", re.IGNORECASE)


class MoneyError(BadInputError):
    """The cell is not one amount of whole rupiah.

    ``code`` says why (``uang-kosong``, ``uang-kata``, ``uang-tanggal``, ``uang-pecahan``, ``uang-rentang``,
    ``uang-banyak``, ``uang-pemisah``, ``uang-dua-arti``, ``uang-terlalu-besar``); ``values['read']`` is what stood
    there, for a range also ``low`` and ``high``.
    """


def parse_rupiah(value: object) -> Rupiah:
    """Read one amount of whole rupiah from a cell, negative when it stands in brackets or behind a minus.

    Accepts numbers without a fraction and the texts ``1250000``, ``1.250.000``, ``Rp 1.250.000,-``,
    ``1.250.000,00``, ``1,250,000.00``, ``(1.000)``. Digits are never glued: a space between digits is refused, not
    swallowed, and ``1,250`` is refused because it can mean two things.
    Raises: MoneyError.
    """
    if isinstance(value, date | time | timedelta):
        raise MoneyError("uang-tanggal", read=str(value))
    if isinstance(value, bool):
        raise MoneyError("uang-kata", read=str(value))
    if isinstance(value, int | float | Decimal):
        return _from_number(value)
    if value is None or not isinstance(value, str):
        raise MoneyError("uang-kosong" if value is None else "uang-kata", read="" if value is None else str(value))
    return _from_text(value)


def format_rupiah(amount: int) -> str:
    """Print ``1250000`` as ``Rp1.250.000`` and minus as ``-Rp1.000``."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"{'-' if amount < 0 else ''}Rp{digits}"


def format_amount(amount: int) -> str:
    """Print ``1250000`` as ``1.250.000``, as matrices do."""
    return f"{amount:,}".replace(",", ".")


def terbilang(amount: int) -> str:
    """Spell a whole number in Indonesian words: ``1250000`` is ``satu juta dua ratus lima puluh ribu``.

    Raises: ValueError beyond ``LARGEST``.
    """
    if abs(amount) > LARGEST:
        raise ValueError(f"too large to spell: {amount}")
    # Imported when spelled: the package brings all its patterns, a seventh of a second at every start of a command.
    from lokal.terbilang import terbilang as words

    return str(words(amount))


def split(total: Rupiah, weights: Mapping[str, int]) -> dict[str, Rupiah]:
    """Share *total* by *weights* so that the parts add up to it exactly.

    Largest remainder; ties go to the smaller key, so every machine agrees.
    weights: key -> weight >= 0, at least one above zero. Returns whole rupiah.
    Raises: ValueError if *total* is negative or the weights share nothing.
    """
    pool = sum(weights.values())
    if total < 0 or pool <= 0 or min(weights.values()) < 0:
        raise ValueError(f"cannot split {total} by {dict(weights)}")
    parts = {key: total * weight // pool for key, weight in weights.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % pool), key))
    return {key: Rupiah(part + (key in by_remainder[:left])) for key, part in parts.items()}


def _from_number(value: int | float | Decimal) -> Rupiah:
    if not isinstance(value, int) and not math.isfinite(value):
        raise MoneyError("uang-kata", read=str(value))
    if value > LARGEST or value < -LARGEST:
        raise MoneyError("uang-terlalu-besar", read=str(value))
    # A spreadsheet shows fifteen digits; what stands behind them is noise of its own sums.
    shown = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if shown != shown.to_integral_value():
        raise MoneyError("uang-pecahan", read=f"{shown:f}".replace(".", ","))
    return Rupiah(int(shown))


def _from_text(text: str) -> Rupiah:
    read = text.strip()
    body = re.sub(r"[\u00a0\u2007\u202f]", " ", read).replace("\u2212", "-").strip()
    if body in {"", "-", "–", "—"} or _PREFIX.sub("", body) in {"", "-", "–", "—"}:
        raise MoneyError("uang-kosong", read=read)
    if _DATE.fullmatch(body):
        raise MoneyError("uang-tanggal", read=read)
    negative, digits = _bare(body)
    if (amount := _amount(digits, read)) is not None:
        if amount > LARGEST:
            raise MoneyError("uang-terlalu-besar", read=read)
        return Rupiah(-amount if negative else amount)
    raise _why_not(body, read)


def _bare(body: str) -> tuple[bool, str]:
    """Take sign, brackets, currency and the closing ``,-`` off."""
    negative = False
    while True:
        before = body
        if body.startswith("(") and body.endswith(")"):
            negative, body = True, body[1:-1].strip()
        if body.startswith("-"):
            negative, body = True, body[1:].strip()
        body = _PREFIX.sub("", body)
        body = _DASH_TAIL.sub("", _SUFFIX.sub("", body)).strip()
        if body == before:
            return negative, body


def _amount(digits: str, read: str) -> int | None:
    if _AMBIGUOUS.fullmatch(digits):
        raise MoneyError("uang-dua-arti", read=read, other=digits.replace(",", "."))
    for pattern, point in ((_DOTTED, "[,]"), (_COMMAED, "[.]"), (_PLAIN, "[.,]")):
        if pattern.fullmatch(digits):
            whole, cents, *_ = [*re.split(point, digits), ""]
            if len(whole) > 1 and whole.startswith("0"):
                # A telephone number or a code, not a sum.
                return None
            if cents.strip("0"):
                raise MoneyError("uang-pecahan", read=read)
            return int(re.sub(r"[.,]", "", whole))
    return None


def _why_not(body: str, read: str) -> MoneyError:
    limits = _each(_RANGE.split(body))
    if limits is not None and len(limits) == 2:
        return MoneyError("uang-rentang", read=read, low=min(limits), high=max(limits))
    if limits is not None and len(limits) > 2:
        return MoneyError("uang-banyak", read=read)
    several = _each(_SEVERAL.split(body)) or _each(re.split(r"\s*(?=\brp)", body, flags=re.IGNORECASE))
    if several is not None and len(several) > 1:
        return MoneyError("uang-banyak", read=read)
    if re.fullmatch(r"[-(]?\s*(?:rp\.?)?[0-9., ]+\)?", body, re.IGNORECASE):
        parts = _each(body.split())
        # Groups of three may be one amount or two: only "500000 250000" is surely two.
        if parts is not None and len(parts) > 1 and any(part >= 1000 for part in parts):
            return MoneyError("uang-banyak", read=read)
        return MoneyError("uang-pemisah", read=read)
    return MoneyError("uang-kata", read=read)


def _each(parts: list[str]) -> list[int] | None:
    """Read every part as an amount of its own, or None when one is not."""
    amounts: list[int] = []
    for part in parts:
        if not part.strip():
            continue
        negative, digits = _bare(part.strip())
        try:
            amount = None if negative else _amount(digits, part)
        except MoneyError:
            return None
        if amount is None:
            return None
        amounts.append(amount)
    return amounts
