"""Writes of this room: count, let the hall adopt or decide otherwise, answer those the money did not reach."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.budgeting.gathering import Gathered, Overrides, candidates_of, gathered
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import adopted_runs, run_by_id
from rembuk.budgeting.stored import Stored, packed_outcome, packed_problem, unpacked
from rembuk.core.allocation import InvalidProblemError, allocate, sentence, verify
from rembuk.core.allocation.digest import problem_values
from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.reasons import NOT_FEASIBLE, REASON_CODES, SET_BY_MEETING
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.plans.services import SelectedProposal, apply_selection, ensure_draft
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import Answer, discuss_proposals, rank_proposals, shelve_proposals
from rembuk.shared import trail

LONGEST_REASON = 600
DIRECTIONS = ("in", "out")
ANSWERABLE = ("checked", "discussed", "ranked")


@transaction.atomic
def run_allocation(
    *,
    cycle_id: UUID,
    meeting_id: UUID | None,
    rule: str = "greedy",
    actor: Hat,
    at: datetime,
) -> AllocationRun:
    """Count which proposals the money reaches and store the run; the same data again gives the run that is there.

    What the hall decided against the count in its last run is kept. meeting_id: whose list it answers, None for the
    team's draft. Raises: NotAllowedError, RefusedError (no ceilings, no proposals, ceilings against the rules).
    """
    cycle = locked_cycle(cycle_id)
    require(actor, "budgeting.run", cycle)
    meeting = hall_of(cycle, meeting_id)
    return stored_run(cycle, meeting, rule, overrides_of(newest_run(cycle, meeting)), actor, at, "budgeting.run")


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


def newest_run(cycle: Cycle, meeting: Meeting | None) -> AllocationRun | None:
    return AllocationRun.objects.filter(cycle=cycle, meeting=meeting).order_by("-made_at", "id").first()


def overrides_of(run: AllocationRun | None) -> Overrides:
    """Return what the hall had decided against the count of a run."""
    if run is None:
        return Overrides()
    rows = run.problem["values"]["proposals"]
    put_in = {row["id"]: row["mandatory"] for row in rows if row["mandatory"]}
    return Overrides(put_in, dict(run.problem["context"].get("left_out", {})))


def stored_run(
    cycle: Cycle, meeting: Meeting | None, rule: str, overrides: Overrides, actor: Hat, at: datetime, act: str
) -> AllocationRun:
    """Count and store; an equal newest run is returned instead. Raises: RefusedError."""
    asked = gathered(cycle, meeting, overrides)
    refuse_unready(asked)
    try:
        outcome = allocate(asked.problem, rule)
    except InvalidProblemError as error:
        issues = error.values["issues"]
        findings = [Finding(issue.code, "block", issue.message) for issue in issues]  # type: ignore[attr-defined]
        raise RefusedError("run-impossible", findings) from error
    faults = tuple(f"{fault.code} {fault.subject}" for fault in verify(asked.problem, outcome))
    known = newest_run(cycle, meeting)
    context = asked.context
    if known is not None and known.digest == outcome.digest and known.problem["context"] == context:
        return known
    with trail.acting(actor, act):
        return AllocationRun.objects.create(
            village=cycle.village,
            cycle=cycle,
            meeting=meeting,
            rule=rule,
            problem=packed_problem(asked.problem, context),
            outcome=packed_outcome(outcome, faults),
            digest=outcome.digest,
            made_by=actor.person_id,
            made_at=at,
        )


def refuse_unready(asked: Gathered) -> None:
    """Refuse to count without money or without proposals. Raises: RefusedError."""
    if not asked.problem.sources:
        raise RefusedError("run-without-ceilings", year=asked.problem.year)
    if not asked.problem.proposals:
        raise RefusedError("run-without-proposals", count=len(asked.outside))


def stored(run: AllocationRun) -> Stored:
    """Return a run as values. Raises: RefusedError when it no longer gives its digest."""
    found = unpacked(run.problem, run.outcome, run.digest)
    if not found.intact:
        raise RefusedError("run-altered", digest=run.digest[:12])
    return found


@transaction.atomic
def override(
    *, run_id: UUID, proposal_id: UUID, direction: str, reason: str, actor: Hat, at: datetime
) -> AllocationRun:
    """Put a proposal in, or leave it out, by decision of the hall (ALOK-07) and count anew around it.

    direction: ``in`` | ``out`` | ``undo``. Money and rules still bind: what the hall puts in is paid first, and the run
    is refused if it cannot be paid. Raises: NotAllowedError, BadInputError (no reason), RefusedError.
    """
    run = locked_run(run_id)
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
    before = overrides_of(run)
    put_in, left_out = dict(before.put_in), dict(before.left_out)
    put_in.pop(key, None)
    left_out.pop(key, None)
    if direction == "in":
        put_in[key] = words
    elif direction == "out":
        left_out[key] = words
    cycle = locked_cycle(run.cycle_id)
    return stored_run(cycle, run.meeting, run.rule, Overrides(put_in, left_out), actor, at, "budgeting.override")


def known_keys(run: AllocationRun) -> set[str]:
    """Return the proposals that the hall can decide about: those of the count and those it left out before."""
    rows = run.problem["values"]["proposals"]
    return {row["id"] for row in rows} | set(run.problem["context"].get("left_out", {}))


def locked_run(run_id: UUID) -> AllocationRun:
    """Return the run locked, with its meeting. Raises: AllocationRun.DoesNotExist."""
    AllocationRun.objects.select_for_update().only("pk").get(pk=run_id)
    return run_by_id(run_id)


@transaction.atomic
def adopt_run(*, run_id: UUID, note: str = "", actor: Hat, at: datetime) -> AllocationRun:
    """Adopt a run in the name of its meeting: the plan follows it, the proposals are told their place.

    Repeating it changes nothing. An earlier run of the same meeting is superseded, not deleted.
    Raises: NotAllowedError; RefusedError when proposals, points or ceilings changed since the count, when the
    independent check found a fault, or when the plan is closed.
    """
    run = locked_run(run_id)
    require(actor, "budgeting.adopt", run)
    if run.adopted:
        return run
    found = stored(run)
    if found.violations:
        raise RefusedError("run-faulty", faults="; ".join(found.violations))
    cycle = locked_cycle(run.cycle_id)
    asked = gathered(cycle, run.meeting, overrides_of(run))
    if problem_values(asked.problem) != problem_values(found.problem):
        raise RefusedError("run-stale")
    with trail.acting(actor, "budgeting.adopt"):
        earlier = AllocationRun.objects.filter(
            cycle=cycle, meeting=run.meeting, adopted_at__isnull=False, superseded_at__isnull=True
        )
        earlier.exclude(pk=run.pk).update(superseded_at=at)
        run.adopted_at, run.adopted_by, run.adoption_note = at, actor.person_id, note.strip()[:LONGEST_REASON]
        run.superseded_at = None
        run.save(update_fields=["adopted_at", "adopted_by", "adoption_note", "superseded_at"])
    if run.meeting is not None:
        tell_places(found, run.meeting, actor, at)
    plan = ensure_draft(cycle_id=cycle.pk, actor=actor, at=at)
    apply_selection(plan_id=plan.pk, selection=selection_of(found), actor=actor, at=at)
    return run


def selection_of(found: Stored) -> list[SelectedProposal]:
    """Return the chosen proposals with what pays for each, in the published order."""
    return [
        SelectedProposal(UUID(decision.id), {code: int(amount) for code, amount in decision.amounts})
        for decision in found.outcome.decisions
        if decision.chosen
    ]


def tell_places(found: Stored, meeting: Meeting, actor: Hat, at: datetime) -> None:
    """Record that the hall discussed and ranked the proposals that have no place yet; others keep theirs."""
    places = {UUID(decision.id): number for number, decision in enumerate(found.outcome.decisions, 1)}
    rows = Proposal.objects.filter(pk__in=places, state__in=("checked", "discussed"))
    states = dict(rows.values_list("pk", "state"))
    fresh = sorted(key for key, state in states.items() if state == "checked")
    if fresh:
        discuss_proposals(proposal_ids=fresh, actor=actor, at=at, text=meeting.title)
    words = _("Peringkat %(place)s dari %(count)s. %(meeting)s.")
    answers = [
        Answer(key, "", words % {"place": places[key], "count": len(places), "meeting": meeting.title})
        for key in sorted(states)
    ]
    if answers:
        rank_proposals(answers=answers, actor=actor, at=at)


@transaction.atomic
def answer_losers(*, cycle_id: UUID, actor: Hat, at: datetime) -> list[Proposal]:
    """Shelve, each with code and sentence, the open proposals that the adopted list left out; at the closing Musdes.

    The chosen ones are answered by the enactment of the plan. Repeating it answers nobody twice.
    Raises: NotAllowedError, RefusedError when no list was adopted.
    """
    cycle = locked_cycle(cycle_id)
    require(actor, "budgeting.answer", cycle)
    run = adopted_runs([cycle.pk]).get(cycle.pk)
    if run is None:
        raise RefusedError("no-adopted-run")
    rows = {str(row.pk): row for row in candidates_of(cycle.pk)}
    told = loser_answers(stored(run), {key: str(row) for key, row in rows.items()})
    answers = [answer for answer in told if rows[str(answer.proposal_id)].state in ANSWERABLE]
    return shelve_proposals(answers=answers, actor=actor, at=at) if answers else []


def loser_answers(found: Stored, titles: Mapping[str, str]) -> Sequence[Answer]:
    """Return what each proposal that was not chosen is told; titles: of the proposals that still stand."""
    rows = {share.name: share.title or share.name for share in found.problem.shares}
    answers = [
        Answer(UUID(decision.id), decision.code, sentence(decision, titles, rows))
        for decision in found.outcome.decisions
        if not decision.chosen and decision.id in titles
    ]
    left_out: Mapping[str, str] = found.context.get("left_out", {})
    for key, code in found.context.get("outside", {}).items():
        if key not in titles:
            continue
        if code == SET_BY_MEETING:
            answers.append(Answer(UUID(key), code, left_out[key]))
        elif code == NOT_FEASIBLE:
            answers.append(Answer(UUID(key), code, REASON_CODES[NOT_FEASIBLE]))
    return answers
