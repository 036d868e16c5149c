"""The list of assessments, opening one, and its entry page with the tools as cards."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.assessment import services
from rembuk.assessment.labels import SECTIONS, TOOLS
from rembuk.assessment.models import Assessment
from rembuk.assessment.permissions import allows
from rembuk.assessment.queries import assessments_visible_to, facts_of, studies_of
from rembuk.assessment.views.common import address, assessment_of, key_of, show, whole
from rembuk.core.assessment.progress import Progress, data_findings, report_findings, tool_findings
from rembuk.core.errors import RembukError
from rembuk.core.law.dated import in_force
from rembuk.core.law.terms import RPJMDES_YEARS
from rembuk.core.permissions import Somewhere
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Village
from rembuk.shared import clock, panels
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One tool on the entry page. state: ok | due | next; line: how far it is, in words."""

    number: str
    title: str
    line: str
    state: str
    link: str
    button: str


@page("assessment.list")
def index(request: HttpRequest) -> HttpResponse:
    """Show the assessments of the hat's place; filters in the address, a count, pages of fifty."""
    hat = worn(request)
    rows = assessments_visible_to(hat)
    words = " ".join(request.GET.get("cari", "").replace("\x00", " ").split())[:60]
    state = request.GET.get("keadaan", "")
    if words:
        rows = rows.filter(village__name__icontains=words)
    if state == "selesai":
        rows = rows.filter(bpd_date__isnull=False)
    elif state == "berjalan":
        rows = rows.filter(bpd_date__isnull=True)
    shown = Paginator(rows.order_by("village__name", "-start_year", "id"), PER_PAGE).get_page(request.GET.get("hal"))
    facts = facts_of(list(shown))
    context = {
        "shown": shown,
        "count": shown.paginator.count,
        "lines": [(row, len(lacking(facts[row.id]))) for row in shown],
        "words": words,
        "state": state,
        "may_open": bool(hat.place.village) and allows(hat, "open", Somewhere(hat.place)),
    }
    return render(request, "assessment/list.html", context)


def lacking(facts: Progress) -> list[object]:
    found = (*data_findings(facts), *tool_findings(facts), *report_findings(facts))
    return [finding for finding in found if finding.severity == "block"]


@page("assessment.open", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open the assessment of a period for the hat's own village."""
    hat = worn(request)
    if not hat.place.village:
        return redirect("assessment:list")
    village = Village.objects.select_related("district", "regency").get(pk=hat.place.village)
    today = clock.today()
    length = in_force(RPJMDES_YEARS, today).value
    cycle = Cycle.medium_term.filter(village=village, closed_at__isnull=True).order_by("-start_year").first()
    first = cycle.start_year if cycle is not None and cycle.start_year else today.year + 1
    start = whole(request.POST.get("mulai", ""), first)
    last = cycle.end_year if cycle is not None and cycle.end_year and start == cycle.start_year else start + length - 1
    end = whole(request.POST.get("akhir", ""), last)
    refused, status = "", 200
    if request.method == "POST":
        try:
            made = services.open_assessment(
                assessment_id=key_of(request.POST.get("kunci", "")),
                village_id=village.id,
                start_year=start,
                end_year=end,
                actor=hat,
                at=clock.now(),
            )
        except RembukError as error:
            refused, status = sentence(error), error.status
        else:
            messages.success(request, _("Pengkajian dibuka. Mulai dari data desa."))
            return redirect("assessment:detail", assessment_id=made.id)
    context = {
        "village": village,
        "start": start,
        "end": end,
        "length": length,
        "refused": refused,
        "key": request.POST.get("kunci") or uuid4(),
    }
    return render(request, "assessment/new.html", context, status=status)


@page("assessment.read", of=assessment_of)
def detail(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The entry page: what is there, what is missing, what comes next."""
    facts = facts_of([assessment])[assessment.id]
    blocking = lacking(facts)
    context = {
        "facts": facts,
        "tools": cards_of(request, assessment, facts),
        "later": later_cards(request, assessment, facts),
        "findings": blocking[:3],
        "more": max(0, len(blocking) - 3),
        "panels": panels.for_many("assessment", [assessment.id], worn(request))[assessment.id],
    }
    return show(request, "detail.html", assessment, context)


def cards_of(request: HttpRequest, assessment: Assessment, facts: Progress) -> list[Card]:
    """Return the tools in the order of the process, each with how far it is."""
    filed = sum(day is not None for day in facts.filed.values())
    data = _("%(filed)d dari %(all)d daftar disahkan") % {"filed": filed, "all": len(SECTIONS)}
    cards = [
        Card(
            "F07",
            _("Data desa"),
            data,
            state_of(filed == len(SECTIONS), filed > 0),
            address(request, "data", assessment.id, "natural"),
            _("Isi data"),
        )
    ]
    numbers = {"sketch": "F08", "seasons": "F09", "institutions": "F10", "tree": "F11"}
    routes = {"sketch": "sketches", "seasons": "seasons", "institutions": "institutions", "tree": "trees"}
    for tool, words in TOOLS.items():
        count = facts.counts[tool]
        line = ngettext("%(count)d catatan", "%(count)d catatan", count) % {"count": count} if count else _("kosong")
        link = address(request, routes[tool], assessment.id)
        cards.append(Card(numbers[tool], str(words), line, state_of(count > 0, False), link, _("Buka alat")))
    return cards


def later_cards(request: HttpRequest, assessment: Assessment, facts: Progress) -> list[Card]:
    studied = sum(study.studied for study in studies_of(assessment)) if facts.problems else 0
    found = _("%(problems)d masalah, %(potentials)d potensi") % {
        "problems": facts.problems,
        "potentials": facts.potentials,
    }
    study = _("%(done)d dari %(all)d masalah dikaji") % {"done": studied, "all": facts.problems}
    ranked = _("%(ranked)d dari %(all)d tindakan layak dinilai") % {"ranked": facts.ranked, "all": facts.feasible}
    key = assessment.id
    return [
        Card(
            "F11",
            _("Inventaris"),
            found,
            state_of(facts.problems > 0 and facts.potentials > 0, facts.problems > 0),
            address(request, "inventory", key, "problem"),
            _("Lihat daftar"),
        ),
        Card(
            "F12",
            _("Pengkajian tindakan"),
            study,
            state_of(facts.problems > 0 and studied == facts.problems, studied > 0),
            address(request, "studies", key),
            _("Kaji masalah"),
        ),
        Card(
            "F12",
            _("Peringkat"),
            ranked,
            state_of(facts.feasible > 0 and facts.ranked == facts.feasible, facts.ranked > 0),
            address(request, "ranking", key, "problem"),
            _("Beri nilai"),
        ),
        Card(
            "F15",
            _("Laporan PKD"),
            delivery_words(facts),
            state_of(facts.bpd_date is not None, facts.head_date is not None),
            address(request, "report", key),
            _("Buka laporan"),
        ),
    ]


def delivery_words(facts: Progress) -> str:
    """Say where the report is."""
    if facts.bpd_date:
        return _("disampaikan kepada BPD")
    return _("ada pada Kepala Desa") if facts.head_date else _("belum diserahkan")


def state_of(complete: bool, begun: bool) -> str:
    return "ok" if complete else "due" if begun else "next"
