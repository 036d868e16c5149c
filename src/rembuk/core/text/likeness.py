"""Likeness of letters between a text and what is known of each code: official name, nearest terms, all terms together.

It catches what the longest match misses: unusual endings, compounds, words the lexicon holds only inside others.
Measured on real texts with 40 % of the terms removed: first code right 0.78 -> 0.83, among three 0.83 -> 0.90.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from rembuk.core.text.lexicon import Lexicon, code_names, word_set
from rembuk.core.text.vectors import Floats, NgramIndex

SMALL_WORDS = word_set("dan di ke yang untuk bagi dll dst oleh")
# The word that stands for each action in the profile of a code.
_ACTION_WORD: Mapping[str, str] = {
    "bangun": "pembangunan",
    "pelihara": "pemeliharaan",
    "latih": "pelatihan",
    "bantu": "bantuan",
    "operasional": "operasional",
    "bina": "pembinaan",
    "": "",
}
_NEAREST_TERMS = 12
_LEAST_NEAR = 0.15
_NEAREST_CODES = 16
_LEAST_LIKE = 0.05
_USUAL_WEIGHT = 5.0
_OTHER_ACTION = 0.3


def telling_words(words: tuple[str, ...]) -> list[str]:
    """Words without those that stand in every name."""
    return [word for word in words if word not in SMALL_WORDS]


def _name_line(name: str) -> str:
    return " ".join(word for word in re.findall(r"[a-z]+", name.lower()) if word not in SMALL_WORDS)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], NgramIndex]:
    """Each code twice: the whole official name and the name without what stands in brackets."""
    codes: list[str] = []
    lines: list[str] = []
    for code, name in code_names().items():
        for line in dict.fromkeys((name, re.sub(r"\([^)]*\)*", " ", name))):
            codes.append(code)
            lines.append(_name_line(line))
    return tuple(codes), NgramIndex(lines)


@lru_cache(maxsize=2)
def _profiles(known: Lexicon) -> tuple[tuple[str, ...], NgramIndex]:
    """One line per code: its name and all its terms, each with the word of its action."""
    lines = {code: [_name_line(name)] for code, name in code_names().items()}
    for term in sorted(known.terms):
        for row in known.terms[term]:
            if not row.reserve:
                lines[row.code].append(f"{term} {_ACTION_WORD[row.action]}")
    codes = tuple(sorted(lines))
    return codes, NgramIndex([" ".join(lines[code]) for code in codes])


@lru_cache(maxsize=2)
def _terms(known: Lexicon) -> tuple[tuple[str, ...], NgramIndex]:
    terms = tuple(sorted(known.terms))
    return terms, NgramIndex(terms)


def like_names(words: list[str]) -> dict[str, float]:
    """Return code -> cosine with its official name, whole or without brackets, whichever is nearer."""
    codes, index = _names()
    return _best(codes, index.near(words))


def like_profiles(words: list[str], known: Lexicon) -> dict[str, float]:
    """Return code -> cosine with all that is known of the code."""
    codes, index = _profiles(known)
    return _best(codes, index.near(words))


def like_terms(words: list[str], action: str, known: Lexicon) -> dict[str, float]:
    """Return code -> likeness (about 0 to 1) of the nearest terms, weighted as the lexicon weighs them."""
    terms, index = _terms(known)
    near = index.near(words)
    result: dict[str, float] = {}
    for place in _nearest(near, _LEAST_NEAR, _NEAREST_TERMS):
        rows = [row for row in known.terms[terms[place]] if row.action in {"", action}]
        fitting = any(row.action for row in rows)
        for row in rows:
            share = _OTHER_ACTION if fitting and not row.action else 1.0
            value = row.weight / _USUAL_WEIGHT * share * float(near[place])
            result[row.code] = max(result.get(row.code, 0.0), value)
    return result


def _nearest(near: Floats, least: float, most: int) -> list[int]:
    """Places of the nearest lines, nearest first, ties in the order of the lines."""
    places = np.flatnonzero(near >= least)
    return [int(place) for place in places[np.argsort(-near[places], kind="stable")][:most]]


def _best(codes: tuple[str, ...], near: Floats) -> dict[str, float]:
    result: dict[str, float] = {}
    for place in _nearest(near, _LEAST_LIKE, _NEAREST_CODES):
        result.setdefault(codes[place], float(near[place]))
    return result
