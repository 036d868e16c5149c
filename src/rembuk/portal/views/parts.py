"""The further pages of a village: plan and budget, promises and results, meetings, proposals, papers, past years."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.announcements.labels import STATE_CHIPS
from rembuk.announcements.labels import STATES as ANNOUNCED
from rembuk.announcements.queries import announcements_of
from rembuk.deliberation.queries import at_the_table, public_meetings
from rembuk.plans.public_money import plan_money
from rembuk.plans.queries import active_rpjmdes, version_in_force
from rembuk.portal.cached import village_page
from rembuk.portal.queries.heard import heard_groups
from rembuk.portal.queries.money import budget_in_force, budget_money, incomes_of
from rembuk.portal.queries.papers import laws_of, public_papers, readable, subject_of
from rembuk.portal.queries.past import years_of
from rembuk.portal.queries.proposals import public_proposals
from rembuk.portal.queries.table import named_elements, seats_of
from rembuk.portal.queries.works import works_of_year, year_with_works
from rembuk.portal.views.village import base_context
from rembuk.proposals.filters import ProposalFilter, apply_filter, read_filter
from rembuk.proposals.labels import FIELDS, STATES
from rembuk.proposals.models import Proposal
from rembuk.proposals.permissions import SHOWN_STATES
from rembuk.proposals.public_words import cover_of, covered_rows
from rembuk.proposals.queries import location_of
from rembuk.proposals.receipts import qr_of
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes, xlsx_bytes

PER_PAGE = 30
PAPERS_PER_PAGE = 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@village_page()
def plan(request: HttpRequest, village: Village) -> HttpResponse:
    """The plan and the budget that are law, as pictures and tables. A dozen queries."""
    context = base_context(request, village, "plan")
    cycle = context["cycle"]
    if cycle is not None:
        found, budget, cover = version_in_force(cycle.pk), budget_in_force(cycle.pk), cover_of(village)
        context |= {
            "plan": found,
            "money": plan_money(found.pk, cover) if found is not None else None,
            "budget": budget,
            "spending": budget_money(budget.pk, cover) if budget is not None else None,
            "incomes": incomes_of(budget.pk) if budget is not None else [],
        }
        context["income_total"] = sum(row.amount for row in context["incomes"])
    rpjm = active_rpjmdes(village.pk)
    context["rpjm"] = rpjm if rpjm is not None and rpjm.enacted_at is not None else None
    return render(request, "portal/plan.html", context)


@village_page()
def works(request: HttpRequest, village: Village) -> HttpResponse:
    """What was promised and what was built, with photos. Some twenty queries."""
    context = base_context(request, village, "works")
    chosen = context["chosen"]
    shown = chosen.cycle if request.GET.get("tahun") else year_with_works(chosen.cycles) or chosen.cycle
    context["shown"] = shown
    context["year"] = works_of_year(shown, clock.today(), cover_of(village)) if shown is not None else None
    return render(request, "portal/works.html", context)


@village_page()
def meetings(request: HttpRequest, village: Village) -> HttpResponse:
    """When to come, what was decided, who sat at the table and was heard as totals. Some eighteen queries."""
    context = base_context(request, village, "meetings")
    cycle, moment = context["cycle"], clock.now()
    rows = public_meetings(village.pk, cycle.budget_year) if cycle is not None else []
    table = at_the_table(village.pk, cycle.budget_year) if cycle is not None else None
    context |= {
        "coming": [row for row in rows if row.scheduled_at >= moment and row.present is None][::-1],
        "past": [row for row in rows if row.scheduled_at < moment or row.present is not None],
        "table": table,
        "elements": named_elements(table) if table is not None else [],
        "seats": seats_of(cycle) if cycle is not None else [],
        "heard": heard_groups(village, cycle.budget_year) if cycle is not None else [],
    }
    return render(request, "portal/meetings.html", context)


def public_filter(request: HttpRequest) -> ProposalFilter:
    """Return the filters that everybody may use: not by a group of people, which could point to a household."""
    asked = read_filter(request.GET)
    state = asked.state if asked.state in SHOWN_STATES else ""
    return ProposalFilter(asked.search, asked.hamlet, state, asked.field, year=asked.year, sort=asked.sort)


@village_page()
def proposals(request: HttpRequest, village: Village) -> HttpResponse:
    """Every proposal that the secretary has looked at, with filters in the address. Seven queries."""
    asked = public_filter(request)
    rows = apply_filter(public_proposals(village), asked, None).select_related("hamlet", "cycle")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    shown.object_list = covered_rows(shown.object_list, cover_of(village))
    context = base_context(request, village, "proposals") | {
        "asked": asked,
        "shown": shown,
        "hamlets": list(village.hamlets.order_by("order", "name", "id")),
        "states": [(code, words) for code, words in STATES.items() if code in SHOWN_STATES],
        "fields": FIELDS.items(),
        "export": request.GET.urlencode(),
    }
    return render(request, "portal/proposals.html", context)


COLUMNS = ("nomor", "tahun", "usulan", "tempat", "ukuran", "biaya", "kode_kegiatan", "keadaan", "kode_alasan", "alasan")


def cells_of(row: Proposal) -> list[str | int | None]:
    size = "" if row.volume is None else f"{row.volume.normalize():f} {row.unit}".replace(".", ",")
    return [
        row.number,
        row.cycle.budget_year if row.cycle is not None else None,
        row.title,
        location_of(row),
        size,
        row.cost if row.cost is not None else row.cost_text,
        row.activity_code,
        str(STATES[row.state]),
        row.reason_code,
        row.reason_text,
    ]


@village_page()
def proposals_file(request: HttpRequest, village: Village, kind: str) -> HttpResponse:
    """Write exactly the filtered proposals as CSV or XLSX. Six queries."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = apply_filter(public_proposals(village), public_filter(request), None).select_related("hamlet", "rt", "cycle")
    lines: Iterable[list[str | int | None]] = (cells_of(row) for row in covered_rows(rows, cover_of(village)))
    if kind == "xlsx":
        content, content_type = xlsx_bytes([(_("Usulan"), COLUMNS, lines)]), XLSX
    else:
        content, content_type = csv_bytes(COLUMNS, lines), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="usulan-{village.code}.{kind}"'
    return response


@village_page()
def announcements(request: HttpRequest, village: Village) -> HttpResponse:
    """What the office announced, the newest first; what is over or was taken back stays readable. Three queries."""
    context = base_context(request, village, "announcements")
    rows = announcements_of(village.pk).filter(from_date__lte=context["today"])
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    told = [(row, row.state(context["today"])) for row in shown.object_list]
    chips = [(row, state, STATE_CHIPS[state], str(ANNOUNCED[state])) for row, state in told]
    return render(request, "portal/announcements.html", context | {"shown": shown, "lines": chips})


@village_page()
def documents(request: HttpRequest, village: Village) -> HttpResponse:
    """The regulations to read, and the papers with digest and code of their check. Eight queries."""
    shown = Paginator(public_papers(village), PAPERS_PER_PAGE).get_page(request.GET.get("hal"))
    pages, cover = readable(village), cover_of(village)
    papers: list[dict[str, Any]] = [
        {
            "row": paper,
            "title": cover(paper.title),
            "link": pages.get(subject_of(paper), ""),
            "qr": qr_of(request.build_absolute_uri(reverse("documents:verify", args=(paper.verify_code,)))),
        }
        for paper in shown.object_list
    ]
    context = base_context(request, village, "documents")
    context |= {"laws": laws_of(village), "shown": shown, "papers": papers}
    return render(request, "portal/documents.html", context)


@village_page()
def years(request: HttpRequest, village: Village) -> HttpResponse:
    """The village beside its own past years. Some eighteen queries."""
    rows = years_of(village)
    amounts = [amount for row in rows for amount in (row.planned, row.budget, row.spent) if amount is not None]
    context = base_context(request, village, "years") | {
        "rows": rows,
        "series": (("planned", _("Direncanakan")), ("budget", _("Dianggarkan")), ("spent", _("Terpakai"))),
        "most": max(amounts, default=0),
    }
    return render(request, "portal/years.html", context)
