"""People of a batch: names put forward, the list with its decisions, attendance on paper and at the door."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.enrolment import EnrolmentEvent, possible_events
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import queries, services, typed
from rembuk.guidance.training.filters import PeopleFilter
from rembuk.guidance.training.labels import ENROLMENT_CHIPS, ENROLMENT_STATES, ENROLMENT_STEPS
from rembuk.guidance.training.models import Attendance, Enrolment, TrainingBatch, TrainingSession
from rembuk.guidance.training.services import NamedPerson, PaperList
from rembuk.guidance.training.views.batches import may
from rembuk.guidance.training.views.finding import PER_PAGE, batch_of, qr_of, session_of, sheet, told, uuids
from rembuk.regions.queries import villages_in
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, refusal, worn


def chipped(row: Enrolment) -> tuple[str, Any]:
    return ENROLMENT_CHIPS.get(row.at, "next"), ENROLMENT_STATES[row.at]


@page("training.nominate", of=batch_of, methods=("GET", "POST"))
def nominate(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Put people of the hat's place forward."""
    if request.method == "GET":
        return nominate_page(request, found)
    if "nama" in request.POST:
        return nominate_named(request, found)
    keys = uuids(request.POST.getlist("orang"))
    try:
        made = services.nominate(batch_id=found.pk, assignment_ids=keys, actor=worn(request), at=clock.now())
    except RembukError as error:
        return nominate_page(request, found, error)
    words = ngettext("%(count)d orang dicalonkan.", "%(count)d orang dicalonkan.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("training:nominate", found.pk)


def nominate_named(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Put somebody without an account forward."""
    values = NamedPerson(*(request.POST.get(name, "") for name in ("nama", "peran", "desa")))
    try:
        made = services.nominate_by_name(batch_id=found.pk, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return nominate_page(request, found, error)
    messages.success(request, _("%(name)s dicalonkan.") % {"name": made.name})
    return redirect("training:nominate", found.pk)


def nominate_page(request: HttpRequest, found: TrainingBatch, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), local_day(found.regency, clock.now())
    search = request.GET.get("cari", "").strip()[:60]
    rows = queries.nominable(hat, today)
    if search:
        rows = rows.filter(person__name__icontains=search) | rows.filter(village__name__icontains=search)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    sent = list(queries.enrolments_seen_by(hat).filter(batch=found))
    there = {row.person_id: row for row in sent if row.person_id is not None}
    people = []
    for row in shown.object_list:
        known = there.get(row.person_id)
        people.append((row, *(chipped(known) if known else ("", "")), known.reason if known else ""))
    context = {
        "batch": found,
        "page": shown,
        "count": shown.paginator.count,
        "people": people,
        "search": search,
        "chosen": request.POST.getlist("orang"),
        "sent": len(sent),
        "named": [(row, *chipped(row)) for row in sent if row.person_id is None],
        "roles": [(role, role_name(role)) for role in queries.nominable_roles(hat)],
        "villages": villages_in(hat.place) if found.state == "OPEN" else [],
        "typed": request.POST.dict() if error is not None else {},
        "is_open": found.state == "OPEN",
        **told(error),
    }
    return render(request, "training/nominate.html", context, status=error.status if error else 200)


@page("training.participants", of=batch_of)
def people(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Everybody of a batch with attendance and scores; decisions below."""
    return people_page(request, found)


def people_page(request: HttpRequest, found: TrainingBatch, error: RembukError | None = None) -> HttpResponse:
    wanted = PeopleFilter.read(request.GET)
    rows = wanted.apply(queries.enrolments_of(found.pk))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    standings = queries.standings_of(found.pk, shown.object_list)
    seats = queries.seats_of([found.pk])[found.pk]
    events = sorted({event for row in shown.object_list for event in possible_events(row.at)} & set(ENROLMENT_STEPS))
    rules = queries.rules_of(found.regency)
    context = {
        "batch": found,
        "filter": wanted,
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, *chipped(row), standings[row.pk]) for row in shown.object_list],
        "states": [(state, words, seats.get(state.value, 0)) for state, words in ENROLMENT_STATES.items()],
        "events": [(event.value, ENROLMENT_STEPS[event]) for event in events],
        "seated": queries.seated(seats),
        "too_large": queries.seated(seats) > rules.class_warn,
        "rules": rules,
        "chosen": request.POST.getlist("orang"),
        "may": may(request, found),
        **told(error),
    }
    return render(request, "training/people.html", context, status=error.status if error else 200)


@page("training.participants", of=batch_of)
def people_export(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """The filtered people as XLSX or CSV."""
    rows = list(PeopleFilter.read(request.GET).apply(queries.enrolments_of(found.pk)))
    standings = queries.standings_of(found.pk, rows)
    lines: list[list[Any]] = [
        [
            row.name,
            role_name(row.role),
            row.from_where,
            str(ENROLMENT_STATES[row.at]),
            row.wait_no,
            standings[row.pk].jp,
            standings[row.pk].jp_total,
            row.pre,
            row.post,
            row.remedials,
            row.reason,
        ]
        for row in rows
    ]
    header = [
        *(_("nama"), _("peran"), _("asal"), _("keadaan"), _("nomor tunggu"), _("JP hadir"), _("JP seluruhnya")),
        *(_("nilai awal"), _("nilai akhir"), _("remedial"), _("alasan")),
    ]
    return sheet(request, "peserta", header, lines)


@page("training.decide", of=batch_of, methods=("POST",))
def decide(request: HttpRequest, found: TrainingBatch) -> HttpResponse:
    """Accept, put on the waiting list, turn away, drop, or give a remedial."""
    event = next((each for each in ENROLMENT_STEPS if each == request.POST.get("langkah", "")), None)
    if event is None:
        return people_page(request, found, BadInputError("training-step-unknown"))
    try:
        rows = services.decide(
            batch_id=found.pk,
            enrolment_ids=uuids(request.POST.getlist("orang")),
            event=event,
            reason=request.POST.get("alasan", ""),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return people_page(request, found, error)
    waiting = sum(row.state == "WAITLISTED" for row in rows) if event is EnrolmentEvent.ACCEPT else 0
    words = ngettext("%(count)d orang diputuskan.", "%(count)d orang diputuskan.", len(rows)) % {"count": len(rows)}
    if waiting:
        words += " " + _("%(count)s masuk daftar tunggu karena tempat penuh.") % {"count": waiting}
    messages.success(request, words)
    return redirect("training:people", found.pk)


@page("training.attend", of=session_of, methods=("GET", "POST"))
def attendance(request: HttpRequest, found: TrainingSession) -> HttpResponse:
    """The list of one session: to print, and to key in from paper."""
    if request.method == "GET":
        return attendance_page(request, found)
    text = request.POST.get("jumlah", "")
    paper = PaperList(
        frozenset(uuids(request.POST.getlist("hadir"))),
        tuple(line.strip() for line in request.POST.get("tamu", "").splitlines() if line.strip()),
        typed.whole(text, 0, 999) if text.strip() else None,
    )
    try:
        rows = services.key_in_attendance(session_id=found.pk, sheet=paper, actor=worn(request), at=clock.now())
    except RembukError as error:
        return attendance_page(request, session_of(found.pk), error)
    messages.success(request, _("%(count)s kehadiran tersimpan.") % {"count": len(rows)})
    return redirect("training:attendance", found.pk)


def attendance_page(request: HttpRequest, found: TrainingSession, error: RembukError | None = None) -> HttpResponse:
    batch = found.batch
    rows = queries.attendance_of(found)
    there = {row.enrolment_id: row for row in rows if row.enrolment_id is not None}
    wanted = queries.enrolments_of(batch.pk).exclude(state__in=("NOMINATED", "WAITLISTED", "REJECTED"))
    people = [(row, there.get(row.pk)) for row in wanted]
    guests = [row.guest_name for row in rows if row.enrolment_id is None]
    cards = request.build_absolute_uri(reverse("training:card_door", args=(batch.pk,)))
    context = {
        "session": found,
        "batch": batch,
        "people": people,
        "present": len(there),
        "guests": request.POST.get("tamu") if error is not None else "\n".join(guests),
        "guest_names": guests,
        "counted": request.POST.get("jumlah", ""),
        "paper": Attendance.Way.PAPER.value,
        "taught": batch.taught,
        "card_door": cards,
        "card_qr": qr_of(cards),
        **told(error),
    }
    return render(request, "training/attendance.html", context, status=error.status if error else 200)


@page("training.attend", of=session_of)
def door(request: HttpRequest, found: TrainingSession) -> HttpResponse:
    """What the trainer's phone shows at the door: a code that changes every ten minutes."""
    code = services.door_code(found, clock.now())
    address = request.build_absolute_uri(reverse("training:check_in", args=(found.pk, code)))
    context = {
        "session": found,
        "batch": found.batch,
        "qr": qr_of(address),
        "address": address,
        "present": len(queries.attendance_of(found)),
    }
    return render(request, "training/door.html", context)


@page("training.check_in", methods=("GET", "POST"))
def check_in(request: HttpRequest, session_id: UUID, code: str) -> HttpResponse:
    """What a participant's phone opens from the code at the door: one button."""
    try:
        found = session_of(session_id)
    except TrainingSession.DoesNotExist as error:
        raise Http404 from error
    if request.method == "GET":
        return render(request, "training/check_in.html", {"session": found, "batch": found.batch})
    try:
        services.check_in(session_id=session_id, code=code, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Kehadiran Anda tercatat."))
    return redirect("training:mine")
