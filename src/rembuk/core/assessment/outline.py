"""The indented outline in which a hall writes a problem tree (F11): one line a cause or effect, deeper ones below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rembuk.core.errors import BadInputError

STEP: Final = 2
DEEPEST: Final = 4
MOST_LINES: Final = 40
LONGEST: Final = 160
_BULLETS = "-*•–"


@dataclass(frozen=True, slots=True)
class Line:
    """One cause or effect. depth 0 hangs on the core problem itself, 1 on the line of depth 0 above it, and so on."""

    depth: int
    text: str


def read_outline(text: str) -> tuple[Line, ...]:
    """Read an outline: two spaces or a tab go one level deeper, empty lines and bullets at the start are dropped.

    A line that is indented further than its parent allows moves to the deepest place that it may have, since a hand
    that presses the space bar once too often means a child. Raises: BadInputError (too many lines, too long, too deep).
    """
    found: list[Line] = []
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        plain = raw.expandtabs(STEP)
        words = plain.strip().lstrip(_BULLETS).strip()
        if not words:
            continue
        if len(words) > LONGEST:
            raise BadInputError("outline-long", row=number, limit=LONGEST)
        depth = (len(plain) - len(plain.lstrip())) // STEP
        depth = min(depth, found[-1].depth + 1) if found else 0
        if depth > DEEPEST:
            raise BadInputError("outline-deep", row=number, limit=DEEPEST + 1)
        found.append(Line(depth, words))
    if len(found) > MOST_LINES:
        raise BadInputError("outline-many", count=len(found), limit=MOST_LINES)
    return tuple(found)


def outline_text(lines: Iterable[Line]) -> str:
    """Write lines back as the outline that `read_outline` reads."""
    return "\n".join(f"{' ' * STEP * line.depth}{line.text}" for line in lines)


def as_rows(lines: Iterable[Line]) -> list[list[object]]:
    """Return lines as values of a JSON column."""
    return [[line.depth, line.text] for line in lines]


def from_rows(rows: Iterable[Sequence[object]]) -> tuple[Line, ...]:
    """Return the lines that `as_rows` stored."""
    return tuple(Line(int(str(depth)), str(text)) for depth, text in rows)


def first_causes(lines: Iterable[Line]) -> str:
    """Return the causes next to the core problem, joined as one cell of a form: what the hall has said already."""
    return "; ".join(line.text for line in lines if line.depth == 0)
