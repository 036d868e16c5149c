"""What becomes of a proposal: discussed, ranked, and the six answers, each with code and sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.reasons import BEYOND_AUTHORITY, MERGED, WITHDRAWN
from rembuk.core.permissions import require
from rembuk.core.workflow.proposal_states import ProposalEvent as Event
from rembuk.proposals.models import Proposal, ProposalStep
from rembuk.proposals.services.steps import locked, locked_many, move, step_of, touched
from rembuk.shared import trail

MERGE_TARGETS = frozenset({"sent", "checked", "discussed", "ranked"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one proposal is told. code and text are needed for a final answer, optional for discuss and rank."""

    proposal_id: UUID
    code: str = ""
    text: str = ""


@transaction.atomic
def answer_many(*, event: Event, answers: Sequence[Answer], actor: Hat, at: datetime) -> list[Proposal]:
    """Move many proposals by the same event in one transaction: all of them or none. Five queries for any number.

    The act asked for is ``proposals.<event>``. Proposals come back in the order of their keys.
    Raises: NotAllowedError (also when one is missing), IllegalTransitionError, RefusedError without a reason.
    """
    told = {answer.proposal_id: answer for answer in answers}
    proposals = locked_many(list(told))
    if len(proposals) != len(told):
        raise NotAllowedError("not-allowed", act=f"proposals.{event.value}")
    steps: list[ProposalStep] = []
    for proposal in proposals:
        answer, before = told[proposal.id], proposal.state
        move(proposal, event, actor=actor, act=f"proposals.{event.value}", code=answer.code, text=answer.text)
        steps.append(step_of(proposal, event.value, before, actor, at, code=answer.code, text=answer.text))
        proposal.changed_at = at
    with trail.acting(actor, f"proposals.{event.value}"):
        columns = ["state", "reason_code", "reason_text", "version", "changed_at"]
        Proposal.objects.bulk_update(proposals, columns, batch_size=200)
        ProposalStep.objects.bulk_create(steps, batch_size=500)
        touched(proposals)
    return proposals


def discuss_proposals(*, proposal_ids: Sequence[UUID], actor: Hat, at: datetime, text: str = "") -> list[Proposal]:
    """Record that a meeting discussed these proposals. *text* says which, for the receipt. Raises: as `answer_many`."""
    return answer_many(event=Event.DISCUSS, answers=[Answer(key, "", text) for key in proposal_ids], actor=actor, at=at)


def rank_proposals(*, answers: Sequence[Answer], actor: Hat, at: datetime) -> list[Proposal]:
    """Record rank and score of each proposal as a sentence. Raises: as `answer_many`."""
    return answer_many(event=Event.RANK, answers=answers, actor=actor, at=at)


def plan_proposals(*, answers: Sequence[Answer], actor: Hat, at: datetime) -> list[Proposal]:
    """Answer that these proposals enter the plan (ALOK-01 or ALOK-07). Raises: as `answer_many`."""
    return answer_many(event=Event.PLAN, answers=answers, actor=actor, at=at)


def shelve_proposals(*, answers: Sequence[Answer], actor: Hat, at: datetime) -> list[Proposal]:
    """Put these proposals on the shelf of the next years, each with its reason. Raises: as `answer_many`."""
    return answer_many(event=Event.SHELVE, answers=answers, actor=actor, at=at)


def drop_proposals(*, answers: Sequence[Answer], actor: Hat, at: datetime) -> list[Proposal]:
    """Take planned proposals out of the plan again and shelve them, each with its reason. Raises: as `answer_many`."""
    return answer_many(event=Event.DROP, answers=answers, actor=actor, at=at)


@transaction.atomic
def forward_proposal(*, proposal_id: UUID, text: str, actor: Hat, at: datetime) -> Proposal:
    """Send a proposal up to the DU-RKP (WENANG-01). Somebody must have said who owns the thing (`set_authority`).

    Raises: NotAllowedError, IllegalTransitionError, RefusedError without a person's word on authority or a sentence.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.forward", proposal)
    if proposal.authority != Proposal.Authority.HIGHER or proposal.authority_by is None:
        raise RefusedError("proposal-authority-word")
    return moved(proposal, Event.FORWARD, actor, at, BEYOND_AUTHORITY, text)


@transaction.atomic
def decline_proposal(*, proposal_id: UUID, code: str, text: str, actor: Hat, at: datetime) -> Proposal:
    """Answer that a proposal is not accepted, with code and sentence.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError.
    """
    return moved(locked(proposal_id), Event.DECLINE, actor, at, code, text)


@transaction.atomic
def withdraw_proposal(*, proposal_id: UUID, text: str, actor: Hat, at: datetime) -> Proposal | None:
    """Take a proposal back by its author, or by the secretary on the proposer's word (TARIK-01).

    A draft that was never sent is removed altogether and None comes back.
    Raises: NotAllowedError, IllegalTransitionError, RefusedError.
    """
    proposal = locked(proposal_id)
    if proposal.state == "draft" and not proposal.number:
        require(actor, "proposals.withdraw", proposal)
        with trail.acting(actor, "proposals.withdraw"):
            proposal.delete()
        return None
    return moved(proposal, Event.WITHDRAW, actor, at, WITHDRAWN, text)


@transaction.atomic
def merge_proposal(
    *, proposal_id: UUID, into_id: UUID, text: str, actor: Hat, at: datetime, code: str = MERGED
) -> Proposal:
    """Merge one proposal into another of the same village by a person's decision; both proposers see it.

    Nothing is added up by itself: volume and cost of the receiving proposal stay until somebody edits them.
    Raises: NotAllowedError, IllegalTransitionError, BadInputError, RefusedError.
    """
    rows = {row.id: row for row in locked_many([proposal_id, into_id])}
    proposal, target = rows[proposal_id], rows.get(into_id)
    if target is None or target.id == proposal.id or target.village_id != proposal.village_id:
        raise BadInputError("proposal-merge-self")
    require(actor, "proposals.merge", target)
    if target.state not in MERGE_TARGETS:
        raise RefusedError("proposal-merge-target")
    proposal.merged_into = target
    moved(proposal, Event.MERGE, actor, at, code, text, also=("merged_into",))
    with trail.acting(actor, "proposals.merge"):
        step_of(target, "joined", target.state, actor, at, code=code, text=f"{proposal.number}: {text}").save()
    return proposal


@transaction.atomic
def unmerge_proposal(*, proposal_id: UUID, text: str, actor: Hat, at: datetime) -> Proposal:
    """Undo a merge: the proposal returns to where it stood before. Raises: NotAllowedError, RefusedError."""
    proposal = locked(proposal_id)
    require(actor, "proposals.merge", proposal)
    if proposal.state != "merged" or proposal.merged_into is None:
        raise RefusedError("proposal-not-merged")
    merged = ProposalStep.objects.filter(proposal=proposal, event="merge").order_by("-at", "-created_at", "-id").first()
    target = proposal.merged_into
    proposal.state = merged.state_before if merged is not None else "checked"
    proposal.reason_code = proposal.reason_text = ""
    proposal.merged_into = None
    proposal.version += 1
    columns = ["state", "reason_code", "reason_text", "merged_into", "version", "changed_at"]
    with trail.acting(actor, "proposals.unmerge"):
        proposal.save(update_fields=columns)
        step_of(proposal, "unmerge", "merged", actor, at, text=text).save()
        step_of(target, "unmerge", target.state, actor, at, text=f"{proposal.number}: {text}").save()
        touched([proposal])
    return proposal


def moved(
    proposal: Proposal,
    event: Event,
    actor: Hat,
    at: datetime,
    code: str,
    text: str,
    also: tuple[str, ...] = (),
) -> Proposal:
    """Move one locked proposal, save it with its step, and tell the gates."""
    before, act = proposal.state, f"proposals.{event.value}"
    changed = move(proposal, event, actor=actor, act=act, code=code, text=text)
    with trail.acting(actor, act):
        proposal.save(update_fields=[*changed, *also])
        step_of(proposal, event.value, before, actor, at, code=code, text=text).save()
        touched([proposal])
    return proposal
