"""The steps of the budget's law: agreement, evaluation, promulgation, each with its letter and its clock."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.budgeting import queries, services
from rembuk.budgeting.apb_labels import BUTTONS, EVENTS, NUMBERS, STATE_CHIPS, STATES
from rembuk.budgeting.models import Apbdes
from rembuk.budgeting.permissions import allows
from rembuk.budgeting.services.law import StepValues, days_of
from rembuk.budgeting.views.apbdes import cycle_of
from rembuk.core.errors import RembukError
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.law.deadlines import DEADLINES, due_in_year
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState, may_lapse, needs, possible_events, running_clock
from rembuk.core.workflow.clocks import RECEIVED, Clock
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import holidays
from rembuk.plans.perdes_way import Field, ShownAct, ShownStep, Way, law_of, sentence_case
from rembuk.shared import clock
from rembuk.shared.templatetags.rembuk import tanggal
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence

_S = ApbState
MAIN = (_S.DRAFT, _S.AGREED, _S.SENT_FOR_EVALUATION, _S.CONFORM, _S.SIGNED, _S.PROMULGATED, _S.SENT_TO_REGENT)
"""The usual way; what happened otherwise takes the place of the step it stands for."""
INSTEAD: Mapping[ApbState, ApbState] = {
    _S.REFUSED: _S.AGREED,
    _S.CONFORM_WITH_NOTES: _S.CONFORM,
    _S.NOT_CONFORM: _S.CONFORM,
    _S.LAPSED_IN_FORCE: _S.CONFORM,
    _S.CORRECTION: _S.CONFORM,
    _S.PROMULGATED_AGAINST: _S.PROMULGATED,
    _S.ANNULMENT_PROPOSED: _S.SENT_TO_REGENT,
    _S.ANNULLED: _S.SENT_TO_REGENT,
    _S.STOPPED: _S.SENT_TO_REGENT,
    _S.REVOKED: _S.SENT_TO_REGENT,
}
FIXED: Mapping[ApbState, str] = {_S.AGREED: "D07", _S.SIGNED: "D10"}
"""Steps with a day of their own in the planning year; an amendment has none."""
BAD = frozenset({_S.REFUSED, _S.NOT_CONFORM, _S.PROMULGATED_AGAINST, _S.ANNULMENT_PROPOSED, _S.ANNULLED, _S.STOPPED})


def apbdes_of(apbdes_id: UUID) -> Apbdes:
    return queries.apbdes_by_id(apbdes_id)


@page("budgeting.read_apbdes", of=cycle_of)
def steps(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Where the budget of a cycle stands as law."""
    current = queries.current_apbdes(cycle.pk)
    if current is None:
        return render(request, "budgeting/steps.html", {"cycle": cycle, "tab": "langkah"})
    return show(request, current)


def show(
    request: HttpRequest,
    apbdes: Apbdes,
    *,
    error: RembukError | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = local_day(apbdes.village.regency, clock.now())
    may = allows(hat_of(request), "step_apbdes", apbdes)
    context = {
        "cycle": apbdes.cycle,
        "tab": "langkah",
        "apbdes": apbdes,
        "way": way_of(apbdes, today, may=may, typed=typed or {}),
        "state": STATES[apbdes.state],
        "chip": STATE_CHIPS[apbdes.state],
        "recorded": [(EVENTS[row.event], row) for row in queries.steps_of(apbdes.pk)],
        "all": queries.apbdes_of(apbdes.cycle_id),
        "today": today,
        "error": sentence(error) if error is not None else "",
        "findings": getattr(error, "findings", ()),
    }
    return render(request, "budgeting/steps.html", context, status=status)


def way_of(apbdes: Apbdes, today: date, *, may: bool, typed: Mapping[str, str]) -> Way:
    """Return the stepper of a budget, drawn by the same template as the Perdes of a plan."""
    state, days = ApbState(apbdes.state), days_of(apbdes)
    free = holidays(apbdes.village.regency)
    running = running_clock(state, days, today, free)
    place = MAIN.index(INSTEAD.get(state, state))
    year = apbdes.cycle.plan_year if apbdes.number == 0 else None
    found = [shown_step(number, place, state, days, running, year) for number in range(len(MAIN))]
    acts = [
        shown_act(apbdes, event, typed, first=number == 0)
        for number, event in enumerate(possible_events(state))
        if may and not (event is ApbEvent.LAPSE and not may_lapse(days, today, free))
    ]
    notes = []
    if running is not None and running.from_sending:
        notes.append(_("Jam dihitung dari hari dikirim, sebab tanggal terima kantor Bupati belum dicatat."))
    if state is _S.SENT_FOR_EVALUATION:
        notes.append(
            _("Tanpa jawaban dalam 20 hari kerja sesudah diterima, rancangan Perdes berlaku dengan sendirinya.")
        )
    return Way(tuple(found), tuple(acts), tuple(notes))


def shown_step(
    number: int, place: int, state: ApbState, days: Mapping[str, date], running: Clock | None, plan_year: int | None
) -> ShownStep:
    """Return one step. plan_year: of the first budget, whose steps have days of law; None for an amendment."""
    usual = MAIN[number]
    at = state if number == place else next((one for one in beside(usual) if one in days), usual)
    ended = number == place and state in (_S.SENT_TO_REGENT, _S.REVOKED)
    css, icon = ("ok", "check") if number < place or ended else ("due", "due") if number == place else ("next", "next")
    if at in BAD and number <= place:
        css, icon = "late", "stop"
    here = running if number == place else None
    if here is not None and here.over:
        css, icon = "late", "late"
    due, law = fixed_day(usual, plan_year, done=number <= place)
    note = _("diterima %(day)s") % {"day": tanggal(days[RECEIVED])} if received_here(usual, days) else ""
    return ShownStep(
        words=sentence_case(str(STATES[at])) if number <= place or at is not _S.CONFORM else _("Hasil evaluasi Bupati"),
        css=css,
        icon=icon,
        day=days.get(at),
        due=here.due if here is not None else due,
        note=note,
        law=law_of(here) or (law if due is not None else ""),
        missing="",
    )


def fixed_day(usual: ApbState, plan_year: int | None, *, done: bool) -> tuple[date | None, str]:
    """Return the day of law of a step that is not done yet, with its article."""
    if done or plan_year is None or usual not in FIXED:
        return None, ""
    row = DEADLINES[FIXED[usual]]
    return due_in_year(row.code, plan_year), f"{row.code} · {row.source} · {CERTAINTY_LABELS[row.certainty]}"


def beside(usual: ApbState) -> tuple[ApbState, ...]:
    """Return the usual state and those that may stand in its place, the latest first."""
    return (*(other for other, instead in reversed(tuple(INSTEAD.items())) if instead is usual), usual)


def received_here(usual: ApbState, days: Mapping[str, date]) -> bool:
    return usual is _S.SENT_FOR_EVALUATION and RECEIVED in days


def shown_act(apbdes: Apbdes, event: ApbEvent, typed: Mapping[str, str], *, first: bool) -> ShownAct:
    asked = needs(event)
    given = typed if typed.get("peristiwa") == event.value else {}
    fields = [Field("tanggal", str(_("Tanggal")), "date", given.get("tanggal", ""))]
    if "number" in asked:
        fields.insert(0, Field("nomor", str(NUMBERS[event]), "text", given.get("nomor", "")))
    if "note" in asked:
        fields.append(Field("catatan", str(_("Isi hasil evaluasi")), "note", given.get("catatan", "")))
    if "number" in asked or event is ApbEvent.RECEIVE:
        fields.append(Field("berkas", str(_("Pindaian suratnya (boleh menyusul)")), "file"))
    url = reverse("budgeting:record_step", args=(apbdes.pk,))
    return ShownAct(event.value, str(EVENTS[event]), str(BUTTONS[event]), url, tuple(fields), None, first)


@page("budgeting.step_apbdes", of=apbdes_of, methods=("POST",))
def record(request: HttpRequest, apbdes: Apbdes) -> HttpResponse:
    """Record one step; a refusal keeps what was typed."""
    post, given = request.POST, request.FILES.get("berkas")
    values = StepValues(
        event=post.get("peristiwa", ""),
        day=post.get("tanggal", ""),
        number=post.get("nomor", ""),
        note=post.get("catatan", ""),
        file=given,
        file_name=(given.name or "") if given is not None else "",
    )
    try:
        services.record_step(apbdes_id=apbdes.pk, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, apbdes_of(apbdes.pk), error=error, typed=post.dict(), status=error.status)
    messages.success(request, _("Langkah APB Desa tercatat."))
    return redirect("budgeting:apbdes_steps", cycle_id=apbdes.cycle_id)
