"""Character n-grams with TF-IDF weights, in NumPy alone: how near is a text to each line of a fixed list?"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class NgramIndex:
    """TF-IDF of the character n-grams inside words (padded with a blank) over a fixed list of lines."""

    def __init__(self, lines: Sequence[str], sizes: Sequence[int] = (2, 3, 4)) -> None:
        """lines: lower-case words joined by blanks; sizes: lengths of the n-grams."""
        self._sizes = tuple(sizes)
        self._words: dict[str, tuple[NDArray[np.int64], int]] = {}
        counts = [self._count(line) for line in lines]
        document_count = Counter(gram for count in counts for gram in count)
        self._ids = {gram: place for place, gram in enumerate(sorted(document_count))}
        total = len(lines)
        frequency = np.array([document_count[gram] for gram in self._ids], dtype=np.float32)
        self._idf: Floats = (np.log((1 + total) / (1 + frequency)) + 1).astype(np.float32)
        self._unknown_idf = float(np.log(1 + total) + 1)
        weights: Floats = np.zeros((len(self._ids), total), dtype=np.float32)
        for column, count in enumerate(counts):
            for gram, times in count.items():
                row = self._ids[gram]
                weights[row, column] = (1 + np.log(times)) * self._idf[row]
        norms: Floats = np.sqrt((weights**2).sum(axis=0)).astype(np.float32)
        self._weights: Floats = (weights / np.where(norms > 0, norms, 1)).astype(np.float32)
        self._size = total

    def _grams(self, word: str) -> list[str]:
        padded = f" {word} "
        return [padded[start : start + size] for size in self._sizes for start in range(len(padded) - size + 1)]

    def _count(self, line: str) -> Counter[str]:
        return Counter(gram for word in line.split() for gram in self._grams(word))

    def _word(self, word: str) -> tuple[NDArray[np.int64], int]:
        """Known gram ids of a word and how many of its grams are unknown; kept, since words repeat."""
        kept = self._words.get(word)
        if kept is None:
            grams = self._grams(word)
            ids = [self._ids[gram] for gram in grams if gram in self._ids]
            kept = (np.array(ids, dtype=np.int64), len(grams) - len(ids))
            if len(self._words) < 20_000:
                self._words[word] = kept
        return kept

    def near(self, words: Sequence[str]) -> Floats:
        """Return the cosine (0 to 1) of the text with each line, in the order of the lines."""
        parts = [self._word(word) for word in words]
        ids = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        if not ids.size:
            return np.zeros(self._size, dtype=np.float32)
        grams, times = np.unique(ids, return_counts=True)
        values = (1 + np.log(times)).astype(np.float32) * self._idf[grams]
        unknown = sum(part[1] for part in parts)
        norm = float(np.sqrt((values**2).sum() + unknown * self._unknown_idf**2 * 0.25))
        result: Floats = (values @ self._weights[grams]) / np.float32(norm)
        return result
