"""What one plan changes against another, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core import schedule
from rembuk.core.schedule import Changes, Instance, Plan, Visit, Words
from rembuk.guidance.season.building import built, slots_of
from rembuk.guidance.season.models import SeasonPlan

KINDS: Mapping[str, str | Promise] = {
    "date": _("tanggal baru"),
    "team": _("tim lain"),
    "dropped": _("keluar dari jadwal"),
    "added": _("masuk jadwal"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One village that is not where it was."""

    village: str
    kind: str
    old: str
    new: str


def changes_of(old: SeasonPlan, new: SeasonPlan) -> Changes:
    """Return the changes as stored: a day that a flood closed since still counts as the old one."""
    instance = built(new).instance
    return schedule.changes_between(stored(old, instance), stored(new, instance))


def stored(plan: SeasonPlan, instance: Instance) -> Plan:
    """Return a plan as the rows hold it, without ways and clocks."""
    return Plan(tuple(Visit(code, team, day, 0, 0) for code, (team, day) in slots_of(plan, instance).items()))


def change_rows(changes: Changes, instance: Instance) -> list[ChangeRow]:
    """Return every village that is held elsewhere, by kind and name."""
    words = Words(instance)
    rows = [
        ChangeRow(
            words.village(change.village),
            str(KINDS[change.kind]),
            slot_in_words(words, change.old),
            slot_in_words(words, change.new),
        )
        for change in changes.rows
    ]
    return sorted(rows, key=lambda row: (row.kind, row.village))


def slot_in_words(words: Words, slot: tuple[str, int] | None) -> str:
    return f"{words.team(slot[0])}, {words.day(slot[1])}" if slot else "–"


def counts_of(changes: Changes) -> dict[str, int]:
    """Return how many villages change, by kind."""
    return {"date": changes.count("date"), "team": changes.count("team"), "dropped": changes.count("dropped")}
