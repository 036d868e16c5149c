"""What one plan changes against another, in words."""

from dataclasses import dataclass

from rembuk.core import schedule
from rembuk.core.schedule import Words
from rembuk.guidance.season.building import Built

KINDS = {"date": "tanggal baru", "team": "tim lain", "dropped": "keluar dari jadwal", "added": "masuk jadwal"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One village that is not where it was."""

    village: str
    kind: str
    old: str
    new: str


def change_rows(old: Built, new: Built) -> list[ChangeRow]:
    """Return every village that *new* holds elsewhere than *old*, by name."""
    before, after = Words(old.instance), Words(new.instance)
    rows = []
    for change in schedule.changes_between(old.plan, new.plan).rows:
        was = slot_in_words(before, change.old)
        now = slot_in_words(after, change.new)
        rows.append(ChangeRow(after.village(change.village), KINDS[change.kind], was, now))
    return sorted(rows, key=lambda row: (row.kind, row.village))


def slot_in_words(words: Words, slot: tuple[str, int] | None) -> str:
    return f"{words.team(slot[0])}, {words.day(slot[1])}" if slot else "–"


def counts_of(old: Built, new: Built) -> dict[str, int]:
    """Return how many villages change, by kind."""
    found = schedule.changes_between(old.plan, new.plan)
    return {kind: found.count(kind) for kind in ("date", "team", "dropped", "added")}
