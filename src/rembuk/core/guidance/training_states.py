"""A training batch (angkatan): from the proposal to the close, what leads where and what must be there before.

Source: the programme's machine of training batches; design, no law fixes it. A proposal may be turned down: CANCELLED
is reached from every state before the training runs, with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.errors import Finding, RefusedError
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.workflow.states import events_from, walk


class BatchState(StrEnum):
    """Where a batch stands."""

    PROPOSED = "PROPOSED"
    NEEDS_ASSESSED = "NEEDS_ASSESSED"
    SCHEDULED = "SCHEDULED"
    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    EVALUATED = "EVALUATED"
    FOLLOWED_UP = "FOLLOWED_UP"
    CLOSED = "CLOSED"
    POSTPONED = "POSTPONED"
    CANCELLED = "CANCELLED"


class BatchEvent(StrEnum):
    """What happens to a batch."""

    ASSESS = "assess"
    SCHEDULE = "schedule"
    OPEN = "open"
    CONFIRM = "confirm"
    START = "start"
    COMPLETE = "complete"
    EVALUATE = "evaluate"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    POSTPONE = "postpone"
    CANCEL = "cancel"


_S = BatchState
_E = BatchEvent
TRANSITIONS: Final[dict[tuple[BatchState, BatchEvent], BatchState]] = {
    (_S.PROPOSED, _E.ASSESS): _S.NEEDS_ASSESSED,
    (_S.NEEDS_ASSESSED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.OPEN): _S.OPEN,
    (_S.OPEN, _E.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _E.START): _S.RUNNING,
    (_S.RUNNING, _E.COMPLETE): _S.COMPLETED,
    (_S.COMPLETED, _E.EVALUATE): _S.EVALUATED,
    (_S.EVALUATED, _E.FOLLOW_UP): _S.FOLLOWED_UP,
    (_S.FOLLOWED_UP, _E.CLOSE): _S.CLOSED,
    (_S.SCHEDULED, _E.POSTPONE): _S.POSTPONED,
    (_S.OPEN, _E.POSTPONE): _S.POSTPONED,
    (_S.CONFIRMED, _E.POSTPONE): _S.POSTPONED,
    (_S.POSTPONED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.PROPOSED, _E.CANCEL): _S.CANCELLED,
    (_S.NEEDS_ASSESSED, _E.CANCEL): _S.CANCELLED,
    (_S.SCHEDULED, _E.CANCEL): _S.CANCELLED,
    (_S.OPEN, _E.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _E.CANCEL): _S.CANCELLED,
    (_S.POSTPONED, _E.CANCEL): _S.CANCELLED,
}

WITH_REASON: Final = frozenset({_E.POSTPONE, _E.CANCEL})
LINE: Final = (
    _S.PROPOSED,
    _S.NEEDS_ASSESSED,
    _S.SCHEDULED,
    _S.OPEN,
    _S.CONFIRMED,
    _S.RUNNING,
    _S.COMPLETED,
    _S.EVALUATED,
    _S.FOLLOWED_UP,
    _S.CLOSED,
)
"""The straight road, for a stepper."""

EDITABLE: Final = frozenset({_S.PROPOSED, _S.NEEDS_ASSESSED, _S.SCHEDULED, _S.POSTPONED, _S.OPEN})
"""States in which title, dates, places and units may change."""
AFTER_CLASS: Final = frozenset({_S.COMPLETED, _S.EVALUATED, _S.FOLLOWED_UP})
TAUGHT: Final = frozenset({_S.RUNNING, *AFTER_CLASS})
"""States in which attendance and tests may be recorded."""


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What is known of a batch when something is about to happen to it.

    units: units of the curriculum; jp: their sum. sessions_without: sessions nobody was recorded in. pre_ready: a test
    before the class with a question and a key for each, or a paper one declared ready. attended: people who attended;
    evaluated: those of them with both post-test and reaction. undecided: attended, neither passed nor failed for good.
    observed: people seen at work by the PTPD.
    """

    units: int = 0
    jp: int = 0
    start_date: date | None = None
    end_date: date | None = None
    place: bool = False
    trainers: int = 0
    accepted: int = 0
    pre_ready: bool = False
    sessions: int = 0
    sessions_without: int = 0
    attended: int = 0
    evaluated: int = 0
    undecided: int = 0
    observed: int = 0
    today: date = date.min


def next_state(
    state: BatchState, event: BatchEvent, facts: BatchFacts, rules: TrainingRules, reason: str = ""
) -> BatchState:
    """Return where *event* leads.

    Raises: IllegalTransitionError; RefusedError ``batch-reason`` for a postponement or an end without a sentence, or
    ``batch-not-ready`` with everything that is missing.
    """
    after = walk(TRANSITIONS, state, event)
    if event in WITH_REASON and not reason.strip():
        raise RefusedError("batch-reason")
    missing = missing_for(event, facts, rules, reason)
    if missing:
        raise RefusedError("batch-not-ready", findings=missing)
    return after


def possible_events(state: BatchState) -> tuple[BatchEvent, ...]:
    """Return what can happen to a batch in *state*."""
    return events_from(TRANSITIONS, state)


def missing_for(event: BatchEvent, facts: BatchFacts, rules: TrainingRules, reason: str = "") -> list[Finding]:
    """Return what must still be there before *event*, all of it at once; empty when it may happen."""
    checks = {
        _E.SCHEDULE: _schedule,
        _E.OPEN: _open,
        _E.CONFIRM: _confirm,
        _E.START: _start,
        _E.COMPLETE: _complete,
        _E.EVALUATE: _evaluate,
        _E.CLOSE: _close,
    }
    if event is _E.FOLLOW_UP:
        lacking = _follow_up(facts, rules, reason)
    elif event in checks:
        lacking = checks[event](facts, rules)
    else:
        lacking = []
    return [Finding(code, "block", message) for code, message in lacking]


Lacking = Sequence[tuple[str, str]]


def _held(*checks: tuple[bool, str, str]) -> Lacking:
    return [(code, message) for holds, code, message in checks if not holds]


def _schedule(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    days = facts.start_date is not None and facts.end_date is not None
    return _held(
        (days, "batch-days", "Tanggal mulai dan selesai belum diisi."),
        (facts.place, "batch-place", "Tempat atau tautan kelas belum diisi."),
        (facts.jp > 0, "batch-units", "Belum ada satuan kurikulum dengan JP."),
    )


def _open(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    return _held((facts.trainers > 0, "batch-trainers", "Belum ada pelatih. Isi paling sedikit satu."))


def _confirm(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    return _held((facts.accepted > 0, "batch-nobody", "Belum ada peserta yang diterima."))


def _start(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    begun = facts.start_date is not None and facts.today >= facts.start_date
    return _held(
        (facts.pre_ready, "batch-pre-test", "Tes awal belum siap. Pilih paket soalnya, atau nyatakan memakai kertas."),
        (facts.sessions > 0, "batch-sessions", "Belum ada sesi. Kehadiran dicatat per sesi."),
        (begun, "batch-early", "Tanggal mulai belum tiba."),
    )


def _complete(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    message = f"{facts.sessions_without} sesi belum punya satu pun kehadiran. Isi dulu, dari QR atau dari kertas."
    return _held((facts.sessions_without == 0, "batch-attendance", message))


def _evaluate(facts: BatchFacts, rules: TrainingRules) -> Lacking:
    """At least the set share of those who attended have a post-test and a reaction."""
    enough = facts.attended > 0 and facts.evaluated * 100 >= facts.attended * rules.evaluated_percent
    message = (
        f"Baru {facts.evaluated} dari {facts.attended} peserta punya tes akhir dan lembar reaksi; "
        f"perlu {rules.evaluated_percent} %."
    )
    return _held((enough, "batch-evaluated", message))


def _follow_up(facts: BatchFacts, rules: TrainingRules, reason: str) -> Lacking:
    """The observation opens some days after the end; when nobody was seen in time, a sentence says why."""
    if facts.end_date is None:
        return [("batch-days", "Tanggal selesai belum diisi.")]
    passed = (facts.today - facts.end_date).days
    if passed < rules.follow_from_days:
        wait = rules.follow_from_days - passed
        return [("batch-follow-early", f"Pengamatan di desa baru dibuka {wait} hari lagi.")]
    if facts.observed == 0 and passed <= rules.follow_until_days:
        return [("batch-observed", "Belum ada peserta yang diamati PTPD di desanya.")]
    if facts.observed == 0 and not reason.strip():
        return [("batch-observed-never", "Masa pengamatan sudah lewat tanpa hasil. Tulis alasannya untuk melanjutkan.")]
    return []


def _close(facts: BatchFacts, _rules: TrainingRules) -> Lacking:
    message = f"{facts.undecided} peserta belum diputuskan lulus atau tidak."
    return _held((facts.undecided == 0, "batch-undecided", message))
