"""One request: what was asked, whose turn it is, what came back, and the forms of those who may act."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import StandIn, standing_in
from rembuk.core.errors import RembukError
from rembuk.core.hat import Role
from rembuk.core.support_requests import (
    DECLINE_REASONS,
    KINDS,
    RAB_CHECK,
    RAB_ITEMS,
    TRANSITIONS,
    Event,
    State,
)
from rembuk.sectors import queries, services
from rembuk.sectors.labels import EVENTS, HOLDERS, MARK_NAMES, STATE_CHIPS, STATES
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.permissions import allows
from rembuk.sectors.views.finding import request_of
from rembuk.shared import clock
from rembuk.shared.web import attempted, hat_of, page, worn
from rembuk.shared.wording import sentence

ACTS = {
    "send": (Event.SEND, "send"),
    "check": (Event.CHECK, "check"),
    "accept": (Event.ACCEPT, "answer"),
    "schedule": (Event.SCHEDULE, "answer"),
    "move": (Event.MOVE, "answer"),
    "finish": (Event.FINISH, "answer"),
    "take": (Event.TAKE, "take"),
}
"""Form -> (its step, the act of the permission table)."""


@page("sectors.read", of=request_of)
def show_request(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """A request with its story."""
    return show(request, found)


def show(request: HttpRequest, found: SupportRequest, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat, today = hat_of(request), clock.today()
    owed = queries.owed_of(found, today)
    typed = request.POST.dict() if error else {}
    context: dict[str, Any] = {
        "request_row": found,
        "kind": KINDS.get(found.kind, found.kind),
        "state": STATES[found.state],
        "chip": STATE_CHIPS[found.state],
        "owed": owed,
        "holder": HOLDERS[owed.holder] if owed else "",
        "helper": helper_of(found, owed.holder if owed else ""),
        "steps": [(step, EVENTS[step.event]) for step in queries.steps_of(found.pk)],
        "reasons": DECLINE_REASONS.items(),
        "declined_for": DECLINE_REASONS.get(found.decline_code, ""),
        "rab": found.kind == RAB_CHECK,
        "marks": [
            (item, words, typed.get(f"tanda-{item}", ""), typed.get(f"catatan-{item}", ""))
            for item, words in RAB_ITEMS.items()
        ],
        "mark_names": MARK_NAMES.items(),
        "result_marks": [
            (RAB_ITEMS[item], MARK_NAMES[mark], note) for item, (mark, note) in found.marks.items() if item in RAB_ITEMS
        ],
        "today": today,
        "typed": typed,
        "form": form,
        "error": sentence(error) if error else "",
        "may_edit": found.state == State.DRAFT.value and allows(hat, "draft", found),
        **{
            f"may_{name}": (State(found.state), event) in TRANSITIONS and allows(hat, act, found)
            for name, (event, act) in ACTS.items()
        },
    }
    return render(request, "sectors/request.html", context, status=error.status if error else 200)


def helper_of(found: SupportRequest, holder: str) -> StandIn | None:
    """Return who holds the role that the request waits for, or stands in; None when it waits for nobody above."""
    roles = {"camat": Role.CAM, "agency": Role.OPD}
    return standing_in(roles[holder], found.place, clock.today()) if holder in roles else None


def acting(
    request: HttpRequest, found: SupportRequest, form: str, said: str, act: Callable[[], object]
) -> HttpResponse:
    """Do one act; a refusal shows the page again with what was typed."""

    def again(error: RembukError) -> HttpResponse:
        return show(request, queries.request_by_id(found.pk), error, form)

    return attempted(request, act, told=said, then=reverse("sectors:request", args=(found.pk,)), again=again)


@page("sectors.send", of=request_of, methods=("POST",))
def send(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """Send a request with the head's letter."""
    number, day = request.POST.get("nomor", ""), request.POST.get("tanggal", "")

    def act() -> object:
        return services.send(request_id=found.pk, number=number, letter_date=day, actor=worn(request), at=clock.now())

    return acting(request, found, "send", _("Permintaan terkirim kepada Camat."), act)


@page("sectors.check", of=request_of, methods=("POST",))
def check(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The Camat hands the request to the agency."""
    words = request.POST.get("catatan", "")

    def act() -> object:
        return services.check(request_id=found.pk, words=words, actor=worn(request), at=clock.now())

    return acting(request, found, "check", _("Permintaan diteruskan kepada perangkat daerah."), act)


@page("sectors.check", of=request_of, methods=("POST",))
def give_back(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The Camat gives a request back."""
    words = request.POST.get("kurang", "")

    def act() -> object:
        return services.give_back(request_id=found.pk, words=words, actor=worn(request), at=clock.now())

    return acting(request, found, "give_back", _("Permintaan dikembalikan; desa diberi tahu."), act)


@page("sectors.answer", of=request_of, methods=("POST",))
def accept(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The agency takes the request on."""
    officer = request.POST.get("petugas", "")

    def act() -> object:
        return services.accept(request_id=found.pk, officer=officer, actor=worn(request), at=clock.now())

    return acting(request, found, "accept", _("Permintaan diterima; desa diberi tahu."), act)


@page("sectors.answer", of=request_of, methods=("POST",))
def decline(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The agency declines with a reason."""
    code, reason = request.POST.get("alasan", ""), request.POST.get("kalimat", "")

    def act() -> object:
        return services.decline(request_id=found.pk, code=code, reason=reason, actor=worn(request), at=clock.now())

    return acting(request, found, "decline", _("Penolakan tersimpan dengan alasannya; desa diberi tahu."), act)


@page("sectors.answer", of=request_of, methods=("POST",))
def schedule(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The agency sets or moves the day."""
    day = request.POST.get("hari", "")

    def act() -> object:
        return services.schedule(request_id=found.pk, day=day, actor=worn(request), at=clock.now())

    return acting(request, found, "schedule", _("Hari tersimpan; desa diberi tahu."), act)


@page("sectors.answer", of=request_of, methods=("POST",))
def finish(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The agency hands the result over."""
    post, file = request.POST, request.FILES.get("berkas")
    marks = {item: (post.get(f"tanda-{item}", ""), post.get(f"catatan-{item}", "")) for item in RAB_ITEMS}

    def act() -> object:
        return services.finish(
            request_id=found.pk,
            note=post.get("hasil", ""),
            file=file,
            file_name=file.name or "" if file else "",
            marks=marks,
            actor=worn(request),
            at=clock.now(),
        )

    return acting(request, found, "finish", _("Hasil tersimpan; desa diberi tahu."), act)


@page("sectors.take", of=request_of, methods=("POST",))
def take(request: HttpRequest, found: SupportRequest) -> HttpResponse:
    """The village takes the result."""

    def act() -> object:
        return services.take(request_id=found.pk, actor=worn(request), at=clock.now())

    return acting(request, found, "take", _("Hasil diterima; permintaan selesai."), act)
