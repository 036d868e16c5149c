"""One draft at the desk: taken in or sent back, worked through item by item, its result drafted and signed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.desk_checklists import list_version
from rembuk.core.guidance.desk_signing import may_forward, signers_of
from rembuk.core.guidance.desk_states import OPEN, DeskState, ItemMark, result_of, unmarked
from rembuk.core.hat import Hat, Role
from rembuk.cycles.calendar import local_day
from rembuk.guidance.evaluation import queries, services
from rembuk.guidance.evaluation.labels import DESK_NAMES, KINDS, MARKS, RESULT_CHIPS, RESULTS, STATE_CHIPS, STATES
from rembuk.guidance.evaluation.models import Mark, Review
from rembuk.guidance.evaluation.permissions import allows
from rembuk.guidance.evaluation.services import MarksRefusedError, MarkValues, SignValues
from rembuk.guidance.evaluation.showing import (
    FIELDS,
    answers_of,
    changes_of,
    item_lines,
    papers_of,
    rights,
    sees_marks,
    yes_count,
)
from rembuk.guidance.evaluation.standards import Clocks, delegation_of
from rembuk.guidance.evaluation.subjects import subject_again
from rembuk.guidance.evaluation.views.finding import review_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence


@page("evaluation.read", of=review_of)
def review(request: HttpRequest, found: Review) -> HttpResponse:
    """A draft at the desk with everything that is known of it."""
    return show(request, found)


def show(
    request: HttpRequest, found: Review, *, error: RembukError | None = None, form: str = "", status: int = 200
) -> HttpResponse:
    hat, today = hat_of(request), local_day(found.village.regency, clock.now())
    typed: Mapping[str, str] = request.POST.dict() if error is not None else {}
    state = DeskState(found.state)
    subject = subject_again(found) if state in OPEN else None
    problems = error.problems if isinstance(error, MarksRefusedError) else {}
    lines = item_lines(found, hat, subject, typed=typed if form == "marks" else None, problems=problems)
    may = rights(hat, found)
    delegation = found.delegation or delegation_of(found, today)
    context: dict[str, Any] = {
        "review": found,
        "paper_subject": f"review:{found.pk}",
        "kind": KINDS[found.checks],
        "desk_name": DESK_NAMES[found.checks],
        "kind_code": found.checks.removeprefix("EV-").lower(),
        "state": RESULTS[found.result] if found.signed else STATES[found.state],
        "chip": RESULT_CHIPS[found.result] if found.signed else STATE_CHIPS[found.state],
        "clock": Clocks(today).of(found),
        "today": today,
        "delegation": delegation,
        "is_apb": found.checks == "EV-APB",
        "lapsed": found.apbdes is not None and found.apbdes.state == queries.LAPSED,
        "lines": lines,
        "asked": [line for line in lines if line.mark is not None and line.mark.fix] if found.signed else [],
        "in_village": hat is not None and bool(hat.place.village),
        "list": list_version(found.checks, found.list_version),
        "sees_marks": sees_marks(hat, found),
        "marked": sum(line.mark is not None for line in lines),
        "papers": papers_of(found),
        "missing": sum(row["held"] == "missing" for row in found.completeness),
        "changes": changes_of(found),
        "rounds": queries.rounds_of(found),
        "drifted": subject is None or subject.digest != found.digest if state in OPEN else False,
        "marks": [(code.value, MARKS[code]) for code in ItemMark],
        "mended": Mark.Mended.choices,
        "typed": typed,
        "form": form,
        "error": sentence(error) if error is not None else "",
        **own_answers(found, hat),
        **may,
        **acting(found, hat, may, delegated=delegation is not None),
    }
    context["result_words"] = RESULTS[result_of({n: line.typed["mark"] for n, line in enumerate(lines, 1)})]
    context["left"] = unmarked([line.item.number for line in lines], {k.item.number: k.typed["mark"] for k in lines})
    context["stand_in"] = standing_in(Role.PTP, found.village.place, today) if state is DeskState.SUBMITTED else None
    return render(request, "evaluation/review.html", context, status=status)


def own_answers(found: Review, hat: Hat | None) -> dict[str, Any]:
    """Return the village's own check as it was sent along; its count only where the village lets it be seen."""
    answers = answers_of(found)
    shows = found.self_check.get("show_score", False) or (hat is not None and bool(hat.place.village))
    score = yes_count(found.self_check.get("answers", {})) if answers and shows else None
    return {"answers": answers, "score": score}


def acting(found: Review, hat: Hat | None, may: Mapping[str, bool], *, delegated: bool) -> dict[str, bool]:
    """Return which forms stand open in this state."""
    state = DeskState(found.state)
    signer = hat is not None and hat.role in signers_of(found.checks, delegated=delegated)
    can_forward = not found.at_regency and state in OPEN and state is not DeskState.INCOMPLETE
    correctable = state is DeskState.INCOMPLETE or (found.signed and found.result != "conform")
    return {
        "registers": may["may_register"] and state is DeskState.SUBMITTED,
        "assesses": may["may_assess"] and state is DeskState.UNDER_REVIEW,
        "reopens": may["may_assess"] and state is DeskState.RESULT_DRAFT,
        "signs": may["may_sign"] and state is DeskState.RESULT_DRAFT and signer,
        "recuses": may["may_recuse"] and state in OPEN and hat is not None and not found.is_recused(hat.person_id),
        "forwards": may["may_forward"] and can_forward and may_forward(found.checks, delegated=delegated),
        "resubmits": correctable and allows(hat, "submit", found),
        "waits_for_signature": state is DeskState.RESULT_DRAFT,
    }


def done(request: HttpRequest, found: Review, form: str, words: str, act: Callable[[Hat, Any], object]) -> HttpResponse:
    """Run one act; a refusal shows the page again with what was typed."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, review_of(found.pk), error=error, form=form, status=error.status)
    messages.success(request, words)
    return redirect("evaluation:review", review_id=found.pk)


def version_of(request: HttpRequest) -> int:
    text = request.POST.get("versi", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@page("evaluation.register", of=review_of, methods=("POST",))
def register(request: HttpRequest, found: Review) -> HttpResponse:
    """Take the draft in; the clock starts."""
    post = request.POST

    def act(hat: Hat, at: Any) -> object:
        return services.register(
            review_id=found.pk, number=post.get("nomor", ""), day=post.get("tanggal", ""), actor=hat, at=at
        )

    return done(request, found, "register", _("Terdaftar. Hari pemeriksaan mulai dihitung."), act)


@page("evaluation.register", of=review_of, methods=("POST",))
def give_back(request: HttpRequest, found: Review) -> HttpResponse:
    """Send the draft back because something is lacking."""

    def act(hat: Hat, at: Any) -> object:
        reason = request.POST.get("alasan", "")
        return services.return_incomplete(review_id=found.pk, reason=reason, actor=hat, at=at)

    return done(request, found, "give_back", _("Dikembalikan ke Desa. Hari belum dihitung."), act)


@page("evaluation.recuse", of=review_of, methods=("POST",))
def recuse(request: HttpRequest, found: Review) -> HttpResponse:
    """Say that one is too close to the village."""

    def act(hat: Hat, at: Any) -> object:
        return services.recuse(review_id=found.pk, reason=request.POST.get("hubungan", ""), actor=hat, at=at)

    return done(request, found, "recuse", _("Tercatat. Penilai lain yang melanjutkan."), act)


@page("evaluation.forward", of=review_of, methods=("POST",))
def forward(request: HttpRequest, found: Review) -> HttpResponse:
    """Hand the verified draft on to DPMD."""

    def act(hat: Hat, at: Any) -> object:
        return services.forward(review_id=found.pk, note=request.POST.get("catatan", ""), actor=hat, at=at)

    return done(request, found, "forward", _("Diteruskan ke DPMD."), act)


@page("evaluation.assess", of=review_of, methods=("POST",))
def save_marks(request: HttpRequest, found: Review) -> HttpResponse:
    """Keep what was found of the items."""
    post = request.POST
    numbers = [item.number for item in list_version(found.checks, found.list_version).items]
    marks = [
        MarkValues(number, **{name: post.get(f"{field}-{number}", "") for name, field in FIELDS.items()})
        for number in numbers
    ]

    def act(hat: Hat, at: Any) -> object:
        return services.save_marks(review_id=found.pk, marks=marks, version=version_of(request), actor=hat, at=at)

    return done(request, found, "marks", _("Penilaian tersimpan."), act)


@page("evaluation.assess", of=review_of, methods=("POST",))
def draft_result(request: HttpRequest, found: Review) -> HttpResponse:
    """Let the result follow from the marks; the letter waits for its signature."""

    def act(hat: Hat, at: Any) -> object:
        closing = request.POST.get("penutup", "")
        return services.draft_result(review_id=found.pk, closing=closing, version=version_of(request), actor=hat, at=at)

    return done(request, found, "draft", _("Hasil tersusun. Cetak suratnya untuk ditandatangani."), act)


@page("evaluation.assess", of=review_of, methods=("POST",))
def reopen(request: HttpRequest, found: Review) -> HttpResponse:
    """Take a drafted result back to the items."""

    def act(hat: Hat, at: Any) -> object:
        return services.reopen(review_id=found.pk, version=version_of(request), actor=hat, at=at)

    return done(request, found, "reopen", _("Dibuka lagi. Hari tetap berjalan."), act)


@page("evaluation.sign", of=review_of, methods=("POST",))
def sign(request: HttpRequest, found: Review) -> HttpResponse:
    """Record the signed letter."""
    post, given = request.POST, request.FILES.get("berkas")
    values = SignValues(
        number=post.get("nomor", ""),
        day=post.get("tanggal", ""),
        signer_name=post.get("penanda", ""),
        file=given,
        file_name=(given.name or "") if given is not None else "",
    )

    def act(hat: Hat, at: Any) -> object:
        return services.sign_result(review_id=found.pk, values=values, actor=hat, at=at)

    return done(request, found, "sign", _("Hasil terbit. Desa sudah diberi tahu."), act)
