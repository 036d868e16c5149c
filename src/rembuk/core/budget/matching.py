"""Which line of the budget is which activity of the plan: by key, by code and name, or offered to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.text.normalise import words
from rembuk.core.text.similar import likenesses

How = Literal["key", "name", "offered", ""]
LEAST_LIKENESS = 0.35
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the budget or an activity of the plan. item_key: what the budget's file says of the activity."""

    key: str
    code: str
    name: str
    location: str = ""
    item_key: str = ""

    @property
    def text(self) -> str:
        return f"{self.name} {self.location}".strip()


@dataclass(frozen=True, slots=True)
class Matched:
    """What a budget line was matched with. item: the activity's key, empty where none is sure.

    how: ``key`` (the file says so), ``name`` (same code and name), ``offered`` (similar, a person confirms), or empty.
    offers: activities a person may mean, the likeliest first.
    """

    line: str
    item: str = ""
    how: How = ""
    offers: tuple[str, ...] = ()


def match_lines(lines: Sequence[Candidate], items: Sequence[Candidate]) -> list[Matched]:
    """Match each line, in order. Several lines may be one activity (packages); a line is one activity at most.

    Only a key, or an equal code with an equal name, is taken without a person; likeness of letters is only offered.
    Deterministic: ties go to the order of *items*.
    """
    by_key = {item.key: item for item in items}
    by_name = _by_name(items)
    return [_matched(line, items, by_key, by_name) for line in lines]


def _by_name(items: Sequence[Candidate]) -> Mapping[tuple[str, str], list[Candidate]]:
    found: dict[tuple[str, str], list[Candidate]] = {}
    for item in items:
        found.setdefault((item.code, _plain(item.name)), []).append(item)
    return found


def _matched(
    line: Candidate,
    items: Sequence[Candidate],
    by_key: Mapping[str, Candidate],
    by_name: Mapping[tuple[str, str], list[Candidate]],
) -> Matched:
    if line.item_key in by_key:
        return Matched(line.key, line.item_key, "key")
    same = by_name.get((line.code, _plain(line.name)), [])
    if len(same) > 1:
        same = [item for item in same if _plain(item.location) == _plain(line.location)]
    if len(same) == 1 and line.code:
        return Matched(line.key, same[0].key, "name")
    offers = _offers(line, items)
    return Matched(line.key, "", "offered" if offers else "", offers)


def _offers(line: Candidate, items: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the activities that resemble the line; those of the same code before others of equal likeness."""
    alike = likenesses(line.text, [item.text for item in items])
    rated = [
        (likeness + (0.25 if line.code and item.code == line.code else 0.0), -place, item.key)
        for place, (item, likeness) in enumerate(zip(items, alike, strict=True))
    ]
    return tuple(key for rate, _place, key in sorted(rated, reverse=True) if rate >= LEAST_LIKENESS)[:MOST_OFFERED]


def _plain(text: str) -> str:
    return " ".join(words(text))
