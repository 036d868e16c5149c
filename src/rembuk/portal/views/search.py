"""Search over villages, proposals, activities and papers of every village."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.portal.queries.searching import KINDS, LONGEST, words_of
from rembuk.proposals.public_words import Cover, covers_of
from rembuk.shared.web import page

PER_PAGE = 25
FIRST = 5


@page("portal.search")
def search(request: HttpRequest) -> HttpResponse:
    """Show the first of each kind, or one kind page by page. Ten queries at most."""
    text = " ".join(request.GET.get("cari", "").replace("\x00", " ").split())[:LONGEST]
    kind = request.GET.get("jenis", "") if request.GET.get("jenis") in KINDS else ""
    words = words_of(text)
    context: dict[str, Any] = {"text": text, "kind": kind, "kinds": KINDS.items(), "asked": bool(words)}
    if words:
        wanted = [kind] if kind else list(KINDS)
        pages = {name: page_of(name, words, request.GET.get("hal"), alone=bool(kind)) for name in wanted}
        villages = [one for name, shown in pages.items() for one in KINDS[name].villages(list(shown.object_list))]
        covers = covers_of(villages)
        context["groups"] = [group_of(name, shown, covers) for name, shown in pages.items()]
        context["count"] = sum(group["page"].paginator.count for group in context["groups"])
    return render(request, "portal/search.html", context)


def page_of(name: str, words: list[str], number: str | None, *, alone: bool) -> Page[Any]:
    """Return the rows of one kind that are shown, read."""
    shown = Paginator(KINDS[name].rows(words), PER_PAGE if alone else FIRST).get_page(number if alone else 1)
    shown.object_list = list(shown.object_list)
    return shown


def group_of(name: str, shown: Page[Any], covers: Mapping[str, Cover]) -> dict[str, Any]:
    kind = KINDS[name]
    return {"key": name, "title": kind.title, "page": shown, "hits": kind.hits(list(shown.object_list), covers)}
