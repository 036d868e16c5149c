"""Reminders of the stages' deadlines: the legal day and the regency's target, to those who act in the village."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.core.law.deadlines import DEADLINES
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.labels import DUTY_TITLES
from rembuk.cycles.models import Cycle, Excuse, StageRecord
from rembuk.cycles.queries import StageState, stage_states
from rembuk.shared.notices.reminders import BEFORE, Deadline, remind

People = Mapping[tuple[str, str], tuple[UUID, ...]]
ALWAYS_TOLD = (Role.SDK.value,)


def remind_deadlines(today: date) -> int:
    """Tell the village's people of stages that are due or late (D02 to D15); returns how many were told.

    Idempotent: a reminder that was sent is not sent again. A done stage and one whose clock stands still remind nobody;
    a day moved by an excuse reminds of the new day. Four queries and those of the notices.
    """
    return remind(deadlines_near(today), today=today)


def deadlines_near(today: date) -> Iterator[Deadline]:
    """Yield the deadlines of every open cycle that are near or over."""
    cycles = {cycle.pk: cycle for cycle in Cycle.every.filter(closed_at__isnull=True).select_related("village")}
    records: dict[UUID, list[StageRecord]] = defaultdict(list)
    for record in StageRecord.objects.filter(cycle__closed_at__isnull=True).defer("result", "rests_on"):
        records[record.cycle_id].append(record)
    excuses: dict[UUID, list[Excuse]] = defaultdict(list)
    for excuse in Excuse.objects.filter(cycle__closed_at__isnull=True, state=Excuse.State.GRANTED):
        excuses[excuse.cycle_id].append(excuse)
    people = people_by_village({cycle.village_id for cycle in cycles.values()}, today)
    for key, cycle in cycles.items():
        for state in stage_states(cycle, records[key], excuses[key], today):
            if not state.done:
                yield from deadlines_of(cycle, state, people, today)


def deadlines_of(cycle: Cycle, state: StageState, people: People, today: date) -> Iterator[Deadline]:
    """Yield the legal day of a stage, moved by its excuses, and before it the regency's target."""
    stage = ALL_STAGES[state.code]
    roles = (*ALWAYS_TOLD, *(role for role in stage.actors if role not in ALWAYS_TOLD))
    told = dict.fromkeys(person for role in roles for person in people.get((cycle.village_id, role), ()))
    paused = state.state == "paused"
    moved = timedelta(days=state.excused_days)
    title = _("%(duty)s, %(cycle)s") % {"duty": DUTY_TITLES[state.code], "cycle": cycle.title}
    days = []
    if state.legal is not None:
        source = DEADLINES[stage.deadline].source if stage.deadline else stage.source
        days.append((stage.deadline or state.code, state.legal + moved, title, source))
    if state.target is not None and (state.legal is None or (state.target < state.legal and today <= state.legal)):
        source = _("Jadwal kerja") if cycle.is_medium_term else _("Target kabupaten")
        words = _("%(title)s (%(whose)s)") % {"title": title, "whose": source.lower()}
        days.append((f"{state.code}-target", state.target + moved, words, source))
    for code, due, words, source in days:
        if (due - today).days <= max(BEFORE) and (state.is_open or state.legal is not None):
            yield Deadline(
                code=code,
                subject=f"cycle:{cycle.pk}:{state.code}",
                title=str(words),
                due_date=due,
                person_ids=tuple(told),
                link=reverse("cycles:stage", args=(cycle.pk, state.code)),
                source=str(source),
                paused=paused,
            )


def people_by_village(villages: set[str], today: date) -> People:
    """Return (village, role) -> people whose assignment there is valid today. One query."""
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    roles = {role for stage in ALL_STAGES.values() for role in stage.actors} | set(ALWAYS_TOLD)
    rows = Assignment.objects.valid_on(today).filter(village_id__in=villages, role__in=roles)
    for village, role, person in rows.values_list("village_id", "role", "person_id").order_by("person_id"):
        found[village, role].append(person)
    return {key: tuple(ids) for key, ids in found.items()}
