"""What a batch brought, what is seen in the villages afterwards, and who may train others."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.kirkpatrick import (
    BEHAVIOUR,
    REACTION,
    TEACHING,
    observation_window,
    teaching_mean,
)
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.labels import ENROLMENT_STATES
from rembuk.guidance.training.models import Enrolment, TrainingBatch
from rembuk.guidance.training.views.batches import may
from rembuk.guidance.training.views.finding import PER_PAGE, batch_of, candidate_of, enrolment_of, sheet, told
from rembuk.guidance.training.views.testing import marks_of
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn


@page("training.results", of=batch_of)
def results(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """The four levels of one batch."""
    rules, today = queries.rules_of(found.regency), local_day(found.regency, clock.now())
    brought = queries.results_of(found, rules)
    rights = may(request, found)
    context: dict[str, Any] = {
        "batch": found,
        "results": brought,
        "rules": rules,
        "reactions": [(REACTION[name], mean) for name, mean in brought.reactions.items()],
        "topics": [(row, TOPICS[row.topic]) for row in brought.topics],
        "window": observation_window(found.end_date, rules) if found.end_date else None,
        "reached": queries.villages_reached(found.regency_id, today),
        "alarm_line": rules.reaction_alarm_tenths / 10,
        # Scores by name are for those who teach; the head of DPMD reads the whole only.
        "people": brought.people if rights["participants"] else (),
        "may": rights,
    }
    return render(request, "training/results.html", context)


@page("training.participants", of=batch_of)
def results_export(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """What each person learned, as XLSX or CSV."""
    brought = queries.results_of(found, queries.rules_of(found.regency))
    rows: list[list[Any]] = [
        [
            one.enrolment.name,
            role_name(one.enrolment.role),
            one.enrolment.from_where,
            one.standing.jp,
            one.enrolment.pre,
            one.enrolment.post,
            one.gain,
            "" if one.share is None else f"{float(one.share):.2f}".replace(".", ","),
            str(ENROLMENT_STATES[one.enrolment.at]),
        ]
        for one in brought.people
    ]
    header = [
        *(_("nama"), _("peran"), _("asal"), _("JP hadir"), _("nilai awal"), _("nilai akhir"), _("kenaikan")),
        *(_("kenaikan ternormal"), _("keadaan")),
    ]
    return sheet(request, "hasil-pelatihan", header, rows)


@page("training.observe")
def observations(request: HttpRequest) -> HttpResponse:
    """Whose work in the village is to be looked at, the open ones first."""
    hat, today = worn(request), clock.today()
    regency = Regency.objects.filter(pk=hat.place.regency).first()
    rows = queries.to_observe(hat, queries.rules_of(regency), today) if regency else []
    search = request.GET.get("cari", "").strip()[:60].casefold()
    kept = [row for row in rows if search in f"{row.enrolment.name} {row.enrolment.from_where}".casefold()]
    shown = Paginator(kept, PER_PAGE).get_page(request.GET.get("hal"))
    context = {"page": shown, "rows": shown.object_list, "count": len(kept), "search": search, "today": today}
    return render(request, "training/observations.html", context)


@page("training.observe", of=enrolment_of, methods=("GET", "POST"))
def observe(request: HttpRequest, found: Enrolment) -> HttpResponse:
    """The eight questions of level 3 for one person."""
    error: RembukError | None = None
    if request.method == "POST":
        chosen = {
            name: request.POST.get(name) == "ya" for name in BEHAVIOUR if request.POST.get(name) in ("ya", "tidak")
        }
        try:
            services.observe(
                enrolment_id=found.pk,
                day=request.POST.get("tanggal", ""),
                seen=chosen,
                note=request.POST.get("catatan", ""),
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Pengamatan tersimpan."))
            return redirect("training:observations")
    known = getattr(found, "observation", None)
    rules = queries.rules_of(found.batch.regency)
    kept = {name: "ya" if yes else "tidak" for name, yes in known.seen.items()} if known else {}
    answers = request.POST if request.method == "POST" else kept
    context = {
        "enrolment": found,
        "batch": found.batch,
        "known": known,
        "questions": [(name, words, answers.get(name, "")) for name, words in BEHAVIOUR.items()],
        "day": request.POST.get("tanggal") or (known.observed_date.isoformat() if known else ""),
        "note": request.POST.get("catatan") or (known.note if known else ""),
        "window": observation_window(found.batch.end_date, rules) if found.batch.end_date else None,
        **told(error),
    }
    return render(request, "training/observe.html", context, status=error.status if error else 200)


@page("training.teaching", of=candidate_of, methods=("GET", "POST"))
def teaching(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Micro-teaching of one candidate: six marks."""
    candidate: Enrolment = found.candidate  # type: ignore[attr-defined]
    error: RembukError | None = None
    if request.method == "POST":
        try:
            kept = services.mark_teaching(
                enrolment_id=candidate.pk,
                day=request.POST.get("tanggal", ""),
                marks=marks_of(request, TEACHING),
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as caught:
            error = caught
        else:
            words = (
                _("Tersimpan. %(name)s memenuhi syarat pelatih.")
                if kept.is_trainer
                else _("Tersimpan. %(name)s belum memenuhi syarat pelatih.")
            )
            messages.success(request, words % {"name": candidate.name})
            return redirect("training:people", found.pk)
    known = getattr(candidate, "teaching", None)
    marks = (
        request.POST if request.method == "POST" else {name: str(m) for name, m in known.marks.items()} if known else {}
    )
    context = {
        "enrolment": candidate,
        "batch": found,
        "known": known,
        "mean": teaching_mean(known.marks) if known else None,
        "questions": [(name, words, marks.get(name, "")) for name, words in TEACHING.items()],
        "day": request.POST.get("tanggal") or (known.taught_date.isoformat() if known else ""),
        "marks": range(4),
        "rules": queries.rules_of(found.regency),
        **told(error),
    }
    return render(request, "training/teaching.html", context, status=error.status if error else 200)


@page("training.trainers")
def trainers(request: HttpRequest) -> HttpResponse:
    """Who may train others; as XLSX or CSV with ``?bentuk=``."""
    search = request.GET.get("cari", "").strip()[:60]
    rows = queries.trainers_seen_by(worn(request))
    if search:
        rows = rows.filter(enrolment__name__icontains=search)
    if request.GET.get("bentuk"):
        lines: list[list[Any]] = [
            [
                row.enrolment.name,
                role_name(row.enrolment.role),
                row.enrolment.from_where,
                row.enrolment.batch.title,
                row.taught_date.isoformat(),
            ]
            for row in rows
        ]
        header = [_("nama"), _("peran"), _("asal"), _("angkatan"), _("tanggal mengajar")]
        return sheet(request, "pelatih", header, lines)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    listed = [(row, teaching_mean(row.marks)) for row in shown.object_list]
    context = {"page": shown, "rows": listed, "count": shown.paginator.count, "search": search}
    return render(request, "training/trainers.html", context)
