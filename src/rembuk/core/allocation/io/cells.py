"""The vote cells of an election read in arrays, where every line is as plain as the format asks for.

Nothing is refused here: whatever needs care (a short line, a blank, an id nobody knows) is left to the reader of
`pabulib`, which looks at every cell and names its line.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.ballots import MOST_IDS, WORD, ApprovalTable, Ints, Words, words

LONGEST = 8
"""Words of eight bytes in the longest id that is read here."""
LARGEST = 32 * 1024 * 1024
"""Bytes read here at most: ids of one letter each would fill a gigabyte with their places. A city has three million."""
_LINE, _RETURN, _CELL, _ID = b"\n\r;,"
_TRIES = 64
_ODD = 0x9E3779B97F4A7C15


def approval_table(body: bytes, columns: int, vote: int, ids: Sequence[str]) -> ApprovalTable | None:
    """Return the approvals of the lines of *body*, or nothing where a line needs care.

    columns: cells in a line, without quotes; vote: which of them names ids, with commas between them.
    """
    names = sorted(ids)
    known = [name.encode() for name in names]
    longest = -(-max(map(len, known)) // WORD)
    if longest > LONGEST or len(known) > MOST_IDS or len(body) > LARGEST:
        return None
    if b"\0" in body or any(b"\0" in name for name in known):  # they fill the words up
        return None
    body += b"" if body.endswith(b"\n") or not body else b"\n"
    text = np.frombuffer(body, np.uint8)
    cells = _cells(text, columns, vote)
    if cells is None:
        return None
    owners, starts, lengths = _ids(text, *cells)
    if (lengths > longest * WORD).any():
        return None
    padded = body + bytes(WORD * longest)
    read = [words(padded, starts + WORD * place, lengths - WORD * place) for place in range(longest)]
    marks = _numbers(read, _padded(known, longest))
    return None if marks is None else ApprovalTable.of(names, owners, marks, len(cells[0]))


def _cells(text: npt.NDArray[np.uint8], columns: int, vote: int) -> tuple[Ints, Ints] | None:
    """Return where the vote cell of each line begins and ends; nothing if a line has fewer or more cells."""
    ends = np.flatnonzero(text == _LINE)
    between = np.flatnonzero(text == _CELL)
    if not 0 <= vote < columns or columns < 2 or len(between) != len(ends) * (columns - 1):
        return None
    starts = np.append(0, ends[:-1] + 1)[: len(ends)]
    bars = between.reshape(len(ends), columns - 1)
    if (bars[:, 0] < starts).any() or (bars[:, -1] > ends).any():
        return None
    if vote + 1 < columns:
        return (bars[:, vote - 1] + 1 if vote else starts), bars[:, vote]
    return bars[:, -1] + 1, ends - (text[ends - 1] == _RETURN)


def _ids(text: npt.NDArray[np.uint8], lefts: Ints, rights: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the line of every id in the cells, where it begins and how long it is."""
    filled = np.flatnonzero(rights > lefts)
    if not len(filled):
        return filled, filled, filled
    first, last = lefts[filled], rights[filled]
    ending = text == _ID
    ending[last] = True
    ends, opens, closes = _spans(text, ending)
    if (ends[opens] < first).any() or closes[-1] + 1 < len(ends):  # commas stand in other cells too
        level = np.zeros(len(text) + 1, np.int8)
        level[first] += 1
        level[last + 1] -= 1
        ends, opens, closes = _spans(text, ending & (np.cumsum(level, dtype=np.int8)[:-1] > 0))
    starts = np.append(-1, ends)[:-1] + 1
    starts[opens] = first
    return np.repeat(filled, closes - opens + 1), starts, ends - starts


def _spans(text: npt.NDArray[np.uint8], ending: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """Return where the ids end, and which of them are the first and the last in their cell."""
    ends = np.flatnonzero(ending)
    closes = np.flatnonzero(text[ends] != _ID)
    return ends, np.append(-1, closes)[:-1] + 1, closes


def _padded(known: Sequence[bytes], longest: int) -> list[Words]:
    """Return the words of the ids, as `words` reads them from a file."""
    text = b"".join(name.ljust(WORD * longest, b"\0") for name in known)
    return list(np.frombuffer(text, ">u8").astype(np.uint64).reshape(len(known), longest).T)


def _numbers(read: Sequence[Words], known: Sequence[Words]) -> Ints | None:
    """Return the number of each id read, or nothing if one of them is not known.

    A factor is sought that sends the known ids to different slots of a table, so that one look finds the only id that
    the one read can be.
    """
    count = len(known[0])
    bits = min(20, 2 * count.bit_length() + 1)
    for attempt in range(1, _TRIES + 1):
        slots = _slots(known, attempt, bits)
        if len(np.unique(slots)) == count:
            break
    else:
        return None
    table = np.zeros(1 << bits, np.int64)
    table[slots] = np.arange(count)
    numbers = table[_slots(read, attempt, bits)]
    same = all(bool((its[numbers] == own).all()) for own, its in zip(read, known, strict=True))
    return numbers if same else None


def _slots(parts: Sequence[Words], attempt: int, bits: int) -> Words:
    mixed = np.zeros(len(parts[0]), np.uint64)
    for place, part in enumerate(parts, 1):
        mixed += part * np.uint64((_ODD * (attempt + _TRIES * place)) % (1 << 64) | 1)
    return mixed >> np.uint64(64 - bits)
