"""Ballots as fast typists write them: one paper a line, ``1 4 7`` or ``1 4 7 x3``, with points ``1:5 4:3``.

Numbers are those of the table. Pure text in, values out; the words of a refusal come from `labels`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

Paper = tuple[int, tuple[tuple[int, int], ...]]
"""How many equal papers, and (number on the table, points) of each by number; a tick is one point."""

BLANK: Final = ("-", "kosong")
MOST_LINES: Final = 2_000
MOST_COPIES: Final = 5_000
MOST_POINTS: Final = 1_000
_TIMES = re.compile(r"(?:^|\s+)[x×*]\s*([0-9]{1,6})$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_PAIR = re.compile(r"(\d{1,6})[:=](\d{1,6})")


@dataclass(frozen=True, slots=True)
class LineRefusal:
    """A line at fault. line: from 1, as the field shows it. read: the bad part. code: of `labels.LINE_REFUSALS`."""

    line: int
    code: str
    read: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: papers in the order of their lines, or every line at fault."""

    papers: tuple[Paper, ...] = ()
    refusals: tuple[LineRefusal, ...] = ()

    @property
    def count(self) -> int:
        """Papers, equal ones counted each."""
        return sum(copies for copies, _marks in self.papers)


class _LineError(Exception):
    def __init__(self, code: str, read: str, limit: int = 0) -> None:
        super().__init__(code)
        self.code, self.read, self.limit = code, read[:40], limit


def read_papers(text: str, numbers: Collection[int], *, points: bool = False, most: int = 0) -> Read:
    """Read one paper a line; empty lines are left out, ``-`` or ``kosong`` is a blank paper.

    numbers: those on the table. points: marks are ``number:points`` instead of ticks. most: ticks or points one paper
    may hold, 0 without a limit. Never raises: every line at fault stands in the result.
    """
    papers: list[Paper] = []
    refusals: list[LineRefusal] = []
    lines = text.replace("\x00", " ").splitlines()
    for number, line in enumerate(lines[:MOST_LINES], 1):
        try:
            if line.strip():
                papers.append(_paper(line.strip(), frozenset(numbers), points=points, most=most))
        except _LineError as error:
            refusals.append(LineRefusal(number, error.code, error.read, error.limit))
    if any(line.strip() for line in lines[MOST_LINES:]):
        refusals.append(LineRefusal(MOST_LINES + 1, "line-too-many", "", MOST_LINES))
    return Read(() if refusals else tuple(papers), tuple(refusals))


def _paper(line: str, numbers: frozenset[int], *, points: bool, most: int) -> Paper:
    copies = 1
    if found := _TIMES.search(line):
        copies, line = int(found[1]), line[: found.start()].strip()
        if not 1 <= copies <= MOST_COPIES:
            raise _LineError("line-copies", found[1], MOST_COPIES)
    if line.casefold() in BLANK:
        return copies, ()
    words = [word for word in re.split(r"[\s,;]+", line) if word]
    if not words:
        raise _LineError("line-empty", "")
    marks: dict[int, int] = {}
    for word in words:
        key, given = _mark(word, points=points)
        if key not in numbers:
            raise _LineError("line-number", str(key))
        if key in marks:
            raise _LineError("line-twice", str(key))
        marks[key] = given
    if most and sum(marks.values()) > most:
        raise _LineError("line-most", str(sum(marks.values())), most)
    return copies, tuple(sorted((key, given) for key, given in marks.items() if given))


def _mark(word: str, *, points: bool) -> tuple[int, int]:
    plain = word.isascii()
    if points and plain and (found := _PAIR.fullmatch(word)):
        if int(found[2]) > MOST_POINTS:
            raise _LineError("line-points", found[2], MOST_POINTS)
        return int(found[1]), int(found[2])
    if not points and plain and _NUMBER.fullmatch(word):
        return int(word), 1
    raise _LineError("line-pair" if points else "line-word", word)


def write_papers(papers: Iterable[Paper], *, points: bool = False) -> str:
    """Write papers as `read_papers` reads them, equal ones on one line."""
    lines = []
    for copies, marks in papers:
        words = " ".join(f"{key}:{given}" if points else str(key) for key, given in marks) or BLANK[0]
        lines.append(f"{words} x{copies}" if copies > 1 else words)
    return "\n".join(lines)
