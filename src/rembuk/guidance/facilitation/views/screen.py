"""The facilitator's screen: the checklist of the phase of today's forum, and the counters of who speaks."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rembuk.core.errors import RembukError
from rembuk.core.guidance.forum_checklists import checklist
from rembuk.core.guidance.forum_states import AHEAD, SITTING, ForumState
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.models import SpokenNote
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.facts import facts_of
from rembuk.guidance.facilitation.labels import ANSWERS, PHASE_SLUGS, PHASES, STATE_CHIPS, STATES
from rembuk.guidance.facilitation.models import Facilitation, Turn
from rembuk.guidance.facilitation.permissions import allows
from rembuk.guidance.facilitation.progress import lines_of
from rembuk.guidance.facilitation.queries import Seen
from rembuk.guidance.facilitation.services import AnswerValues
from rembuk.guidance.facilitation.views.finding import (
    RowOf,
    facts_for,
    findings_for,
    forum_of,
    key_of,
    number_of,
    turn_of,
)
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence


@page("facilitation.read", of=forum_of)
def screen(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """The screen of the phase in the address, or of the phase that today asks for."""
    return show(request, found)


def slug_of(request: HttpRequest, seen: Seen, today: date) -> str:
    """Return the phase asked for, else the one of today's forum."""
    asked = request.GET.get("fase") or request.POST.get("fase", "")
    if asked in PHASE_SLUGS:
        return asked
    state, forum = seen.state, seen.forum
    if state in SITTING or (state is ForumState.READY and forum.day is not None and forum.day <= today):
        return "saat"
    return "sebelum" if state in AHEAD else "sesudah"


def show(
    request: HttpRequest, found: Facilitation, *, error: RembukError | None = None, status: int = 200
) -> HttpResponse:
    hat, today = hat_of(request), local_day(found.village.regency, clock.now())
    seen = queries.seen_of(found)
    slug = slug_of(request, seen, today)
    phase = PHASE_SLUGS[slug]
    turns = queries.turns_of(found.pk)
    version = checklist(found.checklist)
    context: dict[str, Any] = {
        "forum": found,
        "seen": seen,
        "state": STATES[seen.state],
        "chip": STATE_CHIPS[seen.state],
        "slug": slug,
        "phase_name": PHASES[phase],
        "phases": [(key, PHASES[value]) for key, value in PHASE_SLUGS.items()],
        "lines": lines_of(version.of_phase(phase), facts_for(hat, facts_of(seen)), queries.answers_of(found.pk)),  # type: ignore[arg-type]
        "answers": ANSWERS,
        "turns": turns,
        "turns_total": sum(turns.values()),
        "women_percent": turns["P"] * 100 // sum(turns.values()) if sum(turns.values()) else None,
        "last_turn": last_turn(found),
        "noted": noted(seen),
        "key": request.POST.get("kunci") or str(uuid4()),
        "keys": {"P": str(uuid4()), "L": str(uuid4()), "paper": str(uuid4())},
        "typed": request.POST.dict() if error is not None else {},
        "error": sentence(error) if error is not None else "",
        "findings": findings_for(hat, getattr(error, "findings", ())),
        "may_fill": allows(hat, "fill", found),
    }
    return render(request, "facilitation/screen.html", context, status=status)


def last_turn(found: Facilitation) -> Turn | None:
    rows = Turn.objects.filter(facilitation=found, struck_at__isnull=True)
    return rows.order_by("-received_at", "-created_at", "-id").first()


def noted(seen: Seen) -> dict[str, int] | None:
    """Return how many women and men the notulen names as speakers, None without any. One query."""
    if seen.meeting is None:
        return None
    sexes = list(SpokenNote.objects.filter(meeting=seen.meeting).exclude(sex="").values_list("sex", flat=True))
    return {"L": sexes.count("L"), "P": sexes.count("P")} if sexes else None


@page("facilitation.fill", of=forum_of, methods=("POST",))
def answer(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Keep the answers of the phase."""
    post = request.POST
    given = [
        AnswerValues(item.code, post.get(f"butir-{item.code}", ""), post.get(f"catatan-{item.code}", ""))
        for item in checklist(found.checklist).items
        if item.by_hand
    ]
    try:
        services.answer_items(
            forum_id=found.pk, key=key_of(request), answers=given, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, forum_of(found.pk), error=error, status=error.status)
    return back(request, found, "#daftar")


def back(request: HttpRequest, found: Facilitation, part: str) -> HttpResponse:
    slug = request.POST.get("fase", "")
    query = f"?fase={slug}" if slug in PHASE_SLUGS else ""
    return redirect(f"{reverse('facilitation:screen', args=[found.pk])}{query}{part}")


@page("facilitation.fill", of=forum_of, methods=("POST",))
def count(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Count that somebody spoke, or take a number over from paper."""
    number = number_of(request, "jumlah") if "jumlah" in request.POST else 1

    def act(hat: Hat, at: datetime) -> object:
        return services.count_turn(
            forum_id=found.pk,
            turn_id=key_of(request),
            sex=request.POST.get("kelamin", ""),
            count=number or 0,
            actor=hat,
            at=at,
        )

    return counted(request, found, act)


@page("facilitation.fill", of=turn_of, methods=("POST",))
def strike(request: HttpRequest, target: RowOf) -> HttpResponse:
    """Take back the last tap."""
    key = target.row.pk

    def act(hat: Hat, at: datetime) -> object:
        return services.strike_last_turn(forum_id=target.forum.pk, turn_id=key, actor=hat, at=at)

    return counted(request, target.forum, act)


def counted(request: HttpRequest, found: Facilitation, act: Any) -> HttpResponse:
    """Run an act of the counters; htmx gets the counters alone."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, forum_of(found.pk), error=error, status=error.status)
    if not getattr(request, "htmx", False):
        return back(request, found, "#bicara")
    turns = queries.turns_of(found.pk)
    total = sum(turns.values())
    context = {
        "forum": found,
        "slug": "saat",
        "turns": turns,
        "turns_total": total,
        "women_percent": turns["P"] * 100 // total if total else None,
        "last_turn": last_turn(found),
        "noted": noted(queries.seen_of(found)),
        "keys": {"P": str(uuid4()), "L": str(uuid4()), "paper": str(uuid4())},
        "may_fill": True,
    }
    return render(request, "facilitation/_counters.html", context)
