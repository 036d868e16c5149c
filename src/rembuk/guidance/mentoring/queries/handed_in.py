"""Who handed in the report of a month and who did not: the list of those who oversee a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.monthly import Month, Standing
from rembuk.core.hat import Hat, Place
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.monthly_rules import ReportRules
from rembuk.guidance.mentoring.permissions import supervises
from rembuk.guidance.mentoring.queries.monthly import reports_under, since_of, standing, valid_in


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One person in one month. role, place: of the report, else of the assignment that asks for it.

    mine: the hat that looks may check this person's report.
    """

    person_id: UUID
    name: str
    role: str
    place_name: str
    district: str
    district_name: str
    report: MonthlyReport | None
    standing: Standing
    mine: bool


def handed_in(hat: Hat, month: Month, rules: ReportRules, today: date) -> list[HandedIn]:
    """Return who owes or gave a report of a month at or below the hat's place, by district, place and name.

    Somebody with several tasks stands in it once, the hat's own person never. Three queries.
    """
    since = since_of(rules)
    asked = since is not None and month >= since
    reports = {row.person_id: row for row in reports_under(hat.place).filter(month=month.first)}
    found: dict[UUID, HandedIn] = {}
    for report in reports.values():
        found[report.person_id] = of_report(hat, report, month, rules, today)
    for task in tasks_under(hat.place, month, rules) if asked else ():
        found.setdefault(task.person_id, of_task(hat, task, month, rules, today))
    found.pop(hat.person_id, None)
    return sorted(found.values(), key=lambda row: (row.district, row.place_name, row.name, str(row.person_id)))


def tasks_under(place: Place, month: Month, rules: ReportRules) -> Sequence[Assignment]:
    """Return the assignments of a month that oblige to a report, the narrowest of a person first. One query."""
    rows = Assignment.objects.approved().filter(
        valid_in(month), level_q(place), role__in=[role.value for role in rules.roles]
    )
    tasks = list(rows.with_place().order_by("start_date", "id"))
    return sorted(tasks, key=lambda task: (task.village_id is None, task.district_id is None))


def level_q(place: Place) -> Q:
    for level in ("village", "district", "regency"):
        if key := getattr(place, level):
            return Q(**{f"{level}_id": key})
    return Q()


def of_report(hat: Hat, report: MonthlyReport, month: Month, rules: ReportRules, today: date) -> HandedIn:
    return HandedIn(
        person_id=report.person_id,
        name=report.person.name,
        role=report.role,
        place_name=report.place_name,
        district=report.district_id or "",
        district_name=report.district.name if report.district is not None else "",
        report=report if report.submitted_at is not None else None,
        standing=standing(report, month, rules, asked=True, today=today),
        mine=supervises(hat, report),
    )


def of_task(hat: Hat, task: Assignment, month: Month, rules: ReportRules, today: date) -> HandedIn:
    planned = MonthlyReport(person_id=task.person_id, role=task.role)
    return HandedIn(
        person_id=task.person_id,
        name=task.person.name,
        role=task.role,
        place_name=task.place_name,
        district=task.district_id or "",
        district_name=task.district.name if task.district is not None else "",
        report=None,
        standing=standing(None, month, rules, asked=True, today=today),
        mine=supervises(hat, planned),
    )
