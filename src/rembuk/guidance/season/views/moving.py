"""One forum moved: by a form without a script; and what speaks against a place while a card is in the hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.schedule import Conflict, Words, conflicts_of_move
from rembuk.guidance.season import services
from rembuk.guidance.season.building import Built, built, date_in
from rembuk.guidance.season.models import SeasonPlan
from rembuk.guidance.season.services.moving import day_number
from rembuk.guidance.season.typed import read_day
from rembuk.guidance.season.views.finding import number_in, plan_of, shown
from rembuk.guidance.season.views.plans import head
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("season.plan", of=plan_of, methods=("GET", "POST"))
def move(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """Village, team, day: what speaks against it in words; saved when nothing does."""
    if request.method == "GET":
        return form(request, found, request.GET.dict())
    post = request.POST
    if "periksa" in post:
        return form(request, found, post.dict())
    try:
        services.move_visit(
            plan_id=found.pk,
            version=number_in(post.get("versi", "")),
            village=post.get("desa", ""),
            team=post.get("tim", ""),
            day=read_day(post.get("tanggal", "")),
            today=clock.today(),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return form(request, found, post.dict(), error)
    name = Words(built(plan_of(found.pk)).instance).village(post["desa"])
    messages.success(request, _("%(village)s dipindahkan.") % {"village": name})
    return redirect(f"{reverse('season:plan', args=(found.pk,))}#d-{post['desa']}")


def form(
    request: HttpRequest, found: SeasonPlan, typed: Mapping[str, Any], error: RembukError | None = None
) -> HttpResponse:
    known = built(found)
    typed = {**typed_of(known, str(typed.get("desa", ""))), **typed}
    villages = sorted((one.title, one.code) for one in known.instance.villages)
    asked = None
    if error is None and typed.get("tim") and typed.get("tanggal") and "periksa" in typed:
        asked = answer(known, typed)
    context = {
        **head(worn(request), found, "geser"),
        "typed": typed,
        "villages": villages,
        "teams": known.instance.teams,
        "asked": asked,
        "held": typed.get("desa") in known.plan.slots(),
    }
    return shown(request, "season/move.html", context, error)


def typed_of(known: Built, village: str) -> dict[str, str]:
    """Return where a village's forum stands now."""
    slot = known.plan.slots().get(village)
    if slot is None:
        return {}
    return {"tim": slot[0], "tanggal": date_in(known.instance, slot[1]).isoformat()}


@page("season.plan", of=plan_of)
def conflicts(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """What speaks against one place, at once, while the card is still in the hand."""
    response = JsonResponse(answer(built(found), request.GET.dict()))
    response["Cache-Control"] = "no-store"
    return response


def answer(known: Built, typed: Mapping[str, Any]) -> dict[str, object]:
    """Return ok, a head, and every sentence that blocks or warns."""
    words, village = Words(known.instance), str(typed.get("desa", ""))
    day = day_of(known, str(typed.get("tanggal", "")))
    today = day_number(known, clock.today())
    found: tuple[Conflict, ...] = (Conflict("unknown"),)
    if day is not None:
        found = conflicts_of_move(known.instance, known.plan, village, str(typed.get("tim", "")), day, today=today)
    blocks = [words.conflict(one.code, village, one.params) for one in found if one.severity == "block"]
    warns = [words.conflict(one.code, village, one.params) for one in found if one.severity == "warn"]
    return {"ok": not blocks, "head": heading(words, typed, day, bool(blocks)), "blocks": blocks, "warns": warns}


def heading(words: Words, typed: Mapping[str, Any], day: int | None, blocked: bool) -> str:
    if day is None:
        return _("Hari itu di luar musim.")
    values = {
        "village": words.village(str(typed.get("desa", ""))),
        "team": words.team(str(typed.get("tim", ""))),
        "day": words.day(day),
    }
    if blocked:
        return _("%(village)s tidak bisa ke %(team)s, %(day)s.") % values
    return _("%(village)s bisa ke %(team)s, %(day)s.") % values


def day_of(known: Built, text: str) -> int | None:
    try:
        on: date = read_day(text)
    except BadInputError:
        return None
    return known.instance.day_of(on)
