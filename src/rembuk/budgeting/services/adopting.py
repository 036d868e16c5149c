"""Adopting in one act: the plan follows, the minutes carry the choice, everybody who was not chosen is answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rembuk.budgeting.asking import gathered
from rembuk.budgeting.gathering import candidates_of, facts_of
from rembuk.budgeting.minutes import choice_decision, choice_paragraphs
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import adopted_runs
from rembuk.budgeting.services.counting import (
    LONGEST_REASON,
    locked_cycle,
    locked_run,
    refuse_question,
    stored,
)
from rembuk.budgeting.stored import Stored
from rembuk.budgeting.telling import reasons_of
from rembuk.budgeting.trying import choice_of, overrides_of
from rembuk.core.allocation.digest import problem_values
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.reasons import NOT_FEASIBLE, REASON_CODES, SET_BY_MEETING
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.services import record_choice
from rembuk.plans.services import SelectedProposal, apply_selection, ensure_draft
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import Answer, discuss_proposals, rank_proposals, shelve_proposals
from rembuk.shared import trail

ANSWERABLE: Final = ("checked", "discussed", "ranked")


@transaction.atomic
def adopt_run(*, run_id: UUID, note: str = "", actor: Hat, at: datetime) -> AllocationRun:
    """Adopt a run in the name of its meeting, in one act with everything that follows from it.

    The plan follows the list. Where a hall adopts, its minutes carry rule, settings, lot, decisions against the count
    and money; the proposals are told their place; those not chosen are answered with code and sentence and lie on the
    shelf of the next years. The team's draft (no meeting) answers nobody yet.
    Repeating it changes nothing. An earlier run of the same meeting is superseded, not deleted.
    Raises: NotAllowedError; RefusedError when proposals, points, ballots or ceilings changed since the count, when the
    independent check found a fault, when the choice only asked about other ceilings, when the plan is closed or the
    meeting is not open.
    """
    run = locked_run(run_id)
    require(actor, "budgeting.adopt", run)
    if run.adopted:
        return run
    found = stored(run)
    if found.violations:
        raise RefusedError("run-faulty", faults="; ".join(found.violations))
    cycle = locked_cycle(run.cycle_id)
    choice = choice_of(run)
    refuse_question(choice)
    asked = gathered(facts_of(cycle, run.meeting), overrides_of(run), choice)
    if asked.settings != found.outcome.settings or problem_values(asked.problem) != problem_values(found.problem):
        raise RefusedError("run-stale")
    with trail.acting(actor, "budgeting.adopt"):
        earlier = AllocationRun.objects.filter(
            cycle=cycle, meeting=run.meeting, adopted_at__isnull=False, superseded_at__isnull=True
        )
        earlier.exclude(pk=run.pk).update(superseded_at=at)
        run.adopted_at, run.adopted_by, run.adoption_note = at, actor.person_id, note.strip()[:LONGEST_REASON]
        run.superseded_at = None
        run.save(update_fields=["adopted_at", "adopted_by", "adoption_note", "superseded_at"])
    plan = ensure_draft(cycle_id=cycle.pk, actor=actor, at=at)
    apply_selection(plan_id=plan.pk, selection=selection_of(found), actor=actor, at=at)
    if run.meeting is not None:
        tell_the_hall(run, found, run.meeting, actor, at)
    return run


def tell_the_hall(run: AllocationRun, found: Stored, meeting: Meeting, actor: Hat, at: datetime) -> None:
    """Write the choice into the minutes, tell every proposal its place, answer those that were not chosen."""
    titles = titles_of(run.cycle)
    with translation.override("id"):  # the minutes are a legal paper, whatever language the page has
        decision, paragraphs = choice_decision(run, found), choice_paragraphs(run, found, titles)
    record_choice(meeting_id=meeting.pk, decision=decision, paragraphs=paragraphs, actor=actor, at=at)
    tell_places(found, meeting, actor, at)
    answer(found, run.cycle, titles, actor, at)


def titles_of(cycle: Cycle) -> dict[str, str]:
    """Return key -> number and title of every candidate of the cycle. One query."""
    return {str(row.pk): str(row) for row in candidates_of(cycle.pk)}


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
    return answer(stored(run), cycle, titles_of(cycle), actor, at)


def answer(found: Stored, cycle: Cycle, titles: Mapping[str, str], actor: Hat, at: datetime) -> list[Proposal]:
    """Shelve those that were not chosen and are still open, each with its answer."""
    open_ones = set(Proposal.objects.filter(cycle=cycle, state__in=ANSWERABLE).values_list("pk", flat=True))
    answers = [told for told in loser_answers(found, titles) if told.proposal_id in open_ones]
    return shelve_proposals(answers=answers, actor=actor, at=at) if answers else []


def loser_answers(found: Stored, titles: Mapping[str, str]) -> Sequence[Answer]:
    """Return what each proposal that was not chosen is told; titles: of the proposals that still stand."""
    reasons = reasons_of(found, titles)
    answers = [
        Answer(UUID(decision.id), decision.code, reasons[decision.id])
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
