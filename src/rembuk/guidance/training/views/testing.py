"""Tests of a batch: which questions, on a screen, on paper, the key, and a grid to key papers in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.kirkpatrick import REACTION
from rembuk.guidance.training import queries, services, typed
from rembuk.guidance.training.models import BatchTest, Enrolment, Reaction, TrainingBatch
from rembuk.guidance.training.services import TypedPaper
from rembuk.guidance.training.views.finding import asked_test, batch_of, told, uuids
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


@page("training.tests", of=batch_of, methods=("GET", "POST"))
def tests(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Which sets the tests of a batch ask."""
    if request.method == "GET":
        return tests_page(request, found)
    phase, keys = request.POST.get("tahap", ""), uuids(request.POST.getlist("paket"))
    try:
        services.set_test(batch_id=found.pk, phase=phase, set_ids=keys, actor=worn(request), at=clock.now())
    except RembukError as error:
        return tests_page(request, found, error)
    messages.success(request, _("Soal tes tersimpan. Paket yang dipakai tidak bisa diubah lagi."))
    return redirect("training:tests", found.pk)


def tests_page(request: HttpRequest, found: TrainingBatch, error: RembukError | None = None) -> HttpResponse:
    known = {test.phase: test for test in queries.tests_of(found.pk)}
    sets = [one for one in queries.newest_sets(found.regency_id) if one.count]  # type: ignore[attr-defined]
    rows = []
    for phase in BatchTest.Phase:
        test = known.get(phase.value)
        chosen = {part.set_id for part in test.parts.all()} if test else set()
        rows.append((phase, test, chosen))
    empty = [(topic, TOPICS[topic]) for topic in found.topics if topic not in {one.topic for one in sets}]
    context = {
        "batch": found,
        "rows": rows,
        "sets": sets,
        "topic_names": TOPICS,
        "empty": empty,
        "phase": request.POST.get("tahap", ""),
        **told(error),
    }
    return render(request, "training/tests.html", context, status=error.status if error else 200)


@page("training.tests", of=asked_test, methods=("POST",))
def switch(request: HttpRequest, found: BatchTest) -> HttpResponse:
    """Open or close a test."""
    act = services.close_test if request.POST.get("langkah") == "tutup" else services.open_test
    try:
        test = act(test_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tes dibuka.") if test.is_open else _("Tes ditutup."))
    return redirect("training:tests", found.batch_id)


@page("training.take", of=asked_test, methods=("GET", "POST"))
def take(request: HttpRequest, found: BatchTest) -> HttpResponse:
    """The test on a screen, as one page. What was ticked is kept by "Simpan dulu", and counts after "Serahkan"."""
    hat = worn(request)
    mine = queries.enrolment_of(hat.person_id, found.batch_id)
    if mine is None or not services.may_take(found, mine):
        return render(request, "training/take_not.html", {"test": found, "batch": found.batch}, status=409)
    if request.method == "GET":
        return take_page(request, found, mine)
    answers, handing = answers_of(request), "serahkan" in request.POST
    try:
        paper = services.answer(test_id=found.pk, answers=answers, hand_in=handing, actor=hat, at=clock.now())
    except RembukError as error:
        return take_page(request, found, mine, error, answers)
    if handing:
        messages.success(request, _("Jawaban Anda diserahkan. Nilai: %(score)s.") % {"score": paper.score})
        return redirect("training:mine")
    messages.success(request, _("Jawaban Anda tersimpan. Belum diserahkan."))
    return redirect("training:take", found.pk)


def answers_of(request: HttpRequest) -> dict[int, str]:
    """Return the answers that a form ticked: place -> letter."""
    return {
        int(name.removeprefix("j-")): str(letter)
        for name, letter in request.POST.items()
        if name.startswith("j-") and name.removeprefix("j-").isdecimal()
    }


def take_page(
    request: HttpRequest,
    found: BatchTest,
    mine: Enrolment,
    error: RembukError | None = None,
    answers: dict[int, str] | None = None,
) -> HttpResponse:
    context = take_context(found, mine, error, answers)
    return render(request, "training/take.html", context, status=error.status if error else 200)


def take_context(
    found: BatchTest, mine: Enrolment, error: RembukError | None = None, answers: dict[int, str] | None = None
) -> dict[str, Any]:
    """Return what the page of a test shows of one person's paper."""
    paper = found.attempts.filter(enrolment=mine).first()
    kept = {int(place): letter for place, letter in paper.answers.items()} if paper else {}
    given = answers if answers is not None else kept
    questions = queries.paper_of(found) if found.is_open and not (paper and paper.handed_in_at) else []
    return {
        "test": found,
        "batch": found.batch,
        "paper": paper,
        "questions": [(asked, given.get(asked.place, "")) for asked in questions],
        "answered": sum(bool(letter) for letter in given.values()),
        **told(error),
    }


@page("training.tests", of=asked_test)
def paper(request: HttpRequest, found: BatchTest) -> HttpResponse:
    """The test to print, without its key."""
    return print_page(request, found, key=False)


@page("training.tests", of=asked_test)
def key(request: HttpRequest, found: BatchTest) -> HttpResponse:
    """The key of a test, for the trainer."""
    return print_page(request, found, key=True)


def print_page(request: HttpRequest, found: BatchTest, *, key: bool) -> HttpResponse:
    context = {"test": found, "batch": found.batch, "questions": queries.paper_of(found), "key": key}
    return render(request, "training/paper.html", context)


@page("training.tests", of=asked_test, methods=("GET", "POST"))
def grid(request: HttpRequest, found: BatchTest) -> HttpResponse:
    """Papers keyed in, one line a person: letters, or only the score."""
    if request.method == "GET":
        return grid_page(request, found, {})
    rows = [
        TypedPaper(row.pk, request.POST.get(f"huruf-{row.pk}", ""), request.POST.get(f"nilai-{row.pk}", ""))
        for row in services.takers(found)
    ]
    try:
        keyed = services.key_in_papers(test_id=found.pk, rows=rows, actor=worn(request), at=clock.now())
    except RembukError as error:
        return grid_page(request, found, {}, error)
    if keyed.refused:
        return grid_page(request, found, {key: sentence(error) for key, error in keyed.refused.items()})
    messages.success(request, _("%(count)s lembar tersimpan.") % {"count": keyed.kept})
    return redirect("training:grid", found.pk)


def grid_page(
    request: HttpRequest, found: BatchTest, refused: dict[UUID, str], error: RembukError | None = None
) -> HttpResponse:
    papers, again = queries.attempts_of(found.pk), request.method == "POST"
    rows: list[Any] = []
    count = len(queries.paper_of(found))
    for person in services.takers(found):
        there = papers.get(person.pk)
        letters = request.POST.get(f"huruf-{person.pk}", "") if again and (error or person.pk in refused) else ""
        score = request.POST.get(f"nilai-{person.pk}", "") if again and (error or person.pk in refused) else ""
        rows.append((person, there, letters, score, refused.get(person.pk, "")))
    context = {
        "test": found,
        "batch": found.batch,
        "rows": rows,
        "count": count,
        "refused": len(refused),
        **told(error),
    }
    status = error.status if error else 400 if refused else 200
    return render(request, "training/grid.html", context, status=status)


def marks_of(request: HttpRequest, names: Any, prefix: str = "") -> dict[str, int]:
    """Return the marks that were chosen; one that is no number is left out, and missed later."""
    found = {}
    for name in names:
        mark = typed.whole(request.POST.get(f"{prefix}{name}", ""), 0, 99)
        if mark is not None:
            found[name] = mark
    return found


@page("training.take", of=batch_of, methods=("GET", "POST"))
def react(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """The reaction sheet of the person themselves."""
    hat = worn(request)
    mine = queries.enrolment_of(hat.person_id, found.pk)
    if mine is None:
        return render(request, "training/take_not.html", {"batch": found}, status=409)
    error: RembukError | None = None
    if request.method == "POST":
        try:
            services.react(
                batch_id=found.pk,
                marks=marks_of(request, REACTION),
                words=request.POST.get("kesan", ""),
                actor=hat,
                at=clock.now(),
            )
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Terima kasih. Lembar reaksi Anda tersimpan tanpa nama di halaman hasil."))
            return redirect("training:mine")
    context = react_context(request, mine, error)
    return render(request, "training/react.html", context, status=error.status if error else 200)


def react_context(request: HttpRequest, mine: Enrolment, error: RembukError | None) -> dict[str, Any]:
    """Return what the page of a reaction sheet shows, with what was typed."""
    return {
        "batch": mine.batch,
        "questions": [(name, words, request.POST.get(name, "")) for name, words in REACTION.items()],
        "words": request.POST.get("kesan", ""),
        "done": Reaction.objects.filter(enrolment=mine).exists(),
        "marks": range(1, 6),
        **told(error),
    }


@page("training.tests", of=batch_of, methods=("GET", "POST"))
def reactions(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Reaction sheets from paper, keyed in by line; the sheets of a screen are only counted."""
    people = list(queries.enrolments_of(found.pk).exclude(state__in=("NOMINATED", "WAITLISTED", "REJECTED")))
    refused: dict[UUID, str] = {}
    kept = 0
    if request.method == "POST":
        for person in people:
            marks = marks_of(request, REACTION, f"{person.pk}-")
            if not marks:
                continue
            words = request.POST.get(f"{person.pk}-kesan", "")
            try:
                services.key_in_reaction(
                    enrolment_id=person.pk, marks=marks, words=words, actor=worn(request), at=clock.now()
                )
                kept += 1
            except RembukError as error:
                refused[person.pk] = sentence(error)
        if not refused:
            messages.success(request, _("%(count)s lembar tersimpan.") % {"count": kept})
            return redirect("training:reactions", found.pk)
    there = {row.enrolment_id: row for row in Reaction.objects.filter(enrolment__batch=found)}
    rows = []
    for person in people:
        cells = [
            (name, words, request.POST.get(f"{person.pk}-{name}", "") if person.pk in refused else "")
            for name, words in REACTION.items()
        ]
        rows.append((person, there.get(person.pk), cells, refused.get(person.pk, "")))
    context = {"batch": found, "rows": rows, "questions": REACTION.items(), "refused": len(refused), "kept": kept}
    return render(request, "training/reactions.html", context, status=400 if refused else 200)
