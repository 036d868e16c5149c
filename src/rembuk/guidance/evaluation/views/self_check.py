"""The village's self-check: twenty questions in plain words, with what the program knows beside each."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.desk_checklists import list_on
from rembuk.core.guidance.desk_facts import Suggestions
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle
from rembuk.guidance.evaluation import queries, services
from rembuk.guidance.evaluation.gathering import suggestions_of
from rembuk.guidance.evaluation.labels import ANSWERS
from rembuk.guidance.evaluation.models import SelfCheck
from rembuk.guidance.evaluation.permissions import allows
from rembuk.guidance.evaluation.showing import yes_count
from rembuk.guidance.evaluation.subjects import find_subject
from rembuk.guidance.evaluation.views.finding import cycle_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence

SUGGESTED: Mapping[str, str] = {"CONFORM": "yes", "NOTE": "no", "NOT_CONFORM": "no", "NA": "na"}


@page("evaluation.read_self_check")
def index(request: HttpRequest) -> HttpResponse:
    """Lead a village to the self-check of its current cycle."""
    hat = worn(request)
    cycle = current_cycle(hat.place.village) if hat.place.village else None
    if cycle is None:
        return render(request, "evaluation/self_check_none.html")
    return redirect("evaluation:self_check", cycle_id=cycle.pk)


@page("evaluation.read_self_check", of=cycle_of)
def self_check(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The questions with the village's answers."""
    return show(request, cycle)


@page("evaluation.self_check", of=cycle_of, methods=("POST",))
def save(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Keep the answers."""
    post = request.POST
    text = post.get("versi", "")
    numbers = range(1, 100)
    answers = {
        number: (post.get(f"jawab-{number}", ""), post.get(f"catatan-{number}", ""))
        for number in numbers
        if f"jawab-{number}" in post or f"catatan-{number}" in post
    }
    try:
        services.save_self_check(
            cycle_id=cycle.pk,
            answers=answers,
            show_score=post.get("tampil") == "ya",
            version=int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, cycle, error=error, status=error.status)
    messages.success(request, _("Jawaban tersimpan. Ikut terkirim saat rancangan diajukan."))
    return redirect("evaluation:self_check", cycle_id=cycle.pk)


def show(request: HttpRequest, cycle: Cycle, *, error: RembukError | None = None, status: int = 200) -> HttpResponse:
    kept = queries.self_check_of(cycle.pk)
    subject = find_subject(cycle, "EV-RKP")
    facts = suggestions_of(subject) if subject is not None else {}
    typed = request.POST if error is not None else None
    answers = kept.answers if kept is not None else {}
    context: dict[str, Any] = {
        "cycle": cycle,
        "kept": kept,
        "rows": rows_of(typed, kept, facts),
        "choices": list(ANSWERS.items()),
        "score": yes_count(answers),
        "answered": sum(bool(row.get("answer")) for row in answers.values()),
        "show_score": typed.get("tampil") == "ya" if typed is not None else kept is not None and kept.show_score,
        "has_draft": subject is not None,
        "may_answer": allows(hat_of(request), "self_check", cycle),
        "may_submit": allows(hat_of(request), "submit", cycle),
        "error": sentence(error) if error is not None else "",
    }
    return render(request, "evaluation/self_check.html", context, status=status)


def rows_of(typed: Mapping[str, str] | None, kept: SelfCheck | None, facts: Suggestions) -> list[dict[str, Any]]:
    """Return each question with its answer, or with the one that the facts suggest where nobody has answered."""
    found = []
    for item in list_on("EV-RKP", clock.today()).items:
        row = kept.answers.get(str(item.number), {}) if kept is not None else {}
        answer, note = row.get("answer", ""), row.get("note", "")
        if typed is not None:
            answer, note = typed.get(f"jawab-{item.number}", ""), typed.get(f"catatan-{item.number}", "")
        fact = facts.get(item.number)
        suggested = SUGGESTED.get(fact.lean, "") if fact is not None and not answer and kept is None else ""
        found.append(
            {
                "item": item,
                "answer": answer or suggested,
                "suggested": bool(suggested),
                "words": ANSWERS.get(answer, _("belum dijawab")),
                "note": note,
                "fact": fact,
            }
        )
    return found
