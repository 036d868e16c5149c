"""Character n-grams with TF-IDF weights, in NumPy alone: how near is a text to each line of a fixed list?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_WORDS_KEPT = 20_000


class NgramIndex:
    """TF-IDF of the character n-grams inside words (padded with a blank) over a fixed list of lines.

    Kept as rows of a sparse table, gram by gram: 1,600 lines take about one megabyte.
    """

    def __init__(self, lines: Sequence[str], sizes: Sequence[int] = (2, 3, 4)) -> None:
        """lines: lower-case words joined by blanks; sizes: lengths of the n-grams."""
        self._sizes = tuple(sizes)
        self._size = len(lines)
        self._ids: dict[str, int] = {}
        self._words: dict[str, tuple[Ints, int]] = {}
        self._fill(lines)
        self._unknown_idf = float(np.log(1 + self._size) + 1)

    def _fill(self, lines: Sequence[str]) -> None:
        """Lay the weights of all lines gram after gram, each line scaled to length one."""
        parts = [self._learn(line) for line in lines]
        size = max(1, self._size)
        columns = np.repeat(np.arange(len(parts)), [part.size for part in parts])
        ids = np.concatenate([*parts, np.zeros(0, dtype=np.int64)])
        # One key per gram and line sorts the table by gram and counts in the same step.
        keys, times = np.unique(ids * size + columns, return_counts=True)
        grams, self._columns = keys // size, keys % size
        per_gram = np.bincount(grams, minlength=len(self._ids))
        self._idf: Floats = (np.log((1 + self._size) / (1 + per_gram)) + 1).astype(np.float32)
        weights = (1 + np.log(times)) * self._idf[grams]
        norms = np.sqrt(np.bincount(self._columns, weights=weights**2, minlength=size))
        self._weights: Floats = (weights / norms[self._columns]).astype(np.float32)
        self._starts: Ints = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(per_gram)])

    def _grams(self, word: str) -> list[str]:
        padded = f" {word} "
        return [padded[start : start + size] for size in self._sizes for start in range(len(padded) - size + 1)]

    def _learn(self, line: str) -> Ints:
        """Gram ids of a line of the list; new grams get the next number, so the order of lines decides it."""
        for word in line.split():
            if word not in self._words:
                ids = [self._ids.setdefault(gram, len(self._ids)) for gram in self._grams(word)]
                self._words[word] = (np.array(ids, dtype=np.int64), 0)
        parts = [self._words[word][0] for word in line.split()]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def _word(self, word: str) -> tuple[Ints, int]:
        """Known gram ids of a word and how many of its grams are unknown; kept, since words repeat."""
        kept = self._words.get(word)
        if kept is None:
            grams = self._grams(word)
            ids = [self._ids[gram] for gram in grams if gram in self._ids]
            kept = (np.array(ids, dtype=np.int64), len(grams) - len(ids))
            if len(self._words) < _WORDS_KEPT:
                self._words[word] = kept
        return kept

    def near(self, words: Sequence[str]) -> Floats:
        """Return the cosine (0 to 1) of the text with each line, in the order of the lines."""
        parts = [self._word(word) for word in words]
        ids = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        if not ids.size:
            return np.zeros(self._size, dtype=np.float32)
        grams, times = np.unique(ids, return_counts=True)
        values = (1 + np.log(times)) * self._idf[grams]
        unknown = sum(part[1] for part in parts)
        # An unknown gram counts half: it may be a place name, which says nothing against the likeness.
        norm = float(np.sqrt((values**2).sum() + unknown * self._unknown_idf**2 * 0.25))
        lengths = self._starts[grams + 1] - self._starts[grams]
        before = np.cumsum(lengths) - lengths
        flat = np.arange(int(lengths.sum())) + np.repeat(self._starts[grams] - before, lengths)
        weights = self._weights[flat] * np.repeat(values, lengths)
        return (np.bincount(self._columns[flat], weights=weights, minlength=self._size) / norm).astype(np.float32)
