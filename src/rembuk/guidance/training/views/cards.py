"""Cards of participants: printed in the office, and what their code opens on a phone that nobody has signed in on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import RefusedError, RembukError
from rembuk.core.guidance.kirkpatrick import REACTION
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.models import BatchTest, Enrolment, Reaction, TrainingBatch
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.guidance.training.views.finding import asked_test, batch_of, qr_of, told
from rembuk.guidance.training.views.testing import answers_of, marks_of, react_context, take_context
from rembuk.shared import clock
from rembuk.shared.web import page


@page("training.attend", of=batch_of)
def cards(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """One card for each participant, to print and cut apart."""
    rows = []
    for enrolment in queries.carded(found.pk):
        code = services.card_code(enrolment)
        address = request.build_absolute_uri(reverse("training:card", args=(found.pk, code)))
        rows.append((enrolment, services.shown_card(code), qr_of(address)))
    door = request.build_absolute_uri(reverse("training:card_door", args=(found.pk,)))
    return render(request, "training/cards.html", {"batch": found, "rows": rows, "door": door})


@page("training.card", of=batch_of)
def door(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Where a code is typed that no camera reads."""
    text = request.GET.get("kode", "").strip()[:40]
    error: RembukError | None = None
    if text:
        try:
            holder = services.holder_of(found.pk, text)
        except RefusedError as caught:
            error = caught
        else:
            return redirect("training:card", found.pk, services.card_code(holder))
    context = {"batch": found, "code": text, **told(error)}
    return render(request, "training/card_door.html", context, status=error.status if error else 200)


def holder(batch_id: UUID, code: str) -> Enrolment:
    """Return whose card it is. Raises: Http404."""
    try:
        return services.holder_of(batch_id, code)
    except RefusedError as error:
        raise Http404 from error


@page("training.card")
def card(request: HttpRequest, batch_id: UUID, code: str) -> HttpResponse:
    """What the holder of a card can do now: open tests, and the sheet once the class runs."""
    mine = holder(batch_id, code)
    handed = set(mine.attempts.filter(handed_in_at__isnull=False).values_list("test_id", flat=True))
    tests = [
        (test, test.pk in handed)
        for test in queries.tests_of(batch_id)
        if services.may_take(test, mine) or test.pk in handed
    ]
    context = {
        "batch": mine.batch,
        "mine": mine,
        "code": code,
        "tests": tests,
        "reacted": Reaction.objects.filter(enrolment=mine).exists(),
        "may_react": mine.batch.taught and mine.state in PRESENT_STATES,
    }
    return render(request, "training/card.html", context)


def test_of(test_id: UUID) -> BatchTest:
    """Return one test. Raises: Http404."""
    try:
        return asked_test(test_id)
    except BatchTest.DoesNotExist as error:
        raise Http404 from error


@page("training.card", methods=("GET", "POST"))
def take(request: HttpRequest, batch_id: UUID, code: str, test_id: UUID) -> HttpResponse:
    """A test by card, as one page."""
    mine, found = holder(batch_id, code), test_of(test_id)
    if found.batch_id != batch_id or not services.may_take(found, mine):
        raise Http404
    context: dict[str, Any] = {"mine": mine, "code": code}
    if request.method == "GET":
        return render(request, "training/card_take.html", {**context, **take_context(found, mine)})
    answers, handing = answers_of(request), "serahkan" in request.POST
    try:
        paper = services.answer_by_card(
            batch_id=batch_id, code=code, test_id=test_id, answers=answers, hand_in=handing, at=clock.now()
        )
    except RembukError as error:
        context |= take_context(found, mine, error, answers)
        return render(request, "training/card_take.html", context, status=error.status)
    if handing:
        messages.success(request, _("Jawaban Anda diserahkan. Nilai: %(score)s.") % {"score": paper.score})
        return redirect("training:card", batch_id, code)
    messages.success(request, _("Jawaban Anda tersimpan. Belum diserahkan."))
    return redirect("training:card_take", batch_id, code, test_id)


@page("training.card", methods=("GET", "POST"))
def react(request: HttpRequest, batch_id: UUID, code: str) -> HttpResponse:
    """The reaction sheet by card."""
    mine = holder(batch_id, code)
    error: RembukError | None = None
    if request.method == "POST":
        try:
            services.react_by_card(
                batch_id=batch_id,
                code=code,
                marks=marks_of(request, REACTION),
                words=request.POST.get("kesan", ""),
                at=clock.now(),
            )
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Terima kasih. Lembar reaksi Anda tersimpan tanpa nama di halaman hasil."))
            return redirect("training:card", batch_id, code)
    context = {"mine": mine, "code": code, **react_context(request, mine, error)}
    return render(request, "training/card_react.html", context, status=error.status if error else 200)
