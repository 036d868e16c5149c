"""The public check of a paper by its code: without login, without names of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rembuk.documents import queries
from rembuk.documents.rendering import shown_code
from rembuk.proposals.public_words import public_text
from rembuk.shared import papers
from rembuk.shared.web import page


@page("documents.verify")
def ask(request: HttpRequest) -> HttpResponse:
    """The form that takes a code, or leads on to its page."""
    code = papers.read_code(request.GET.get("kode", ""))[:40]
    if code.isalnum():
        return redirect("documents:verify", code=code)
    return render(request, "documents/verify_ask.html", {"typed": request.GET.get("kode", "")[:40]})


@page("documents.verify")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether the archive has a paper with this code and whether it is still what it was."""
    paper = papers.by_code(code)
    if paper is None:
        return render(request, "documents/verify_unknown.html", {"typed": code[:40]}, status=404)
    newest = queries.versions_of(paper.code, paper.subject).first()
    context = {
        "paper": paper,
        "title": public_text(paper.title),
        "valid": papers.unaltered(paper),
        "village": queries.village_names([paper]).get(paper.village_key, paper.village_key),
        "shown_code": shown_code(paper.verify_code),
        "newer": newest is not None and newest.version_no > paper.version_no,
    }
    return render(request, "documents/verify.html", context)
