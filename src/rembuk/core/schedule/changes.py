"""What goes wrong in a season, as a new instance; and what one plan changes against another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rembuk.core.schedule.instance import Block, Instance
from rembuk.core.schedule.plan import Plan

Kind = Literal["date", "team", "dropped", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """One village that is not where it was. date covers a new date with or without another team."""

    village: str
    kind: Kind
    old: tuple[str, int] | None
    new: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes by village code, and how many of each kind."""

    rows: tuple[Change, ...]

    def count(self, kind: Kind) -> int:
        """Return how many changes are of that kind."""
        return sum(row.kind == kind for row in self.rows)


def changes_between(old: Plan, new: Plan) -> Changes:
    """Return what *new* changes against *old*."""
    before, after = old.slots(), new.slots()
    rows = []
    for code in sorted({*before, *after}):
        was, now = before.get(code), after.get(code)
        if was == now:
            continue
        kind: Kind = "added" if was is None else "dropped" if now is None else "team" if was[1] == now[1] else "date"
        rows.append(Change(code, kind, was, now))
    return Changes(tuple(rows))


def with_closed_days(instance: Instance, villages: Iterable[str], days: Iterable[int], reason: str) -> Instance:
    """Return the season with days shut in some villages: a flood, a mourning, a hall that burnt down."""
    shut, blocks = set(villages), tuple(Block(day, reason) for day in sorted(set(days)))
    changed = tuple(
        replace(village, blocked=(*village.blocked, *blocks)) if village.code in shut else village
        for village in instance.villages
    )
    return replace(instance, villages=changed)


def with_team_off(instance: Instance, team: str, days: Iterable[int], reason: str) -> Instance:
    """Return the season with a team away on some days; for good, give all days that are left."""
    blocks = tuple(Block(day, reason) for day in sorted(set(days)))
    changed = tuple(replace(one, off=(*one.off, *blocks)) if one.id == team else one for one in instance.teams)
    return replace(instance, teams=changed)


def with_speaker_off(instance: Instance, speaker: str, days: Iterable[int], reason: str) -> Instance:
    """Return the season with a speaker away on some days."""
    blocks = tuple(Block(day, reason) for day in sorted(set(days)))
    changed = tuple(replace(one, off=(*one.off, *blocks)) if one.id == speaker else one for one in instance.speakers)
    return replace(instance, speakers=changed)


def with_speaker_lost(instance: Instance, speaker: str, instead: str | None = None) -> Instance:
    """Return the season without a speaker: villages take *instead*, or hold their forum without one."""
    changed = tuple(
        replace(village, speaker=instead) if village.speaker == speaker else village for village in instance.villages
    )
    return replace(instance, villages=changed)
