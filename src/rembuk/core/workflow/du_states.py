"""A need that a village hands upward (DU-RKP): from the draft to the Camat, and the answer as a letter tells it.

The desks in between (Camat, agencies, regional budget) are not walked here; an answer is recorded by hand.

Source: Permendagri 114/2014 Pasal 51; deadlines D11 and D12.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.core.workflow.states import events_from, walk


class DuState(StrEnum):
    """Where the need stands. The last three are answers."""

    DRAFT = "DRAFT"
    AGREED_VILLAGE = "AGREED_VILLAGE"
    SUBMITTED_CAMAT = "SUBMITTED_CAMAT"
    RETURNED = "RETURNED"
    IN_RKPD = "IN_RKPD"
    DEFERRED = "DEFERRED"
    REJECTED = "REJECTED"


class DuEvent(StrEnum):
    """What happens to it. reopen: the village changes its list again before it is sent."""

    AGREE = "agree"
    REOPEN = "reopen"
    SUBMIT = "submit"
    RETURN = "return"
    TAKE_UP = "take_up"
    DEFER = "defer"
    REJECT = "reject"


_S = DuState
_E = DuEvent
TRANSITIONS: Final[dict[tuple[DuState, DuEvent], DuState]] = {
    (_S.DRAFT, _E.AGREE): _S.AGREED_VILLAGE,
    (_S.AGREED_VILLAGE, _E.REOPEN): _S.DRAFT,
    (_S.AGREED_VILLAGE, _E.SUBMIT): _S.SUBMITTED_CAMAT,
    (_S.SUBMITTED_CAMAT, _E.RETURN): _S.RETURNED,
    (_S.RETURNED, _E.SUBMIT): _S.SUBMITTED_CAMAT,
    (_S.SUBMITTED_CAMAT, _E.TAKE_UP): _S.IN_RKPD,
    (_S.SUBMITTED_CAMAT, _E.DEFER): _S.DEFERRED,
    (_S.SUBMITTED_CAMAT, _E.REJECT): _S.REJECTED,
}

EDITABLE: Final = frozenset({_S.DRAFT, _S.RETURNED})
"""States in which the village may change the row."""

ANSWERS: Final = (_E.TAKE_UP, _E.DEFER, _E.REJECT, _E.RETURN)
"""What a letter from above can say."""

NEGATIVE: Final = frozenset({_E.RETURN, _E.DEFER, _E.REJECT})
"""Answers that need a code and a sentence: the village reads why."""

REASONS: Final[dict[str, str]] = {
    "authority": "salah alamat kewenangan",
    "land": "lahan atau izin belum ada",
    "spatial": "di luar rencana tata ruang",
    "design": "gambar atau RAB belum ada",
    "priority": "di bawah prioritas",
    "funded": "sudah didanai sumber lain",
    "budget": "anggaran tidak cukup",
    "technical": "tidak layak teknis",
    "duplicate": "sama dengan usulan lain",
    "data": "data kurang",
}
"""Code -> why a need was not taken up, in words."""


def next_state(state: DuState, event: DuEvent, *, code: str = "", text: str = "", year: int | None = None) -> DuState:
    """Return where *event* leads.

    code, text: of a negative answer. year: to which a need is deferred.
    Raises: IllegalTransitionError; RefusedError ``du-answer-reason`` or ``du-answer-year``.
    """
    after = walk(TRANSITIONS, state, event)
    if event in NEGATIVE and (code not in REASONS or not text.strip()):
        raise RefusedError("du-answer-reason")
    if event is _E.DEFER and year is None:
        raise RefusedError("du-answer-year")
    return after


def possible_events(state: DuState) -> tuple[DuEvent, ...]:
    """Return what can happen to a need in *state*."""
    return events_from(TRANSITIONS, state)


@dataclass(frozen=True, slots=True)
class DuFacts:
    """What is known of a need. traced: it comes from a proposal of the village or a line of its RPJM Desa."""

    location: bool
    volume: bool
    destination: bool
    reason: bool
    cost: bool
    source: bool
    schedule: bool
    design: bool
    land: bool
    traced: bool


MARKS: Final[tuple[tuple[str, str, bool], ...]] = (
    ("location", "lokasi", True),
    ("volume", "volume", True),
    ("destination", "tujuan", True),
    ("reason", "alasan", True),
    ("cost", "prakiraan biaya", False),
    ("source", "sumber yang diusulkan", False),
    ("schedule", "perkiraan waktu", False),
    ("design", "gambar atau RAB", False),
    ("land", "kesiapan lahan", False),
    ("traced", "asal usulan", False),
)
"""Field of DuFacts, its name, and whether it holds the transmittal back. The others say how ready the need is."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a need is. lacking: names of what is missing; blocking: those that hold the transmittal back."""

    met: int
    total: int
    lacking: tuple[str, ...]
    blocking: tuple[str, ...]


def completeness_of(facts: DuFacts) -> Completeness:
    """Return what a need has and lacks, in the order of MARKS."""
    open_marks = [(words, needed) for name, words, needed in MARKS if not getattr(facts, name)]
    return Completeness(
        len(MARKS) - len(open_marks),
        len(MARKS),
        tuple(words for words, _needed in open_marks),
        tuple(words for words, needed in open_marks if needed),
    )
