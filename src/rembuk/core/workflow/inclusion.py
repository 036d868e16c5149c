"""Who is seen in deliberation: shares of women, youth and adat on four steps, their change, and where they get lost.

What may be told of people is the rule of `privacy`. This file adds what a year and an area need, so that nothing under
five can be had by subtracting what is told, by switching filters or by putting two exports side by side:

- a year counts a meeting by itself where its men and its women may both be told; the others only in batches of two or
  more with five of each (`batches`). A batch that was told once is never taken apart again by a later meeting;
- an area tells the sum of what its villages tell, and the untold rest of all of them together only where it is five or
  more from two villages or more (`merged`); what is left then goes up into the next larger area;
- of the poor and of people with disabilities only whole fives are told, so that any two told numbers differ by nothing
  or by five and more. Turns to speak and proposals are things, not people: they are counted as they are, except theirs.

Source: the promise on small groups of people; the shares themselves are policy and no quorum.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES
from rembuk.core.workflow.privacy import SMALLEST, stands_apart

GROUPS: Final[tuple[str, ...]] = ("PEREMPUAN", "PEMUDA", "ADAT")
SHELTERED: Final[tuple[str, ...]] = tuple(sorted(HIDDEN_BESIDE_NAMES, reverse=True))
PRESENT: Final = "present"
SPOKE: Final = "spoke"
PROPOSED: Final = "proposed"
FUNDED: Final = "funded"
STEPS: Final[tuple[str, ...]] = (PRESENT, SPOKE, PROPOSED, FUNDED)
Measure = tuple[str, str]
MEASURES: Final[tuple[Measure, ...]] = tuple((group, step) for group in GROUPS for step in STEPS)
"""Group and step, group by group in the order of the steps."""

LOST_POINTS: Final = 5
"""A fall by so many percentage points from one step to the next is called a loss. A setting of Rembuk, no law."""

MOST_FEW: Final = 2
"""A told number needs two or more meetings (or villages) behind it; of one it would be that one's number."""

OTHERS: Final = "others"
State = Literal["told", "small", "none"]


@dataclass(frozen=True, slots=True)
class Share:
    """*count* of *whole*; whole is above zero."""

    count: int
    whole: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that what is shown as the target has reached it."""
        return 100 * self.count // self.whole

    def reaches(self, target: Fraction) -> bool:
        return Fraction(self.count, self.whole) >= target


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, or why there is none: ``small`` may not be told by itself, ``none`` was not recorded."""

    share: Share | None = None
    state: State = "none"


NOT_RECORDED: Final = Figure()
TOO_SMALL: Final = Figure(None, "small")


def people(count: int, whole: int) -> Figure:
    """Return the share of a group of people; too small where it or everybody else is so few that they are not told."""
    if not whole:
        return NOT_RECORDED
    return Figure(Share(count, whole), "told") if stands_apart(count, whole) else TOO_SMALL


def things(count: int, whole: int) -> Figure:
    """Return the share of things, such as turns to speak or proposals; of nothing there is none."""
    return Figure(Share(count, whole), "told") if whole else NOT_RECORDED


def points(now: Figure, last: Figure) -> int | None:
    """Return the change in percentage points, as the two shown percents give it; None if one is not told."""
    return now.share.percent - last.share.percent if now.share is not None and last.share is not None else None


def batches(meetings: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return which meetings a year may count together: tuples of places in *meetings*, each place once at most.

    meetings: (men, women) in the order in which they ended. One whose men and women are both five or more stands alone.
    Smaller ones wait until two or more of them have five men and five women together; those that wait are not counted.
    One with fewer than five people is never counted, since even its size is not told.
    """
    found: list[tuple[int, ...]] = []
    waiting: list[int] = []
    for place, (men, women) in enumerate(meetings):
        if men + women < SMALLEST:
            continue
        if men >= SMALLEST and women >= SMALLEST:
            found.append((place,))
            continue
        waiting.append(place)
        sums = [sum(meetings[each][sex] for each in waiting) for sex in (0, 1)]
        if len(waiting) >= MOST_FEW and min(sums) >= SMALLEST:
            found.append(tuple(waiting))
            waiting = []
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a village or an area tells of its groups, and what it holds back.

    counts: code -> people told. held: code -> people not told yet; `OTHERS` are all whose group is told nowhere.
    *held* is never shown: it goes up into the next larger area.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)


def fives(number: int) -> int:
    """Return the whole fives of a number."""
    return number - number % SMALLEST


def village_told(
    cells: Mapping[str, int], shown: Mapping[str, int], others: int, behind: Mapping[str, int], codes: Sequence[str]
) -> Told:
    """Return what one village tells of its year of *codes*.

    cells: code -> people, exact, of those counted. shown: the cells that everybody is told, by `privacy.shown_beside`.
    others: everybody else together, also told. behind: code -> how many meetings it is from. A sheltered group is told
    in whole fives from two meetings or more, and leaves five or more others beside it.
    """
    counts = {code: shown[code] for code in codes if code in shown}
    hidden = [code for code in codes if code not in shown and cells.get(code)]
    able = [
        code
        for code in hidden
        if code in HIDDEN_BESIDE_NAMES and cells[code] >= SMALLEST and behind.get(code, 0) >= MOST_FEW
    ]
    able = leaving_others(cells, able, others)
    counts |= {code: fives(cells[code]) for code in able}
    return Told(counts, held_back({code: cells[code] for code in hidden}, others, counts))


def merged(children: Sequence[Told], codes: Sequence[str]) -> Told:
    """Return what an area tells: what its parts tell, and their untold rest together where it may be told.

    The rest of a group is told if it is five or more from two parts or more, and leaves five or more others.
    """
    told, held = Counter[str](), Counter[str]()
    for child in children:
        told.update(child.counts)
        held.update(child.held)
    able = [
        code
        for code in codes
        if held[code] >= SMALLEST and sum(1 for child in children if child.held.get(code)) >= MOST_FEW
    ]
    able = leaving_others(held, able, sum(held.values()))
    fresh = {code: fives(held[code]) if code in HIDDEN_BESIDE_NAMES else held[code] for code in able}
    told.update(fresh)
    hidden = {code: held[code] for code in codes if held[code]}
    counts = {code: number for code, number in told.items() if number}
    return Told(counts, held_back(hidden, sum(held.values()), fresh))


def leaving_others(cells: Mapping[str, int], able: Sequence[str], whole: int) -> list[str]:
    """Return as many of *able*, the largest first, as leave five or more of *whole* beside them."""
    kept = sorted(able, key=lambda code: (-cells[code], code))
    while kept and whole - sum(cells[code] for code in kept) < SMALLEST:
        kept.pop()
    return kept


def held_back(hidden: Mapping[str, int], whole: int, fresh: Mapping[str, int]) -> dict[str, int]:
    """Return what goes up: each hidden group less what was told of it now, and the others."""
    rest = {code: number - fresh.get(code, 0) for code, number in hidden.items()}
    named = {code: number for code, number in rest.items() if number}
    return {**named, OTHERS: whole - sum(hidden.values())}


def thing_told(code: str, count: int, whole: int) -> Told:
    """Return what one village tells of the things, such as proposals, that name a sheltered group."""
    counts = {code: fives(count)} if count >= SMALLEST else {}
    return Told(counts, {code: count - counts.get(code, 0), OTHERS: whole - count})


@dataclass(frozen=True, slots=True)
class Loss:
    """Where a group gets lost: its share falls by *points* from one step to the next told one."""

    group: str
    before: str
    after: str
    points: int


def losses(figures: Mapping[Measure, Figure]) -> list[Loss]:
    """Return for each group its largest fall between two steps that follow one another and are both told.

    Falls under `LOST_POINTS` are none. The largest fall first.
    """
    found = []
    for group in GROUPS:
        told = [(step, share.percent) for step in STEPS if (share := figures[group, step].share) is not None]
        falls = [
            Loss(group, before, after, high - low)
            for (before, high), (after, low) in pairwise(told)
            if high - low >= LOST_POINTS
        ]
        if falls:
            found.append(max(falls, key=lambda loss: (loss.points, -STEPS.index(loss.after))))
    return sorted(found, key=lambda loss: (-loss.points, GROUPS.index(loss.group)))


def classes(shares: Iterable[Share], bounds: Sequence[int]) -> list[int]:
    """Return how many shares lie in each class. bounds: lower ends in percent, rising, the first is 0."""
    counts = [0] * len(bounds)
    for share in shares:
        counts[max(place for place, low in enumerate(bounds) if share.percent >= low)] += 1
    return counts
