"""Ask who owns the asset. Words never decide authority; they only make Rembuk ask a person.

Source: process.md authority rule: an item goes to DU-RKP only with a person's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.text.fields import fields_of
from rembuk.core.text.lexicon import lexicon, word_set
from rembuk.core.text.normalise import words

Asset = Literal["jalan", "sekolah", "kesehatan", "jaringan", "saluran", "lain"]

_LEVELS = {"kabupaten": "kabupaten", "provinsi": "provinsi", "nasional": "pusat", "negara": "pusat"}
_ASSET_OF: tuple[tuple[str, Asset], ...] = (
    ("sd negeri", "sekolah"),
    ("smp negeri", "sekolah"),
    ("sma", "sekolah"),
    ("smk", "sekolah"),
    ("puskesmas", "kesehatan"),
    ("pustu", "kesehatan"),
    ("rsud", "kesehatan"),
    ("pdam", "jaringan"),
    ("pln", "jaringan"),
    ("gardu", "jaringan"),
    ("trafo", "jaringan"),
    ("bts", "jaringan"),
    ("menara telekomunikasi", "jaringan"),
    ("saluran primer", "saluran"),
    ("saluran sekunder", "saluran"),
    ("bendungan", "saluran"),
    ("sungai besar", "saluran"),
)
# A level word counts only next to a thing that a level can own; "Kabupaten X" alone is an address.
_OWNED = word_set("jalan jembatan ruas irigasi saluran milik aset sungai trotoar terminal pasar")
_QUESTIONS: dict[Asset, str] = {
    "jalan": "Apakah jalan ini milik {owner}?",
    "sekolah": "Apakah sekolah ini milik desa atau milik kabupaten/provinsi?",
    "kesehatan": "Apakah fasilitas kesehatan ini milik desa atau milik kabupaten?",
    "jaringan": "Apakah jaringan ini milik desa atau milik PDAM, PLN, atau pihak lain?",
    "saluran": "Apakah saluran, bendung, atau sungai ini milik desa atau diurus kabupaten/provinsi/pusat?",
    "lain": "Apakah aset ini milik desa atau milik kabupaten/provinsi/pusat?",
}


@dataclass(frozen=True, slots=True)
class AuthorityQuestion:
    """A question for a person: *word* raised it, *asset* is what it is about, *question* the sentence to show."""

    word: str
    asset: Asset
    question: str


def authority_question(text: str) -> AuthorityQuestion | None:
    """Return the question that *text* raises about who owns the asset, or None. It never decides anything."""
    tokens = words(text)
    joined = f" {' '.join(tokens)} "
    for level, owner in _LEVELS.items():
        if any(token == level and _beside_owned(tokens, place) for place, token in enumerate(tokens)):
            return _question(level, "jalan" if "jalan" in tokens or "ruas" in tokens else "lain", owner)
    for word in sorted(lexicon().upward, key=lambda word: (-len(word), word)):
        if word not in _LEVELS and f" {word} " in joined:
            asset = next((asset for name, asset in _ASSET_OF if name == word), None)
            return _question(word, asset or ("jalan" if "jalan" in tokens else "lain"), "kabupaten")
    codes = fields_of(text).road_codes
    if codes:
        return _question(codes[0], "jalan", "kabupaten")
    return None


def _beside_owned(tokens: Sequence[str], place: int) -> bool:
    return place > 0 and tokens[place - 1] in _OWNED


def _question(word: str, asset: Asset, owner: str) -> AuthorityQuestion:
    return AuthorityQuestion(word, asset, _QUESTIONS[asset].format(owner=owner))
