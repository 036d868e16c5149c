"""Points for every activity code: lexicon evidence, road class, likeness to the official name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rembuk.core.text.lexicon import (
    MAINTENANCE_OF,
    SIBLING_OF,
    Evidence,
    Lexicon,
    extra_code_names,
    lexicon,
    word_set,
)
from rembuk.core.text.likeness import like_names, like_profiles, like_terms, telling_words
from rembuk.core.text.reading import Found, Reading

NAME_WEIGHT = 2.0
PROFILE_WEIGHT = 6.0
UNFIT_PROFILE = 0.4
TERM_WEIGHT = 3.0
NEAR_NAME = 0.72
NEAR_NAME_POINTS = 10.0
OTHER_ACTION = 0.3
NARROW_M = 2.5
# How much of the points of a works code its sibling (build / maintain) gets, so that a person sees the pair.
SIBLING_SHARE = 0.45
UNSURE_SIBLING_SHARE = 0.6
_UNSURE_ACTIONS = frozenset({"perbaikan", "diperbaiki", "rusak", "normalisasi", "rehab", "rehabilitasi", ""})
_FARM, _LANE, _VILLAGE = "2.3.12", "2.3.11", "2.3.10"
_FARM_CUES = word_set("sawah kebun ladang persawahan pertanian bulak perkebunan produksi tambak")
_VILLAGE_CUES = word_set("ruas kabupaten poros provinsi")
_LANE_CUES = word_set("permukiman lingkungan perumahan gang lorong setapak")
# A training whose subject the lexicon does not know is most often a trade or a skill for work.
_TRAINING: Mapping[str, float] = {"4.7.04": 3.0, "2.1.03": 2.0, "4.5.01": 1.5}
_NOT_TRAINING = 0.4

_MAINTENANCE = frozenset(MAINTENANCE_OF.values()) - {"4.2.04"}
AddBonus = Callable[[str, float, str], None]


@dataclass(frozen=True, slots=True)
class Points:
    """Points per code, the best likeness to an official name, and the words that gave the road class."""

    by_code: Mapping[str, float]
    lexicon_by_code: Mapping[str, float]
    likeness: float
    road_reasons: tuple[str, ...]


def points(reading: Reading, extra_codes: frozenset[str] = frozenset(), known: Lexicon | None = None) -> Points:
    """Score every code for one reading; a code without any point is left out.

    extra_codes: additional codes (outside the common list) that may be suggested here.
    """
    known = known or lexicon()
    barred = frozenset(extra_code_names()) - extra_codes
    from_lexicon, reasons = _lexicon_points(reading, barred)
    words = telling_words(reading.words)
    total = dict(from_lexicon)
    nearest = 0.0

    def add(code: str, value: float) -> None:
        # "Lain-lain ..." repeats the name of its sub-field; it is meant only when the text or the lexicon says so.
        rest = code.endswith(".90") and "lain" not in reading.words and code not in from_lexicon
        if code not in barred and not rest:
            total[code] = total.get(code, 0.0) + value

    for code, likeness in like_names(words).items():
        closeness = max(0.0, likeness - NEAR_NAME) / (1 - NEAR_NAME) if _fits(code, reading.action) else 0.0
        add(code, NAME_WEIGHT * likeness + NEAR_NAME_POINTS * closeness)
        nearest = max(nearest, likeness) if code in total else nearest
    for code, likeness in like_profiles(words, known).items():
        add(code, PROFILE_WEIGHT * likeness * (1.0 if _fits(code, reading.action) else UNFIT_PROFILE))
    for code, likeness in like_terms(words, reading.action, known).items():
        add(code, TERM_WEIGHT * likeness)
    return Points(total, from_lexicon, nearest, reasons)


def _fits(code: str, action: str) -> bool:
    """Whether a build or maintenance code goes with the action; without an action the text means building."""
    if action == "pelihara":
        return code not in MAINTENANCE_OF
    return code not in _MAINTENANCE


def _lexicon_points(reading: Reading, barred: frozenset[str]) -> tuple[dict[str, float], tuple[str, ...]]:
    result: dict[str, float] = {}
    by_concept: dict[str, dict[str, float]] = {}
    for found in reading.objects:
        group = by_concept.setdefault(found.concept, {})
        for code, value in _term_points(found, reading.action).items():
            # Each concept counts once: two words for one thing are not two things.
            group[code] = max(group.get(code, 0.0), value)
    reasons = _road_class(reading, by_concept)
    for group in by_concept.values():
        for code, value in group.items():
            if code not in barred:
                result[code] = result.get(code, 0.0) + value
    if reading.action == "latih":
        reasons += _any_training(reading, result)
    _offer_siblings(reading, result)
    return result, reasons


def _any_training(reading: Reading, result: dict[str, float]) -> tuple[str, ...]:
    """Training about a thing is not the thing: asset codes count little, and general training codes come in."""
    if any(row.action == "latih" for found in reading.objects for row in found.evidence):
        return ()
    assets = [code for code in result if code in SIBLING_OF or code == "1.2.01"]
    if result and not assets:
        return ()
    for code in assets:
        result[code] *= _NOT_TRAINING
    for code, value in _TRAINING.items():
        result[code] = max(result.get(code, 0.0), value)
    return ("pelatihan yang bidangnya belum dikenal",)


def _term_points(found: Found, action: str) -> dict[str, float]:
    """Rows for the action of the text count in full; the plain rows of the same term then count little."""
    fitting = [row for row in found.evidence if row.action and row.action == action]
    rows: list[tuple[Evidence, float]] = [(row, 1.0) for row in fitting]
    rows += [(row, OTHER_ACTION if fitting else 1.0) for row in found.evidence if not row.action]
    result: dict[str, float] = {}
    for row, share in rows:
        value = row.weight * share * found.weight
        result[row.code] = max(result.get(row.code, 0.0), value)
    return result


def _road_class(reading: Reading, by_concept: dict[str, dict[str, float]]) -> tuple[str, ...]:
    """Add the road rules to the road object: width, RT, section, fields around it. Returns the reasons in words."""
    group = by_concept.get("jalan")
    if group is None or not reading.is_road:
        return ()
    weight = max(found.weight for found in reading.objects if found.concept == "jalan")
    bonus: dict[str, float] = {}
    reasons: list[str] = []

    def add(code: str, value: float, reason: str) -> None:
        bonus[code] = bonus.get(code, 0.0) + value
        reasons.append(reason)

    _cue_bonus(reading, add)
    width = reading.fields.width_m
    if width is not None:
        add(_LANE if width <= NARROW_M else _VILLAGE, 1.5, f"lebar {width:g} m".replace(".", ","))
    if reading.fields.section and not reading.fields.road_codes:
        add(_VILLAGE, 1.0, "ruas " + " - ".join(reading.fields.section))
    for code, value in bonus.items():
        target = MAINTENANCE_OF[code] if reading.action == "pelihara" else code
        group[target] = group.get(target, 0.0) + value * weight
    return tuple(dict.fromkeys(reasons))


def _cue_bonus(reading: Reading, add: AddBonus) -> None:
    farm = [cue for cue in reading.road_cues if cue in _FARM_CUES]
    village = [cue for cue in reading.road_cues if cue in _VILLAGE_CUES]
    if farm:
        add(_FARM, 3.5, farm[0])
    if reading.fields.road_codes:
        add(_VILLAGE, 3.5, "ruas " + reading.fields.road_codes[0])
    elif village:
        add(_VILLAGE, 3.5, village[0])
    lane = next((word for word in reading.words if word in _LANE_CUES), "")
    if lane:
        add(_LANE, 1.5, lane)
    if reading.fields.rt or reading.fields.rw:
        add(_LANE, 1.2, "menyebut RT/RW")


def _offer_siblings(reading: Reading, result: dict[str, float]) -> None:
    """Let the sibling of the best works code stand close behind: mending is rehab for some and upkeep for others."""
    if not result:
        return
    best = max(result, key=lambda code: (result[code], code))
    sibling = SIBLING_OF.get(best)
    if sibling is None or sibling in extra_code_names():
        return
    share = UNSURE_SIBLING_SHARE if reading.action_word in _UNSURE_ACTIONS else SIBLING_SHARE
    result[sibling] = max(result.get(sibling, 0.0), share * result[best])
