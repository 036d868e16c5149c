"""What the addresses of the season are about, a form shown again with what was typed, a list as a sheet."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.guidance.season import queries
from rembuk.guidance.season.models import Season, SeasonPlan, SeasonTeam, Speaker, Wish
from rembuk.guidance.season.permissions import allows
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.wording import sentence


def season_of(season_id: UUID) -> Season:
    return queries.season_by_id(season_id)


def plan_of(plan_id: UUID) -> SeasonPlan:
    return queries.plan_by_id(plan_id)


def team_of(team_id: UUID) -> SeasonTeam:
    return queries.team_by_id(team_id)


def speaker_of(speaker_id: UUID) -> Speaker:
    return queries.speaker_by_id(speaker_id)


def wish_of(wish_id: UUID) -> Wish:
    return queries.wish_by_id(wish_id)


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form was given, so that pressing twice makes one thing. Raises: BadInputError."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError as error:
        raise BadInputError("season-form") from error


def uuid_in(text: str) -> UUID | None:
    """Return a key as an address or form sends it; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int:
    """Return a version as a form sends it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def seen(request: HttpRequest) -> int | None:
    """Return the version of the thing that the form showed; None where the form is of a new one."""
    return number_in(request.POST["versi"]) if "versi" in request.POST else None


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], error: RembukError | None = None
) -> HttpResponse:
    """Render a page; with an error it says why at its head, with every finding, and what was typed stays."""
    words = {
        "error": sentence(error) if error else "",
        "findings": getattr(error, "findings", ()),
    }
    return render(request, template, {**context, **words}, status=error.status if error else 200)


def tabs(hat: Hat, season: Season, tab: str) -> dict[str, Any]:
    """Return what the head of every page of a season asks."""
    return {
        "season": season,
        "tab": tab,
        "may_setup": allows(hat, "setup", season),
        "may_plan": allows(hat, "plan", season),
    }


def sheet(
    request: HttpRequest, name: str, title: str, head: Sequence[str], lines: Iterable[Sequence[str | int | None]]
) -> HttpResponse:
    """Return lines as a file called *name*: CSV where the address says ``bentuk=csv``, else XLSX."""
    if request.GET.get("bentuk") == "csv":
        kind, content = "csv", csv_bytes(head, lines)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    else:
        kind, content = "xlsx", xlsx_bytes([(title, head, lines)])
        response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
