"""Technical support (dukungan teknis) that a village asks of a regional agency through its Camat.

Source: Permendagri 114/2014 as the programme describes it: where a village has no expert of its own, the head asks the
Bupati through the Camat; the article was not read again. Types, steps and service times are design.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.calendar import add_working_days, working_days_between
from rembuk.core.errors import IllegalTransitionError
from rembuk.core.law.dated import Dated, in_force


class State(StrEnum):
    """Where a request stands. Overdue is no state: the clock says it of whoever holds the request."""

    DRAFT = "draft"
    SENT = "sent"
    CAMAT_CHECKED = "camat_checked"
    ACCEPTED_OPD = "accepted_opd"
    DECLINED = "declined"
    SCHEDULED = "scheduled"
    DONE = "done"
    ACCEPTED_BY_VILLAGE = "accepted_by_village"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to a request. return: the Camat gives it back to be completed; move: another day is set."""

    SEND = "send"
    CHECK = "check"
    RETURN = "return"
    ACCEPT = "accept"
    DECLINE = "decline"
    SCHEDULE = "schedule"
    MOVE = "move"
    FINISH = "finish"
    TAKE = "take"
    CLOSE = "close"


_S, _E = State, Event
TRANSITIONS: Final[Mapping[tuple[State, Event], State]] = {
    (_S.DRAFT, _E.SEND): _S.SENT,
    (_S.SENT, _E.CHECK): _S.CAMAT_CHECKED,
    (_S.SENT, _E.RETURN): _S.DRAFT,
    (_S.CAMAT_CHECKED, _E.ACCEPT): _S.ACCEPTED_OPD,
    (_S.CAMAT_CHECKED, _E.DECLINE): _S.DECLINED,
    (_S.ACCEPTED_OPD, _E.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.MOVE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.FINISH): _S.DONE,
    (_S.DONE, _E.TAKE): _S.ACCEPTED_BY_VILLAGE,
    (_S.ACCEPTED_BY_VILLAGE, _E.CLOSE): _S.CLOSED,
}
ENDED: Final = frozenset({_S.DECLINED, _S.CLOSED})


def next_state(state: State, event: Event) -> State:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    if (state, event) not in TRANSITIONS:
        raise IllegalTransitionError("support-step", state=state.value, event=event.value)
    return TRANSITIONS[state, event]


RAB_CHECK: Final = "rab"
KINDS: Final[Mapping[str, str]] = {
    "design": "Gambar atau desain",
    RAB_CHECK: "Pemeriksaan RAB",
    "price": "Harga satuan",
    "survey": "Survei lapangan",
    "land": "Pemeriksaan tata ruang atau lahan",
    "environment": "Catatan lingkungan",
    "legal": "Pengadaan atau hukum",
    "data": "Data",
    "advice": "Nasihat air, kesehatan atau pertanian",
    "inspect40": "Pemeriksaan kemajuan 40 %",
    "inspect80": "Pemeriksaan kemajuan 80 %",
    "inspect100": "Pemeriksaan kemajuan 100 %",
}

# By the first letters of an activity's code: who usually knows. A proposal for the screen; the village picks.
_AGENCY_BY_CODE: Final = (
    ("2.3", "dpu"),
    ("2.2", "dinkes"),
    ("2.1", "disdikbud"),
    ("2.4", "disperkim"),
    ("2.5", "dlhk"),
    ("2.6", "dishub"),
    ("4.1", "dkp"),
    ("4.2", "distanak"),
    ("5.1", "bpbd"),
)
DEFAULT_AGENCY: Final = "dpu"


def agency_for(activity_code: str) -> str:
    """Return the code of the agency that usually helps with an activity."""
    return next((agency for start, agency in _AGENCY_BY_CODE if activity_code.startswith(start)), DEFAULT_AGENCY)


RAB_ITEMS: Final[Mapping[str, str]] = {
    "drawing": "Gambar ada dan cocok dengan RAB",
    "volume": "Volume dihitung dari gambar",
    "price": "Harga satuan menyebut sumber dan tahun",
    "labour": "Bagian upah warga disebut",
    "tax": "Pajak dihitung",
    "local": "Bahan setempat diutamakan",
    "transport": "Biaya angkut sungai atau jalan dihitung",
    "time": "Waktu pelaksanaan masuk akal",
    "safety": "Keselamatan kerja disebut",
    "upkeep": "Pemeliharaan setelah jadi disebut",
    "land": "Surat pernyataan lahan ada",
}
"""What an agency looks at in a RAB."""
MARKS: Final = ("ok", "fix", "na")
"""An item is right, must be mended, or does not apply."""

DECLINE_REASONS: Final[Mapping[str, str]] = {
    "authority": "Bukan kewenangan perangkat daerah ini",
    "papers": "Berkas belum cukup untuk dikerjakan",
    "capacity": "Tenaga atau anggaran tidak tersedia tahun ini",
    "duplicate": "Sudah ditangani lewat permintaan atau program lain",
    "technical": "Secara teknis tidak dapat dikerjakan",
}

_STANDARD: Final = "Standar layanan dukungan teknis (rancangan)"
CAMAT_DAYS: Final = (Dated(date(2025, 1, 1), 3, _STANDARD, "uncertain"),)
ANSWER_DAYS: Final = (Dated(date(2025, 1, 1), 10, _STANDARD, "uncertain"),)
RAB_DAYS: Final = (Dated(date(2025, 1, 1), 15, _STANDARD, "uncertain"),)


@dataclass(frozen=True, slots=True)
class Moments:
    """The days at the regency on which a request was sent, checked by the Camat, accepted; and the day set for it."""

    sent: date | None = None
    checked: date | None = None
    accepted: date | None = None
    scheduled: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Who holds a request now and until when. holder: village | camat | agency. left: working days; below 0 is late."""

    holder: str
    due: date
    left: int

    @property
    def late(self) -> bool:
        return self.left < 0


def owed(state: State, kind: str, moments: Moments, today: date) -> Owed | None:
    """Return whose turn it is and until when; None while it lies with the village, or has ended."""
    if state is State.SENT and moments.sent:
        return _until("camat", CAMAT_DAYS, moments.sent, today)
    if state is State.CAMAT_CHECKED and moments.checked:
        return _until("agency", ANSWER_DAYS, moments.checked, today)
    if state in (State.ACCEPTED_OPD, State.SCHEDULED) and moments.accepted:
        if kind == RAB_CHECK:
            return _until("agency", RAB_DAYS, moments.accepted, today)
        if moments.scheduled:
            return Owed("agency", moments.scheduled, left_until(moments.scheduled, today))
    return None


def left_until(due: date, today: date) -> int:
    """Return the working days from *today* to *due*; below zero when it has passed."""
    return working_days_between(today, due) if today <= due else -working_days_between(due, today)


def _until(holder: str, rows: tuple[Dated[int], ...], start: date, today: date) -> Owed:
    due = add_working_days(start, in_force(rows, on=max(start, rows[0].from_date)).value)
    return Owed(holder, due, left_until(due, today))
