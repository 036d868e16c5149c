"""What the page of a month shows, for its writer and for those who oversee: figures, calendar of hours, lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.clinic import CLINIC_TOPICS
from rembuk.core.guidance.monthly import Month
from rembuk.core.guidance.monthly_figures import DayHours, MonthFigures, weeks_of
from rembuk.core.hat import Hat
from rembuk.core.lists import regional_agencies
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.clinic.labels import STATES as TICKET_STATES
from rembuk.guidance.mentoring import queries
from rembuk.guidance.mentoring.drp import POSITIONS
from rembuk.guidance.mentoring.labels import (
    ITEM_CHIPS,
    PROBLEM_KINDS,
    SEVERITY_CHIPS,
    STANDING_CHIPS,
    STANDINGS,
    duration,
    month_words,
)
from rembuk.guidance.mentoring.models import ActionItem, Finding, MonthlyReport, Visit
from rembuk.guidance.mentoring.monthly_rules import ReportRules, report_rules_of
from rembuk.guidance.mentoring.permissions import READERS
from rembuk.regions.models import AccessMode, Regency
from rembuk.shared.people import names


def report_rules_worn(hat: Hat) -> ReportRules:
    """Return the rules of the hat's regency. One query. Raises: Http404 for a hat of no regency."""
    regency = Regency.objects.filter(pk=hat.place.regency).first()
    if regency is None:
        raise Http404
    return report_rules_of(regency)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar. words: its hours, or empty; spoken: the same in a sentence for screen readers."""

    day: date
    hours: DayHours | None
    words: str
    spoken: str

    @property
    def level(self) -> int:
        return self.hours.level if self.hours is not None else 0


def figures_shown(
    report: MonthlyReport | None, person_id: UUID, month: Month, rules: ReportRules, *, hat: Hat, today: date
) -> dict[str, Any]:
    """Return what the page says of a month: frozen figures of a report that was handed in, else those of now."""
    figures = queries.shown_figures(report, person_id, month, as_sent=hat.person_id != person_id)
    since = queries.since_of(rules)
    asked = (
        since is not None
        and month >= since
        and any(queries.owes_in(task, month, rules) for task in queries.tasks_of(person_id, month))
    )
    where = queries.standing(report, month, rules, asked=asked, today=today)
    judged = [report.judged_by] if report is not None and report.judged_by is not None else []
    return {
        "month": month,
        "paper_subject": f"report:{report.pk}" if report is not None else "",
        "title": month_words(month),
        "figures": figures,
        "standing": STANDINGS[where],
        "chip": STANDING_CHIPS[where],
        "judge": next(iter(names(judged).values()), ""),
        "weeks": calendar_of(figures, month),
        "busiest": busiest_words(figures),
        "travelled": duration(figures.travel_minutes),
        "worked": duration(figures.work_minutes),
        **lines_of(figures),
        "readable": readable_visits(hat, figures),
    }


def readable_visits(hat: Hat, figures: MonthFigures) -> set[str]:
    """Return the keys of the visits that the hat may open, so that no link leads into a refusal. One query."""
    if hat.role not in READERS or not figures.visits:
        return set()
    rows = queries.visits_seen_by(hat).filter(pk__in=[line.key for line in figures.visits])
    return {str(key) for key in rows.order_by().values_list("pk", flat=True)}


def calendar_of(figures: MonthFigures, month: Month) -> list[list[Cell | None]]:
    """Return the weeks of a month with the hours of each day."""
    hours = {day.day: day for day in figures.hours}
    return [[cell_of(day, hours.get(day)) if day is not None else None for day in week] for week in weeks_of(month)]


def cell_of(day: date, hours: DayHours | None) -> Cell:
    if hours is None or not (hours.minutes or hours.visits or hours.forums):
        return Cell(day, None, "", "")
    short = f"{round(hours.minutes / 60, 1):g}".replace(".", ",") if hours.minutes else "–"
    spoken = _("%(date)s: %(time)s, perjalanan %(travel)s") % {
        "date": date_text(day),
        "time": duration(hours.minutes),
        "travel": duration(hours.travel_minutes),
    }
    return Cell(day, hours, short, spoken)


def busiest_words(figures: MonthFigures) -> str:
    """Return what the calendar shows in one sentence."""
    day = figures.busiest
    if day is None:
        return _("Belum ada jam yang tercatat")
    return _("Terbanyak %(time)s pada %(date)s") % {"time": duration(day.minutes), "date": date_text(day.day)}


def lines_of(figures: MonthFigures) -> dict[str, Any]:
    """Return the rows of the page in words."""
    agencies = regional_agencies()
    return {
        "visit_rows": [
            {
                "line": line,
                "stage": f"{line.stage} {STAGE_SHORT.get(line.stage, '')}".strip(),
                "purpose": Visit.Purpose(line.purpose).label,
                "access": AccessMode(line.access).label if line.access else "",
                "travel": duration(line.travel_minutes),
                "work": duration(line.work_minutes),
            }
            for line in figures.visits
        ],
        "not_made": [(Visit.State(state).label, n) for state, n in figures.not_made.items()],
        "forum_rows": [
            (line, POSITIONS.get(line.position, line.position), duration(line.minutes)) for line in figures.forums
        ],
        "ticket_rows": [
            (line, CLINIC_TOPICS.get(line.topic, line.topic), TICKET_STATES[line.state]) for line in figures.tickets
        ],
        "item_rows": [
            (ActionItem.State(state).label, ITEM_CHIPS[state], number) for state, number in figures.items.items()
        ],
        "problem_rows": [
            {
                "line": line,
                "kind": PROBLEM_KINDS[line.kind],
                "severity": Finding.Severity(line.severity).label if line.severity else "",
                "chip": SEVERITY_CHIPS.get(line.severity, "next"),
                "agency": agencies[line.agency].name if line.agency in agencies else "",
            }
            for line in figures.problems
        ],
    }
