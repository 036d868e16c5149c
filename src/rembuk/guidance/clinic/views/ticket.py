"""One question: what was asked, what happened, and the forms of those who may act."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.clinic import CLINIC_TOPICS, TRANSITIONS, Event, State
from rembuk.core.guidance.nameless import signs_of_people
from rembuk.core.hat import Role
from rembuk.guidance.clinic import queries, services
from rembuk.guidance.clinic.labels import EVENTS, REFERRAL_NAMES, STATE_CHIPS, STATES
from rembuk.guidance.clinic.models import FaqEntry, Ticket
from rembuk.guidance.clinic.permissions import allows
from rembuk.guidance.clinic.services import FaqValues
from rembuk.guidance.clinic.views.finding import ticket_of
from rembuk.shared import clock
from rembuk.shared.web import attempted, hat_of, page, worn
from rembuk.shared.wording import sentence

ACTS = {"assign": "assign", "refer": "refer", "answer": "answer", "confirm": "confirm", "reopen": "confirm"}
"""Event -> the act of the permission table."""


@page("clinic.read", of=ticket_of)
def ticket(request: HttpRequest, found: Ticket) -> HttpResponse:
    """A question with its story."""
    return show(request, found)


def show(request: HttpRequest, found: Ticket, error: RembukError | None = None, form: str = "") -> HttpResponse:
    hat, today = hat_of(request), clock.today()
    promise = queries.clock_of_ticket(found, today)
    steps = queries.steps_of(found.pk)
    may_promote = found.state == State.CLOSED.value and allows(hat, "promote", found)
    context: dict[str, Any] = {
        "ticket": found,
        "topic": CLINIC_TOPICS[found.topic],
        "topics": CLINIC_TOPICS.items(),
        "state": STATES[found.state],
        "chip": STATE_CHIPS[found.state],
        "steps": [(step, EVENTS[step.event]) for step in steps],
        "promise": promise if found.state in queries.OPEN else None,
        "referrals": REFERRAL_NAMES.items(),
        "referred_to": REFERRAL_NAMES.get(found.referred_to, ""),
        "team": standing_in(Role.PTP, found.place, today),
        "today": today,
        "typed": request.POST.dict() if error else {},
        "form": form,
        "error": sentence(error) if error else "",
        "may_promote": may_promote,
        "may_retopic": allows(hat, "retopic", found),
        **{f"may_{event}": possible(found, event) and allows(hat, act, found) for event, act in ACTS.items()},
    }
    if may_promote:
        context["faq"] = FaqEntry.objects.filter(source=found).first()
        context["signs"] = signs_of_people(f"{found.question}\n{found.answer}", queries.names_near(found))
    return render(request, "clinic/ticket.html", context, status=error.status if error else 200)


def possible(found: Ticket, event: str) -> bool:
    return (State(found.state), Event(event)) in TRANSITIONS


def acting(request: HttpRequest, found: Ticket, form: str, said: str, act: Callable[[], object]) -> HttpResponse:
    """Do one act; a refusal shows the page again with what was typed."""

    def again(error: RembukError) -> HttpResponse:
        return show(request, queries.ticket_by_id(found.pk), error, form)

    return attempted(request, act, told=said, then=reverse("clinic:ticket", args=(found.pk,)), again=again)


@page("clinic.assign", of=ticket_of, methods=("POST",))
def assign(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Take a question."""
    return acting(
        request,
        found,
        "assign",
        _("Pertanyaan ini sekarang pada Anda."),
        lambda: services.assign(ticket_id=found.pk, actor=worn(request), at=clock.now()),
    )


@page("clinic.retopic", of=ticket_of, methods=("POST",))
def retopic(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Put a question under another topic."""
    topic = request.POST.get("topik", "")
    return acting(
        request,
        found,
        "retopic",
        _("Topik tersimpan."),
        lambda: services.retopic(ticket_id=found.pk, topic=topic, actor=worn(request), at=clock.now()),
    )


@page("clinic.refer", of=ticket_of, methods=("POST",))
def refer(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Send a question on."""
    to, words = request.POST.get("ke", ""), request.POST.get("catatan", "")
    return acting(
        request,
        found,
        "refer",
        _("Pertanyaan diteruskan; penerimanya diberi tahu."),
        lambda: services.refer(ticket_id=found.pk, to=to, words=words, actor=worn(request), at=clock.now()),
    )


@page("clinic.answer", of=ticket_of, methods=("POST",))
def answer(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Answer a question."""
    words = request.POST.get("jawaban", "")
    return acting(
        request,
        found,
        "answer",
        _("Jawaban tersimpan; penanya diberi tahu."),
        lambda: services.answer(ticket_id=found.pk, words=words, actor=worn(request), at=clock.now()),
    )


@page("clinic.confirm", of=ticket_of, methods=("POST",))
def confirm(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Say that the answer helps."""
    return acting(
        request,
        found,
        "confirm",
        _("Terima kasih. Pertanyaan ini selesai."),
        lambda: services.confirm(ticket_id=found.pk, actor=worn(request), at=clock.now()),
    )


@page("clinic.confirm", of=ticket_of, methods=("POST",))
def reopen(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Ask again."""
    words = request.POST.get("alasan", "")
    return acting(
        request,
        found,
        "reopen",
        _("Pertanyaan dibuka lagi; penjawab diberi tahu."),
        lambda: services.reopen(ticket_id=found.pk, words=words, actor=worn(request), at=clock.now()),
    )


@page("clinic.promote", of=ticket_of, methods=("POST",))
def promote(request: HttpRequest, found: Ticket) -> HttpResponse:
    """Make the answer one for everybody."""
    post = request.POST
    values = FaqValues(
        topic=post.get("topik", ""),
        question=post.get("soal", ""),
        answer=post.get("jawaban", ""),
        looked=post.get("diperiksa") == "ya",
    )
    return acting(
        request,
        found,
        "promote",
        _("Jawaban ini sekarang dapat dibaca siapa saja."),
        lambda: services.promote(ticket_id=found.pk, values=values, actor=worn(request), at=clock.now()),
    )
