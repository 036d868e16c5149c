"""The public number of a proposal: three letters of the village, two digits of the budget year, a running number."""

import re
from collections.abc import Set as AbstractSet
from typing import Final

from rembuk.core.errors import BadInputError

NUMBER: Final = re.compile(r"([A-Z]{3})-(\d{2})-(\d{4,})")
_VOWELS: Final = "AEIOU"


def proposal_number(letters: str, budget_year: int, serial: int) -> str:
    """Return ``MLT-27-0418``. Raises: ValueError if a part has no place in the number."""
    if not re.fullmatch(r"[A-Z]{3}", letters) or serial < 1 or budget_year < 2000:
        raise ValueError(f"no proposal number from {letters}, {budget_year}, {serial}")
    return f"{letters}-{budget_year % 100:02}-{serial:04}"


def read_proposal_number(text: str) -> tuple[str, int, int]:
    """Return letters, budget year and running number of a written number, spaces and lower case forgiven.

    Raises: BadInputError.
    """
    match = NUMBER.fullmatch(re.sub(r"\s+", "", text).upper())
    if match is None:
        raise BadInputError("proposal-number", read=text)
    return match[1], 2000 + int(match[2]), int(match[3])


def village_letters(name: str, taken: AbstractSet[str] = frozenset()) -> str:
    """Return three letters for a village name that are not in *taken*: its first letter and the next consonants.

    Raises: ValueError if the name holds no letters or everything is taken.
    """
    letters = re.sub(r"[^A-Z]", "", name.upper())
    if not letters:
        raise ValueError(f"no letters in {name!r}")
    rest = letters[1:]
    consonants = [letter for letter in rest if letter not in _VOWELS]
    pool = consonants + [letter for letter in rest if letter in _VOWELS] + list("XQZWVYKJGFHBCDLMNPRST" + _VOWELS)
    for first in range(len(pool)):
        for second in range(first + 1, len(pool)):
            candidate = letters[0] + pool[first] + pool[second]
            if candidate not in taken:
                return candidate
    raise ValueError(f"no free letters for {name!r}")
