"""Commitments: the list, one of them with its evidence, entering and judging, and the page for everybody."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.commitments import TRANSITIONS, CommitmentEvent, CommitmentState, days_late
from rembuk.core.hat import Hat, Role
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import Somewhere
from rembuk.core.workflow.states import events_from
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.filters import LATE, WAITING, PromiseFilter
from rembuk.guidance.programme.labels import COMMITMENT_CHIPS, COMMITMENT_STATES, COMMITMENT_STEPS, PROMISERS
from rembuk.guidance.programme.models import Commitment
from rembuk.guidance.programme.permissions import OVERSEERS, allows
from rembuk.guidance.programme.services import PromiseValues, ProofValues
from rembuk.guidance.programme.views.finding import PER_PAGE, commitment_of, key_of, number_of, sheet, told
from rembuk.shared import clock
from rembuk.shared.sheets.writing import Cell
from rembuk.shared.web import hat_of, opens, page, worn

OPEN = (CommitmentState.PROMISED, CommitmentState.PARTLY_KEPT, CommitmentState.NOT_KEPT)
MOST_YEARS = 6


@page("programme.promises")
def index(request: HttpRequest) -> HttpResponse:
    """The commitments that the hat may read, the first due first."""
    hat, today = worn(request), clock.today()
    wanted = PromiseFilter.read(request.GET)
    rows = wanted.apply(queries.commitments_seen_by(hat), today)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    here = Somewhere(hat.place)
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [row_of(row, today) for row in shown.object_list],
        "filter": wanted,
        "states": COMMITMENT_STATES.items(),
        "late": LATE,
        "waiting": WAITING,
        "promisers": PROMISERS.items(),
        "agencies": regional_agencies().values(),
        "years": [today.year + 1 - back for back in range(MOST_YEARS)],
        "may_promise": allows(hat, "promise", here),
        "figures": queries.commitments_kept(hat.place.regency, today) if hat.role in OVERSEERS else None,
        "today": today,
    }
    return render(request, "programme/promises.html", context)


def row_of(row: Commitment, today: Any) -> dict[str, Any]:
    """Return what a line of the list shows; a late one says so."""
    late = days_late(row.at, row.due_date, today)
    return {
        "promise": row,
        "promiser": PROMISERS[row.promiser],
        "state": COMMITMENT_STATES[row.state],
        "chip": "late" if late else COMMITMENT_CHIPS[row.state],
        "owed": row.at in (CommitmentState.PROMISED, CommitmentState.PARTLY_KEPT),
        "proofs": getattr(row, "proofs", 0),
    }


@page("programme.promises")
def export(request: HttpRequest) -> HttpResponse:
    """The shown commitments as a sheet."""
    hat, today = worn(request), clock.today()
    rows = PromiseFilter.read(request.GET).apply(queries.commitments_seen_by(hat), today)
    header = [
        *(_("Siapa"), _("Yang berjanji"), _("Apa"), _("Dasar"), _("Jumlah (Rp)"), _("Tanggal janji"), _("Tenggat")),
        *(_("Keadaan"), _("Hari terlambat"), _("Bukti"), _("Penilaian"), _("Dinilai oleh")),
    ]
    lines: list[list[Cell]] = [
        [
            str(PROMISERS[row.promiser]),
            row.promiser_name,
            row.text,
            row.basis,
            row.amount,
            row.made_date.isoformat(),
            row.due_date.isoformat(),
            str(COMMITMENT_STATES[row.state]),
            days_late(row.at, row.due_date, today),
            int(getattr(row, "proofs", 0)),
            row.judge_note,
            row.judged_label,
        ]
        for row in rows
    ]
    return sheet(request, "komitmen", header, lines)


@page("programme.promise_read", of=commitment_of)
def promise(request: HttpRequest, found: Commitment) -> HttpResponse:
    """One commitment with its evidence and judgement."""
    return show(request, found)


def show(request: HttpRequest, found: Commitment, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat, today = worn(request), clock.today()
    evidence = queries.evidence_of(found)
    may_judge = allows(hat, "judge", found)
    context: dict[str, Any] = {
        **row_of(found, today),
        "owner": queries.owner_text(found.owner_role, found.owner_person),
        "evidence": evidence,
        "own_evidence": any(row.entered_by == hat.person_id for row in evidence),
        "activities": found.activities.select_related("plan").order_by("plan__year", "position", "id"),
        "seat": standing_in(Role.KDP, found.place, today),
        "steps": [(event.value, COMMITMENT_STEPS[event.value]) for event in events_from(TRANSITIONS, found.at)],
        "may_judge": may_judge,
        "may_edit": allows(hat, "promise_edit", found) and found.at is CommitmentState.PROMISED,
        "may_prove": allows(hat, "prove", found) and found.at in OPEN,
        "may_publish": allows(hat, "publish", found),
        "reads_plans": hat.role in OVERSEERS,
        "form": form,
        "typed": request.POST.dict() if error is not None else {},
        "key": str(uuid4()),
        "today": today,
        **told(error),
    }
    return render(request, "programme/promise.html", context, status=error.status if error is not None else 200)


def values_of(request: HttpRequest) -> PromiseValues:
    post = request.POST
    return PromiseValues(
        promiser=post.get("siapa", ""),
        text=post.get("isi", ""),
        made=post.get("tanggal", ""),
        due=post.get("tenggat", ""),
        promiser_name=post.get("nama", ""),
        agency=post.get("dinas", ""),
        basis=post.get("dasar", ""),
        amount=post.get("jumlah", ""),
        owner=post.get("pemilik", ""),
    )


def values_from(found: Commitment) -> PromiseValues:
    owner = f"person:{found.owner_person_id}" if found.owner_person_id else f"role:{found.owner_role}"
    return PromiseValues(
        promiser=found.promiser,
        text=found.text,
        made=found.made_date.isoformat(),
        due=found.due_date.isoformat(),
        promiser_name=found.promiser_name,
        agency=found.agency,
        basis=found.basis,
        amount="" if found.amount is None else str(found.amount),
        owner=owner if found.owner_person_id or found.owner_role not in ("", "BUP") else "",
    )


@page("programme.promise", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Write a commitment down."""
    hat = worn(request)
    if request.method == "GET":
        promiser = "bupati" if hat.role is Role.BUP else ""
        return form_page(request, PromiseValues(promiser, "", clock.today().isoformat(), ""), str(uuid4()))
    values, key = values_of(request), key_of(request)
    try:
        made = services.promise(commitment_id=key, values=values, actor=hat, at=clock.now())
    except RembukError as error:
        return form_page(request, values, str(key), error)
    messages.success(request, _("Komitmen tercatat. Buktinya dimasukkan di halaman ini."))
    return redirect("programme:promise", made.pk)


@page("programme.promise_edit", of=commitment_of, methods=("GET", "POST"))
def edit(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Change a commitment that nobody has judged."""
    if request.method == "GET":
        return form_page(request, values_from(found), str(found.pk), found=found)
    values = values_of(request)
    try:
        services.edit_promise(
            commitment_id=found.pk, version=number_of(request), values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return form_page(request, values, str(found.pk), error, found)
    messages.success(request, _("Komitmen tersimpan."))
    return redirect("programme:promise", found.pk)


def form_page(
    request: HttpRequest,
    values: PromiseValues,
    key: str,
    error: RembukError | None = None,
    found: Commitment | None = None,
) -> HttpResponse:
    hat: Hat = worn(request)
    roles, people = queries.owner_choices(hat.place, clock.today())
    context = {
        "promise": found,
        "values": values,
        "key": key,
        "version": request.POST.get("versi", "") if error is not None else (found.version if found else ""),
        "promisers": PROMISERS.items(),
        "agencies": regional_agencies().values(),
        "roles": roles,
        "people": people,
        **told(error),
    }
    return render(request, "programme/promise_form.html", context, status=error.status if error is not None else 200)


@page("programme.prove", of=commitment_of, methods=("POST",))
def prove(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Add a piece of evidence."""
    post, file = request.POST, request.FILES.get("berkas")
    values = ProofValues(
        text=post.get("bukti", ""),
        day=post.get("tanggal", ""),
        amount=post.get("jumlah", ""),
        file=file,
        file_name=file.name or "" if file else "",
    )
    try:
        services.prove(
            evidence_id=key_of(request), commitment_id=found.pk, values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, commitment_of(found.pk), error, "prove")
    messages.success(request, _("Bukti tersimpan; penilainya diberi tahu."))
    return redirect("programme:promise", found.pk)


@page("programme.judge", of=commitment_of, methods=("POST",))
def judge(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Judge a commitment, withdraw it, or take a judgement back."""
    wanted = request.POST.get("nilai", "")
    if wanted not in COMMITMENT_STEPS:
        return redirect("programme:promise", found.pk)
    try:
        services.judge(
            commitment_id=found.pk,
            event=CommitmentEvent(wanted),
            words=request.POST.get("penjelasan", ""),
            version=number_of(request),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, commitment_of(found.pk), error, "judge")
    messages.success(request, _("Penilaian tersimpan."))
    return redirect("programme:promise", found.pk)


@page("programme.publish", of=commitment_of, methods=("POST",))
def publish(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Let everybody read a commitment, or no longer."""
    public_now = request.POST.get("umum") == "ya"
    try:
        services.publish(commitment_id=found.pk, public=public_now, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, commitment_of(found.pk), error, "publish")
    words = _("Komitmen sekarang dapat dibaca siapa saja.") if public_now else _("Komitmen tidak lagi terbaca umum.")
    messages.success(request, words)
    return redirect("programme:promise", found.pk)


@page("programme.public_promises")
def public(request: HttpRequest) -> HttpResponse:
    """The commitments that were made public, with how they stand."""
    hat, today = hat_of(request), clock.today()
    rows = queries.published(hat.place.regency if hat else "")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [row_of(row, today) for row in shown.object_list],
        "may_list": opens(hat, reverse("programme:promises")),
        "today": today,
    }
    return render(request, "programme/public.html", context)
