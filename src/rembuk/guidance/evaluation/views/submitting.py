"""A village looks once more at what it hands in, and hands it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.desk_papers import with_declared
from rembuk.core.workflow.apb_evaluation import ApbState
from rembuk.guidance.evaluation import queries, services
from rembuk.guidance.evaluation.labels import DESK_NAMES, HELD, HELD_CHIPS, KINDS
from rembuk.guidance.evaluation.papers import held_papers
from rembuk.guidance.evaluation.services import SubmitValues
from rembuk.guidance.evaluation.showing import yes_count
from rembuk.guidance.evaluation.subjects import subject_of
from rembuk.guidance.evaluation.views.finding import Intake, intake_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


@page("evaluation.submit", of=intake_of, methods=("GET", "POST"))
def submit(request: HttpRequest, target: Intake) -> HttpResponse:
    """What is handed in and what is lacking; POST hands it in."""
    if request.method != "POST":
        return show(request, target)
    post = request.POST
    values = SubmitValues(
        note=post.get("catatan", ""),
        on_paper=post.getlist("kertas"),
        letter_number=post.get("nomor", ""),
        letter_date=post.get("tanggal", ""),
    )
    try:
        made = services.submit_draft(
            cycle_id=target.cycle.pk, checks=target.checks, values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, target, error=error, status=error.status)
    messages.success(request, _("Terkirim. Hari pemeriksaan dihitung sejak didaftarkan."))
    return redirect("evaluation:review", review_id=made.pk)


def show(request: HttpRequest, target: Intake, *, error: RembukError | None = None, status: int = 200) -> HttpResponse:
    typed = request.POST if error is not None else None
    context: dict[str, Any] = {
        "cycle": target.cycle,
        "kind": KINDS[target.checks],
        "kind_code": target.checks.removeprefix("EV-").lower(),
        "desk_name": DESK_NAMES[target.checks],
        "is_apb": target.checks == "EV-APB",
        "typed": typed.dict() if typed is not None else {},
        "error": sentence(error) if error is not None else "",
    }
    try:
        subject = subject_of(target.cycle, target.checks)
    except RembukError as problem:
        context["closed"] = sentence(problem)
        return render(request, "evaluation/submit.html", context, status=status)
    rows = with_declared(held_papers(subject), typed.getlist("kertas") if typed is not None else ())
    answered = queries.self_check_of(target.cycle.pk) if target.checks == "EV-RKP" else None
    state = ApbState(subject.apbdes.state) if subject.apbdes is not None else None
    context |= {
        "rows": [(row, HELD[row.held], HELD_CHIPS[row.held]) for row in rows],
        "there": sum(row.held == "there" for row in rows),
        "items": len(subject.things),
        "asks_self_check": target.checks == "EV-RKP",
        "score": yes_count(answered.answers) if answered is not None else None,
        "asks_letter": state in (ApbState.AGREED, ApbState.CORRECTION),
        "today": clock.today(),
    }
    return render(request, "evaluation/submit.html", context, status=status)
