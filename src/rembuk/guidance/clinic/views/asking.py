"""Asking, and writing down a question of somebody who came or called; what was typed stays when refused."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.clinic import CLINIC_TOPICS
from rembuk.core.hat import Hat
from rembuk.guidance.clinic import services
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.services import AskValues, LogValues
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_in, villages_seen_by
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

LOGGED_CHANNELS = [choice for choice in Ticket.Channel.choices if choice[0] != Ticket.Channel.ONLINE]


def asked_values(request: HttpRequest) -> AskValues:
    post, file = request.POST, request.FILES.get("berkas")
    return AskValues(
        topic=post.get("topik", ""),
        question=post.get("soal", ""),
        asker_name=post.get("penanya", ""),
        file=file,
        file_name=file.name or "" if file else "",
    )


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form was given, so that pressing twice asks once. Raises: BadInputError."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError as error:
        raise BadInputError("clinic-key-taken") from error


def village_of(hat: Hat, text: str) -> Village:
    """Return the chosen village, or the hat's own. Raises: BadInputError."""
    try:
        return villages_seen_by(hat).get(pk=hat.place.village or text)
    except (ObjectDoesNotExist, ValueError) as error:
        raise BadInputError("clinic-village") from error


@page("clinic.ask", methods=("GET", "POST"))
def ask(request: HttpRequest) -> HttpResponse:
    """The question of a village's own people."""
    hat = worn(request)
    if request.method == "GET":
        return form(request, "clinic/ask.html", {})
    try:
        village = village_of(hat, "")
        made = services.ask(
            ticket_id=key_of(request), village=village, values=asked_values(request), actor=hat, at=clock.now()
        )
    except RembukError as error:
        return form(request, "clinic/ask.html", request.POST.dict(), error)
    messages.success(request, _("Pertanyaan tersimpan. Jawabannya muncul di sini dan di Kabar."))
    return redirect("clinic:ticket", ticket_id=made.pk)


@page("clinic.log", methods=("GET", "POST"))
def log(request: HttpRequest) -> HttpResponse:
    """The quick form of the counter: village, question, answer; under a minute. The rest may wait or stay away."""
    hat, post = worn(request), request.POST
    if request.method == "GET":
        return form(request, "clinic/log.html", {})
    done = post.get("puas") == "ya"
    try:
        village = village_of(hat, post.get("desa", ""))
        values = LogValues(
            asked=asked_values(request), channel=post.get("cara", ""), answer=post.get("jawaban", ""), satisfied=done
        )
        made = services.log(ticket_id=key_of(request), village=village, values=values, actor=hat, at=clock.now())
    except RembukError as error:
        return form(request, "clinic/log.html", post.dict(), error)
    messages.success(request, _("Pertanyaan dari %(village)s tercatat.") % {"village": village.name})
    # What is done asks for nothing more: the counter goes on with the next person.
    return redirect("clinic:log") if done else redirect("clinic:ticket", ticket_id=made.pk)


def form(request: HttpRequest, template: str, typed: dict[str, Any], error: RembukError | None = None) -> HttpResponse:
    hat = worn(request)
    context = {
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "topics": CLINIC_TOPICS.items(),
        "channels": LOGGED_CHANNELS,
        "villages": [] if hat.place.village else villages_in(hat.place),
        "error": sentence(error) if error else "",
    }
    return render(request, template, context, status=error.status if error else 200)
