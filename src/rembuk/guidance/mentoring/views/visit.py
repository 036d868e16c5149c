"""One visit: what was planned, what its sheet says, and the acts of the village and the team."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.visit_form import checklist_for
from rembuk.core.guidance.visit_states import VisitEvent, VisitState, possible_events
from rembuk.core.hat import Role
from rembuk.core.lists import regional_agencies
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import ITEM_CHIPS, SEVERITY_CHIPS, VISIT_CHIPS
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.permissions import allows
from rembuk.guidance.mentoring.services import MoveValues, PaperValues
from rembuk.guidance.mentoring.views.finding import Act, key_of, refused, uploaded, version_of, visit_of
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.web import page, worn

ACTS = ("confirm", "move", "report", "acknowledge", "sign_paper", "close")
NEEDS = {
    "confirm": VisitEvent.CONFIRM,
    "move": VisitEvent.CANCEL,
    "acknowledge": VisitEvent.ACKNOWLEDGE,
    "sign_paper": VisitEvent.ACKNOWLEDGE,
    "close": VisitEvent.CLOSE,
}


@page("mentoring.read", of=visit_of)
def visit(request: HttpRequest, found: Visit) -> HttpResponse:
    """A visit with everything that is known of it."""
    return show(request, found)


def show(request: HttpRequest, found: Visit, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat = worn(request)
    state = VisitState(found.state)
    possible = possible_events(state)
    may = {act: allows(hat, act, found) and (act not in NEEDS or NEEDS[act] in possible) for act in ACTS}
    may["report"] = may["report"] and state in (VisitState.PLANNED, VisitState.CONFIRMED, VisitState.ON_SITE)
    people = [found.reported_by, found.acknowledged_by, found.closed_by, found.planned_by, found.confirmed_by]
    context: dict[str, Any] = {
        "visit": found,
        "state": found.get_state_display(),
        "chip": VISIT_CHIPS[found.state],
        "stage_name": STAGE_SHORT.get(found.stage, ""),
        "members": list(found.members.select_related("person").order_by("-is_lead", "id")),
        "who": names(key for key in people if key is not None),
        "today": clock.today(),
        "typed": request.POST if error is not None else {},
        "form": form,
        "key": str(uuid4()),
        "reasons": Visit.Reason.choices,
        "standing": standing_in(Role.PLD, found.place, clock.today()),
        "may": may,
        **(sheet_of(found) if found.body_digest else {}),
        **refused(error),
    }
    return render(request, "mentoring/visit.html", context, status=error.status if error else 200)


def sheet_of(found: Visit) -> dict[str, Any]:
    """Return what the sheet of a visit says. Five queries."""
    answers = list(found.answers.order_by("code", "id"))
    items = list(
        ActionItem.objects.filter(finding__visit=found).select_related("finding").order_by("finding__order", "id")
    )
    return {
        "sheet": True,
        "contacts": list(found.contacts.order_by("order", "id")),
        "checks": list(found.promise_checks.select_related("item").order_by("item__due_date", "id")),
        "answers": [(row, question_of(row)) for row in sorted(answers, key=lambda row: (len(row.code), row.code))],
        "items": [(item, ITEM_CHIPS[item.state], SEVERITY_CHIPS[item.severity]) for item in items],
        "photos": list(found.photos.select_related("file").order_by("created_at", "id")),
        "agency": regional_agencies()[found.help_agency].name if found.help_agency in regional_agencies() else "",
        "previous": queries.previous_visit(found),
    }


def question_of(answer: Any) -> str:
    """Return the words of a question in the version in which it was answered."""
    item = checklist_for(answer.stage, answer.list_version).item(answer.code)
    return item.text if item is not None else answer.code


def done(request: HttpRequest, found: Visit, form: str, words: str, act: Act) -> HttpResponse:
    """Run one act; a refusal shows the page again with what was typed."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, visit_of(found.pk), error, form)
    messages.success(request, words)
    return redirect("mentoring:visit", visit_id=found.pk)


@page("mentoring.confirm", of=visit_of, methods=("POST",))
def confirm(request: HttpRequest, found: Visit) -> HttpResponse:
    """The village agrees to the day, or the team writes down that it did."""
    note = request.POST.get("catatan", "")
    return done(
        request,
        found,
        "confirm",
        _("Hari kunjungan disetujui."),
        lambda hat, at: services.confirm_visit(visit_id=found.pk, note=note, actor=hat, at=at),
    )


@page("mentoring.move", of=visit_of, methods=("POST",))
def reschedule(request: HttpRequest, found: Visit) -> HttpResponse:
    """Move the visit to another day, with the reason."""
    post = request.POST
    values = MoveValues(post.get("tanggal", ""), post.get("sebab", ""), post.get("alasan", ""), version_of(request))
    try:
        made = services.reschedule_visit(
            visit_id=found.pk, new_id=key_of(request), values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, visit_of(found.pk), error, "reschedule")
    messages.success(request, _("Kunjungan dijadwal ulang; desa dan tim diberi tahu."))
    return redirect("mentoring:visit", visit_id=made.pk)


@page("mentoring.move", of=visit_of, methods=("POST",))
def cancel(request: HttpRequest, found: Visit) -> HttpResponse:
    """Cancel the visit, with the reason."""
    reason, version = request.POST.get("alasan", ""), version_of(request)
    return done(
        request,
        found,
        "cancel",
        _("Kunjungan dibatalkan; desa dan tim diberi tahu."),
        lambda hat, at: services.cancel_visit(visit_id=found.pk, reason=reason, version=version, actor=hat, at=at),
    )


@page("mentoring.report", of=visit_of, methods=("POST",))
def start(request: HttpRequest, found: Visit) -> HttpResponse:
    """Stamp that the team is there, and open the sheet."""
    try:
        services.start_visit(visit_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, visit_of(found.pk), error, "start")
    return redirect("mentoring:sheet", visit_id=found.pk)


@page("mentoring.acknowledge", of=visit_of, methods=("POST",))
def acknowledge(request: HttpRequest, found: Visit) -> HttpResponse:
    """Kades or sekdes acknowledges the sheet, or objects with a note."""
    objection = request.POST.get("keberatan", "")
    words = (
        _("Keberatan tersimpan. Camat atau DPMD menjawabnya.") if objection.strip() else _("Lembar kunjungan diakui.")
    )
    return done(
        request,
        found,
        "acknowledge",
        words,
        lambda hat, at: services.acknowledge_visit(visit_id=found.pk, objection=objection, actor=hat, at=at),
    )


@page("mentoring.sign_paper", of=visit_of, methods=("POST",))
def sign_paper(request: HttpRequest, found: Visit) -> HttpResponse:
    """Upload the page that was signed in the village."""
    post = request.POST
    values = PaperValues(
        file=uploaded(request, "berkas"),
        signer_name=post.get("penanda", ""),
        signer_role=post.get("jabatan", ""),
        signed_date=post.get("tanggal", ""),
        objection=post.get("keberatan", ""),
    )
    return done(
        request,
        found,
        "sign_paper",
        _("Lembar bertanda tangan tersimpan. Orang lain memeriksanya lalu menutup kunjungan."),
        lambda hat, at: services.sign_on_paper(visit_id=found.pk, values=values, actor=hat, at=at),
    )


@page("mentoring.close", of=visit_of, methods=("POST",))
def close(request: HttpRequest, found: Visit) -> HttpResponse:
    """Close the visit after looking at its signature or answering its objection."""
    note = request.POST.get("catatan", "")
    return done(
        request,
        found,
        "close",
        _("Kunjungan ditutup."),
        lambda hat, at: services.close_visit(visit_id=found.pk, note=note, actor=hat, at=at),
    )
