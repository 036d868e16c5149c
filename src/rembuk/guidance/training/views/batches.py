"""Batches: the list, one batch with what it still needs, proposing, laying out, moving on."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.training_states import (
    LINE,
    WITH_REASON,
    BatchEvent,
    BatchState,
    missing_for,
    possible_events,
)
from rembuk.core.hat import Place, Role
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.filters import BatchFilter
from rembuk.guidance.training.labels import BATCH_CHIPS, BATCH_STATES, BATCH_STEPS
from rembuk.guidance.training.models import TrainingBatch
from rembuk.guidance.training.permissions import allows
from rembuk.guidance.training.services import BatchValues
from rembuk.guidance.training.services.certificates import READY
from rembuk.guidance.training.views.finding import PER_PAGE, batch_of, key_of, session_of, sheet, told
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

FLAGS = ("guests_allowed", "paper_pre_test", "for_trainers")
MAY = (
    *("edit", "step", "stop", "nominate", "participants", "attend", "tests", "results", "prepare", "decide"),
    *("certificates", "needs", "bank", "trainers", "rules", "curriculum", "credits", "propose", "impact"),
)


def may(request: HttpRequest, target: Any) -> dict[str, bool]:
    """Return act -> whether the hat may do it here, for the template."""
    hat = hat_of(request)
    return {act: allows(hat, act, target) for act in MAY}


def chipped(batch: TrainingBatch) -> tuple[str, Any]:
    return BATCH_CHIPS.get(batch.at, "next"), BATCH_STATES[batch.at]


@page("training.list")
def index(request: HttpRequest) -> HttpResponse:
    """The batches of the hat's regency with their filters."""
    hat = worn(request)
    wanted = BatchFilter.read(request.GET)
    shown = Paginator(wanted.apply(queries.batches_seen_by(hat)), PER_PAGE).get_page(request.GET.get("hal"))
    seats = queries.seats_of([batch.pk for batch in shown.object_list])
    today = clock.today()
    context = {
        "filter": wanted,
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(batch, *chipped(batch), queries.seated(seats[batch.pk])) for batch in shown.object_list],
        "states": BATCH_STATES.items(),
        "topics": TOPICS.items(),
        "years": [str(year) for year in range(today.year + 1, today.year - 5, -1)],
        "may": may(request, hat),
    }
    return render(request, "training/list.html", context)


@page("training.list")
def export(request: HttpRequest) -> HttpResponse:
    """The filtered batches as XLSX or CSV."""
    batches = list(BatchFilter.read(request.GET).apply(queries.batches_seen_by(worn(request))))
    seats = queries.seats_of([batch.pk for batch in batches])
    rows: list[list[Any]] = [
        [
            batch.title,
            str(BATCH_STATES[batch.at]),
            ", ".join(batch.topics),
            batch.get_mode_display(),
            batch.start_date.isoformat() if batch.start_date else "",
            batch.end_date.isoformat() if batch.end_date else "",
            batch.venue,
            batch.district.name if batch.district else "",
            batch.quota,
            queries.seated(seats[batch.pk]),
            batch.cost,
        ]
        for batch in batches
    ]
    header = [
        *(_("judul"), _("keadaan"), _("topik"), _("cara"), _("mulai"), _("selesai"), _("tempat")),
        *(_("kecamatan"), _("jumlah tempat"), _("peserta"), _("biaya (Rp)")),
    ]
    return sheet(request, "pelatihan", header, rows)


@page("training.read", of=batch_of)
def batch(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """One batch: where it stands, what the next step waits for, its sessions, trainers and papers."""
    return show(request, found)


def show(request: HttpRequest, found: TrainingBatch, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), local_day(found.regency, clock.now())
    rules, facts = queries.rules_of(found.regency), queries.facts_of(found, today)
    rights = may(request, found)
    steps = [
        (event, BATCH_STEPS[event], missing_for(event, facts, rules, "-"), event in WITH_REASON)
        for event in possible_events(found.at)
        if rights["stop" if event in WITH_REASON else "step"]
    ]
    context: dict[str, Any] = {
        "batch": found,
        "chip": chipped(found),
        "line": line_of(found),
        "facts": facts,
        "rules": rules,
        "steps": steps,
        "too_large": found.quota > rules.class_warn,
        "session_jp": sum(session.jp for session in queries.sessions_of(found.pk)),
        "sessions": queries.sessions_of(found.pk),
        "units": found.units.select_related("unit"),
        "trainers": found.trainers.all(),
        "trainer_role": standing_in(Role.TRN, Place(found.regency_id), today),
        "tests": queries.tests_of(found.pk) if rights["tests"] else [],
        "mine": queries.enrolment_of(hat.person_id, found.pk),
        "topic_names": [(topic, TOPICS[topic]) for topic in found.topics],
        "may": rights,
        "today": today,
        "over": found.at in READY,
        **told(error),
    }
    return render(request, "training/batch.html", context, status=error.status if error else 200)


def line_of(found: TrainingBatch) -> list[tuple[str, Any]]:
    """Return the straight road as (css, words); nothing is done on a batch that was put off or called off."""
    here = LINE.index(found.at) if found.at in LINE else -1
    marks = []
    for number, state in enumerate(LINE):
        css = "ok" if number < here or found.at is BatchState.CLOSED else "due" if number == here else "next"
        marks.append((css, BATCH_STATES[state]))
    return marks


@page("training.step", of=batch_of, methods=("POST",))
def step(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Move a batch on."""
    return moved(request, found, stopping=False)


@page("training.stop", of=batch_of, methods=("POST",))
def stop(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Put a batch off, or call it off, with a reason."""
    return moved(request, found, stopping=True)


def moved(request: HttpRequest, found: TrainingBatch, *, stopping: bool) -> HttpResponse:
    wanted = request.POST.get("langkah", "")
    event = next((each for each in BatchEvent if each == wanted and (each in WITH_REASON) is stopping), None)
    if event is None:
        return show(request, found, BadInputError("training-step-unknown"))
    reason = request.POST.get("alasan", "")
    try:
        services.step_batch(batch_id=found.pk, event=event, reason=reason, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, batch_of(found.pk), error)
    messages.success(request, _("%(step)s: tersimpan.") % {"step": BATCH_STEPS[event]})
    return redirect("training:batch", found.pk)


def values_of(request: HttpRequest) -> BatchValues:
    """Return a batch as typed."""
    post = request.POST
    names = [name for name in BatchValues.__dataclass_fields__ if name not in (*FLAGS, "topics")]
    texts: dict[str, Any] = {name: post.get(name, "") for name in names}
    flags: dict[str, Any] = {name: bool(post.get(name)) for name in FLAGS}
    return BatchValues(**texts, **flags, topics=tuple(post.getlist("topics")))


def typed_of(found: TrainingBatch) -> BatchValues:
    """Return a stored batch as it would be typed."""

    def day(value: Any) -> str:
        return value.isoformat() if value else ""

    return BatchValues(
        title=found.title,
        topics=tuple(found.topics),
        purpose=found.purpose,
        mode=found.mode,
        quota=str(found.quota),
        venue=found.venue,
        link=found.link,
        start_date=day(found.start_date),
        end_date=day(found.end_date),
        enrol_until=day(found.enrol_until),
        cost="" if found.cost is None else str(found.cost),
        needs_note=found.needs_note,
        guests_allowed=found.guests_allowed,
        paper_pre_test=found.paper_pre_test,
        for_trainers=found.for_trainers,
    )


def form_page(
    request: HttpRequest, values: BatchValues, *, found: TrainingBatch | None, error: RembukError | None, key: UUID
) -> HttpResponse:
    regency = found.regency if found is not None else None
    context = {
        "batch": found,
        "values": values,
        "modes": TrainingBatch.Mode.choices,
        "topics": TOPICS.items(),
        "key": key,
        "version": request.POST.get("versi") or (found.version if found else ""),
        "rules": queries.rules_of(regency) if regency is not None else None,
        "whole": found is not None,
        **told(error),
    }
    return render(request, "training/batch_form.html", context, status=error.status if error else 200)


@page("training.propose", methods=("GET", "POST"))
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a batch; topics may come from the gap matrix by the address."""
    if request.method == "GET":
        topics = tuple(topic for topic in request.GET.getlist("topik") if topic in TOPICS)
        note = request.GET.get("kajian", "")[:500]
        values = BatchValues(title="", topics=topics, needs_note=note)
        return form_page(request, values, found=None, error=None, key=uuid4())
    key, values = key_of(request), values_of(request)
    try:
        made = services.propose_batch(batch_id=key, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return form_page(request, values, found=None, error=error, key=key)
    messages.success(request, _("Usulan pelatihan tersimpan. DPMD akan mengkajinya."))
    return redirect("training:batch", made.pk)


@page("training.edit", of=batch_of, methods=("GET", "POST"))
def edit(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Change what a batch is and when."""
    if request.method == "GET":
        return form_page(request, typed_of(found), found=found, error=None, key=found.pk)
    values, text = values_of(request), request.POST.get("versi", "")
    version = int(text) if text.isascii() and text.isdigit() else 0
    try:
        services.edit_batch(batch_id=found.pk, version=version, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return form_page(request, values, found=found, error=error, key=found.pk)
    messages.success(request, _("Angkatan tersimpan."))
    return redirect("training:batch", found.pk)


@page("training.edit", of=batch_of, methods=("GET", "POST"))
def layout(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Units, sessions and trainers of a batch; each part has a form of its own."""
    if request.method == "GET":
        return layout_page(request, found)
    part = request.POST.get("bagian", "")
    try:
        laid_out(request, found, part)
    except RembukError as error:
        return layout_page(request, batch_of(found.pk), error, part)
    messages.success(request, _("Susunan tersimpan."))
    return redirect("training:layout", found.pk)


def laid_out(request: HttpRequest, found: TrainingBatch, part: str) -> None:
    post, hat, at = request.POST, worn(request), clock.now()
    if part == "satuan":
        jps = {UUID(key): post.get(f"jp-{key}", "") for key in post.getlist("satuan") if is_uuid(key)}
        services.set_units(batch_id=found.pk, jps=jps, actor=hat, at=at)
    elif part == "sesi":
        services.add_session(
            batch_id=found.pk,
            session_id=key_of(request),
            title=post.get("judul", ""),
            day=post.get("tanggal", ""),
            clock=post.get("jam", ""),
            jp=post.get("jp", ""),
            actor=hat,
            at=at,
        )
    elif part == "pelatih":
        services.add_trainer(
            batch_id=found.pk,
            name=post.get("nama", ""),
            office=post.get("jabatan", ""),
            person_id=None,
            actor=hat,
            at=at,
        )
    elif part == "hapus-pelatih" and is_uuid(post.get("pelatih", "")):
        services.remove_trainer(batch_id=found.pk, trainer_id=UUID(post["pelatih"]), actor=hat, at=at)


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def layout_page(
    request: HttpRequest, found: TrainingBatch, error: RembukError | None = None, part: str = ""
) -> HttpResponse:
    chosen = {row.unit_id: row.jp for row in found.units.all()}
    sessions = queries.sessions_of(found.pk)
    units = queries.units_of(found.regency_id)
    context: dict[str, Any] = {
        "batch": found,
        "units": [(unit, chosen.get(unit.pk, unit.jp), unit.pk in chosen) for unit in units],
        "sessions": sessions,
        "trainers": found.trainers.all(),
        "unit_jp": sum(chosen.values()),
        "session_jp": sum(session.jp for session in sessions),
        "part": part,
        "typed": request.POST.dict() if error is not None else {},
        "key": request.POST.get("kunci") if error is not None else str(uuid4()),
        "may": may(request, found),
        **told(error),
    }
    return render(request, "training/layout.html", context, status=error.status if error else 200)


@page("training.edit", of=session_of, methods=("POST",))
def remove_session(request: HttpRequest, session: Any) -> HttpResponse:
    """Take a sitting out that nobody was recorded in."""
    try:
        services.remove_session(session_id=session.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Sesi dihapus."))
    return redirect("training:layout", session.batch_id)
