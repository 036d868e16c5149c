"""The stepper of a Perdes as a page shows it: from states and days, for the Perdes of any plan.

`plans/_perdes_way.html` draws a `Way`; it takes values only, so the RPJM Desa and every later Perdes use it too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.workflow.clocks import RECEIVED, Clock
from rembuk.core.workflow.perdes_states import Act, PerdesEvent, PerdesState, Step, acts_of, running_clock, way_of
from rembuk.plans.labels import PERDES_BUTTONS, PERDES_EVENTS, PERDES_MISSING, PERDES_STATES

Words = str | Promise

_E = PerdesEvent
STANCES = {"done": "ok", "skipped": "paused", "now": "due", "later": "next"}
NUMBERS: Mapping[PerdesEvent, Words] = {
    _E.SIGN: gettext_lazy("Nomor Perdes"),
    _E.PROMULGATE: gettext_lazy("Nomor Perdes"),
    _E.SEND: gettext_lazy("Nomor surat pengantar"),
    _E.RESEND: gettext_lazy("Nomor surat pengantar"),
    _E.CLEAR: gettext_lazy("Nomor surat hasil klarifikasi"),
    _E.ASK_REVISION: gettext_lazy("Nomor surat hasil klarifikasi"),
    _E.ANNUL: gettext_lazy("Nomor Keputusan Bupati"),
}
DAYS: Mapping[PerdesEvent, Words] = {
    _E.DELIVER: gettext_lazy("Tanggal disampaikan"),
    _E.SIGN: gettext_lazy("Tanggal ditandatangani"),
    _E.PROMULGATE: gettext_lazy("Tanggal diundangkan"),
    _E.RECEIVE: gettext_lazy("Tanggal diterima"),
    _E.LAPSE: gettext_lazy("Tanggal dicatat"),
}
WITH_FILE = frozenset({_E.SEND, _E.RESEND, _E.RECEIVE, _E.CLEAR, _E.ASK_REVISION, _E.ANNUL})


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One bend. css: ok | due | late | paused | next. icon: its name. law: article of the running clock."""

    words: str
    css: str
    icon: str
    day: date | None
    due: date | None
    note: str
    law: str
    missing: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act's form. kind: text | date | note | file."""

    name: str
    label: str
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One button with its form. opens: the day from which it may be pressed, if that has not come."""

    event: str
    words: str
    button: str
    url: str
    fields: tuple[Field, ...]
    opens: date | None
    main: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The whole stepper: bends, acts that this hat may do, and notes that say on what a clock rests."""

    steps: tuple[ShownStep, ...]
    acts: tuple[ShownAct, ...]
    notes: tuple[str, ...]


def shown_way(
    state: str,
    dates: Mapping[str, date],
    today: date,
    *,
    url_of: Callable[[PerdesEvent], str],
    silence_clears: bool,
    values: Mapping[str, str] | None = None,
) -> Way:
    """Return the stepper of a Perdes.

    url_of: where the form of an event is sent, empty for what this hat may not record here. values: what the fields
    hold beforehand, by name. dates: as `perdes_states` takes them.
    """
    at = PerdesState(state)
    way = way_of(at, dates, today)
    missing = missing_of(at, dates)
    steps = tuple(shown_step(step, missing if step.stance == "now" else "") for step in way)
    found = [
        shown_act(act, url_of(act.event), values or {}, first=number == 0)
        for number, act in enumerate(acts_of(at, dates, today, silence_clears=silence_clears))
        if url_of(act.event)
    ]
    return Way(steps, tuple(found), notes_of(running_clock(at, dates, today), at, silence_clears))


def missing_of(state: PerdesState, dates: Mapping[str, date]) -> str:
    if state is PerdesState.SENT_TO_REGENT and dates.get(RECEIVED, date.min) < dates.get(state, date.min):
        return _("Belum ada: tanggal diterima kantor Bupati, lalu hasil klarifikasinya.")
    return str(PERDES_MISSING.get(state, ""))


def shown_step(step: Step, missing: str) -> ShownStep:
    """Word one step; while it is next its clock says how long there is."""
    css, icon = STANCES[step.stance], {"done": "check", "skipped": "paused", "now": "due", "later": "next"}[step.stance]
    note = ""
    if step.late:
        note = _("terlambat %(days)d hari") % {"days": step.late}
    if step.stance == "done" and step.day is None and step.state is not PerdesState.DRAFT:
        note = _("tanggal tidak dicatat")
    if step.stance == "skipped":
        note = _("tidak ditandatangani dalam 15 hari; tetap diundangkan dan sah")
    if step.state in (PerdesState.REVISE, PerdesState.ANNULLED):
        css, icon = "late", "stop"
    if step.clock is not None and step.clock.over:
        css, icon = "late", "late"
    words = sentence_case(str(PERDES_STATES[step.state]))
    if step.state is PerdesState.CLEAR and step.stance != "done":
        words = _("Klarifikasi Bupati")
    return ShownStep(
        words=words,
        css=css,
        icon=icon,
        day=step.day,
        due=step.clock.due if step.clock is not None else None,
        note=note,
        law=law_of(step.clock),
        missing=missing,
    )


def sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def law_of(clock: Clock | None) -> str:
    return f"{clock.code} · {clock.source} · {CERTAINTY_LABELS[clock.certainty]}" if clock is not None else ""


def shown_act(act: Act, url: str, values: Mapping[str, str], *, first: bool) -> ShownAct:
    fields: list[Field] = []
    if "number" in act.needs:
        fields.append(Field("nomor", str(NUMBERS[act.event]), "text", values.get("nomor", "")))
    day = "diundangkan" if act.event is _E.PROMULGATE else "tanggal"
    fields.append(Field(day, str(DAYS.get(act.event, _("Tanggal surat"))), "date", values.get(day, "")))
    if "gazette" in act.needs:
        fields.append(Field("lembaran", _("Nomor Lembaran Desa"), "text", values.get("lembaran", "")))
    if "note" in act.needs:
        fields.append(Field("catatan", _("Yang diminta diperbaiki"), "note", values.get("catatan", "")))
    if act.event in WITH_FILE:
        fields.append(Field("berkas", _("Pindaian suratnya (boleh menyusul)"), "file"))
    return ShownAct(
        act.event.value,
        str(PERDES_EVENTS[act.event]),
        str(PERDES_BUTTONS[act.event]),
        url,
        tuple(fields),
        act.opens,
        first,
    )


def notes_of(clock: Clock | None, state: PerdesState, silence: bool) -> tuple[str, ...]:
    """Return what a reader has to know about the clock that runs."""
    found = []
    if clock is not None and clock.from_sending:
        found.append(_("Jam dihitung dari hari dikirim, sebab tanggal terima kantor Bupati belum dicatat."))
    if state is PerdesState.SENT_TO_REGENT:
        found.append(
            _(
                "Tanpa jawaban dalam 30 hari sesudah diterima, dicatat tidak ada keberatan. "
                "Arti diam belum pasti dalam aturan; ini pengaturan kabupaten."
            )
            if silence
            else _("Kabupaten menunggu jawaban tertulis; diam tidak dicatat sebagai tidak ada keberatan.")
        )
    return tuple(found)
