"""Suggest an activity code for a proposal, with an honest state and the reason in words. Nothing is chosen silently."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rembuk.core.text.lexicon import SIBLING_OF, Lexicon, code_names
from rembuk.core.text.reading import Context, Reading, read
from rembuk.core.text.scoring import Points, points

State = Literal["saran", "pilihan", "belum yakin"]
SURE, CHOICE = 0.90, 0.70
# Fewer points rest on a few shared letters. Without any known word the first code must have more to be worth showing.
FEWEST_POINTS, FEWEST_WITHOUT_A_TERM = 0.5, 2.4

ACTION_WORDS: Mapping[str, str] = {
    "bangun": "bangun/rehab",
    "pelihara": "pemeliharaan",
    "latih": "pelatihan/penyuluhan",
    "bantu": "bantuan/pengadaan",
    "operasional": "operasional",
    "bina": "pembinaan",
}
_TERMS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Codes from best to least, what may be done with them, and why.

    state: `saran` may be filled in and marked, `pilihan` shows the codes with none selected, `belum yakin` leaves the
    choice of field and search to the person. probability: of the first code being acceptable, 0 to 1.
    """

    codes: tuple[str, ...]
    state: State
    reason: str
    reading: Reading
    probability: float

    @property
    def sibling(self) -> str:
        """The build code of a maintenance code and the other way round, to be offered beside it; empty without one."""
        return SIBLING_OF.get(self.codes[0], "") if self.codes else ""


def suggest(text: str, limit: int = 3, context: Context | None = None, known: Lexicon | None = None) -> Suggestion:
    """Suggest up to *limit* activity codes for *text*; a text without any known word gets none."""
    reading = read(text, context, known)
    scored = points(reading, context.extra_codes if context else frozenset(), known)
    ranked = _ranked(scored)[: max(limit, 2)]
    probability = _probability(reading, scored, ranked)
    state: State = "saran" if probability >= SURE else "pilihan" if probability >= CHOICE else "belum yakin"
    return Suggestion(tuple(ranked[:limit]), state, _reason(reading, scored, ranked), reading, probability)


def _ranked(scored: Points) -> list[str]:
    """Codes worth showing, best first, ties by code."""
    ranked = sorted(scored.by_code, key=lambda code: (-scored.by_code[code], code))
    ranked = [code for code in ranked if scored.by_code[code] >= FEWEST_POINTS]
    if not scored.lexicon_by_code and ranked and scored.by_code[ranked[0]] < FEWEST_WITHOUT_A_TERM:
        return []
    return ranked


def suggest_many(texts: Iterable[str], limit: int = 3) -> list[Suggestion]:
    """Suggest for each text, in order. Repeated texts are read once."""
    kept: dict[str, Suggestion] = {}
    result = []
    for text in texts:
        if text not in kept:
            kept[text] = suggest(text, limit)
        result.append(kept[text])
    return result


def features(reading: Reading, scored: Points, ranked: list[str]) -> tuple[float, ...]:
    """What the confidence rests on, each about 0 to 1, in the order of `_COEFFICIENTS`."""
    if not ranked:
        return (0.0,) * len(_COEFFICIENTS)
    first = scored.by_code[ranked[0]]
    second = scored.by_code[ranked[1]] if len(ranked) > 1 else 0.0
    by_words = scored.lexicon_by_code
    agrees = bool(by_words) and max(by_words, key=lambda code: (by_words[code], code)) == ranked[0]
    return (
        min(first / 8, 1.5),
        min((first - second) / 4, 1.5),
        1.0 if agrees else 0.0,
        min(len(reading.words) / 20, 1.5),
    )


# Logistic weights, fitted with lexicon drop-out: 40 % of the terms removed at random, four times, on real village rows.
_INTERCEPT = -1.25
_COEFFICIENTS = (0.9, 2.7, 0.3, -0.7)


def _probability(reading: Reading, scored: Points, ranked: list[str]) -> float:
    if not ranked:
        return 0.0
    values = features(reading, scored, ranked)
    total = _INTERCEPT + sum(weight * value for weight, value in zip(_COEFFICIENTS, values, strict=True))
    return 1 / (1 + math.exp(-total))


def _reason(reading: Reading, scored: Points, ranked: list[str]) -> str:
    """Say in Indonesian what the suggestion rests on, most telling first."""
    if not ranked:
        return "tidak ada kata yang dikenal"
    parts = [f"{found.term} (istilah)" for found in reading.objects if not found.landmark][:_TERMS_SHOWN]
    if not parts:
        parts = [f"{found.term} (istilah, mungkin hanya patokan tempat)" for found in reading.objects[:1]]
    if not scored.lexicon_by_code or scored.likeness >= 0.8:
        parts.append("mirip nama kegiatan " + code_names()[ranked[0]])
    if reading.action:
        parts.append(f"{reading.action_word} -> {ACTION_WORDS[reading.action]}")
    parts.extend(scored.road_reasons)
    return ", ".join(parts)
