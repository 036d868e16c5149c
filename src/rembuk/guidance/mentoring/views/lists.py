"""The lists of visits and of promises with their exports, and the schedule of a team to print."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.mentoring import queries
from rembuk.guidance.mentoring.filters import STILL_OPEN, filter_items, filter_visits, read_items, read_visits
from rembuk.guidance.mentoring.labels import ITEM_CHIPS, SEVERITY_CHIPS, VISIT_CHIPS
from rembuk.guidance.mentoring.models import ActionItem, Finding, Visit, VisitMember
from rembuk.guidance.mentoring.permissions import OWNERS
from rembuk.guidance.mentoring.views.finding import place_choices, yes
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.roles import role_name
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 50
LONGEST_SCHEDULE = 120


def stage_choices() -> list[tuple[str, str]]:
    return [(code, f"{code} {STAGE_SHORT[code]}") for code in STAGES]


def may_somewhere(hat: Hat, act: str) -> bool:
    return hat.role in TABLE.rows[f"mentoring.{act}"].roles


@page("mentoring.visits")
def index(request: HttpRequest) -> HttpResponse:
    """Show the visits of the hat's place: filters in the address, a count, pages of fifty."""
    hat, today = worn(request), clock.today()
    asked = read_visits(request.GET)
    shown = Paginator(filter_visits(queries.visits_seen_by(hat), asked), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, VISIT_CHIPS[row.state]) for row in shown.object_list],
        "states": Visit.State.choices,
        "purposes": Visit.Purpose.choices,
        "stages": stage_choices(),
        "months": months_around(today),
        "export": request.GET.urlencode(),
        "may_plan": may_somewhere(hat, "plan"),
        "may_rules": may_somewhere(hat, "rules") and bool(hat.place.regency),
        "today": today,
        **place_choices(hat),
    }
    return render(request, "mentoring/list.html", context)


def months_around(today: date) -> list[tuple[str, date]]:
    """Return twelve months back and six ahead as (``2026-09``, first day)."""
    first = today.year * 12 + today.month - 1
    months = [divmod(number, 12) for number in range(first + 6, first - 13, -1)]
    return [(f"{year}-{month + 1:02d}", date(year, month + 1, 1)) for year, month in months]


def visit_lines(hat: Hat, query: Any) -> Iterator[list[str | int | None]]:
    rows = filter_visits(queries.visits_seen_by(hat), read_visits(query))
    for row in rows.iterator(chunk_size=500):
        yield [
            row.planned_date.isoformat(),
            row.visit_date.isoformat() if row.visit_date else "",
            row.village.district.name,
            row.village.name,
            row.stage,
            str(row.get_purpose_display()),
            str(row.get_mode_display()),
            row.team_text,
            str(row.get_state_display()),
            str(row.get_reason_code_display()),
            row.reason_text,
            row.travel_minutes,
            row.work_minutes,
            row.days_late,
            yes(bool(row.objection)),
        ]


@page("mentoring.visits")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered visits as XLSX or CSV."""
    header = [
        _("rencana"),
        _("dikunjungi"),
        _("kecamatan"),
        _("desa"),
        _("tahapan"),
        _("tujuan"),
        _("cara"),
        _("tim"),
        _("keadaan"),
        _("sebab"),
        _("alasan"),
        _("menit perjalanan"),
        _("menit di desa"),
        _("laporan terlambat (hari)"),
        _("keberatan"),
    ]
    return table(kind, _("Kunjungan"), "kunjungan", header, visit_lines(worn(request), request.GET))


def table(kind: str, title: str, name: str, header: list[str], lines: Iterator[list[str | int | None]]) -> HttpResponse:
    """Answer with a sheet or a CSV of these lines."""
    if kind == "csv":
        response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes([(title, header, lines)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y%m%d}.{kind}"'
    return response


@page("mentoring.visits")
def schedule(request: HttpRequest) -> HttpResponse:
    """The visits of some days by day, of everybody or of one person, with how to get there; made to be printed."""
    hat, today = worn(request), clock.today()
    first = day_of(request.GET.get("dari", ""), today)
    last = day_of(request.GET.get("sampai", ""), first + timedelta(days=13))
    last = min(max(first, last), first + timedelta(days=LONGEST_SCHEDULE))
    everybody = people_between(hat, first, last)
    person = request.GET.get("orang", "")
    person = person if person in dict(everybody) else ""
    days = queries.route_of(hat, first, last, person)
    context = {
        "first": first,
        "last": last,
        "people": everybody,
        "person": person,
        "person_name": dict(everybody).get(person, ""),
        "days": [(day, [(visit, VISIT_CHIPS[visit.state]) for visit in visits]) for day, visits in days],
        "count": sum(len(visits) for _day, visits in days),
    }
    return render(request, "mentoring/schedule.html", context)


def people_between(hat: Hat, first: date, last: date) -> list[tuple[str, str]]:
    """Return who is on a team in these days. One query."""
    visits = queries.visits_seen_by(hat).filter(planned_date__range=(first, last)).order_by().values("pk")
    rows = VisitMember.objects.filter(visit__in=visits).order_by("person__name", "person_id")
    return [(str(key), name) for key, name in rows.values_list("person_id", "person__name").distinct()]


def day_of(text: str, usual: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return usual


@page("mentoring.items")
def items(request: HttpRequest) -> HttpResponse:
    """Show findings with what was promised: filters in the address, a count, pages of fifty."""
    hat, today = worn(request), clock.today()
    asked = read_items(request.GET)
    rows = filter_items(queries.items_seen_by(hat), asked, today)
    return items_page(request, rows, asked=asked, mine=False)


@page("mentoring.items")
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits for this hat: its own promises, and evidence that it may judge."""
    hat, today = worn(request), clock.today()
    waiting = queries.waiting_for(hat)
    if waiting is None:
        return redirect(f"{reverse('mentoring:items')}?keadaan={STILL_OPEN}")
    asked = read_items(request.GET)
    rows = filter_items(queries.items_seen_by(hat).filter(pk__in=waiting.order_by().values("pk")), asked, today)
    return items_page(request, rows, asked=asked, mine=True)


def items_page(request: HttpRequest, rows: Any, *, asked: Any, mine: bool) -> HttpResponse:
    hat = worn(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "mine": mine,
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, ITEM_CHIPS[row.state], SEVERITY_CHIPS[row.severity]) for row in shown.object_list],
        "states": [(STILL_OPEN, _("semua yang terbuka")), *ActionItem.State.choices],
        "severities": Finding.Severity.choices,
        "owners": [(role.value, role_name(role.value)) for role in OWNERS],
        "export": request.GET.urlencode(),
        "today": clock.today(),
        **place_choices(hat),
    }
    return render(request, "mentoring/items.html", context)


def item_lines(hat: Hat, query: Any) -> Iterator[list[str | int | None]]:
    rows = filter_items(queries.items_seen_by(hat), read_items(query), clock.today())
    for row in rows.iterator(chunk_size=500):
        yield [
            row.village.district.name,
            row.village.name,
            str(row.get_severity_display()),
            row.finding.text,
            row.recommendation,
            _("wajib") if row.mandatory else _("saran"),
            role_name(row.owner_role),
            row.opened_date.isoformat(),
            row.due_date.isoformat() if row.due_date else "",
            str(row.get_state_display()),
            row.rejected_count,
            row.met_date.isoformat() if row.met_date else "",
            row.ended_reason,
        ]


@page("mentoring.items")
def export_items(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered promises as XLSX or CSV."""
    header = [
        _("kecamatan"),
        _("desa"),
        _("tingkat"),
        _("temuan"),
        _("rekomendasi"),
        _("sifat"),
        _("penanggung jawab"),
        _("dicatat"),
        _("tenggat"),
        _("keadaan"),
        _("bukti ditolak (kali)"),
        _("terpenuhi"),
        _("alasan berakhir"),
    ]
    return table(kind, _("Tindak lanjut"), "tindak-lanjut", header, item_lines(worn(request), request.GET))
