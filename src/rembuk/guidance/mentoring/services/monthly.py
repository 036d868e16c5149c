"""The monthly report: words added by hand, handed in with frozen figures, checked or returned by somebody above."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.guidance.monthly import (
    Month,
    ReportEvent,
    ReportState,
    days_late,
    month_of,
    next_state,
    way_to_draft,
)
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import Somewhere, require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.mentoring.labels import month_words
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.monthly_rules import report_rules_of
from rembuk.guidance.mentoring.permissions import OF_THE_OFFICE
from rembuk.guidance.mentoring.queries import figures_of, tasks_of
from rembuk.guidance.mentoring.roster import Roster
from rembuk.guidance.mentoring.typed import LONGEST_TEXT, lines, needed
from rembuk.regions.models import Regency
from rembuk.shared import trail
from rembuk.shared.notices.services import notify, withdraw

CHECK_LINE = (Role.PTP, Role.CAM, Role.STF, Role.KBD)
"""Who is told of a report that came in: the nearest above its writer."""


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What is added by hand: obstacles, request, lesson."""

    obstacles: str = ""
    request: str = ""
    lesson: str = ""


@transaction.atomic
def save_words(
    *, month: Month, words: ReportWords, version: int | None = None, actor: Hat, at: datetime
) -> MonthlyReport:
    """Keep what was typed for a month; one that was returned is a draft again. The same words again change nothing.

    Raises: NotAllowedError, BadInputError, StaleError, IllegalTransitionError once it is handed in.
    """
    report = opened(month, version, actor, at)
    write_words(report, words)
    with trail.acting(actor, "mentoring.own_report"):
        store(report)
    return report


@transaction.atomic
def submit_report(
    *, month: Month, words: ReportWords, version: int | None = None, actor: Hat, at: datetime
) -> MonthlyReport:
    """Hand in a month that is over: the figures are gathered now and frozen with their digest.

    A late report is marked, not refused; only the first handing in counts for that. Handing in again what waits to be
    checked changes nothing. Raises: NotAllowedError, BadInputError, StaleError, RefusedError while the month runs,
    IllegalTransitionError once it was checked.
    """
    there = MonthlyReport.objects.filter(person_id=actor.person_id, month=month.first).first()
    if there is not None and there.state == MonthlyReport.State.SUBMITTED:
        return there
    report = opened(month, version, actor, at)
    write_words(report, words)
    today = local_day(report.regency, at)
    if today < month.last:
        raise RefusedError("report-month-runs", month=month_words(month), date=month.last.isoformat())
    report.state = next_state(ReportState(report.state), ReportEvent.SUBMIT).value
    figures = figures_of(actor.person_id, month)
    report.figures, report.figures_digest = figures.data, figures.digest
    if report.submitted_at is None:
        report.days_late = days_late(today, report_rules_of(report.regency).due(month))
        report.submitted_date = today
    report.submitted_at = at
    with trail.acting(actor, "mentoring.submit_report"):
        store(report)
        tell_above(report, today)
    return report


def opened(month: Month, version: int | None, actor: Hat, at: datetime) -> MonthlyReport:
    """Return the actor's report of a month as a draft in memory, locked when it is there already."""
    place = actor.place
    require(actor, "mentoring.own_report", Somewhere(place))
    # The person is locked, since the report may not be there yet and two tabs must not both begin it.
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    rows = MonthlyReport.objects.select_for_update(of=("self",)).select_related("regency")
    report = rows.filter(person_id=actor.person_id, month=month.first).first()
    if report is None:
        report = MonthlyReport(
            person=person, month=month.first, regency=Regency.objects.get(pk=place.regency), version=0
        )
    if version is not None and version != report.version:
        raise StaleError("stale", changes=[], version=report.version)
    if month > month_of(local_day(report.regency, at)):
        raise BadInputError("report-month-ahead", month=month_words(month))
    if not tasks_of(actor.person_id, month).exists():
        raise RefusedError("report-no-task", month=month_words(month))
    for event in way_to_draft(ReportState(report.state)):
        report.state = next_state(ReportState(report.state), event).value
    report.role = actor.role.value
    report.regency_id, report.district_id = place.regency, place.district or None
    report.village_id = place.village or None
    return report


def write_words(report: MonthlyReport, words: ReportWords) -> None:
    report.obstacles = lines(_("kendala"), words.obstacles)
    report.request = lines(_("permintaan"), words.request)
    report.lesson = lines(_("pelajaran"), words.lesson)


def store(report: MonthlyReport) -> None:
    """Write the report and raise its version."""
    report.version += 1
    report.save()


@transaction.atomic
def check_report(
    *, report_id: UUID, note: str = "", version: int | None = None, actor: Hat, at: datetime
) -> MonthlyReport:
    """Find a report in order. Repeating changes nothing.

    Raises: NotAllowedError for one's own and a colleague's, BadInputError, StaleError, IllegalTransitionError.
    """
    report = judged(report_id, actor)
    if report.state == MonthlyReport.State.CHECKED and report.judged_by == actor.person_id:
        return report
    judge(report, ReportEvent.CHECK, lines(_("catatan"), note), version, actor, at)
    with trail.acting(actor, "mentoring.check_report"):
        store(report)
        tell_writer(report, _("Laporan %(month)s sudah diperiksa"))
    return report


@transaction.atomic
def return_report(*, report_id: UUID, note: str, version: int | None = None, actor: Hat, at: datetime) -> MonthlyReport:
    """Give a report back with what is lacking; its writer hears of it. Raises as `check_report`."""
    report = judged(report_id, actor)
    text = needed(_("catatan"), note, "report-note", LONGEST_TEXT)
    judge(report, ReportEvent.RETURN, text, version, actor, at)
    report.returned_count += 1
    with trail.acting(actor, "mentoring.check_report"):
        store(report)
        tell_writer(report, _("Laporan %(month)s dikembalikan"))
    return report


def judged(report_id: UUID, actor: Hat) -> MonthlyReport:
    """Return the report, locked, if *actor* stands above its writer. Raises: NotAllowedError."""
    rows = MonthlyReport.objects.select_for_update(of=("self",)).select_related("regency", "district", "village")
    report = rows.get(pk=report_id)
    if report.person_id == actor.person_id:
        raise NotAllowedError("report-own")
    require(actor, "mentoring.check_report", report)
    return report


def judge(report: MonthlyReport, event: ReportEvent, note: str, version: int | None, actor: Hat, at: datetime) -> None:
    if version is not None and version != report.version:
        raise StaleError("stale", changes=[], version=report.version)
    report.state = next_state(ReportState(report.state), event).value
    report.judge_note, report.judged_by, report.judged_at = note, actor.person_id, at
    withdraw(key=f"report:{report.pk}:submitted:{report.version}")


def tell_above(report: MonthlyReport, today: date) -> int:
    """Tell the nearest who may check it that a report came in."""
    line = [role for role in CHECK_LINE if not (role is Role.PTP and report.role in OF_THE_OFFICE)]
    above = Roster(line, today).first_of(line, report.place, without=[report.person_id])
    return notify(
        person_ids=[row.person_id for row in above],
        key=f"report:{report.pk}:submitted:{report.version}",
        title=_("Periksa laporan %(month)s, %(name)s") % {"month": month_words(report.of), "name": report.person.name},
        link=reverse("mentoring:report", args=[report.pk]),
    )


def tell_writer(report: MonthlyReport, title: str) -> int:
    return notify(
        person_ids=[report.person_id],
        key=f"report:{report.pk}:{report.state}:{report.version}",
        title=title % {"month": month_words(report.of)},
        body=report.judge_note[:300],
        link=reverse("mentoring:month", args=[report.of.code]),
        kind="answer",
    )
