"""The Rencana Pembinaan Terpadu of a year: its states, what must be there before each step, whom it reaches.

Source: the programme's description of the annual guidance plan (design; no law fixes the states or the coverage rule).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.errors import Finding, RefusedError
from rembuk.core.workflow.states import walk


class PlanState(StrEnum):
    """Where the plan of a year stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RUNNING = "running"
    DRAFT_REVISION = "draft_revision"
    CLOSED = "closed"


class PlanEvent(StrEnum):
    """What can happen to the plan of a year."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    START = "start"
    REVISE = "revise"
    CLOSE = "close"


TRANSITIONS: Final[Mapping[tuple[PlanState, PlanEvent], PlanState]] = {
    (PlanState.DRAFT, PlanEvent.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, PlanEvent.APPROVE): PlanState.APPROVED,
    (PlanState.SUBMITTED, PlanEvent.RETURN): PlanState.DRAFT,
    (PlanState.APPROVED, PlanEvent.START): PlanState.RUNNING,
    (PlanState.APPROVED, PlanEvent.REVISE): PlanState.DRAFT_REVISION,
    (PlanState.RUNNING, PlanEvent.REVISE): PlanState.DRAFT_REVISION,
    (PlanState.RUNNING, PlanEvent.CLOSE): PlanState.CLOSED,
    (PlanState.DRAFT_REVISION, PlanEvent.APPROVE): PlanState.RUNNING,
    # A revision keeps its state while it is handed in and given back: the plan in force goes on beside it. That it was
    # handed in is told by who did it and when.
    (PlanState.DRAFT_REVISION, PlanEvent.SUBMIT): PlanState.DRAFT_REVISION,
    (PlanState.DRAFT_REVISION, PlanEvent.RETURN): PlanState.DRAFT_REVISION,
}
EDITABLE: Final = frozenset({PlanState.DRAFT, PlanState.DRAFT_REVISION})
"""States in which the content may be changed."""
AGREED: Final = frozenset({PlanState.APPROVED, PlanState.RUNNING, PlanState.DRAFT_REVISION, PlanState.CLOSED})
"""States in which a version is in force."""
WITH_WORDS: Final = frozenset({PlanEvent.RETURN, PlanEvent.REVISE})
"""Events that say why."""


class Kind(StrEnum):
    """What an activity is."""

    TRAINING = "training"
    VISIT = "visit"
    FACILITATION = "facilitation"
    CLINIC = "clinic"
    REVIEW = "review"
    COORDINATION = "coordination"


REACHING: Final = frozenset({Kind.TRAINING, Kind.VISIT})
"""Kinds that count as reaching a village: somebody of it is taught, or somebody comes to it."""


class ActivityState(StrEnum):
    """Where one activity stands."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ActivityEvent(StrEnum):
    """What can happen to one activity."""

    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"


ACTIVITY_TRANSITIONS: Final[Mapping[tuple[ActivityState, ActivityEvent], ActivityState]] = {
    (ActivityState.OPEN, ActivityEvent.CLOSE): ActivityState.CLOSED,
    (ActivityState.OPEN, ActivityEvent.CANCEL): ActivityState.CANCELLED,
    # Closed or cancelled by mistake, while the plan still runs.
    (ActivityState.CLOSED, ActivityEvent.REOPEN): ActivityState.OPEN,
    (ActivityState.CANCELLED, ActivityEvent.REOPEN): ActivityState.OPEN,
}

SOURCES: Final[Mapping[str, str]] = {
    "apbd": "APBD Kabupaten",
    "apbd_prov": "APBD Provinsi",
    "apbn": "APBN",
    "apbdes": "APB Desa",
    "third_party": "Pihak ketiga",
    "other": "Sumber lain",
    "none": "Tanpa biaya",
}
"""Sources of the money of guidance (design): the office's own list, not the funding codes of a village."""


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the guards want to know of an activity. villages: codes; money_lines: how many, a line of zero counts."""

    key: str
    title: str
    kind: Kind
    owner: bool
    start: date | None
    end: date | None
    villages: frozenset[str]
    money_lines: int
    state: ActivityState = ActivityState.OPEN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VillageName:
    """A village as the plan names it."""

    code: str
    name: str
    district_code: str
    district: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan before its next step. left_out: village -> reason typed for it; submitted: a revision was handed in."""

    objectives: int
    activities: tuple[ActivityFacts, ...]
    villages: tuple[VillageName, ...]
    left_out: Mapping[str, str]
    submitted: bool = False


def uncovered(facts: PlanFacts) -> tuple[VillageName, ...]:
    """Return the villages in no training and no visit that goes on, and not left out with a reason, in their order."""
    reached = reached_by(facts.activities, REACHING)
    return tuple(
        village
        for village in facts.villages
        if village.code not in reached and not facts.left_out.get(village.code, "").strip()
    )


def reached_by(activities: Sequence[ActivityFacts], kinds: Collection[Kind]) -> frozenset[str]:
    """Return the villages in an activity of *kinds* that is not cancelled."""
    found: set[str] = set()
    for activity in activities:
        if activity.kind in kinds and activity.state is not ActivityState.CANCELLED:
            found |= activity.villages
    return frozenset(found)


def problems_of(facts: PlanFacts) -> tuple[Finding, ...]:
    """Return everything that keeps a plan from being handed in: what activities lack, villages reached by nobody.

    subject: key of the activity, or code of the village. Source: the programme's guards of the plan (design).
    """
    found: list[Finding] = []
    if not facts.objectives:
        found.append(
            Finding("programme-objectives", "block", "Rencana ini belum punya tujuan. Tulis paling sedikit satu.")
        )
    going = [one for one in facts.activities if one.state is not ActivityState.CANCELLED]
    if not going:
        found.append(Finding("programme-empty", "block", "Belum ada kegiatan dalam rencana ini."))
    for activity in going:
        found += lacking(activity)
    found += [
        Finding(
            "programme-uncovered",
            "block",
            f"{village.name} ({village.district}) belum masuk pelatihan atau kunjungan mana pun, dan tidak disebut "
            "sebagai desa yang sengaja tidak dicakup.",
            subject=village.code,
        )
        for village in uncovered(facts)
    ]
    return tuple(found)


def lacking(activity: ActivityFacts) -> list[Finding]:
    """Return what one activity lacks: owner, period, target, money."""
    checks = (
        ("programme-owner", activity.owner, "penanggung jawab"),
        ("programme-period", activity.start is not None and activity.end is not None, "waktu pelaksanaan"),
        ("programme-target", bool(activity.villages), "desa sasaran"),
        ("programme-money", activity.money_lines > 0, "anggaran (boleh nol, dengan sumber Tanpa biaya)"),
    )
    return [
        Finding(code, "block", f"Kegiatan “{activity.title}” belum punya {what}.", subject=activity.key)
        for code, there, what in checks
        if not there
    ]


def next_state(state: PlanState, event: PlanEvent, facts: PlanFacts, words: str = "") -> PlanState:
    """Return where *event* leads a plan.

    Raises: IllegalTransitionError; RefusedError with everything that is missing, or without the words it needs.
    """
    after = walk(TRANSITIONS, state, event)
    if event in WITH_WORDS and not words.strip():
        raise RefusedError(f"programme-{event.value}-words")
    if event in (PlanEvent.SUBMIT, PlanEvent.APPROVE) and (found := problems_of(facts)):
        raise RefusedError("programme-not-ready", found, count=len(found))
    if event is PlanEvent.APPROVE and state is PlanState.DRAFT_REVISION and not facts.submitted:
        raise RefusedError("programme-revision-not-submitted")
    if event is PlanEvent.CLOSE and (found := still_open(facts)):
        raise RefusedError("programme-activities-open", found, count=len(found))
    return after


def still_open(facts: PlanFacts) -> tuple[Finding, ...]:
    """Return the activities that keep a plan from being closed."""
    return tuple(
        Finding(
            "programme-open",
            "block",
            f"Kegiatan “{one.title}” belum ditutup. Tutup, atau batalkan dengan alasannya.",
            subject=one.key,
        )
        for one in facts.activities
        if one.state is ActivityState.OPEN or (one.state is ActivityState.CANCELLED and not one.reason.strip())
    )


def next_activity_state(state: ActivityState, event: ActivityEvent, words: str = "") -> ActivityState:
    """Return where *event* leads an activity. Raises: IllegalTransitionError; RefusedError to cancel without why."""
    after = walk(ACTIVITY_TRANSITIONS, state, event)
    if event is ActivityEvent.CANCEL and not words.strip():
        raise RefusedError("programme-cancel-words")
    return after


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One kecamatan in the matrix. reached: kind -> villages in an activity of it; left_out, open: of *villages*."""

    district_code: str
    district: str
    villages: int
    reached: Mapping[Kind, int]
    left_out: int
    open: int


def coverage(facts: PlanFacts) -> tuple[CoverageRow, ...]:
    """Return the matrix kecamatan x kind of activity, in the order of the villages given."""
    by_kind = {kind: reached_by(facts.activities, {kind}) for kind in Kind}
    missing = {village.code for village in uncovered(facts)}
    districts: dict[str, list[VillageName]] = {}
    for village in facts.villages:
        districts.setdefault(village.district_code, []).append(village)
    return tuple(
        CoverageRow(
            district_code=code,
            district=rows[0].district,
            villages=len(rows),
            reached={kind: sum(row.code in by_kind[kind] for row in rows) for kind in Kind},
            left_out=sum(bool(facts.left_out.get(row.code, "").strip()) for row in rows),
            open=sum(row.code in missing for row in rows),
        )
        for code, rows in districts.items()
    )


def months_of(start: date, end: date, year: int) -> frozenset[int]:
    """Return the months of *year* (1 to 12) that a period touches."""
    first = 1 if start.year < year else start.month
    last = 12 if end.year > year else end.month
    return frozenset() if start.year > year or end.year < year else frozenset(range(first, last + 1))


def a_year_later(day: date, years: int = 1) -> date:
    """Return the same day *years* later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
