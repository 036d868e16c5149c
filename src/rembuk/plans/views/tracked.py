"""A comment behind its receipt code: the writer reads what became of it, without an account."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.plans.comment_board import comment_by_receipt
from rembuk.plans.comment_labels import COMMENT_CHIPS, COMMENT_SENTENCES, COMMENT_STATES
from rembuk.plans.models import DraftComment
from rembuk.proposals.tracking import Shown


def page_of_receipt(code: str) -> Shown | None:
    """Return how the comment of a receipt code is shown, or None where the code is no comment's."""
    found = comment_by_receipt(code)
    return None if found is None else partial(shown, comment=found)


def shown(request: HttpRequest, comment: DraftComment) -> HttpResponse:
    """Show a comment and its answer to who holds the code: the covered words, never a name."""
    context = {
        "comment": comment,
        "plan": comment.window.plan,
        "state": COMMENT_STATES[comment.state],
        "chip": COMMENT_CHIPS[comment.state],
        "sentence": COMMENT_SENTENCES[comment.state],
    }
    return render(request, "plans/comment_tracked.html", context)
