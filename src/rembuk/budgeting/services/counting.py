"""Counting: a run for a choice, what the hall decides against it, and the same count again from what was stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.asking import Gathered, Overrides, gathered
from rembuk.budgeting.choice import Choice
from rembuk.budgeting.count import count
from rembuk.budgeting.gathering import facts_of
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import cycle_by_id, newest_run, run_by_id
from rembuk.budgeting.stored import Stored, packed_outcome, packed_problem, unpacked
from rembuk.budgeting.trying import choice_of, overrides_of
from rembuk.core.allocation import Outcome, allocate
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.deliberation import holds
from rembuk.deliberation.models import Meeting
from rembuk.shared import trail

LONGEST_REASON: Final = 600
DIRECTIONS: Final = ("in", "out")


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stored run and the same count again. equal: the outcome is the same, byte for byte."""

    before: Stored
    again: Outcome
    equal: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose list is to be counted, how, and around which decisions of the hall."""

    meeting: Meeting | None
    choice: Choice
    overrides: Overrides


def run_allocation(
    *,
    cycle_id: UUID,
    meeting_id: UUID | None,
    choice: Choice | None = None,
    actor: Hat,
    at: datetime,
) -> AllocationRun:
    """Count which proposals the money reaches and store the run; the same data again gives the run that is there.

    What the hall decided against the count in its last run is kept, and so is its choice unless *choice* says another.
    meeting_id: whose list it answers, None for the team's draft. Raises: NotAllowedError, RefusedError (no ceilings, no
    proposals, nobody's voice, ceilings against the rules, other ceilings than those of the letter).
    """

    def wanted(cycle: Cycle) -> Wanted:
        require(actor, "budgeting.run", cycle)
        meeting = hall_of(cycle, meeting_id)
        before = newest_run(cycle, meeting)
        return Wanted(meeting, choice or choice_of(before), overrides_of(before))

    return stored_run(cycle_id, wanted, actor, at, "budgeting.run")


def locked_cycle(cycle_id: UUID) -> Cycle:
    """Return the cycle locked, so that two runs do not pass each other. Raises: RefusedError when it is closed."""
    rows = Cycle.objects.select_for_update(of=("self",))
    cycle = rows.select_related("village__district", "village__regency").get(pk=cycle_id)
    if cycle.closed_at is not None:
        raise RefusedError("cycle-closed", year=cycle.budget_year)
    return cycle


def hall_of(cycle: Cycle, meeting_id: UUID | None) -> Meeting | None:
    """Return the meeting, which must belong to the cycle and stand. Raises: RefusedError."""
    if meeting_id is None:
        return None
    meeting = Meeting.objects.filter(pk=meeting_id, cycle=cycle).exclude(state="cancelled").first()
    if meeting is None:
        raise RefusedError("run-meeting-elsewhere")
    return meeting


def stored_run(cycle_id: UUID, wanted: Callable[[Cycle], Wanted], actor: Hat, at: datetime, act: str) -> AllocationRun:
    """Count and store; an equal newest run is returned instead. Raises: RefusedError and what *wanted* raises.

    The rule runs before the cycle is locked: a solver may take seconds, and on SQLite a lock stops every writer. Under
    the lock the data is read again, and only if it changed meanwhile the rule runs again.
    """
    asked = asked_for(cycle_by_id(cycle_id), wanted)
    found = count(asked)
    with transaction.atomic():
        cycle = locked_cycle(cycle_id)
        now = asked_for(cycle, wanted)
        if (now.problem, now.settings, now.context) != (asked.problem, asked.settings, asked.context):
            found = count(now)
        known = now.facts.run
        if known is not None and known.digest == found.outcome.digest and known.problem["context"] == now.context:
            return known
        with trail.acting(actor, act):
            return AllocationRun.objects.create(
                village=cycle.village,
                cycle=cycle,
                meeting=now.facts.meeting,
                rule=now.choice.rule,
                problem=packed_problem(now.problem, now.context),
                outcome=packed_outcome(found.outcome, found.violations),
                digest=found.outcome.digest,
                made_by=actor.person_id,
                made_at=at,
            )


def asked_for(cycle: Cycle, wanted: Callable[[Cycle], Wanted]) -> Gathered:
    """Return what is to be counted as the data stands now. Raises: RefusedError."""
    if cycle.closed_at is not None:
        raise RefusedError("cycle-closed", year=cycle.budget_year)
    what = wanted(cycle)
    if what.meeting is not None:
        holds.check(what.meeting.pk)
    refuse_question(what.choice)
    return gathered(facts_of(cycle, what.meeting), what.overrides, what.choice)


def refuse_question(choice: Choice) -> None:
    """Refuse to store what rests on ceilings that no letter gives. Raises: RefusedError."""
    if choice.is_question:
        raise RefusedError("run-what-if", sources=", ".join(f"{code} {percent} %" for code, percent in choice.ceilings))


def stored(run: AllocationRun) -> Stored:
    """Return a run as values. Raises: RefusedError when it no longer gives its digest."""
    found = unpacked(run.problem, run.outcome, run.digest)
    if not found.intact:
        raise RefusedError("run-altered", digest=run.digest[:12])
    return found


def override(
    *, run_id: UUID, proposal_id: UUID, direction: str, reason: str, actor: Hat, at: datetime
) -> AllocationRun:
    """Put a proposal in, or leave it out, by decision of the hall (ALOK-07) and count anew around it.

    direction: ``in`` | ``out`` | ``undo``. Money and rules still bind: what the hall puts in is paid first, and the run
    is refused if it cannot be paid. Raises: NotAllowedError, BadInputError (no reason), RefusedError.
    """
    run = run_by_id(run_id)
    require(actor, "budgeting.override", run)
    key, words = str(proposal_id), " ".join(reason.split())
    if direction not in (*DIRECTIONS, "undo"):
        raise BadInputError("override-direction", read=direction)
    if direction != "undo" and not words:
        raise BadInputError("override-reason-missing")
    if len(words) > LONGEST_REASON:
        raise BadInputError("override-reason-long", count=len(words), limit=LONGEST_REASON)
    if key not in known_keys(run):
        raise RefusedError("override-unknown-proposal")
    wanted = Wanted(run.meeting, choice_of(run), decided(overrides_of(run), key, direction, words))
    return stored_run(run.cycle_id, lambda cycle: wanted, actor, at, "budgeting.override")


def decided(before: Overrides, key: str, direction: str, words: str) -> Overrides:
    """Return what the hall decided, with one proposal put in, left out or left to the count again."""
    put_in = {other: reason for other, reason in before.put_in.items() if other != key}
    left_out = {other: reason for other, reason in before.left_out.items() if other != key}
    put_in |= {key: words} if direction == "in" else {}
    left_out |= {key: words} if direction == "out" else {}
    return Overrides(put_in, left_out)


def replay(run: AllocationRun) -> Replayed:
    """Count a stored run again from what was stored alone, and say whether the same bytes come out. No query.

    Raises: RefusedError when the stored values no longer give their digest.
    """
    found = stored(run)
    again = allocate(found.problem, found.outcome.settings)
    return Replayed(found, again, packed_outcome(again, ())["values"] == run.outcome["values"])


def known_keys(run: AllocationRun) -> set[str]:
    """Return the proposals that the hall can decide about: those of the count and those it left out before."""
    rows = run.problem["values"]["proposals"]
    return {row["id"] for row in rows} | set(run.problem["context"].get("left_out", {}))


def locked_run(run_id: UUID) -> AllocationRun:
    """Return the run locked, with its meeting. Raises: AllocationRun.DoesNotExist."""
    AllocationRun.objects.select_for_update().only("pk").get(pk=run_id)
    return run_by_id(run_id)
