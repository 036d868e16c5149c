"""The approval ballots of a city: each different one once, in arrays, in an order that does not depend on the file's.

A file may hold a hundred thousand ballots, and an object for each of them takes longer to make than the choice itself.
Whoever reads this table as the tuple of ballots it stands for gets that tuple, made when it is first asked for.
"""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Self, overload

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.model import Ballot

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
_BITS = 16
MOST_IDS = 1 << _BITS
WORD = 8
_MASKS = np.array([(1 << 64) - (1 << 8 * (WORD - kept)) for kept in range(WORD + 1)], np.uint64)
_PIECES = 1 << 15
"""Ballots and marks written as JSON at once; all of them would take more memory than the election."""


class ApprovalTable(Sequence[Ballot]):
    """Approval ballots that say nothing about their voters, as a sequence of `Ballot`.

    ids: in ascending order. Ballot b approves ``ids[mark] for mark in marks[starts[b]:starts[b + 1]]``, ascending, and
    counts[b] >= 1 voters said so; no two ballots say the same. They stand in the order of their canonical JSON.
    """

    def __init__(self, ids: tuple[str, ...], starts: Ints, marks: Ints, counts: Ints) -> None:
        self.ids = ids
        self.starts = starts
        self.marks = marks
        self.counts = counts

    @classmethod
    def of(cls, ids: Sequence[str], owners: Ints, marks: Ints, voters: int) -> Self:
        """Return the table of what voters 0 to *voters* - 1 approved; owners: the voter of each mark, ascending.

        ids: ascending, at most `MOST_IDS`; a voter may have marked a proposal twice, or nothing.
        """
        owners, marks = _sorted(owners, marks)
        lengths = np.bincount(owners, minlength=voters)
        starts = np.cumsum(lengths) - lengths
        texts = [json.dumps(name, ensure_ascii=False) for name in ids]
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=texts.__getitem__)] = np.arange(len(ids))
        order, firsts = _grouped(starts, lengths, ranks[marks], len(ids))
        kept = order[firsts]
        ends = np.cumsum(lengths[kept])
        where = np.repeat(starts[kept] - ends + lengths[kept], lengths[kept]) + np.arange(ends[-1] if len(ends) else 0)
        return cls(tuple(ids), np.append(0, ends), marks[where], np.diff(np.append(firsts, voters)))

    @cached_property
    def ballots(self) -> tuple[Ballot, ...]:
        """The ballots as objects."""
        names = list(map(self.ids.__getitem__, self.marks.tolist()))
        weights = {count: Fraction(count) for count in set(self.counts.tolist())}
        return tuple(
            [
                Ballot(tuple(names[start:end]), (), (), weights[count])
                for (start, end), count in zip(pairwise(self.starts.tolist()), self.counts.tolist(), strict=True)
            ]
        )

    def __len__(self) -> int:
        return len(self.counts)

    @overload
    def __getitem__(self, place: int) -> Ballot: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Ballot, ...]: ...
    def __getitem__(self, place: int | slice) -> Ballot | tuple[Ballot, ...]:
        return self.ballots[place]

    def __iter__(self) -> Iterator[Ballot]:
        return iter(self.ballots)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ApprovalTable) and self.ids == other.ids:
            pairs = ((self.starts, other.starts), (self.marks, other.marks), (self.counts, other.counts))
            return all(np.array_equal(own, its) for own, its in pairs)
        return self.ballots == tuple(other) if isinstance(other, tuple | ApprovalTable) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ballots)

    def json(self) -> bytes:
        """Return the canonical JSON of the ballots, commas between them, without brackets around them all."""
        return b"".join(self._json_pieces())[3:] + b"]]" if len(self) else b""

    def _json_pieces(self) -> Iterator[bytes]:
        """Yield the JSON in pieces, each ballot with the end of the one before.

        Bytes below 32 never stand in canonical JSON, so they mark what is put in last.
        """
        counts = np.flatnonzero(np.bincount(self.counts))
        heads = [b"\1%d\2" % count for count in counts.tolist()]
        kinds = np.searchsorted(counts, self.counts)
        names = [f"[{json.dumps(name, ensure_ascii=False)}]".encode() for name in self.ids]
        parts = np.array([*heads, *names, *(b"," + name for name in names), b""])
        places = self.starts + np.arange(len(self.starts))
        cuts = np.searchsorted(places, np.arange(0, int(places[-1]), _PIECES)).tolist()
        for first, last in pairwise([*cuts, len(self)]):
            begin, end = int(self.starts[first]), int(self.starts[last])
            which = np.empty(end - begin + last - first, np.int64)
            named = np.ones(len(which), bool)
            named[places[first:last] - places[first]] = False
            which[~named] = kinds[first:last]
            which[named] = self.marks[begin:end] + len(heads) + len(names)
            which[1:][~named[:-1] & named[1:]] -= len(names)  # no comma before the first of a ballot
            text = parts[which].tobytes().translate(None, b"\0")
            yield text.replace(b"\1", b']],["').replace(b"\2", b'/1","",[],"approvals",[')


def words(cells: bytes, places: Ints, lengths: Ints) -> Words:
    """Return the first bytes from each of the places as one number, the first byte the highest; at most eight.

    lengths: how many of them count; the others are 0. *cells* goes on for eight bytes after the last place.
    """
    view: npt.NDArray[np.uint64] = np.ndarray((len(cells) - WORD + 1,), ">u8", cells, strides=(1,))
    return view[places].astype(np.uint64) & _MASKS.take(lengths, mode="clip")


def _halves(numbers: Ints) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
    """Return the lower and the upper 16 bits: sorted by halves, integers take a fourth of the time."""
    return numbers.astype(np.uint16), (numbers >> 16).astype(np.uint16)


def _sorted(owners: Ints, marks: Ints) -> tuple[Ints, Ints]:
    """Return the marks of each owner in ascending order, each once."""
    keys = owners << _BITS | marks
    keys.sort(kind="stable")  # nearly sorted already, which the stable way makes use of
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    return keys >> _BITS, keys & ((1 << _BITS) - 1)


def _grouped(starts: Ints, lengths: Ints, ranks: Ints, width: int) -> tuple[Ints, Ints]:
    """Return the rows in the order of their ranks, a row before those it begins, and the first place of each like ones.

    Row r holds ``ranks[starts[r]:starts[r] + lengths[r]]``. Sorted by eight bytes of the rows at a time; only rows that
    are alike so far are looked at again.
    """
    size = 1 if width < 1 << 8 else 2 if width < 1 << 16 else 4
    cells = (ranks + 1).astype(f">u{size}").tobytes() + bytes(WORD)
    begins, left = starts * size, lengths * size
    places = np.zeros(len(starts), np.int64)  # where the rows that are alike so far begin in the order of all
    active = np.arange(len(starts))
    while len(active):
        word = words(cells, begins[active], left[active])
        columns = word.astype(">u8").view(">u2").reshape(-1, 4).T.astype(np.uint16)
        order = np.lexsort((*columns[::-1], *_halves(places[active])))
        active, word = active[order], word[order]
        before = places[active]
        apart = before[1:] != before[:-1]
        outer, _ = _runs(apart)
        inner, sizes = _runs(apart | (word[1:] != word[:-1]))
        places[active] = before + inner - outer
        active = active[(sizes > 1) & (left[active] >= WORD)]
        begins[active] += WORD
        left[active] -= WORD
    order = np.lexsort(_halves(places))
    return order, np.flatnonzero(places[order] == np.arange(len(places)))


def _runs(apart: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return for each of the elements where its run begins and how long it is; apart: whether the next begins one."""
    firsts = np.flatnonzero(np.append(True, apart))
    sizes = np.diff(np.append(firsts, len(apart) + 1))
    return np.repeat(firsts, sizes), np.repeat(sizes, sizes)
