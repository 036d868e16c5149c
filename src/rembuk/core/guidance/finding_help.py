"""Search over short help texts: an answer that was promoted, a stage of the cycle, a term.

A few hundred texts at most, so each is looked at; no index is kept. Words count by how rare they are among the texts,
and a word of the question also meets its kin ("mengusulkan" meets "usulan") by a shared stem.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STOP: Final = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "pada",
        "dengan",
        "atau",
        "ini",
        "itu",
        "apa",
        "apakah",
        "bagaimana",
        "kapan",
        "siapa",
        "mengapa",
        "kenapa",
        "berapa",
        "adalah",
        "akan",
        "sudah",
        "belum",
        "tidak",
        "bisa",
        "boleh",
        "harus",
        "kami",
        "saya",
        "kita",
        "ada",
        "oleh",
        "dalam",
        "jika",
        "bila",
        "kalau",
        "agar",
        "cara",
        "para",
        "juga",
    ]
)
_PREFIXES: Final = (
    "menge",
    "meng",
    "meny",
    "mem",
    "men",
    "peng",
    "peny",
    "pem",
    "pen",
    "ber",
    "ter",
    "per",
    "me",
    "di",
    "pe",
    "ke",
    "se",
)
_SUFFIXES: Final = ("kannya", "annya", "nya", "kan", "lah", "an", "i")
SHORTEST_STEM: Final = 4
TITLE_WEIGHT: Final = 2.0


@dataclass(frozen=True, slots=True)
class HelpText:
    """One text that can be found. key: what the caller knows it by."""

    key: str
    title: str
    body: str


def stem(word: str) -> str:
    """Return *word* without the usual affixes, as long as four letters stay."""
    lowered = word.casefold()
    for suffix in _SUFFIXES:
        if lowered.endswith(suffix) and len(lowered) - len(suffix) >= SHORTEST_STEM:
            lowered = lowered[: -len(suffix)]
            break
    for prefix in _PREFIXES:
        if lowered.startswith(prefix) and len(lowered) - len(prefix) >= SHORTEST_STEM:
            return lowered[len(prefix) :]
    return lowered


def stems(text: str) -> list[str]:
    """Return the telling words of *text* as stems, in order."""
    return [stem(word) for word in re.findall(r"\w+", text.casefold()) if len(word) > 1 and word not in STOP]


def find_help(question: str, texts: Sequence[HelpText], limit: int = 20) -> tuple[HelpText, ...]:
    """Return the texts that meet *question*, best first; ties by title, then key. An empty question meets nothing."""
    wanted = set(stems(question))
    if not wanted:
        return ()
    words = [(Counter(stems(text.title)), Counter(stems(text.body))) for text in texts]
    spread = Counter(word for title, body in words for word in {*title, *body})
    weights = {word: math.log(1 + len(texts) / spread[word]) for word in wanted if spread[word]}
    scored = []
    for text, (title, body) in zip(texts, words, strict=True):
        score = sum(weight * (TITLE_WEIGHT * (word in title) + (word in body)) for word, weight in weights.items())
        if score:
            scored.append((-score, text.title, text.key, text))
    return tuple(entry[-1] for entry in sorted(scored)[:limit])
