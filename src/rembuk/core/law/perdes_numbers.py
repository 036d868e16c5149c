"""The number of a village regulation: a running number of the village's year, never given twice.

Source: Permendagri 111/2014 Pasal 11 (naming and numbering of a Perdes).
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

_NUMBER: Final = re.compile(r"(?:perdes\s*)?(?:nomor|no\.?)?\s*0*(\d+)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:tahun|/)\s*(\d{4})\b", re.IGNORECASE)


def number_key(number: str, day: date | None) -> tuple[str, int]:
    """Return what makes two numbers the same: running number and year.

    ``Nomor 05 Tahun 2026``, ``5/2026`` and ``5`` set on a day of 2026 are one number. A number that does not begin
    with digits is compared as it is written. day: when it was set; year 0 when neither says it.
    """
    text = " ".join(number.split())
    written = _YEAR.search(text)
    year = int(written[1]) if written else (day.year if day is not None else 0)
    running = _NUMBER.match(text)
    return (running[1] if running else text.casefold()), year


def taken_by(number: str, day: date | None, others: Iterable[tuple[str, date | None, str]]) -> str:
    """Return what already bears the number, empty when nothing does.

    others: (number, day it was set, name of the regulation) of the same village.
    """
    own = number_key(number, day)
    return next((name for text, when, name in others if text.strip() and number_key(text, when) == own), "")
