"""Short letters that begin a village's public numbers: ``MLT`` for Melintang. Pure."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from string import ascii_uppercase

_SYLLABLE = re.compile(r"(?:NG|NY|SY|KH|[^AEIOU])?[AEIOU]")


def prefixes(names: Mapping[str, str], taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return three to five letters for each key of *names* (village code -> name), all different.

    taken: prefixes that some villages already carry; they keep them. Every village first gets the letters that suit its
    name best if no other claims them; what is left goes by code, so every machine gives the same letters.
    """
    given = {key: (taken or {})[key] for key in names if key in (taken or {})}
    used = set((taken or {}).values())
    waiting: list[str] = []
    for key in sorted(names.keys() - given.keys()):
        best = next(candidates(names[key]))
        if best in used:
            waiting.append(key)
        else:
            given[key] = best
            used.add(best)
    for key in waiting:
        given[key] = next(letters for letters in candidates(names[key]) if letters not in used)
        used.add(given[key])
    return given


def candidates(name: str) -> Iterator[str]:
    """Yield possible letters for *name*, best first; there is always one more."""
    words = [word for word in re.split(r"[^A-Z]+", name.upper()) if word] or ["DESA"]
    letters = "".join(words)
    padded = (letters + "XXX")[: max(3, len(letters))]
    by_length = chain.from_iterable(
        ("".join(picked) for picked in combinations(padded, size) if picked[0] == padded[0]) for size in (3, 4, 5)
    )
    spare = (padded[:2] + "".join(tail) for tail in product(ascii_uppercase, repeat=3))
    yield from chain([_best(words, padded)], by_length, spare)


def _best(words: list[str], padded: str) -> str:
    if len(words) >= 3:
        return "".join(word[0] for word in words[:3])
    if len(words) == 2:
        rest = words[1][0] + _consonants(words[1][1:]) + words[1][1:]
        return (words[0][0] + rest[:2] + "XX")[:3]
    onsets = "".join(syllable[0] for syllable in _SYLLABLE.findall(words[0]))
    return onsets[:3] if len(onsets) >= 3 else padded[:3]


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "AEIOU")
