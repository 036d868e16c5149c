"""Proposals of one village that resemble each other: shown side by side, never merged by the program.

Likeness of letters finds candidates; fields decide. One clash (other RT, road, group) outweighs any likeness.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rembuk.core.text.compare import Comparison, Side, compare, side_of
from rembuk.core.text.fields import Fields
from rembuk.core.text.normalise import words
from rembuk.core.text.vectors import Floats

_BUCKETS = 1 << 15
_SIZES = (2, 3, 4)
_WORTH_A_LOOK = 0.30
_RANK = {"sama": 0, "mungkin sama": 1, "bagian dari": 2, "tahap lanjutan": 3, "berbeda": 4}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal to compare with. fields: what its form says; year: budget year, None when unknown."""

    key: str
    text: str
    year: int | None = None
    fields: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class Match:
    """A similar proposal, how alike the letters are (0 to 1), and the comparison a person should see."""

    key: str
    likeness: float
    comparison: Comparison


@lru_cache(maxsize=5_000)
def _grams(text: str) -> tuple[NDArray[np.int64], Floats]:
    """Hashed n-grams of the normalised text and their damped counts. The hash is the same on every machine."""
    ids: list[int] = []
    for word in words(text):
        padded = f" {word} "
        for size in _SIZES:
            ids += [
                zlib.crc32(padded[start : start + size].encode()) % _BUCKETS for start in range(len(padded) - size + 1)
            ]
    grams, times = np.unique(np.array(ids, dtype=np.int64), return_counts=True)
    return grams, (1 + np.log(times)).astype(np.float32)


def likenesses(text: str, others: Sequence[str]) -> list[float]:
    """Cosine of character TF-IDF (2 to 4) between *text* and each of *others*, weighted by what is rare among them.

    Village and kecamatan names stand in every row and so count almost nothing.
    """
    if not others:
        return []
    parts = [_grams(other) for other in others]
    query, query_counts = _grams(text)
    ids = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    rows = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    frequency = np.bincount(ids, minlength=_BUCKETS) + np.bincount(query, minlength=_BUCKETS)
    idf = np.log((2 + len(parts)) / (1 + frequency)) + 1
    wanted = np.zeros(_BUCKETS)
    wanted[query] = query_counts * idf[query]
    values = counts * idf[ids]
    dots = np.bincount(rows, weights=values * wanted[ids], minlength=len(parts))
    norms = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(parts))) * np.sqrt((wanted**2).sum())
    return [float(value) for value in np.divide(dots, norms, out=np.zeros(len(parts)), where=norms > 0)]


def similar(
    text: str,
    others: Iterable[Candidate],
    *,
    limit: int = 5,
    year: int | None = None,
    fields: Fields | None = None,
    with_different: bool = False,
) -> list[Match]:
    """Return the most similar of *others*, best verdict first, then by likeness, then by key.

    others: proposals of the same village, of all years and all sources of money. with_different: also return those
    that look alike but differ (`berbeda`), so that a person sees why. Costs about 20 ms for 300 texts once read.
    """
    pool = list(others)
    alike = likenesses(text, [other.text for other in pool])
    mine = side_of(text, fields or Fields(), year)
    found = []
    for other, likeness in zip(pool, alike, strict=True):
        if likeness < _WORTH_A_LOOK:
            continue
        comparison = compare(mine, _side(other), likeness)
        if comparison.verdict != "berbeda" or with_different:
            found.append(Match(other.key, round(likeness, 3), comparison))
    found.sort(key=lambda match: (_RANK[match.comparison.verdict], -match.likeness, match.key))
    return found[:limit]


def _side(other: Candidate) -> Side:
    return side_of(other.text, other.fields, other.year)
