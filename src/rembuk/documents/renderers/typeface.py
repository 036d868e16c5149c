"""The typeface of papers: its files, the characters it can draw, and where a word may break in a narrow cell."""

import re
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

import fontpkg_source_sans_3

FOLDER = Path(fontpkg_source_sans_3.ROOT) / "files"
_UPRIGHT = FOLDER / "SourceSans3[wght].ttf"
SOFT_HYPHEN = "\u00ad"
LONGEST_WORD = 24
"""Longer than any ordinary word: it is cut without a hyphen, so that codes and addresses stay as they are."""

_VOWEL = "aiueoAIUEO"
_SYLLABLES = re.compile(
    rf"(?<=[{_VOWEL}])(?=(?:ng|ny|kh|sy|[^\W\d_{_VOWEL}])[{_VOWEL}])|(?<=[{_VOWEL}](?!ng|ny|kh|sy)[^\W\d_{_VOWEL}])(?=[^\W\d_{_VOWEL}][{_VOWEL}])"
)


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Return the code points that the typeface can draw, read from the font's own character map."""
    data = _UPRIGHT.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if tag == b"cmap":
            return frozenset(_cmap(data, offset))
    raise ValueError(f"{_UPRIGHT.name} has no character map")


def _cmap(data: bytes, start: int) -> set[int]:
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        offset = start + struct.unpack_from(">I", data, start + 4 + 8 * index + 4)[0]
        form = struct.unpack_from(">H", data, offset)[0]
        if form == 4:
            half = struct.unpack_from(">H", data, offset + 6)[0] // 2
            ends = struct.unpack_from(f">{half}H", data, offset + 14)
            starts = struct.unpack_from(f">{half}H", data, offset + 16 + 2 * half)
            for first, last in zip(starts, ends, strict=True):
                found.update(range(first, min(last, 0xFFFE) + 1))
        elif form == 12:
            groups = struct.unpack_from(">I", data, offset + 12)[0]
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", data, offset + 16 + 12 * group)
                found.update(range(first, last + 1))
    return found


def drawable(text: str) -> str:
    """Return *text* with every character that the typeface lacks written by its Unicode number, as ``[U+1F600]``.

    An archive PDF may not hold a character that cannot be drawn; so nothing is dropped silently.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    known = coverage()
    if all(char == "\n" or ord(char) in known for char in text):
        return text
    return "".join(_drawn(char, known) for char in text)


def _drawn(char: str, known: frozenset[int]) -> str:
    if ord(char) in known or char in "\n\t ":
        return char
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):  # joiners and variation marks of emoji: nothing to see
        return ""
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and all(ord(part) in known for part in plain):
        return plain
    return f"[U+{ord(char):04X}]"


_NARROW, _SLIM, _BROAD = frozenset("ijl.,:;|!'`"), frozenset("tfr()[]-/I"), frozenset("mwMW@%&#")


def measure(word: str) -> float:
    """Estimate how wide *word* is, in ordinary letters."""
    width = 0.0
    for char in word:
        if char in _NARROW:
            width += 0.5
        elif char in _SLIM:
            width += 0.7
        elif char in _BROAD:
            width += 1.6
        else:
            width += 1.15 if char.isupper() else 1.0
    return width


def breakable(text: str, room: float) -> str:
    """Return *text* with break points in the words that are wider than a line of *room* ordinary letters.

    An ordinary word may be divided between syllables; a longer one is cut into lines, so that no sign is added to it.
    """
    shortest = max(2, int(room / 1.6) + 1)
    if len(text) < shortest:
        return text
    return re.sub(rf"[^\s-]{{{shortest},}}", lambda found: _with_breaks(found.group(), room), text)


def _with_breaks(word: str, room: float) -> str:
    if measure(word) <= room:
        return word
    if len(word) <= LONGEST_WORD and word.isalpha():
        parts = _SYLLABLES.split(word)
        if len(parts) > 1:
            return _joined(parts)
    lines, start, width = [], 0, 0.0
    for index, char in enumerate(word):
        wide = measure(char)
        if width + wide > room and index > start:
            lines.append(word[start:index])
            start, width = index, 0.0
        width += wide
    return "\n".join((*lines, word[start:]))


def _joined(parts: list[str]) -> str:
    if len(parts[0]) < 2:
        parts = [parts[0] + parts[1], *parts[2:]]
    if len(parts) > 1 and len(parts[-1]) < 2:
        parts = [*parts[:-2], parts[-2] + parts[-1]]
    return SOFT_HYPHEN.join(parts)
