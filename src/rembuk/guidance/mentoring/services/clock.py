"""What happens by itself: visits that were missed, promises past their day, and the reminders of both. Idempotent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.guidance.findings import REMIND_BEFORE, TO_DO, ItemState, way_to_overdue
from rembuk.core.guidance.visit_states import WAITING, VisitEvent, VisitState, is_missed
from rembuk.core.hat import Role, command_hat
from rembuk.guidance.mentoring.models import ActionItem, Visit, VisitMember
from rembuk.guidance.mentoring.monthly_duties import report_deadlines
from rembuk.guidance.mentoring.permissions import OWNERS
from rembuk.guidance.mentoring.roster import Roster, people_of
from rembuk.guidance.mentoring.services.base import move, save, take_steps
from rembuk.guidance.mentoring.services.telling import VILLAGE_TOLD, item_title
from rembuk.guidance.mentoring.standards import standards_of
from rembuk.regions.models import Regency
from rembuk.shared import trail
from rembuk.shared.notices.reminders import Deadline, remind

VISIT_BEFORE = (3, 1)
MORNING = 6


def let_time_pass(today: date) -> int:
    """Call missed what nobody recorded, and late what is past its day; returns how many rows moved."""
    moved = 0
    for regency in Regency.objects.filter(villages__visits__isnull=False).distinct().order_by("code"):
        moved += miss_visits(regency, today) + lapse_items(regency, today)
    return moved


@transaction.atomic
def miss_visits(regency: Regency, today: date) -> int:
    """Move planned visits of a regency whose days have gone by without a record. Two queries, one for each moved."""
    after = standards_of(regency).missed_after
    rows = Visit.objects.select_for_update(of=("self",)).filter(
        village__regency=regency, state=VisitState.PLANNED.value, planned_date__lte=today - timedelta(days=after)
    )
    found = [row for row in rows.order_by("id") if is_missed(VisitState(row.state), row.planned_date, today, after)]
    with trail.acting(command_hat("jam", regency.code), "mentoring.clock"):
        for visit in found:
            move(visit, VisitEvent.MISS)
            save(visit)
    return len(found)


@transaction.atomic
def lapse_items(regency: Regency, today: date) -> int:
    """Move promises of a regency that are past their last day. Two queries, and three for each moved."""
    hat = command_hat("jam", regency.code)
    open_states = [state.value for state in ItemState if way_to_overdue(state)]
    rows = ActionItem.objects.select_for_update(of=("self",)).filter(
        village__regency=regency, state__in=open_states, due_date__lt=today
    )
    found = list(rows.order_by("id"))
    with trail.acting(hat, "mentoring.clock"):
        for item in found:
            at = datetime(today.year, today.month, today.day, MORNING, tzinfo=ZoneInfo(regency.time_zone))
            take_steps(item, way_to_overdue(ItemState(item.state)), by=hat.person_id, at=at)
            save(item)
    return len(found)


def remind_mentoring(today: date) -> int:
    """Remind owners of promises (7, 3, 1 days before, on the day, weekly after), teams of visits (3, 1 before), and
    writers of monthly reports (3 before, on the day, weekly after).

    Idempotent. Four queries, three for each regency, and those of the notices. Returns how many were told.
    """
    told = remind(item_deadlines(today), today=today) + remind(visit_deadlines(today), today=today)
    return told + remind(report_deadlines(today), today=today)


def item_deadlines(today: date) -> Iterator[Deadline]:
    """Yield the promises that are near their day or past it, with who owes them today."""
    rows = ActionItem.objects.filter(
        state__in=[state.value for state in TO_DO], due_date__lte=today + timedelta(days=max(REMIND_BEFORE))
    )
    roster = Roster([Role(role) for role in OWNERS], today)
    for item in rows.select_related("village__district", "village__regency").order_by("due_date", "id"):
        if item.due_date is not None:
            yield Deadline(
                code="item",
                subject=str(item.pk),
                title=f"{item_title(item)} ({item.village.full_name})"[:200],
                due_date=item.due_date,
                person_ids=tuple(people_of(roster.who(Role(item.owner_role), item.place, item.agency))),
                link=reverse("mentoring:item", args=[item.pk]),
                before=REMIND_BEFORE,
            )


def visit_deadlines(today: date) -> Iterator[Deadline]:
    """Yield the visits of the coming days with the village's and the team's people."""
    rows = Visit.objects.filter(
        Q(planned_date__gt=today),
        state__in=[state.value for state in WAITING],
        planned_date__lte=today + timedelta(days=max(VISIT_BEFORE)),
    )
    visits = list(rows.select_related("village__district", "village__regency").order_by("planned_date", "id"))
    teams: dict[UUID, list[UUID]] = defaultdict(list)
    for key, person in VisitMember.objects.filter(visit__in=visits).values_list("visit_id", "person_id"):
        teams[key].append(person)
    roster = Roster(VILLAGE_TOLD, today)
    for visit in visits:
        village = [row.person_id for role in VILLAGE_TOLD for row in roster.holders(role, visit.place)]
        yield Deadline(
            code="visit",
            subject=str(visit.pk),
            title=_("Kunjungan ke %(village)s") % {"village": visit.village.full_name},
            due_date=visit.planned_date,
            person_ids=tuple(dict.fromkeys([*village, *teams[visit.pk]])),
            link=reverse("mentoring:visit", args=[visit.pk]),
            before=VISIT_BEFORE,
        )
