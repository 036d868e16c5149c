"""Elections in the Pabulib format (``.pb``): META, PROJECTS and VOTES in one semicolon table, often gzipped.

Only ids, costs, the budget and the votes are kept. What a file says about voters (age, sex, neighbourhood, id) is
dropped while reading, and equal ballots become one ballot with their number as its weight. The limits a city set on
ballots (``max_length`` ...) were its own business and are not checked again.
"""

import codecs
import csv
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from rembuk.core.allocation.io.cells import approval_table
from rembuk.core.allocation.io.writing import write_pabulib
from rembuk.core.allocation.model import Ballot, Problem, Proposal, Source
from rembuk.core.errors import BadInputError

__all__ = ["BUDGET", "VOTE_TYPES", "Election", "read_election", "read_pabulib", "write_pabulib"]

BUDGET = "ANGGARAN"
"""Code of the one source an election has."""

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
LARGEST_MEGABYTES = 512
_GZIP = b"\x1f\x8b"
_SECTIONS = ("META", "PROJECTS", "VOTES")
_NUMBER = re.compile(r"([0-9]{1,18})(?:[.,]([0-9]{1,18}))?")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")

_NOTHING = ("", "none")
"""What a cell without votes holds."""

Marks = TypeVar("Marks", bound=tuple[object, ...])

Key = str | tuple[str, str]
"""What a voter wrote: the vote cell, with the points cell where there are points."""


@dataclass(frozen=True, slots=True)
class Election:
    """A file as read: the problem, the kind of its votes, the names of its projects, and what META says."""

    problem: Problem
    vote_type: str
    titles: Mapping[str, str]
    meta: Mapping[str, str]


def read_pabulib(content: bytes, name: str = "") -> Problem:
    """Return the problem of a Pabulib file, plain or gzipped; *name* is how a refusal calls the file.

    Costs and the budget are whole numbers of 1/unit of the currency; unit is the smallest power of ten that makes all
    of them whole. Points with decimals are scaled alike, which changes no choice. Raises: BadInputError.
    """
    return read_election(content, name).problem


def read_election(content: bytes, name: str = "") -> Election:
    """Return everything of a Pabulib file that is kept. Raises: BadInputError; nothing is half read."""
    name = name or "Pabulib"
    file = _File(_plain(content, name), name)
    try:
        return _election(file)
    except UnicodeDecodeError:
        raise BadInputError("pb-bukan-teks", file=name) from None


def _election(file: "_File") -> Election:
    meta, projects = file.head()
    vote_type = meta["vote_type"].lower()
    if vote_type not in VOTE_TYPES:
        raise BadInputError("pb-jenis", file=file.name, read=meta["vote_type"], accepted=", ".join(VOTE_TYPES))
    costs = [row.cost for row in projects]
    budget = _number(meta["budget"])
    if budget is None:
        raise BadInputError("pb-angka", file=file.name, row=file.budget_row, what="budget", read=meta["budget"])
    digits = max(number[1] for number in (*costs, budget))
    ids = {row.id: row.id for row in projects}
    year = _YEAR.search(f"{meta.get('instance', '')} {meta.get('date_begin', '')}")
    problem = Problem(
        # No place in the list means anything here: a file with its lines in another order is the same election.
        proposals=tuple(Proposal(row.id, _scaled(row.cost, digits), rank=1) for row in projects),
        sources=(Source(BUDGET, _scaled(budget, digits)),),
        year=int(year.group()) if year else 0,
        order=(BUDGET,),
        not_by_default=frozenset(),
        ballots=_ballots(file, vote_type, ids),
        unit=10**digits,
    )
    return Election(problem, vote_type, {row.id: row.title for row in projects}, meta)


def _plain(content: bytes, name: str) -> bytes:
    if content.startswith(_GZIP):
        content = _unpacked(content, name)
    # Lines end in \n or \r\n; only a file from long ago has \r alone.
    content = content.removeprefix(codecs.BOM_UTF8)
    return content if b"\n" in content else content.replace(b"\r", b"\n")


def _unpacked(content: bytes, name: str) -> bytes:
    """Unpack all members, and stop where a small file would fill the memory."""
    parts: list[bytes] = []
    room = LARGEST_MEGABYTES * 1024 * 1024
    try:
        while content:
            stream = zlib.decompressobj(wbits=31)
            parts.append(stream.decompress(content, room))
            room -= len(parts[-1])
            if stream.unconsumed_tail or room <= 0:
                raise BadInputError("pb-besar", file=name, accepted=LARGEST_MEGABYTES)
            if not stream.eof:
                raise BadInputError("pb-gzip", file=name)
            content = stream.unused_data.lstrip(b"\0")
    except zlib.error:
        raise BadInputError("pb-gzip", file=name) from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


Number = tuple[int, int]
"""Digits without the point, and how many of them stand behind it; no zeros at the end."""


def _number(text: str) -> Number | None:
    """Return a number of 0 or more; nothing if *text* is none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    behind = (match[2] or "").rstrip("0")
    return int(match[1] + behind), len(behind)


def _scaled(number: Number, digits: int) -> int:
    return number[0] * int(10 ** (digits - number[1]))


@dataclass(frozen=True, slots=True)
class _Project:
    id: str
    cost: Number
    title: str
    row: int


class _File:
    """The lines of a file; those of the votes stay bytes, because there may be very many of them.

    columns: name -> place of the cells of VOTES. first_vote: lines above the votes; votes_at: bytes above them.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.content = content
        self.columns: dict[str, int] = {}
        self.first_vote = 0
        self.votes_at = 0
        self.budget_row = 0

    def head(self) -> tuple[dict[str, str], list[_Project]]:
        """Read META and PROJECTS and the header of VOTES."""
        meta: dict[str, str] = {}
        projects: dict[str, _Project] = {}
        section, columns = "", {}
        seen: set[str] = set()
        rows = self._rows()
        for row, cells in rows:
            title = cells[0].strip().upper()
            if title in _SECTIONS:
                if title in seen:
                    raise BadInputError("pb-bagian-dobel", file=self.name, row=row, read=title)
                section, columns = title, self._header(title, rows, row)
                seen.add(title)
                if title == "VOTES":
                    break
            elif section == "META":
                key = cells[0].strip()
                meta[key] = cells[1].strip() if len(cells) > 1 else ""
                self.budget_row = row if key == "budget" else self.budget_row
            elif section == "PROJECTS":
                self._project(row, cells, columns, projects)
            else:
                raise BadInputError("pb-bagian-asing", file=self.name, row=row, read=cells[0])
        self._check(seen, meta, projects)
        return meta, list(projects.values())

    def _check(self, seen: set[str], meta: dict[str, str], projects: dict[str, _Project]) -> None:
        for title in _SECTIONS:
            if title not in seen:
                raise BadInputError("pb-bagian", file=self.name, read=title)
        for key in ("budget", "vote_type"):
            if not meta.get(key):
                raise BadInputError("pb-meta", file=self.name, read=key)
        if not projects:
            raise BadInputError("pb-usulan-tak-ada", file=self.name)
        points = meta["vote_type"].lower() in ("cumulative", "scoring")
        for column in ("vote", "points") if points else ("vote",):
            if column not in self.columns:
                found = "; ".join(self.columns)
                raise BadInputError(
                    "pb-kolom", file=self.name, row=self.first_vote, read=column, section="VOTES", found=found
                )

    def _header(self, title: str, rows: Iterator[tuple[int, list[str]]], row: int) -> dict[str, int]:
        last, cells = next(rows, (row + 1, []))
        columns = {cell.strip().lower(): index for index, cell in reversed(list(enumerate(cells)))}
        if title == "VOTES":
            self.columns, self.first_vote, self.votes_at = dict(reversed(columns.items())), last, self.read
        for column in ("project_id", "cost") if title == "PROJECTS" else ():
            if column not in columns:
                found = "; ".join(cells)
                raise BadInputError("pb-kolom", file=self.name, row=last, read=column, section=title, found=found)
        return columns

    def _project(self, row: int, cells: list[str], columns: dict[str, int], projects: dict[str, _Project]) -> None:
        named = {column: cells[index].strip() for column, index in columns.items() if index < len(cells)}
        name = named.get("project_id", "")
        if not name:
            raise BadInputError("pb-usulan-kosong", file=self.name, row=row)
        if "," in name:
            raise BadInputError("pb-usulan-koma", file=self.name, row=row, read=name)
        if name in projects:
            raise BadInputError("pb-usulan-dobel", file=self.name, row=row, read=name, other=projects[name].row)
        written = named.get("cost", "")
        cost = _number(written)
        if cost is None:
            code = "pb-minus" if _number(written.lstrip("-")) else "pb-angka"
            raise BadInputError(code, file=self.name, row=row, what=f"cost usulan {name}", read=written)
        projects[name] = _Project(name, cost, named.get("name", ""), row)

    def _rows(self, skip: int = 0, at: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Yield (line number, cells) of the lines that say something, after the first *skip* lines and *at* bytes."""
        reader = csv.reader(self._lines(at), delimiter=";")
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield skip + reader.line_num, cells
        except csv.Error:
            raise BadInputError("pb-kutip", file=self.name, row=skip + reader.line_num) from None

    def _lines(self, at: int) -> Iterator[str]:
        self.read = at
        while self.read < len(self.content):
            end = self.content.find(b"\n", self.read)
            line = self.content[self.read : end if end >= 0 else None]
            self.read = end + 1 if end >= 0 else len(self.content)
            yield line.decode().removesuffix("\r")

    @property
    def votes(self) -> bytes | None:
        """The lines of the votes; nothing where a cell is quoted, which only a careful reader understands."""
        return None if self.content.find(b'"', self.votes_at) >= 0 else self.content[self.votes_at :]

    def keys(self, points: bool) -> Mapping[Key, int]:
        """Return how many voters wrote what, in the order of the file."""
        votes = self.votes
        if votes is not None:
            try:
                return self._plain_keys(votes, self.columns["vote"], self.columns["points"] if points else None)
            except IndexError:
                pass  # an empty or a short line: read with care, which also names it
        return Counter(key for _, key in self._careful_keys(points))

    def _plain_keys(self, votes: bytes, vote: int, points: int | None) -> dict[Key, int]:
        """Split every line only as far as needed, decode only what differs. Raises: IndexError for a short line."""
        lines = votes.removesuffix(b"\n").split(b"\n") if votes else []
        last = max(vote, points or 0)
        if last + 1 == len(self.columns):  # no cell after it that takes the end of the line
            lines = [line.rstrip(b"\r") for line in lines]
        if points is None:
            cells = Counter([line.split(b";", vote + 1)[vote] for line in lines])
            return {cell.decode(): count for cell, count in cells.items()}
        rows = [line.split(b";", last + 1) for line in lines]
        pairs = Counter([(row[vote], row[points]) for row in rows])
        return {(cell.decode(), given.decode()): count for (cell, given), count in pairs.items()}

    def _careful_keys(self, points: bool) -> Iterator[tuple[int, Key]]:
        vote, given = self.columns["vote"], self.columns.get("points", 0)
        for row, cells in self._rows(self.first_vote, self.votes_at):
            if len(cells) <= vote:
                raise BadInputError("pb-kolom-kurang", file=self.name, row=row, read=len(cells), accepted="vote")
            yield row, (cells[vote], cells[given] if given < len(cells) else "") if points else cells[vote]

    def refuse(self, key: Key, code: str, **values: object) -> BadInputError:
        """Return the refusal of the first line on which a voter wrote *key*."""
        row = next((row for row, other in self._careful_keys(isinstance(key, tuple)) if other == key), 0)
        return BadInputError(code, file=self.name, row=row, **values)


def _ballots(file: _File, vote_type: str, ids: Mapping[str, str]) -> Sequence[Ballot]:
    """Return the ballots, equal ones merged, the empty ones too: they hold their share of the money."""
    if vote_type in ("cumulative", "scoring"):
        keys = file.keys(points=True)
        values = _point_values(file, keys)
        pairs = _merged(keys, lambda key: _points(file, key, ids, values))
        return tuple(Ballot((), marks, (), Fraction(count)) for marks, count in pairs.items())
    if vote_type == "ordinal":
        rankings = _merged(file.keys(points=False), lambda key: _ranking(file, key, ids))
        return tuple(Ballot((), (), names, Fraction(count)) for names, count in rankings.items())
    votes = file.votes
    table = None if votes is None else approval_table(votes, len(file.columns), file.columns["vote"], list(ids))
    return _careful_approvals(file, ids) if table is None else table


def _careful_approvals(file: _File, ids: Mapping[str, str]) -> tuple[Ballot, ...]:
    approvals = _approvals(file, file.keys(points=False), ids)
    weights = {count: Fraction(count) for count in set(approvals.values())}
    return tuple([Ballot(names, (), (), weights[count]) for names, count in approvals.items()])


def _approvals(file: _File, keys: Mapping[Key, int], ids: Mapping[str, str]) -> dict[tuple[str, ...], int]:
    """Merge what names the same proposals, in whatever order; naming one twice is approving it once."""
    merged: dict[tuple[str, ...], int] = {}
    known = ids.__getitem__
    for key, count in keys.items():
        try:
            names = tuple(sorted({*map(known, key.split(","))}))  # type: ignore[union-attr] # no points here
        except KeyError:
            names = tuple(sorted(set(_names(file, key, ids))))
        merged[names] = merged.get(names, 0) + count
    return merged


def _merged(keys: Mapping[Key, int], read: Callable[[Key], Marks]) -> dict[Marks, int]:
    merged: dict[Marks, int] = {}
    for key, count in keys.items():
        marks = read(key)
        merged[marks] = merged.get(marks, 0) + count
    return merged


def _names(file: _File, key: Key, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids in the vote cell as they stand there. Raises: BadInputError for one that is not known."""
    cell = key if isinstance(key, str) else key[0]
    try:
        return tuple([ids[name] for name in cell.split(",")])
    except KeyError:
        names = [name.strip() for name in cell.split(",")]
    if "".join(names).lower() in _NOTHING:
        return ()
    names = [name for name in names if name]
    for name in names:
        if name not in ids:
            raise file.refuse(key, "pb-suara-asing", read=name, accepted=", ".join(sorted(ids)))
    return tuple(ids[name] for name in names)


def _once(file: _File, key: Key, names: tuple[str, ...]) -> tuple[str, ...]:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise file.refuse(key, "pb-suara-dobel", read=name)
    return names


def _ranking(file: _File, key: Key, ids: Mapping[str, str]) -> tuple[str, ...]:
    return _once(file, key, _names(file, key, ids))


def _points(file: _File, key: Key, ids: Mapping[str, str], values: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return (id, points) by id; an id given 0 points is as one not named."""
    names = _once(file, key, _names(file, key, ids))
    written = [] if key[1].strip().lower() in _NOTHING else key[1].split(",")
    if len(names) != len(written):
        raise file.refuse(key, "pb-poin-jumlah", read=len(names), found=len(written))
    given = [values[text] for text in written]
    return tuple(sorted((name, value) for name, value in zip(names, given, strict=True) if value))


def _point_values(file: _File, keys: Mapping[Key, int]) -> dict[str, int]:
    """Return every way points are written -> whole points, all scaled by one power of ten."""
    numbers: dict[str, Number] = {}
    for key in keys:
        for text in () if key[1].strip().lower() in _NOTHING else key[1].split(","):
            if text not in numbers:
                number = _number(text)
                if number is None:
                    code = "pb-minus" if _number(text.strip().lstrip("-")) else "pb-angka"
                    raise file.refuse(key, code, what="points", read=text.strip())
                numbers[text] = number
    digits = max((number[1] for number in numbers.values()), default=0)
    return {text: _scaled(number, digits) for text, number in numbers.items()}
