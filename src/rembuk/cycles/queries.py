"""Reads over cycles: the board of a place, one village's stages, what a hat has to do next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, When
from django.db.models.functions import Coalesce

from rembuk.core.calendar import days_between, national_holidays
from rembuk.core.hat import Hat, Place
from rembuk.core.workflow import lateness as clock
from rembuk.core.workflow.lateness import Punctuality
from rembuk.core.workflow.rpjm_stages import ALL_STAGES, RPJM_STAGES
from rembuk.core.workflow.stages import STAGES, Profile, open_stages
from rembuk.cycles import duties
from rembuk.cycles.checking import Checked, check_stages, stored_findings
from rembuk.cycles.duties import Duty
from rembuk.cycles.models import Cycle, Evidence, Excuse, Holiday, StageRecord, StageReturn
from rembuk.cycles.procedure import order_of, profile_of
from rembuk.regions.models import Regency, Village
from rembuk.regions.queries import place_q, villages_in

SOON_DAYS = 14
ENACTED = frozenset({"K12", "R10"})


BEGUN = Coalesce("inauguration_date", "review_date")
"""The day a medium-term cycle began."""


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage as a list shows it, from stored rows only.

    state: ok (done, evidence is in) | due | late | paused (an excuse stops the clock) | next. days_late: days that no
    excuse covers, past the legal day, or past the target of a stage that can be worked on. days_left: to the day
    moved by excuses, None without one. legal, target: the two stored days.
    """

    code: str
    state: str
    done_date: date | None
    legal: date | None
    target: date | None
    due: date | None
    days_late: int
    days_left: int | None
    excused_days: int
    reasons: tuple[str, ...]
    confirmed: bool
    needs_recheck: bool
    is_open: bool
    version: int

    @property
    def done(self) -> bool:
        return self.done_date is not None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One village. held_at: code of the first stage that is not done (empty: all done, or no cycle)."""

    village: Village
    cycle_id: UUID | None
    stages: tuple[StageState, ...]
    held_at: str
    days_late: int
    excused_days: int
    reasons: tuple[str, ...]
    state: str

    def stage(self, code: str) -> StageState | None:
        """Return one stage of the row, or None where the procedure leaves it out."""
        return next((stage for stage in self.stages if stage.code == code), None)


@dataclass(frozen=True, slots=True)
class Board:
    """All villages of a place. funnel: stage -> how many villages have it done; states: row state -> villages."""

    rows: tuple[BoardRow, ...]
    funnel: Mapping[str, int]
    states: Mapping[str, int]

    @property
    def late(self) -> list[BoardRow]:
        """The late villages, the longest first."""
        found = [row for row in self.rows if row.days_late]
        return sorted(found, key=lambda row: (-row.days_late, row.village.name, row.village.id))


def board(place: Place, budget_year: int, today: date) -> Board:
    """Return every village of *place* with its stages of one budget year. Four queries, however many villages."""
    cycles = {cycle.village_id: cycle for cycle in Cycle.objects.filter(place_q(place), budget_year=budget_year)}
    own = Q(cycle__kind=Cycle.Kind.RKP, cycle__budget_year=budget_year)
    return board_of(place, cycles, own, tuple(STAGES), today)


def rpjm_board(place: Place, today: date) -> Board:
    """Return every village of *place* with its newest open cycle of the RPJM Desa, if any. Four queries."""
    rows = Cycle.medium_term.filter(place_q(place), closed_at__isnull=True).order_by(BEGUN, "id")
    cycles = {cycle.village_id: cycle for cycle in rows}
    own = Q(cycle__kind=Cycle.Kind.RPJM, cycle__closed_at__isnull=True)
    return board_of(place, cycles, own, tuple(RPJM_STAGES), today)


def board_of(place: Place, cycles: Mapping[str, Cycle], own: Q, codes: Sequence[str], today: date) -> Board:
    """Return the board of these cycles by village. own: which stage records and excuses are theirs. Three queries."""
    records: dict[UUID, list[StageRecord]] = defaultdict(list)
    wanted = StageRecord.objects.filter(own, place_q(place, "cycle__village"))
    for record in wanted.defer("result", "rests_on").order_by():
        records[record.cycle_id].append(record)
    excuses: dict[UUID, list[Excuse]] = defaultdict(list)
    for excuse in Excuse.objects.filter(own, place_q(place, "cycle__village"), state=Excuse.State.GRANTED):
        excuses[excuse.cycle_id].append(excuse)
    rows = tuple(
        board_row(village, cycle, records[cycle.pk], excuses[cycle.pk], today)
        if (cycle := cycles.get(village.id)) is not None
        else BoardRow(village, None, (), "", 0, 0, (), "none")
        for village in villages_in(place)
    )
    funnel = {
        code: sum(1 for row in rows for stage in row.stages if stage.code == code and stage.done) for code in codes
    }
    states: dict[str, int] = defaultdict(int)
    for row in rows:
        states[row.state] += 1
    return Board(rows, funnel, dict(states))


def board_row(
    village: Village, cycle: Cycle, records: Sequence[StageRecord], excuses: Sequence[Excuse], today: date
) -> BoardRow:
    """Return one village's row from its stored rows."""
    stages = stage_states(cycle, records, excuses, today)
    waiting = [stage for stage in stages if not stage.done]
    worst = max(waiting, key=lambda stage: stage.days_late, default=None)
    held = waiting[0] if waiting else None
    enacted = any(stage.code in ENACTED and stage.done for stage in stages)
    days = worst.days_late if worst else 0
    paused = any(stage.state == "paused" for stage in waiting)
    state = "late" if days else "paused" if paused else "ok" if enacted else "due"
    excused = max((stage.excused_days for stage in waiting), default=0)
    reasons = tuple(dict.fromkeys(reason for stage in waiting for reason in stage.reasons))
    return BoardRow(village, cycle.pk, stages, held.code if held else "", days, excused, reasons, state)


def stage_states(
    cycle: Cycle, records: Sequence[StageRecord], excuses: Sequence[Excuse], today: date
) -> tuple[StageState, ...]:
    """Return the stages of one cycle in the order of its procedure."""
    by_code = {record.stage: record for record in records}
    profile = known_profile(cycle, frozenset(by_code))
    done = frozenset(code for code, record in by_code.items() if record.state == StageRecord.State.DONE)
    workable = frozenset(open_stages(done, profile))
    pauses = [clock.Excuse(row.stage, row.from_date, row.reason, row.to_date) for row in excuses]
    return tuple(
        stage_state(by_code[stage.code], pauses, today, stage.code in workable)
        for stage in profile.stages()
        if stage.code in by_code
    )


def known_profile(cycle: Cycle, stages: frozenset[str]) -> Profile:
    """Return the cycle's order; the common case, nothing switched off, costs no copy."""
    profile = order_of(cycle)
    return profile if len(stages) == len(profile.order) else profile_of(cycle, stages)


def stage_state(record: StageRecord, pauses: Sequence[clock.Excuse], today: date, workable: bool) -> StageState:
    due = record.legal_deadline or record.target_date
    done_date = record.done_date if record.state == StageRecord.State.DONE else None
    found = clock.lateness(record.stage, due, done_date, pauses, today)
    left = days_between(today, found.due) if found.due is not None else None
    excused = days_between(due, found.due) if due is not None and found.due is not None else 0
    running = any(
        pause.stage == record.stage and pause.start <= today and (pause.end is None or today <= pause.end)
        for pause in pauses
    )
    # A stage that waits for others is not itself late by a target; a legal day passes for everybody.
    days = found.days if done_date is not None or workable or record.legal_deadline is not None else 0
    late = days > 0 and found.state == Punctuality.LATE
    if done_date is not None:
        state = "ok"
    elif late:
        state = "late"
    elif running or found.state == Punctuality.EXCUSED:
        state = "paused"
    elif workable and left is not None and left <= SOON_DAYS:
        state = "due"
    else:
        state = "next"
    return StageState(
        code=record.stage,
        state=state,
        done_date=done_date,
        legal=record.legal_deadline,
        target=record.target_date,
        due=due,
        days_late=days,
        days_left=left,
        excused_days=excused,
        reasons=found.reasons,
        confirmed=record.confirmed_at is not None,
        needs_recheck=record.needs_recheck,
        is_open=workable,
        version=record.version,
    )


def states_of(cycle: Cycle, today: date) -> tuple[StageState, ...]:
    """Return the stages of one cycle. Two queries."""
    records = list(cycle.stages.defer("result", "rests_on"))
    excuses = list(cycle.excuses.filter(state=Excuse.State.GRANTED))
    return stage_states(cycle, records, excuses, today)


def cycles_seen_by(hat: Hat) -> "QuerySet[Cycle]":
    """Return the cycles at or below the hat's place (for a hamlet or RT, of its village), newest first."""
    found = Cycle.objects.filter(place_q(hat.place)).select_related("village__district", "village__regency")
    return found.order_by("-budget_year", "village__district_id", "village__name", "id")


def current_cycle(village: Village | str) -> Cycle | None:
    """Return the village's newest open cycle, or None. One query."""
    key = village if isinstance(village, str) else village.id
    found = Cycle.objects.filter(village_id=key, closed_at__isnull=True).select_related("village__regency")
    return found.order_by("-budget_year").first()


def current_rpjm_cycle(village: Village | str) -> Cycle | None:
    """Return the village's newest open cycle of the RPJM Desa, or None. One query."""
    key = village if isinstance(village, str) else village.id
    found = Cycle.medium_term.filter(village_id=key, closed_at__isnull=True).select_related("village__regency")
    return found.order_by(BEGUN.desc(), "id").first()


def cycle_by_id(cycle_id: UUID | str) -> Cycle:
    """Return one cycle of either kind with village, district and regency. Raises: Cycle.DoesNotExist."""
    return Cycle.every.select_related("village__district", "village__regency").get(pk=cycle_id)


def rows_of_cycle(cycle: Cycle) -> list[tuple[type[Model], list[UUID]]]:
    """Return the keys of what belongs to a cycle, for its trail."""
    models: tuple[type[Model], ...] = (StageRecord, Evidence, Excuse, StageReturn)
    return [(model, list(model._default_manager.filter(cycle=cycle).values_list("pk", flat=True))) for model in models]


def stage_record(cycle_id: UUID, stage: str) -> StageRecord:
    """Return one stage with its cycle, village, district and regency. Raises: StageRecord.DoesNotExist."""
    found = StageRecord.objects.select_related("cycle__village__district", "cycle__village__regency")
    return found.get(cycle_id=cycle_id, stage=stage)


def evidence_of(cycle: Cycle, stage: str = "") -> "QuerySet[Evidence]":
    """Return the evidence of a cycle, or of one stage, withdrawn pieces too, oldest first, with file and paper."""
    found = Evidence.objects.filter(cycle=cycle).select_related("file", "paper").defer("paper__data")
    if stage:
        found = found.filter(stage=stage)
    return found.order_by("document_date", "id")


def evidence_seen_by(hat: Hat) -> "QuerySet[Evidence]":
    """Return the evidence at or below the hat's place, the oldest first, with what its tile needs."""
    found = Evidence.objects.filter(place_q(hat.place, "cycle__village")).select_related(
        "cycle__village__district", "file", "paper"
    )
    return found.defer("paper__data").order_by("added_at", "id")


def returns_of(cycle: Cycle, stage: str) -> "QuerySet[StageReturn]":
    """Return how often a stage was sent back, the newest first."""
    return StageReturn.objects.filter(cycle=cycle, stage=stage).order_by("-returned_at", "id")


def excuses_seen_by(hat: Hat) -> "QuerySet[Excuse]":
    """Return the excuses at or below the hat's place: those to decide first, then the newest."""
    found = Excuse.objects.filter(place_q(hat.place, "cycle__village"))
    first = Case(When(state=Excuse.State.PROPOSED, then=0), default=1)
    return found.select_related("cycle__village__district", "cycle__village__regency", "file").order_by(
        first, "-from_date", "id"
    )


def findings_now(cycle: Cycle, stage: str, today: date) -> Checked:
    """Check one stage of one cycle against what is there now; nothing is stored."""
    return check_stages([cycle.pk], stage, on=today)[cycle.pk]


def holidays(regency: Regency | str) -> frozenset[date]:
    """Return the days that are not worked at a regency: the national ones and its own. One query."""
    own = Holiday.objects.filter(regency=regency).values_list("day", flat=True)
    return national_holidays() | frozenset(own)


def next_duties(hat: Hat, today: date, limit: int = 3) -> list[Duty]:
    """Return the next duties of a hat, at most *limit*: late ones first, then by date. A constant number of queries."""
    return duties.of(hat, today)[:limit]


def missing_of(record: StageRecord, papers: frozenset[str]) -> tuple[str, ...]:
    """Return what a stage lacks as its stored result and its papers say, the blocking sentences first."""
    stored = [finding.message for finding in stored_findings(record) if finding.severity == "block"]
    lacking = [
        f"{paper.title} ({paper.form}) belum ada"
        for paper in ALL_STAGES[record.stage].papers
        if not paper.optional and paper.form not in papers
    ]
    return tuple(dict.fromkeys(stored or lacking))
