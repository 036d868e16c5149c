"""A person's own monthly reports: the months as a list, one month with its figures, its lines for the daily report."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.monthly import FROZEN, Month, ReportState, Standing, month_of, read_month
from rembuk.core.guidance.monthly_figures import MonthFigures
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.drp import drp_lines
from rembuk.guidance.mentoring.labels import STANDING_CHIPS, STANDINGS, month_words
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.monthly_filters import NOT_YET, read_months
from rembuk.guidance.mentoring.permissions import OVERSEERS, REPORTERS
from rembuk.guidance.mentoring.services import ReportWords
from rembuk.guidance.mentoring.views.finding import refused, version_of
from rembuk.guidance.mentoring.views.lists import table
from rembuk.guidance.mentoring.views.month_page import figures_shown, report_rules_worn
from rembuk.shared import clock
from rembuk.shared.web import page, worn

PER_PAGE = 24


def month_of_url(text: str) -> Month:
    """Return the month of an address that has come. Raises: Http404."""
    found = read_month(text)
    if found is None or found > month_of(clock.today()):
        raise Http404
    return found


@page("mentoring.reports")
def months(request: HttpRequest) -> HttpResponse:
    """Show one's own months; who writes none is led to the list of those who do."""
    hat, today = worn(request), clock.today()
    if hat.role not in REPORTERS:
        return redirect("mentoring:handed_in")
    asked = read_months(request.GET)
    everything = queries.own_months(hat, report_rules_worn(hat), today)
    rows = asked.keep(everything)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    missing = [row for row in everything if row.standing in (Standing.MISSING, Standing.RETURNED)]
    context = {
        "asked": asked,
        "page": shown,
        "count": len(rows),
        "rows": [
            (row, month_words(row.month), STANDINGS[row.standing], STANDING_CHIPS[row.standing])
            for row in shown.object_list
        ],
        "missing": [(row, month_words(row.month)) for row in missing],
        "states": states_to_choose(),
        "years": sorted({row.month.year for row in everything}, reverse=True),
        "export": request.GET.urlencode(),
        "oversees": hat.role in OVERSEERS,
        "today": today,
    }
    return render(request, "mentoring/months.html", context)


def states_to_choose() -> list[tuple[str, Any]]:
    return [(NOT_YET, _("semua yang belum dikirim")), *((code, words) for code, words in STANDINGS.items())]


@page("mentoring.own_report")
def export_months(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered months as XLSX or CSV."""
    hat, today = worn(request), clock.today()
    rows = read_months(request.GET).keep(queries.own_months(hat, report_rules_worn(hat), today))
    header = [_("bulan"), _("keadaan"), _("paling lambat"), _("dikirim"), _("terlambat (hari)"), _("kunjungan")]
    lines = (
        [
            row.month.code,
            str(STANDINGS[row.standing]),
            row.due.isoformat(),
            row.report.submitted_date.isoformat() if row.report and row.report.submitted_date else "",
            row.report.days_late if row.report is not None else None,
            row.visits,
        ]
        for row in rows
    )
    return table(kind, _("Laporan bulanan"), "laporan-bulanan", header, lines)


@page("mentoring.own_report")
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month: what the program gathered, and what is added by hand."""
    return show(request, month_of_url(month))


def show(request: HttpRequest, wanted: Month, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), clock.today()
    report = queries.report_of(hat.person_id, wanted)
    rules = report_rules_worn(hat)
    frozen = report is not None and ReportState(report.state) in FROZEN
    typed = request.POST if error is not None else {}
    returned = report is not None and report.judge_note and not frozen
    context: dict[str, Any] = {
        "own": True,
        "report": report,
        "words": {
            "obstacles": typed.get("kendala", report.obstacles if report else ""),
            "request": typed.get("permintaan", report.request if report else ""),
            "lesson": typed.get("pelajaran", report.lesson if report else ""),
        },
        "version": report.version if report is not None else 0,
        "writable": not frozen,
        "returned_note": report.judge_note if report is not None and returned else "",
        "may_submit": not frozen and today >= wanted.last,
        "due": rules.due(wanted),
        "fix_until": rules.fix_until(wanted),
        "running": today <= wanted.last,
        "fixing": wanted.last < today <= rules.fix_until(wanted),
        **figures_shown(report, hat.person_id, wanted, rules, hat=hat, today=today),
        **refused(error),
    }
    return render(request, "mentoring/month.html", context, status=error.status if error else 200)


def words_of(request: HttpRequest) -> ReportWords:
    post = request.POST
    return ReportWords(post.get("kendala", ""), post.get("permintaan", ""), post.get("pelajaran", ""))


@page("mentoring.own_report", methods=("POST",))
def save(request: HttpRequest, month: str) -> HttpResponse:
    """Keep what was typed; the figures follow by themselves."""
    wanted = month_of_url(month)
    try:
        services.save_words(
            month=wanted, words=words_of(request), version=version_of(request), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, wanted, error)
    messages.success(request, _("Catatan tersimpan. Laporannya belum dikirim."))
    return redirect("mentoring:month", month=wanted.code)


@page("mentoring.own_report", methods=("POST",))
def submit(request: HttpRequest, month: str) -> HttpResponse:
    """Hand the month in."""
    wanted = month_of_url(month)
    try:
        report = services.submit_report(
            month=wanted, words=words_of(request), version=version_of(request), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, wanted, error)
    messages.success(request, told_of(report))
    return redirect("mentoring:month", month=wanted.code)


def told_of(report: MonthlyReport) -> str:
    if not report.days_late:
        return _("Laporan terkirim. Angkanya dibekukan; pemeriksa diberi tahu.")
    return _("Laporan terkirim, tercatat terlambat %(days)d hari. Angkanya dibekukan; pemeriksa diberi tahu.") % {
        "days": report.days_late
    }


@page("mentoring.own_report")
def drp(request: HttpRequest, month: str, kind: str) -> HttpResponse:
    """The month as day, time, place and text, to be taken over into the daily report."""
    hat, wanted = worn(request), month_of_url(month)
    figures = queries.shown_figures(queries.report_of(hat.person_id, wanted), hat.person_id, wanted)
    header = [_("hari"), _("jam"), _("tempat"), _("uraian")]
    return table(kind, _("DRP"), f"drp-{wanted.code}", header, daily_lines(figures))


def daily_lines(figures: MonthFigures) -> Iterator[list[str | int | None]]:
    for line in drp_lines(figures):
        yield [line.day.isoformat(), line.time, line.place, line.text]
