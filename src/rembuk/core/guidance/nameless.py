"""What in a text may point to a person: before an answer is shown to everybody, it is taken out.

A sure sign (a number of a person, a telephone, an address for mail, a name that is known) must go. A likely one (a word
of address before a capital letter) must be looked at by a person, since "Ibu Kota" is nobody.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["id_number", "phone", "mail", "known_name", "address_word"]
SURE: Final[frozenset[Kind]] = frozenset({"id_number", "phone", "mail", "known_name"})

_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("id_number", re.compile(r"(?<!\d)\d{16}(?!\d)")),
    ("phone", re.compile(r"(?<![\d.])(?:\+?62|0)8[\d\s.-]{7,14}\d(?!\d)")),
    (
        "address_word",
        re.compile(r"\b(?:[Pp]ak|[Bb]apak|[Bb]u|[Ii]bu|[Ss]dr|[Ss]dri|[Hh]aji|[Hh]j|H)\.?\s+[A-Z]\w+(?:\s+[A-Z]\w+)*"),
    ),
)
SHORTEST_NAME: Final = 3
# Parts of names that are common words too; alone they name nobody.
COMMON: Final = frozenset({"desa", "kepala", "ibu", "bapak", "bin", "binti", "haji", "muhammad", "nur", "sri", "dan"})


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in a text that may point to a person. text: as it stands there."""

    kind: Kind
    text: str

    @property
    def sure(self) -> bool:
        return self.kind in SURE


def signs_of_people(text: str, known_names: Iterable[str] = ()) -> tuple[Sign, ...]:
    """Return what in *text* may point to a person, in the order of the text, each once.

    known_names: whole names of people near the matter; the whole name and each longer part of it count.
    """
    found = [(match.start(), Sign(kind, match.group().strip())) for kind, match in _matches(text)]
    for name in known_names:
        for part in _parts(name):
            found += [
                (match.start(), Sign("known_name", match.group()))
                for match in re.finditer(rf"\b{re.escape(part)}\b", text, re.IGNORECASE)
            ]
    seen: dict[str, Sign] = {}
    for _start, sign in sorted(found, key=lambda pair: (pair[0], not pair[1].sure)):
        seen.setdefault(sign.text.casefold(), sign)
    return tuple(seen.values())


def _matches(text: str) -> Iterator[tuple[Kind, re.Match[str]]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield kind, match


def _parts(name: str) -> list[str]:
    words = [word.strip(".,") for word in name.split()]
    telling = [word for word in words if len(word) > SHORTEST_NAME and word.casefold() not in COMMON]
    return [" ".join(words), *telling] if len(words) > 1 else telling
