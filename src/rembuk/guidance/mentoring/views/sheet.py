"""The visit sheet: typed on a phone in ten minutes, or printed blank for the boat."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.visit_form import checklist_for
from rembuk.core.guidance.visit_states import WRITTEN, VisitState
from rembuk.core.lists import regional_agencies
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import SEVERITY_CHIPS, SEVERITY_WORDS
from rembuk.guidance.mentoring.models import PromiseCheck, Visit, VisitAnswer
from rembuk.guidance.mentoring.permissions import OWNERS, VISITORS
from rembuk.guidance.mentoring.roster import Roster
from rembuk.guidance.mentoring.services import (
    AnswerValues,
    ContactValues,
    FindingValues,
    PromiseValues,
    SheetValues,
    Uploaded,
)
from rembuk.guidance.mentoring.views.finding import agency_choices, owner_of, refused, uploaded, visit_of
from rembuk.guidance.mentoring.views.lists import stage_choices
from rembuk.regions.models import AccessMode, Signal, Village
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn

CONTACT_ROWS = 3
FINDING_ROWS = 2
MORE_ROWS = 2
MOST_ROWS = 30
TEXTS = {
    "visit_date": "tanggal",
    "returned_date": "kembali",
    "stage": "tahapan",
    "access_used": "jalan",
    "travel_minutes": "perjalanan",
    "work_minutes": "kerja",
    "signal": "sinyal",
    "list_version": "versi_daftar",
    "documents_seen": "dokumen",
    "data_problem": "data",
    "participation": "partisipasi",
    "ceiling_known": "pagu",
    "ceiling_letter": "surat_pagu",
    "help_agency": "opd",
    "help_text": "bantuan",
    "next_date": "berikut",
    "sign": "ttd",
    "signer_name": "penanda",
    "signer_role": "jabatan",
    "signed_date": "tanggal_ttd",
    "objection": "keberatan",
}
"""Field of the sheet -> name of its input."""


@page("mentoring.report", of=visit_of, methods=("GET", "POST"))
def sheet(request: HttpRequest, found: Visit) -> HttpResponse:
    """Fill the sheet; a refusal names every gap and keeps what was typed."""
    if request.method == "GET":
        if VisitState(found.state) in WRITTEN:
            return redirect("mentoring:visit", visit_id=found.pk)
        return sheet_page(request, found, QueryDict())
    if "tambah" in request.POST:
        return sheet_page(request, found, request.POST, more=MORE_ROWS)
    try:
        services.report_visit(visit_id=found.pk, values=values_of(request, found), actor=worn(request), at=clock.now())
    except RembukError as error:
        return sheet_page(request, visit_of(found.pk), request.POST, error=error)
    messages.success(request, _("Lembar kunjungan tersimpan. Desa dan penanggung jawab diberi tahu."))
    return redirect("mentoring:visit", visit_id=found.pk)


def rows_typed(typed: QueryDict, name: str, least: int) -> int:
    """Return how many rows the form had."""
    text = typed.get(name, "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else least
    return min(max(count, least), MOST_ROWS)


def values_of(request: HttpRequest, found: Visit) -> SheetValues:
    """Read the form as it was typed."""
    post = request.POST
    photos = [Uploaded(file, file.name or "foto") for file in request.FILES.getlist("foto")]
    return SheetValues(
        **{field: post.get(name, "") for field, name in TEXTS.items()},
        contacts=tuple(
            ContactValues(post.get(f"temu-{n}", ""), post.get(f"temu-{n}-tugas", ""), post.get(f"temu-{n}-jk", ""))
            for n in range(1, CONTACT_ROWS + 1)
        ),
        promises=tuple(
            PromiseValues(key[6:], str(value), post.get(f"{key}-catatan", ""))
            for key, value in post.items()
            if re.fullmatch(r"janji-[0-9a-f-]{36}", key)
        ),
        answers=tuple(
            AnswerValues(key[2:], str(value), post.get(f"{key}-bukti", ""))
            for key, value in post.items()
            if re.fullmatch(r"b-[A-Z0-9]+-\d+", key)
        ),
        findings=tuple(finding_of(post, n) for n in range(1, rows_typed(post, "jumlah", FINDING_ROWS) + 1)),
        no_findings=bool(post.get("tidak_ada")),
        photos=tuple(photos),
        signed=uploaded(request, "berkas_ttd"),
    )


def finding_of(post: QueryDict, n: int) -> FindingValues:
    role, agency = owner_of(post.get(f"t-{n}-pemilik", ""))
    return FindingValues(
        severity=post.get(f"t-{n}-tingkat", ""),
        text=post.get(f"t-{n}-temuan", ""),
        recommendation=post.get(f"t-{n}-rekomendasi", ""),
        owner_role=role,
        due=post.get(f"t-{n}-tenggat", ""),
        mandatory=post.get(f"t-{n}-sifat", "wajib") == "wajib",
        code=post.get(f"t-{n}-butir", ""),
        agency=agency,
    )


def sheet_page(
    request: HttpRequest, found: Visit, typed: QueryDict, *, error: RembukError | None = None, more: int = 0
) -> HttpResponse:
    today = clock.today()
    stage = found.stage or typed.get("tahapan", "") or queries.current_stage(found.cycle, today)
    checklist = checklist_for(stage)
    owners = owners_of(found)
    count = rows_typed(typed, "jumlah", FINDING_ROWS) + more
    context: dict[str, Any] = {
        "visit": found,
        "today": today,
        "stage": checklist.stage,
        "stage_name": STAGE_SHORT.get(checklist.stage, _("umum")),
        "checklist": checklist,
        "questions": [
            (item, typed.get(f"b-{item.code}", ""), typed.get(f"b-{item.code}-bukti", "")) for item in checklist.items
        ],
        "answers": VisitAnswer.Answer.choices,
        "promises": [
            (
                item,
                SEVERITY_CHIPS[item.severity],
                typed.get(f"janji-{item.pk}", ""),
                typed.get(f"janji-{item.pk}-catatan", ""),
            )
            for item in queries.asked_on_visit(found.village_id)
        ],
        "seen": PromiseCheck.Seen.choices,
        "contacts": [
            (n, typed.get(f"temu-{n}", ""), typed.get(f"temu-{n}-tugas", ""), typed.get(f"temu-{n}-jk", ""))
            for n in range(1, CONTACT_ROWS + 1)
        ],
        "findings_typed": [(n, finding_of(typed, n), typed.get(f"t-{n}-pemilik", "")) for n in range(1, count + 1)],
        "count": count,
        "severities": SEVERITY_WORDS.items(),
        "owners": owners,
        "agencies": [(agency.code, agency.name) for agency in regional_agencies().values()],
        "ways": [choice for choice in AccessMode.choices if choice[0] != AccessMode.UNKNOWN],
        "signals": [choice for choice in Signal.choices if choice[0] != Signal.UNKNOWN],
        "known": Visit.Known.choices,
        "typed": typed,
        "day": typed.get("tanggal") or min(found.planned_date, today).isoformat(),
        **refused(error),
    }
    return render(request, "mentoring/sheet.html", context, status=error.status if error else 200)


def owners_of(found: Visit) -> list[tuple[str, str]]:
    """Return who may owe something here: the role with who holds it or stands in, then each agency. One query."""
    roster = Roster(OWNERS, clock.today())
    shown = []
    for role in OWNERS:
        who = roster.who(role, found.place)
        name = f" ({who.names})" if who is not None and not who.is_fallback else ""
        if who is not None and who.is_fallback:
            name = f" ({_('diwakili')} {who.names})"
        shown.append((role.value, f"{role_name(role.value)}{name}"))
    return [*shown, *agency_choices()]


@page("mentoring.visits")
def blank(request: HttpRequest) -> HttpResponse:
    """The sheet to print, for a village that has no signal: its promises and the list of its stage filled in."""
    hat = worn(request)
    village: Village | None = villages_seen_by(hat).filter(pk=request.GET.get("desa", "")[:13]).first()
    stage = request.GET.get("tahapan", "")
    checklist = checklist_for(stage)
    context = {
        "village": village,
        "villages": list(villages_seen_by(hat).order_by("name", "id").values_list("id", "name")),
        "stages": stage_choices(),
        "stage": checklist.stage,
        "stage_name": STAGE_SHORT.get(checklist.stage, _("umum")),
        "checklist": checklist,
        "promises": queries.asked_on_visit(village.id) if village is not None else [],
        "empty_rows": range(4),
        "may_visit": hat.role in VISITORS,
    }
    return render(request, "mentoring/blank.html", context)
