"""F12a: each problem with its cause, the potentials that help, the ways to meet it, and which of them are feasible."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.assessment import services
from rembuk.assessment.labels import FIELDS
from rembuk.assessment.models import Action, Assessment, Entry
from rembuk.assessment.queries import inventory, studies_of
from rembuk.assessment.views.common import (
    action_of,
    address,
    assessment_of,
    attempt,
    done,
    entry_of,
    key_of,
    show,
    some_key,
    whole,
)
from rembuk.shared import clock, panels
from rembuk.shared.web import page, worn

FEASIBLE: Mapping[str, bool | None] = {"": None, "ya": True, "tidak": False}


@page("assessment.read", of=assessment_of)
def index(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The whole list F12a: problem, cause, potentials, alternatives, feasible action."""
    studies = studies_of(assessment)
    state = request.GET.get("keadaan", "")
    if state == "belum":
        studies = [study for study in studies if not study.studied]
    elif state == "layak":
        studies = [study for study in studies if study.feasible]
    context = {
        "studies": list(enumerate(studies, start=1)),
        "count": len(studies),
        "state": state,
        "next": next((study.problem for study in studies if not study.studied), None),
    }
    return show(request, "studies.html", assessment, context)


@page("assessment.read", of=entry_of)
def one(request: HttpRequest, problem: Entry) -> HttpResponse:
    """One problem to study."""
    return study_page(request, problem)


def study_page(request: HttpRequest, problem: Entry, refused: str = "", status: int = 200) -> HttpResponse:
    assessment = problem.assessment
    post = request.POST if request.method == "POST" else None
    actions = list(problem.actions.order_by("created_at", "id"))
    told = panels.for_many("action", [action.id for action in actions], worn(request))
    order = [study.problem.id for study in studies_of(assessment)]
    place = order.index(problem.id) if problem.id in order else -1
    chosen = set(post.getlist("potensi")) if post is not None and "penyebab" in post else set(problem.potentials)
    context = {
        "problem": problem,
        "cause": post.get("penyebab", problem.cause) if post is not None else problem.cause,
        "version": problem.version,
        "potentials": [(row, str(row.id) in chosen) for row in inventory(assessment, "potential")],
        "fields": FIELDS.items(),
        "actions": [(action, told[action.id]) for action in actions],
        "typed_action": post.get("tindakan", "") if post is not None else "",
        "refused": refused,
        "place": place + 1,
        "of": len(order),
        "following": order[place + 1] if 0 <= place < len(order) - 1 else None,
        "before": order[place - 1] if place > 0 else None,
    }
    return show(request, "study.html", assessment, context, status=status)


@page("assessment.study", of=entry_of, methods=("POST",))
def save(request: HttpRequest, problem: Entry) -> HttpResponse:
    """Store cause, potentials and bidang."""
    post, hat, at = request.POST, worn(request), clock.now()
    keys = [key for text in post.getlist("potensi") if (key := some_key(text)) is not None]

    def act() -> object:
        return services.study_problem(
            entry_id=problem.id,
            version=whole(post.get("versi", "")),
            cause=post.get("penyebab", ""),
            potentials=keys,
            field=whole(post.get("bidang", "")) or None,
            actor=hat,
            at=at,
        )

    return after(request, problem.id, act, _("Pengkajian tersimpan."))


def after(request: HttpRequest, problem_id: UUID, act: object, told: str) -> HttpResponse:
    refused, status = attempt(request, act, told)  # type: ignore[arg-type]
    if refused:
        return study_page(request, entry_of(problem_id), refused, status)
    return redirect(address(request, "study", problem_id))


@page("assessment.study", of=entry_of, methods=("POST",))
def add_action(request: HttpRequest, problem: Entry) -> HttpResponse:
    """Write one way to meet the problem."""
    return write_action(request, problem.id, key_of(request.POST.get("kunci", "")))


def write_action(request: HttpRequest, problem_id: UUID, key: UUID) -> HttpResponse:
    post, hat, at = request.POST, worn(request), clock.now()

    def act() -> object:
        return services.put_action(
            action_id=key,
            problem_id=problem_id,
            text=post.get("tindakan", ""),
            feasible=FEASIBLE.get(post.get("layak", "")),
            reason=post.get("alasan", ""),
            version=whole(post.get("versi", "")),
            actor=hat,
            at=at,
        )

    return after(request, problem_id, act, _("Tindakan tersimpan."))


@page("assessment.study", of=action_of, methods=("POST",))
def save_action(request: HttpRequest, action: Action) -> HttpResponse:
    """Correct a way, or say whether it is feasible."""
    return write_action(request, action.problem_id, action.id)


@page("assessment.study", of=action_of, methods=("POST",))
def remove_action(request: HttpRequest, action: Action) -> HttpResponse:
    """Take a way out."""
    hat, at = worn(request), clock.now()
    return done(
        request,
        lambda: services.remove_action(action_id=action.id, actor=hat, at=at),
        _("Tindakan dihapus."),
        address(request, "study", action.problem_id),
    )
