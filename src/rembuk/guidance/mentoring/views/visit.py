"""One visit: what was planned, what its sheet says, and the acts of the village and the team."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.visit_form import checklist_for
from rembuk.core.guidance.visit_states import VisitEvent, VisitState, possible_events
from rembuk.core.hat import Hat, Role
from rembuk.cycles.labels import STAGE_SHORT
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import ITEM_CHIPS, SEVERITY_CHIPS, VISIT_CHIPS
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.permissions import allows
from rembuk.guidance.mentoring.services import MoveValues, PaperValues
from rembuk.guidance.mentoring.views.acts import Acts
from rembuk.guidance.mentoring.views.finding import (
    key_of,
    note_of,
    reason_of,
    refused,
    uploaded,
    version_of,
    visit_of,
)
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.web import page, worn

ACTS = ("confirm", "move", "report", "acknowledge", "sign_paper", "close", "answer_help")
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
    may["answer_help"] = may["answer_help"] and bool(found.body_digest)
    people = [
        found.help_answered_by,
        found.reported_by,
        found.acknowledged_by,
        found.closed_by,
        found.planned_by,
        found.confirmed_by,
    ]
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
        **(sheet_of(found, hat) if found.body_digest else {}),
        **refused(error),
    }
    return render(request, "mentoring/visit.html", context, status=error.status if error else 200)


def sheet_of(found: Visit, hat: Hat) -> dict[str, Any]:
    """Return what the sheet of a visit says; what the hat may not open is no link. Six queries."""
    answers = list(found.answers.order_by("code", "id"))
    rows = ActionItem.objects.filter(finding__visit=found).select_related("finding", "village")
    items = list(rows.order_by("finding__order", "id"))
    checks = list(found.promise_checks.select_related("item__village").order_by("item__due_date", "id"))
    previous = queries.previous_visit(found)
    open_items = [item for item in (*items, *(check.item for check in checks)) if allows(hat, "read_item", item)]
    return {
        "sheet": True,
        "contacts": list(found.contacts.order_by("order", "id")),
        "checks": checks,
        "readable": {item.pk for item in open_items},
        "answers": [(row, question_of(row)) for row in sorted(answers, key=lambda row: (len(row.code), row.code))],
        "items": [(item, ITEM_CHIPS[item.state], SEVERITY_CHIPS[item.severity]) for item in items],
        "photos": list(found.photos.select_related("file").order_by("created_at", "id")),
        "agency": found.agency_name,
        "previous": previous if previous is not None and allows(hat, "read", previous) else None,
    }


def question_of(answer: Any) -> str:
    """Return the words of a question in the version in which it was answered."""
    item = checklist_for(answer.stage, answer.list_version).item(answer.code)
    return item.text if item is not None else answer.code


def new_day(request: HttpRequest) -> Mapping[str, Any]:
    post = request.POST
    values = MoveValues(post.get("tanggal", ""), post.get("sebab", ""), post.get("alasan", ""), version_of(request))
    return {"values": values, "new_id": key_of(request)}


def objection_of(request: HttpRequest) -> Mapping[str, Any]:
    return {"objection": request.POST.get("keberatan", "")}


def told_of_answer(request: HttpRequest) -> str:
    if request.POST.get("keberatan", "").strip():
        return gettext("Keberatan tersimpan. Camat atau DPMD menjawabnya.")
    return gettext("Lembar kunjungan diakui.")


def signed_page(request: HttpRequest) -> Mapping[str, Any]:
    post = request.POST
    values = PaperValues(
        file=uploaded(request, "berkas"),
        signer_name=post.get("penanda", ""),
        signer_role=post.get("jabatan", ""),
        signed_date=post.get("tanggal", ""),
        objection=post.get("keberatan", ""),
    )
    return {"values": values}


def help_answered(request: HttpRequest) -> Mapping[str, Any]:
    return {"answer": request.POST.get("jawaban", ""), "version": version_of(request)}


acts = Acts(of=visit_of, show=show, key="visit_id", route="mentoring:visit")
confirm = acts.post(
    "mentoring.confirm", services.confirm_visit, form="confirm", said=_("Hari kunjungan disetujui."), read=note_of
)
reschedule = acts.post(
    "mentoring.move",
    services.reschedule_visit,
    form="reschedule",
    said=_("Kunjungan dijadwal ulang; desa dan tim diberi tahu."),
    read=new_day,
    follow=True,
)
cancel = acts.post(
    "mentoring.move",
    services.cancel_visit,
    form="cancel",
    said=_("Kunjungan dibatalkan; desa dan tim diberi tahu."),
    read=reason_of,
)
start = acts.post("mentoring.report", services.start_visit, form="start", route="mentoring:sheet")
acknowledge = acts.post(
    "mentoring.acknowledge", services.acknowledge_visit, form="acknowledge", said=told_of_answer, read=objection_of
)
sign_paper = acts.post(
    "mentoring.sign_paper",
    services.sign_on_paper,
    form="sign_paper",
    said=_("Lembar bertanda tangan tersimpan. Orang lain memeriksanya lalu menutup kunjungan."),
    read=signed_page,
)
close = acts.post("mentoring.close", services.close_visit, form="close", said=_("Kunjungan ditutup."), read=note_of)
answer_help = acts.post(
    "mentoring.answer_help",
    services.answer_help,
    form="help",
    said=_("Jawaban tersimpan; desa dan penulis lembar diberi tahu."),
    read=help_answered,
)
