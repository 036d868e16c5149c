"""The one way a proposal moves: lock, permission, table of transitions, reason, step. Shared by the services."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.proposal_states import TERMINAL, ProposalEvent, ProposalState, next_state
from rembuk.cycles.services import evidence_changed
from rembuk.proposals.models import Proposal, ProposalStep

RESTING_STAGES = ("K5", "K6")
"""Stages whose facts come from proposals."""


def locked(proposal_id: UUID) -> Proposal:
    """Return the proposal locked for this transaction, with its village. Raises: Proposal.DoesNotExist."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("village").get(pk=proposal_id)


def locked_many(ids: Sequence[UUID]) -> list[Proposal]:
    """Return the proposals locked in the order of their keys, so that two runs never wait for each other."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("village").filter(pk__in=ids).order_by("pk")
    return list(rows)


def step_of(
    proposal: Proposal, event: str, before: str, actor: Hat, at: datetime, *, code: str = "", text: str = ""
) -> ProposalStep:
    """Return the unsaved step: what a receipt code shows. The name of the actor stays in the trail alone."""
    return ProposalStep(
        proposal=proposal,
        event=event,
        state_before=before,
        state_after=proposal.state,
        reason_code=code,
        reason_text=text,
        by=actor.person_id,
        by_label=actor.role.value,
        at=at,
    )


def move(
    proposal: Proposal, event: ProposalEvent, *, actor: Hat, act: str, code: str = "", text: str = ""
) -> list[str]:
    """Move one proposal in memory. Returns the changed columns; the caller saves and adds the step.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError for an answer without its reason.
    """
    require(actor, act, proposal)
    after = next_state(ProposalState(proposal.state), event, reason_code=code, reason=text)
    proposal.state = after.value
    answered = after in TERMINAL
    proposal.reason_code, proposal.reason_text = (code, text) if answered else ("", "")
    proposal.version += 1
    return ["state", "reason_code", "reason_text", "version", "changed_at"]


def touched(proposals: Sequence[Proposal]) -> None:
    """Tell the gates of the cycles that what they rest on has changed."""
    for cycle_id in sorted({p.cycle_id for p in proposals if p.cycle_id is not None}):
        evidence_changed(cycle_id, RESTING_STAGES)
