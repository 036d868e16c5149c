"""Search over villages, proposals, activities and papers of every village."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.portal.queries.searching import KINDS, LONGEST, words_of
from rembuk.shared.web import page

PER_PAGE = 25
FIRST = 5


@page("portal.search")
def search(request: HttpRequest) -> HttpResponse:
    """Show the first of each kind, or one kind page by page. Nine queries at most."""
    text = " ".join(request.GET.get("cari", "").replace("\x00", " ").split())[:LONGEST]
    kind = request.GET.get("jenis", "") if request.GET.get("jenis") in KINDS else ""
    words = words_of(text)
    context: dict[str, Any] = {"text": text, "kind": kind, "kinds": KINDS.items(), "asked": bool(words)}
    if words:
        wanted = [kind] if kind else list(KINDS)
        context["groups"] = [group_of(name, words, request.GET.get("hal"), alone=bool(kind)) for name in wanted]
        context["count"] = sum(group["page"].paginator.count for group in context["groups"])
    return render(request, "portal/search.html", context)


def group_of(name: str, words: list[str], number: str | None, *, alone: bool) -> dict[str, Any]:
    kind = KINDS[name]
    shown = Paginator(kind.rows(words), PER_PAGE if alone else FIRST).get_page(number if alone else 1)
    return {"key": name, "title": kind.title, "page": shown, "hits": kind.hits(list(shown.object_list))}
