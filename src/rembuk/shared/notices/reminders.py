"""Reminders of deadlines (D01 to D16): a few times before the day, on it, and every week after it until it is met.

reminders.remind(deadlines, today=today)      # the room of the planning cycle calls it from its daily chore
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from rembuk.shared.notices.services import notify

BEFORE = (30, 14, 7, 3, 1, 0)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that somebody must keep.

    code: the deadline's code (D06). subject: the thing, such as ``cycle:UUID``. paused: an excuse stopped the clock.
    before: days before it on which to remind, where they are others than usual.
    """

    code: str
    subject: str
    title: str
    due_date: date
    person_ids: tuple[UUID, ...]
    link: str = ""
    source: str = ""
    met: bool = False
    paused: bool = False
    before: tuple[int, ...] = BEFORE


def step_for(due: date, today: date, before: tuple[int, ...] = BEFORE) -> str | None:
    """Return which reminder is due: ``before-14`` from two weeks before, ``late-7`` from a week after, None if far."""
    left = (due - today).days
    if left >= 0:
        reached = [days for days in before if left <= days]
        return f"before-{min(reached)}" if reached else None
    return "late-1" if left > -7 else f"late-{-left // 7 * 7}"


def remind(deadlines: Iterable[Deadline], *, today: date) -> int:
    """Send the reminders that are due and were not sent yet; returns how many people were told.

    A met or paused deadline reminds nobody. A deadline moved to another day reminds anew.
    """
    count = 0
    for deadline in deadlines:
        step = step_for(deadline.due_date, today, deadline.before)
        if deadline.met or deadline.paused or step is None:
            continue
        late = (today - deadline.due_date).days
        title = _("Terlambat: %(title)s") % {"title": deadline.title} if late > 0 else deadline.title
        count += notify(
            person_ids=deadline.person_ids,
            key=f"{deadline.code}:{deadline.subject}:{deadline.due_date.isoformat()}:{step}",
            title=title,
            body=_("Dasar: %(source)s") % {"source": deadline.source} if deadline.source else "",
            link=deadline.link,
            kind="deadline",
            due_date=deadline.due_date,
        )
    return count
