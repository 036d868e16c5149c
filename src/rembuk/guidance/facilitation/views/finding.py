"""How the pages of this room find their thing, read what was typed, run an act and answer a refusal."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rembuk.core.errors import Finding, RembukError
from rembuk.core.guidance.facilitation import Known
from rembuk.core.hat import Hat, Place
from rembuk.guidance.facilitation import queries
from rembuk.guidance.facilitation.models import Facilitation, Guide, Turn
from rembuk.guidance.facilitation.services import Uploaded
from rembuk.shared import clock
from rembuk.shared.web import opens, worn

Page = Callable[..., HttpResponse]


def forum_of(forum_id: UUID) -> Facilitation:
    return queries.forum_by_id(forum_id)


class RowOf:
    """A row of a forum, judged by the rights over its forum."""

    def __init__(self, forum_id: UUID, row: Guide | Turn) -> None:
        self.forum, self.row = queries.forum_by_id(forum_id), row

    @property
    def place(self) -> Place:
        return self.forum.place

    @property
    def closed(self) -> bool:
        return self.forum.closed


def guide_of(guide_id: UUID) -> RowOf:
    row = Guide.objects.get(pk=guide_id)
    return RowOf(row.facilitation_id, row)


def turn_of(turn_id: UUID) -> RowOf:
    row = Turn.objects.get(pk=turn_id)
    return RowOf(row.facilitation_id, row)


def done(
    request: HttpRequest,
    forum: Facilitation,
    show: Page,
    words: str,
    act: Callable[[Hat, datetime], object],
    to: str,
) -> HttpResponse:
    """Run one act and go to the route *to*; a refusal shows the page again with what was typed."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, forum_of(forum.pk), error=error, status=error.status)
    messages.success(request, words)
    return redirect(to, forum_id=forum.pk)


def facts_for(hat: Hat | None, facts: Mapping[str, Known]) -> dict[str, Known]:
    """Return the facts with the links that the role may follow."""
    return {name: replace(fact, link=fact.link if opens(hat, fact.link) else "") for name, fact in facts.items()}


def findings_for(hat: Hat | None, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the links that the role may follow; names of parts are no addresses."""
    return [
        replace(each, link=each.link if each.link.startswith("/") and opens(hat, each.link) else "")
        for each in findings
    ]


def key_of(request: HttpRequest, name: str = "kunci") -> UUID:
    """Return the key that the form was made with, so that a double press stores once."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid4()


def day_of(request: HttpRequest, name: str = "hari") -> date | None:
    """Return a typed day, None when it is empty or unreadable."""
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        return None


def number_of(request: HttpRequest, name: str) -> int | None:
    """Return a typed whole number, None when it is empty or unreadable."""
    text = request.POST.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def photo_of(request: HttpRequest) -> Uploaded | None:
    given = request.FILES.get("foto")
    return Uploaded(given, given.name or "foto") if given is not None else None
