"""The month of a person as the program knows it, and the reports made of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.monthly import FROZEN, Month, ReportState, Standing, month_of, months_back, standing_of
from rembuk.core.guidance.monthly_figures import (
    MonthFigures,
    ProblemLine,
    TicketLine,
    VisitLine,
    figures_from,
    with_forums,
)
from rembuk.core.hat import Hat, Place, Role
from rembuk.guidance.clinic.queries import handled_by
from rembuk.guidance.mentoring.models import Finding, MonthlyReport, Visit, VisitMember
from rembuk.guidance.mentoring.month_sources import forums_of
from rembuk.guidance.mentoring.monthly_rules import ReportRules
from rembuk.guidance.mentoring.permissions import CHECKERS, OF_THE_OFFICE, REPORTERS
from rembuk.guidance.mentoring.queries.figures import hours_of, items_by_state, visits_of_person
from rembuk.regions.models import Regency

MOST_MONTHS = 60
WITH_PLACE = ("person", "regency", "district", "village")


def report_by_id(report_id: UUID | str) -> MonthlyReport:
    """Return one report with its person and places. Raises: MonthlyReport.DoesNotExist."""
    return MonthlyReport.objects.select_related(*WITH_PLACE).get(pk=report_id)


def report_of(person_id: UUID, month: Month) -> MonthlyReport | None:
    """Return somebody's report of a month, None before anything was written."""
    return MonthlyReport.objects.select_related(*WITH_PLACE).filter(person_id=person_id, month=month.first).first()


def figures_of(person_id: UUID, month: Month) -> MonthFigures:
    """Return what the program knows of somebody's month, as of now. Four queries and those of the sources of forums."""
    days = month.days
    visits = visits_of_person(person_id, days)
    made = [visit for visit in visits if visit.visit_date is not None and days[0] <= visit.visit_date <= days[1]]
    made.sort(key=lambda visit: (visit.day, visit.started_at or visit.created_at, str(visit.pk)))
    findings = list(
        Finding.objects.filter(visit__in=made)
        .select_related("visit", "village")
        .order_by("visit__visit_date", "order", "id")
    )
    found = Counter(finding.visit_id for finding in findings)
    forums = forums_of(person_id, days)
    done = {visit.pk for visit in made}
    return MonthFigures(
        visits=tuple(visit_line(visit, found[visit.pk]) for visit in made),
        not_made=dict(sorted(Counter(v.state for v in visits if v.pk not in done and in_month(v, days)).items())),
        forums=forums,
        tickets=tuple(ticket_lines(person_id, days)),
        items=dict(sorted(items_by_state(person_id, days).items())),
        problems=tuple(problem_lines(made, findings)),
        hours=with_forums(hours_of(visits, days), forums),
    )


def in_month(visit: Visit, days: tuple[date, date]) -> bool:
    return visit.visit_date is None and days[0] <= visit.planned_date <= days[1]


def visit_line(visit: Visit, findings: int) -> VisitLine:
    return VisitLine(
        key=str(visit.pk),
        day=visit.day,
        time=time_on(visit.started_at, visit.day, visit.village.regency),
        village=visit.village.name,
        district=visit.village.district.name,
        stage=visit.stage,
        purpose=visit.purpose,
        mode=visit.mode,
        state=visit.state,
        access=visit.access_used,
        travel_minutes=visit.travel_minutes,
        work_minutes=visit.work_minutes,
        findings=findings,
    )


def time_on(moment: datetime | None, day: date, regency: Regency) -> str:
    """Return the time of *moment* by the regency's clock, empty when it was another day's."""
    local = moment.astimezone(ZoneInfo(regency.time_zone)) if moment is not None else None
    return f"{local:%H.%M}" if local is not None and local.date() == day else ""


def ticket_lines(person_id: UUID, days: tuple[date, date]) -> list[TicketLine]:
    found = []
    for ticket in handled_by(person_id, *days).select_related("village__regency"):
        local = ticket.captured_at.astimezone(ZoneInfo(ticket.village.regency.time_zone))
        found.append(
            TicketLine(
                key=str(ticket.pk),
                day=local.date(),
                time=f"{local:%H.%M}",
                village=ticket.village.name,
                topic=ticket.topic,
                channel=ticket.channel,
                state=ticket.state,
            )
        )
    return found


def problem_lines(made: Sequence[Visit], findings: Sequence[Finding]) -> list[ProblemLine]:
    """Return what was found on visits: findings, problems of data, help that an agency is asked for."""
    lines = [ProblemLine(row.visit.day, row.village.name, "finding", row.severity, row.text) for row in findings]
    for visit in made:
        if visit.data_problem:
            lines.append(ProblemLine(visit.day, visit.village.name, "data", "", visit.data_problem))
        if visit.help_text or visit.help_agency:
            lines.append(ProblemLine(visit.day, visit.village.name, "help", "", visit.help_text, visit.help_agency))
    return sorted(lines, key=lambda line: line.day)


def shown_figures(
    report: MonthlyReport | None, person_id: UUID, month: Month, *, as_sent: bool = False
) -> MonthFigures:
    """Return the figures of a report: frozen once it was handed in, else as of now.

    as_sent: those that were handed in last, also while the writer mends a report that came back.
    """
    if report is not None and report.figures and (as_sent or ReportState(report.state) in FROZEN):
        return figures_from(report.figures)
    return figures_of(person_id, month)


def tasks_of(person_id: UUID, month: Month | None = None) -> "QuerySet[Assignment]":
    """Return the assignments of a person that a monthly report is about, the newest first; those of one month."""
    roles = [role.value for role in REPORTERS]
    rows = Assignment.objects.approved().filter(person_id=person_id, role__in=roles)
    return (rows.filter(valid_in(month)) if month else rows).order_by("-start_date", "id")


def valid_in(month: Month) -> Q:
    """Return the filter for assignments that held on some day of a month."""
    return Q(start_date__lte=month.last) & (Q(end_date__isnull=True) | Q(end_date__gte=month.first))


def since_of(rules: ReportRules) -> Month | None:
    """Return the first month that a regency asks a report for; None while nobody has visited. One query at most."""
    if rules.since is not None:
        return rules.since
    first = Visit.objects.filter(village__regency=rules.regency).aggregate(first=Min("planned_date"))["first"]
    return month_of(first) if first is not None else None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a person's own list. visits: how many were made."""

    month: Month
    report: MonthlyReport | None
    standing: Standing
    due: date
    visits: int


def own_months(hat: Hat, rules: ReportRules, today: date) -> list[MonthRow]:
    """Return the months of the hat's person since the regency asks for reports, the newest first. Four queries."""
    tasks, since = list(tasks_of(hat.person_id)), since_of(rules)
    reports = {report.of: report for report in MonthlyReport.objects.filter(person_id=hat.person_id).order_by("month")}
    begun = [max(month_of(task.start_date), since) if since else month_of(today) for task in tasks]
    oldest = min([*begun, *reports], default=month_of(today))
    visits = visits_by_month(hat.person_id)
    return [
        month_row(month, reports.get(month), tasks, rules, since, visits.get(month, 0), today)
        for month in months_back(month_of(today), oldest, MOST_MONTHS)
    ]


def month_row(
    month: Month,
    report: MonthlyReport | None,
    tasks: Sequence[Assignment],
    rules: ReportRules,
    since: Month | None,
    visits: int,
    today: date,
) -> MonthRow:
    asked = since is not None and month >= since and any(owes_in(task, month, rules) for task in tasks)
    return MonthRow(month, report, standing(report, month, rules, asked=asked, today=today), rules.due(month), visits)


def owes_in(task: Assignment, month: Month, rules: ReportRules) -> bool:
    """Return whether an assignment obliges to a report of a month."""
    held = task.start_date <= month.last and (task.end_date is None or task.end_date >= month.first)
    return held and Role(task.role) in rules.roles


def standing(report: MonthlyReport | None, month: Month, rules: ReportRules, *, asked: bool, today: date) -> Standing:
    return standing_of(
        month,
        ReportState(report.state) if report is not None else None,
        returned=report is not None and report.returned_count > 0 and report.state != MonthlyReport.State.SUBMITTED,
        asked=asked,
        today=today,
        due_day=rules.due_day,
    )


def visits_by_month(person_id: UUID) -> Counter[Month]:
    """Return month -> visits of a person that were made. One query."""
    rows = VisitMember.objects.filter(person_id=person_id, visit__visit_date__isnull=False).order_by()
    return Counter(month_of(day) for day in rows.values_list("visit__visit_date", flat=True) if day is not None)


def reports_under(place: Place) -> "QuerySet[MonthlyReport]":
    """Return the reports at or below *place*, with person and places."""
    rows = MonthlyReport.objects.select_related(*WITH_PLACE)
    for level in ("village", "district", "regency"):
        if key := getattr(place, level):
            return rows.filter(**{f"{level}_id": key})
    return rows


def reports_waiting(hat: Hat) -> "QuerySet[MonthlyReport] | None":
    """Return the reports that wait for this hat to check them; None for roles that check none."""
    if hat.role not in CHECKERS:
        return None
    rows = reports_under(hat.place).filter(state=MonthlyReport.State.SUBMITTED.value).exclude(person_id=hat.person_id)
    return rows.exclude(role__in=[role.value for role in OF_THE_OFFICE]) if hat.role is Role.PTP else rows
