"""Read one proposal: what is to be done, to which objects, where and how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rembuk.core.text.fields import Fields, fields_of, merged
from rembuk.core.text.lexicon import MAINTENANCE_OF, WEAK_ACTIONS, Evidence, Lexicon, lexicon
from rembuk.core.text.normalise import words

LANDMARK_WEIGHT = 0.3
LATER_WEIGHT = 0.6
# From this many words on, what follows perlu, mohon, agar is the wish and what stands before it the complaint.
LONG_TEXT = 9
_LANDMARK_REACH = 3
_ROADS = frozenset({"2.3.10", "2.3.11", "2.3.12"})


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the lexicon in the text; *weight* falls for later objects and for mere landmarks."""

    term: str
    evidence: tuple[Evidence, ...]
    weight: float
    start: int
    landmark: bool = False

    @property
    def concept(self) -> str:
        """The code the term speaks for most, the name of its concept; roads of every class are one concept."""
        plain = [row for row in self.evidence if not row.action and not row.reserve]
        best = max(plain or self.evidence, key=lambda row: (row.weight, row.code))
        code = {keep: build for build, keep in MAINTENANCE_OF.items()}.get(best.code, best.code)
        return "jalan" if code in _ROADS else code


@dataclass(frozen=True, slots=True)
class Context:
    """What the form already knows; it goes before what the text says.

    extra_codes: additional activity codes that this village uses.
    """

    fields: Fields = field(default_factory=Fields)
    extra_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One proposal as understood. *action* is empty when no word says it; *unknown* is the share of unknown words."""

    words: tuple[str, ...]
    action: str
    action_word: str
    objects: tuple[Found, ...]
    fields: Fields
    road_cues: tuple[str, ...]
    unknown: float

    @property
    def is_road(self) -> bool:
        """Whether a road is one of the objects and not just the way to it."""
        return any(found.concept == "jalan" and not found.landmark for found in self.objects)


def read(text: str, context: Context | None = None, known: Lexicon | None = None) -> Reading:
    """Read *text* with the form fields of *context*; empty text gives an empty reading.

    known: another lexicon than the one that ships with Rembuk, for a regency's own layer or for measuring.
    """
    known = known or lexicon()
    tokens = words(text, known)
    hidden = _names(tokens, known)
    request = _request(tokens, known)
    action, action_word = _action(tokens, hidden, request, known)
    found = _objects(tokens, hidden, known)
    fields = fields_of(text)
    if context is not None:
        fields = merged(context.fields, fields)
    return Reading(
        words=tuple(tokens),
        action=action,
        action_word=action_word,
        objects=_weighted(found, tokens, request, known),
        fields=fields,
        road_cues=tuple(sorted({token for token in tokens if token in known.road_cues} - {"tani"})),
        unknown=_unknown_share(tokens, hidden, known),
    )


def _names(tokens: Sequence[str], known: Lexicon) -> frozenset[int]:
    """Places of words that follow dusun, kalurahan and the like: names, never objects."""
    hidden = set()
    for place in range(1, len(tokens)):
        before = tokens[place - 1]
        term_before = f"{tokens[place - 2]} {before}" if place > 1 else ""
        if before in known.regions and term_before not in known.terms and tokens[place] not in known.actions:
            hidden.add(place)
    return frozenset(hidden)


def _request(tokens: Sequence[str], known: Lexicon) -> int:
    """Place of the first request cue that still has words after it, or -1."""
    if len(tokens) < LONG_TEXT:
        return -1
    places = [place for place, token in enumerate(tokens[:-1]) if token in known.requests]
    return places[0] if places else -1


def _actions(tokens: Sequence[str], hidden: frozenset[int], known: Lexicon) -> list[tuple[int, str]]:
    result = []
    place = 0
    while place < len(tokens):
        pair = " ".join(tokens[place : place + 2])
        if pair in known.actions and pair != tokens[place]:
            result.append((place, pair))
            place += 2
            continue
        if tokens[place] in known.actions and place not in hidden:
            result.append((place, tokens[place]))
        place += 1
    return result


def _action(tokens: Sequence[str], hidden: frozenset[int], request: int, known: Lexicon) -> tuple[str, str]:
    """The first action word decides, after a request cue the first one there; occasions only for want of a deed."""
    found = _actions(tokens, hidden, known)
    wished = [(place, word) for place, word in found if place > request] if request >= 0 else []
    for group in (wished, found):
        strong = [word for _, word in group if word not in WEAK_ACTIONS]
        if strong:
            return known.actions[strong[0]], strong[0]
    return (known.actions[found[0][1]], found[0][1]) if found else ("", "")


def _objects(tokens: Sequence[str], hidden: frozenset[int], known: Lexicon) -> list[tuple[int, int, str]]:
    """Longest match from the left without overlap: (start, length, term)."""
    result = []
    place = 0
    while place < len(tokens):
        length = 1
        if place not in hidden:
            for size in range(min(known.longest, len(tokens) - place), 0, -1):
                term = " ".join(tokens[place : place + size])
                if term in known.terms:
                    result.append((place, size, term))
                    length = size
                    break
        place += length
    return result


def _weighted(
    found: Sequence[tuple[int, int, str]], tokens: Sequence[str], request: int, known: Lexicon
) -> tuple[Found, ...]:
    """Give the first object full weight and later concepts less; wished objects go before the complaint."""
    ordered = sorted(found, key=lambda item: (item[0] < request, item[0])) if request >= 0 else list(found)
    candidates = [
        Found(term, known.terms[term], 1.0, start, _is_landmark(start, tokens, known)) for start, _, term in ordered
    ]
    # A landmark stands behind every real object, even when it is named first.
    candidates.sort(key=lambda item: item.landmark)
    result: list[Found] = []
    ranks: dict[str, int] = {}
    seen: set[str] = set()
    for item in candidates:
        if item.term in seen:
            continue
        seen.add(item.term)
        rank = ranks.setdefault(item.concept, len(ranks))
        weight = LATER_WEIGHT**rank * (LANDMARK_WEIGHT if item.landmark else 1.0)
        result.append(Found(item.term, item.evidence, weight, item.start, item.landmark))
    if result and all(item.landmark for item in result):
        # Nothing but landmarks: then the landmark is the object after all, only less surely.
        result = [Found(item.term, item.evidence, item.weight * 2, item.start, True) for item in result]
    return tuple(result)


def _is_landmark(start: int, tokens: Sequence[str], known: Lexicon) -> bool:
    before = tokens[max(0, start - _LANDMARK_REACH) : start]
    cues = [place for place, token in enumerate(before) if token in known.landmarks]
    if not cues or start == 0:
        return False
    between = before[cues[-1] + 1 :]
    return not any(token in known.actions or token in known.requests for token in between)


def _unknown_share(tokens: Sequence[str], hidden: frozenset[int], known: Lexicon) -> float:
    counted = [
        token for place, token in enumerate(tokens) if place not in hidden and token.isalpha() and len(token) > 2
    ]
    if not counted:
        return 1.0 if not tokens else 0.0
    return sum(token not in known.vocabulary for token in counted) / len(counted)
