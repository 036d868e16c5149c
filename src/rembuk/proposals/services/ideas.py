"""Ideas for a medium-term plan: lists that hamlets and groups speak (F13), and feasible actions made into ideas."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.assessment.models import Action, Assessment
from rembuk.assessment.queries import cycle_of
from rembuk.core.assessment.groups import MEETING_GROUPS, is_sheltered, printed_group
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.services import evidence_changed
from rembuk.proposals.models import IdeaSource, Proposal, ProposalStep
from rembuk.proposals.permissions import SMALL_PLACE
from rembuk.proposals.services.drafts import allow_creation
from rembuk.proposals.services.lists import Line, not_known, sent_row
from rembuk.proposals.services.steps import step_of
from rembuk.proposals.services.submission import next_numbers
from rembuk.proposals.values import ProposalValues
from rembuk.shared import trail
from rembuk.shared.models import Origin

STAGES = ("R3B", "R3C")


@transaction.atomic
def record_ideas(
    *, assessment_id: UUID, lines: Sequence[Line], actor: Hat, at: datetime, group: str = ""
) -> list[Proposal]:
    """Store a list as sent proposals of the assessment's period, every line or none.

    group: UNSUR code of the group that spoke, empty for a hamlet. Names of people are not taken; the poor and the
    disabled stand in the proposal as "wakil kelompok". A double send doubles nothing.
    Raises: NotAllowedError, RefusedError.
    """
    assessment = Assessment.objects.select_related("village").get(pk=assessment_id)
    require(actor, "proposals.collect", assessment)
    if group and group not in MEETING_GROUPS:
        raise RefusedError("idea-group")
    spoken = [replace(line, values=spoken_by(line.values, group)) for line in lines]
    return write(assessment, spoken, actor, at, group)


def spoken_by(values: ProposalValues, group: str) -> ProposalValues:
    """Return the values as the list's own: no person, the group that spoke, sheltered where it must be."""
    plain = replace(values, proposer_name="", proposer_contact="", hide_proposer=True)
    if not group:
        return replace(plain, proposer_kind="hamlet", proposer_group="")
    groups = values.groups if is_sheltered(group) else tuple(sorted({*values.groups, group}))
    return replace(plain, proposer_kind="group", proposer_group=printed_group(group), groups=groups)


def write(
    assessment: Assessment,
    lines: Sequence[Line],
    actor: Hat,
    at: datetime,
    group: str = "",
    action: Action | None = None,
) -> list[Proposal]:
    village, cycle = assessment.village, cycle_of(assessment)
    fresh = not_known(lines, actor)
    numbers = next_numbers(village, assessment.start_year, len(fresh)) if fresh else []
    made = []
    for line, number in zip(fresh, numbers, strict=True):
        if actor.role in SMALL_PLACE:
            allow_creation(actor, village, line.values)
        made.append(sent_row(line, number, village, cycle, Origin.PAPER.value, None, actor, at))
    with trail.acting(actor, "proposals.collect"):
        Proposal.objects.bulk_create(made)
        ProposalStep.objects.bulk_create([step_of(row, "send", "draft", actor, at) for row in made])
        IdeaSource.objects.bulk_create(
            [
                IdeaSource(id=uuid5(row.id, "idea"), proposal=row, assessment=assessment, group=group, action=action)
                for row in made
            ]
        )
        if cycle is not None and made:
            evidence_changed(cycle.id, STAGES)
    return made


@transaction.atomic
def propose_action(*, action_id: UUID, actor: Hat, at: datetime) -> Proposal:
    """Make a feasible action of F12 into an idea of its own, with problem, cause, hamlet and place already filled.

    Pressed twice it returns the same idea. Raises: NotAllowedError, RefusedError while nobody called it feasible.
    """
    rows = Action.objects.select_for_update(of=("self",)).select_related("assessment__village", "problem__hamlet")
    action = rows.get(pk=action_id)
    require(actor, "proposals.collect", action)
    if action.feasible is not True:
        raise RefusedError("idea-not-feasible")
    known = IdeaSource.objects.select_related("proposal").filter(action=action).first()
    if known is not None:
        return known.proposal
    problem = action.problem
    values = ProposalValues(
        title=action.text,
        problem=f"{problem.text}. {problem.cause}".strip(". ") if problem.cause else problem.text,
        hamlet_id=problem.hamlet_id,
        location_text=problem.location,
        proposer_kind="hamlet",
    )
    key = uuid5(action.id, "usulan")
    made = write(action.assessment, [Line(key, values)], actor, at, action=action)
    return made[0] if made else Proposal.objects.get(pk=key)
