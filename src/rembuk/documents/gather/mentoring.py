"""The monthly report of a facilitator, with frozen figures once it was handed in."""

from rembuk.core.documents.frame import UNNAMED, Frame, Person, VillageHeading, date_text
from rembuk.core.documents.monthly_report import DoneLine, MonthlyReportValues, ProblemText
from rembuk.core.guidance.monthly import FROZEN, ReportState
from rembuk.core.guidance.monthly_figures import MonthFigures
from rembuk.core.lists import regional_agencies
from rembuk.cycles.calendar import local_day
from rembuk.guidance.mentoring.drp import drp_lines
from rembuk.guidance.mentoring.labels import PROBLEM_KINDS
from rembuk.guidance.mentoring.models import ActionItem, Finding, MonthlyReport
from rembuk.guidance.mentoring.queries import report_by_id, shown_figures
from rembuk.plans.paper_values import bare
from rembuk.shared.people import names
from rembuk.shared.roles import role_name


def monthly_report(key: str) -> MonthlyReportValues:
    """Return the values of a report, a draft with the figures of now. Raises: MonthlyReport.DoesNotExist."""
    report = report_by_id(key)
    figures = shown_figures(report, report.person_id, report.of)
    frozen = ReportState(report.state) in FROZEN
    judge = names([report.judged_by]).get(report.judged_by, "") if report.judged_by is not None else ""
    checked = report.state == MonthlyReport.State.CHECKED
    return MonthlyReportValues(
        frame=frame_of_report(report, frozen=frozen),
        month=report.of,
        office=f"{role_name(report.role)}, {report.place_name}",
        writer=Person(report.person.name),
        figures=figures,
        done=tuple(DoneLine(line.day, line.time, line.place, line.text) for line in drp_lines(figures)),
        items=tuple((str(ActionItem.State(state).label), number) for state, number in figures.items.items()),
        problems=problems_of(figures),
        obstacles=report.obstacles,
        request=report.request,
        lesson=report.lesson,
        submitted=report.submitted_date if frozen else None,
        days_late=report.days_late if frozen else 0,
        checker=Person(judge) if checked else UNNAMED,
        checker_office="Pemeriksa",
        judged=f"{judge}, {date_text(local_day(report.regency, report.judged_at))}"
        if checked and report.judged_at is not None
        else "",
        digest=report.figures_digest if frozen else "",
        draft=not frozen,
        letterhead=(f"Pemerintah {report.regency.name}",),
    )


def frame_of_report(report: MonthlyReport, *, frozen: bool) -> Frame:
    """Return the particulars of the paper, dated on the day it was handed in, a draft on the month's last."""
    regency, district = report.regency, report.district
    name = bare(regency.name, "Kabupaten ", "Kota ")
    below = bare(district.name, "Kecamatan ", "Distrik ") if district is not None else ""
    village = report.village.name if report.village is not None else ""
    return Frame(
        village=VillageHeading(village, below, name, regency.province_name),
        dated=report.submitted_date if frozen and report.submitted_date else report.of.last,
        place=village or below or str(regency.settings.get("seat", name)),
        sample=regency.sample,
    )


def problems_of(figures: MonthFigures) -> tuple[ProblemText, ...]:
    agencies = regional_agencies()
    found = []
    for line in figures.problems:
        kind = str(PROBLEM_KINDS[line.kind])
        if line.severity:
            kind = f"{kind} {Finding.Severity(line.severity).label}"
        if line.agency in agencies:
            kind = f"{kind}, {agencies[line.agency].name}"
        found.append(ProblemText(line.day, line.village, kind, line.text))
    return tuple(found)
