"""The reports of others: who handed in a month and who did not, one report to read and judge, the regency's rules."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.errors import RembukError
from rembuk.core.guidance.monthly import FROZEN, Month, ReportEvent, ReportState, month_of, months_back, possible_events
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import DESIGN_NOTE, STANDING_CHIPS, STANDINGS, duration, month_words
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.monthly_filters import month_asked, read_handed_in
from rembuk.guidance.mentoring.monthly_rules import ReportRules, report_rules_of
from rembuk.guidance.mentoring.permissions import REPORTERS, allows
from rembuk.guidance.mentoring.queries import HandedIn
from rembuk.guidance.mentoring.services import RuleValues
from rembuk.guidance.mentoring.views.acts import Acts
from rembuk.guidance.mentoring.views.finding import judgement_of, place_choices, refused, version_of
from rembuk.guidance.mentoring.views.lists import may_somewhere, table
from rembuk.guidance.mentoring.views.month_page import figures_shown, report_rules_worn
from rembuk.guidance.mentoring.views.monthly import states_to_choose
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn

PER_PAGE = 50
MONTHS_OFFERED = 24


def report_of_url(report_id: UUID) -> MonthlyReport:
    return queries.report_by_id(report_id)


def rules_of_url(regency: str) -> ReportRules:
    return report_rules_of(Regency.objects.get(pk=regency))


def rows_of(request: HttpRequest, month: Month, rules: ReportRules) -> list[HandedIn]:
    return queries.handed_in(worn(request), month, rules, clock.today())


@page("mentoring.handed_in")
def handed_in(request: HttpRequest) -> HttpResponse:
    """Show who handed in a month and who did not: last month unless the address says another."""
    hat, today = worn(request), clock.today()
    rules = report_rules_worn(hat)
    last = month_of(today).plus(-1)
    month = month_asked(request.GET, last)
    asked = read_handed_in(request.GET)
    everything = rows_of(request, month, rules)
    rows = asked.keep(everything)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "month": month,
        "title": month_words(month),
        "page": shown,
        "count": len(rows),
        "everybody": len(everything),
        "given": sum(row.report is not None for row in everything),
        "rows": [(row, STANDINGS[row.standing], STANDING_CHIPS[row.standing], minutes_of(row)) for row in shown],
        "months": [
            (one.code, month_words(one)) for one in months_back(month_of(today), last.plus(-MONTHS_OFFERED), 25)
        ],
        "states": states_to_choose(),
        "roles": [(role.value, role_name(role.value)) for role in sorted(REPORTERS)],
        "due": rules.due(month),
        "export": request.GET.urlencode(),
        "writes": hat.role in REPORTERS,
        "may_rules": may_somewhere(hat, "rules") and bool(hat.place.regency),
        "regency": hat.place.regency,
        "today": today,
        "districts": place_choices(hat)["districts"],
    }
    return render(request, "mentoring/handed_in.html", context)


def minutes_of(row: HandedIn) -> str:
    """Return the hours of a report as it was frozen, empty before."""
    figures = row.report.figures if row.report is not None else {}
    if not figures:
        return ""
    return duration(sum(day["travel_minutes"] + day["work_minutes"] for day in figures["hours"]))


def lines(rows: list[HandedIn]) -> Iterator[list[str | int | None]]:
    for row in rows:
        report = row.report
        figures = report.figures if report is not None else {}
        hours = figures.get("hours", ())
        yield [
            row.name,
            role_name(row.role),
            row.place_name,
            row.district_name,
            str(STANDINGS[row.standing]),
            report.submitted_date.isoformat() if report is not None and report.submitted_date else "",
            report.days_late if report is not None else None,
            len(figures["visits"]) if figures else None,
            len(figures["forums"]) if figures else None,
            len(figures["tickets"]) if figures else None,
            sum(day["travel_minutes"] for day in hours) if figures else None,
            sum(day["work_minutes"] for day in hours) if figures else None,
        ]


@page("mentoring.handed_in")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered people of a month as XLSX or CSV."""
    rules = report_rules_worn(worn(request))
    month = month_asked(request.GET, month_of(clock.today()).plus(-1))
    header = [
        _("nama"),
        _("tugas"),
        _("tempat"),
        _("kecamatan"),
        _("keadaan"),
        _("dikirim"),
        _("terlambat (hari)"),
        _("kunjungan"),
        _("forum"),
        _("konsultasi"),
        _("menit perjalanan"),
        _("menit kerja"),
    ]
    rows = read_handed_in(request.GET).keep(rows_of(request, month, rules))
    return table(kind, _("Laporan bulanan"), f"laporan-pendamping-{month.code}", header, lines(rows))


@page("mentoring.read_report", of=report_of_url)
def report(request: HttpRequest, found: MonthlyReport) -> HttpResponse:
    """One report that was handed in; its writer is led to the page on which it is written."""
    if found.person_id == worn(request).person_id and worn(request).role in REPORTERS:
        return redirect("mentoring:month", month=found.of.code)
    return show(request, found)


def show(request: HttpRequest, found: MonthlyReport, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat, today = worn(request), clock.today()
    rules = report_rules_of(found.regency)
    waits = ReportEvent.CHECK in possible_events(ReportState(found.state))
    context: dict[str, Any] = {
        "own": False,
        "report": found,
        "words": {"obstacles": found.obstacles, "request": found.request, "lesson": found.lesson},
        "writable": False,
        "mending": ReportState(found.state) not in FROZEN,
        "may_check": waits and allows(hat, "check_report", found),
        "typed": request.POST if error is not None else {},
        "form": form,
        "due": rules.due(found.of),
        **figures_shown(found, found.person_id, found.of, rules, hat=hat, today=today),
        **refused(error),
    }
    return render(request, "mentoring/month.html", context, status=error.status if error else 200)


acts = Acts(of=report_of_url, show=show, key="report_id", route="mentoring:report")
check = acts.post(
    "mentoring.check_report",
    services.check_report,
    form="check",
    said=gettext_lazy("Laporan diterima. Penulisnya diberi tahu."),
    read=judgement_of,
)
give_back = acts.post(
    "mentoring.check_report",
    services.return_report,
    form="return",
    said=gettext_lazy("Laporan dikembalikan. Penulisnya diberi tahu apa yang perlu dibenahi."),
    read=judgement_of,
)


@page("mentoring.rules", of=rules_of_url)
def rules(request: HttpRequest, found: ReportRules) -> HttpResponse:
    """How a regency asks for the monthly report, with the note that no law says so."""
    return rules_page(request, found)


def rules_page(request: HttpRequest, found: ReportRules, error: RembukError | None = None) -> HttpResponse:
    typed = request.POST
    since = queries.since_of(found)
    chosen = typed.getlist("peran") if error else [role.value for role in found.roles]
    context = {
        "rules": found,
        "due_day": typed.get("terakhir", "") if error else found.due_day,
        "fix_day": typed.get("perbaikan", "") if error else found.fix_day,
        "since": typed.get("sejak", "") if error else found.since.code if found.since else "",
        "usual_since": month_words(since) if since is not None else "",
        "roles": [(role.value, role_name(role.value), role.value in chosen) for role in sorted(REPORTERS)],
        "note": DESIGN_NOTE,
        "may_set": allows(worn(request), "set_rules", found),
        **refused(error),
    }
    return render(request, "mentoring/report_rules.html", context, status=error.status if error else 200)


@page("mentoring.set_rules", of=rules_of_url, methods=("POST",))
def set_rules(request: HttpRequest, found: ReportRules) -> HttpResponse:
    """Set how a regency asks for the monthly report."""
    post = request.POST
    values = RuleValues(
        due_day=post.get("terakhir", ""),
        fix_day=post.get("perbaikan", ""),
        since=post.get("sejak", ""),
        roles=tuple(post.getlist("peran")),
    )
    try:
        services.set_report_rules(
            regency_code=found.regency.code,
            values=values,
            version=version_of(request) or 0,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return rules_page(request, rules_of_url(found.regency.code), error)
    messages.success(request, _("Aturan laporan tersimpan. Laporan yang sudah dikirim tidak berubah."))
    return redirect("mentoring:report_rules", regency=found.regency.code)
