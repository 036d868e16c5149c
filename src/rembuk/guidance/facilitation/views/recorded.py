"""What was recorded at the forum: tools, focus groups, reactions, the facilitator's note."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.facilitation import REACTIONS_WANTED, check_group, mean_reaction
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ELEMENTS, HIDDEN_BESIDE_NAMES
from rembuk.core.workflow.privacy import SMALLEST
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.permissions import allows as meeting_allows
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.labels import REACTION_ITEMS
from rembuk.guidance.facilitation.models import Facilitation, FocusGroup, ToolUse
from rembuk.guidance.facilitation.permissions import allows
from rembuk.guidance.facilitation.services import GroupValues, ReactionValues, ToolValues
from rembuk.guidance.facilitation.views.finding import day_of, done, findings_for, forum_of, key_of, number_of, photo_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page
from rembuk.shared.wording import sentence


@page("facilitation.brief", of=forum_of)
def recorded(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Everything that was recorded, with its forms."""
    return show(request, found)


def show(
    request: HttpRequest, found: Facilitation, *, error: RembukError | None = None, status: int = 200
) -> HttpResponse:
    hat = hat_of(request)
    seen, reactions = queries.seen_of(found), queries.reactions_of(found.pk)
    mean = mean_reaction([row.points for row in reactions])
    may_names = seen.meeting is not None and meeting_allows(hat, "see_names", seen.meeting)
    context: dict[str, Any] = {
        "forum": found,
        "seen": seen,
        "tools": queries.tools_of(found.pk),
        "groups": [group_shown(row) for row in queries.groups_of(found.pk)],
        "reactions": reactions if mean is not None else (),
        "reaction_count": len(reactions),
        "wanted": REACTIONS_WANTED,
        "mean": one_decimal(mean),
        "questions": REACTION_ITEMS,
        "drawn": queries.drawn_attendees(seen.meeting) if may_names and seen.meeting is not None else (),
        "tool_kinds": ToolUse.Tool.choices,
        "elements": list(ELEMENTS.items()),
        "today": local_day(found.village.regency, clock.now()),
        "form": request.POST.get("formulir", ""),
        "typed": request.POST.dict() if error is not None else {},
        "keys": {name: request.POST.get("kunci") if error else str(uuid4()) for name in ("tool", "group", "reaction")},
        "error": sentence(error) if error is not None else "",
        "findings": findings_for(hat, getattr(error, "findings", ())),
        "may_fill": allows(hat, "fill", found),
    }
    return render(request, "facilitation/recorded.html", context, status=status)


def group_shown(row: FocusGroup) -> dict[str, Any]:
    """Return a focus group as it may be shown: small and sheltered groups without their numbers."""
    sheltered = row.kind in HIDDEN_BESIDE_NAMES
    small = 0 < row.men < SMALLEST or 0 < row.women < SMALLEST
    return {
        "row": row,
        "kind": ELEMENTS.get(row.kind, ""),
        "size": None if sheltered or row.size < SMALLEST else row.size,
        "split": not sheltered and not small,
        "findings": check_group(row.size, row.minutes),
    }


def one_decimal(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.1f}".replace(".", ",")


@page("facilitation.fill", of=forum_of, methods=("POST",))
def tool(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Record a tool."""
    post, key = request.POST, key_of(request)
    values = ToolValues(
        tool=post.get("alat", ""),
        purpose=post.get("tujuan", ""),
        result=post.get("hasil", ""),
        table=post.get("tabel", ""),
        proposal=post.get("usulan", ""),
        photo=photo_of(request),
    )

    def act(hat: Hat, at: datetime) -> object:
        return services.record_tool(forum_id=found.pk, tool_id=key, values=values, actor=hat, at=at)

    return done(request, found, show, _("Alat partisipasi tercatat."), act, PAGE)


@page("facilitation.fill", of=forum_of, methods=("POST",))
def group(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Record a focus group."""
    post, key = request.POST, key_of(request)
    values = GroupValues(
        group=post.get("kelompok", ""),
        kind=post.get("unsur", ""),
        day=day_of(request),
        minutes=number_of(request, "menit") if post.get("menit", "").strip() else None,
        men=number_of(request, "laki"),
        women=number_of(request, "perempuan"),
        issues=post.get("masalah", ""),
        roots=post.get("akar", ""),
        ideas=post.get("gagasan", ""),
        quotes=post.get("kutipan", ""),
        photo=photo_of(request),
    )

    def act(hat: Hat, at: datetime) -> object:
        return services.record_group(forum_id=found.pk, group_id=key, values=values, actor=hat, at=at)

    return done(request, found, show, _("Diskusi kelompok tercatat."), act, PAGE)


@page("facilitation.fill", of=forum_of, methods=("POST",))
def reaction(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Keep one short form."""
    key = key_of(request)
    points = [number_of(request, f"nilai-{index}") or 0 for index in range(1, len(REACTION_ITEMS) + 1)]
    values = ReactionValues(points=points, text=request.POST.get("kalimat", ""))

    def act(hat: Hat, at: datetime) -> object:
        return services.record_reaction(forum_id=found.pk, reaction_id=key, values=values, actor=hat, at=at)

    return done(request, found, show, _("Tanggapan tersimpan tanpa nama."), act, PAGE)


@page("facilitation.fill", of=forum_of, methods=("POST",))
def note(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Write the facilitator's note."""
    version = number_of(request, "versi")

    def act(hat: Hat, at: datetime) -> object:
        text = request.POST.get("catatan", "")
        return services.write_note(forum_id=found.pk, text=text, version=version, actor=hat, at=at)

    return done(request, found, show, _("Catatan pemandu tersimpan."), act, PAGE)


PAGE = "facilitation:recorded"
