"""Handing a proposal in: the public number without gaps, and the receipt code that opens its status without login."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.numbering import proposal_number
from rembuk.core.permissions import require
from rembuk.core.workflow.proposal_states import ProposalEvent
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import NumberSeries, Proposal
from rembuk.proposals.receipts import CODE_LENGTH, CROCKFORD, digest_of
from rembuk.proposals.services.steps import locked, move, step_of, touched
from rembuk.proposals.values import places_of, read_values
from rembuk.regions.models import Village
from rembuk.shared import trail

__all__ = ["Submitted", "issue_receipt", "new_code", "next_numbers", "open_cycle_of", "submit_proposal"]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A handed-in proposal and its receipt code, which is shown now and never again. Empty when it was sent before."""

    proposal: Proposal
    receipt_code: str


def new_code() -> str:
    """Return ten random Crockford characters, 50 bits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def next_numbers(village: Village, budget_year: int, count: int) -> list[str]:
    """Give *count* running numbers of a village and year, without gaps. Locks the series until the transaction ends."""
    prefix = f"{village.number_prefix}-{budget_year % 100:02d}"
    NumberSeries.objects.get_or_create(prefix=prefix)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix)
    first = series.last_number + 1
    series.last_number += count
    series.save(update_fields=["last_number"])
    return [proposal_number(village.number_prefix, budget_year, number) for number in range(first, first + count)]


def open_cycle_of(village_id: str) -> Cycle:
    """Return the village's newest open cycle. Raises: RefusedError when there is none."""
    cycle = Cycle.objects.filter(village_id=village_id, closed_at__isnull=True).order_by("-budget_year", "id").first()
    if cycle is None:
        raise RefusedError("proposal-no-cycle")
    return cycle


@transaction.atomic
def submit_proposal(*, proposal_id: UUID, actor: Hat, at: datetime) -> Submitted:
    """Hand a draft in: number, receipt code, state sent. Sent again it returns the same number and no code.

    A draft that the secretary gave back keeps its number and its code.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError when what was typed is unreadable or no cycle is open.
    """
    proposal = locked(proposal_id)
    if proposal.state != "draft" and proposal.number:
        require(actor, "proposals.view", proposal)
        return Submitted(proposal, "")
    refuse_unread(proposal)
    if proposal.cycle is None:
        proposal.cycle = open_cycle_of(proposal.village_id)
    before = proposal.state
    changed = move(proposal, ProposalEvent.SEND, actor=actor, act="proposals.submit")
    code = ""
    if not proposal.number:
        proposal.number = next_numbers(proposal.village, proposal.cycle.budget_year, 1)[0]
        code = new_code()
        proposal.receipt_digest = digest_of(code)
    proposal.submitted_at = at
    with trail.acting(actor, "proposals.submit"):
        proposal.save(update_fields=[*changed, "number", "receipt_digest", "submitted_at", "cycle"])
        step_of(proposal, "send", before, actor, at).save()
        touched([proposal])
    return Submitted(proposal, code)


def refuse_unread(proposal: Proposal) -> None:
    """Refuse to send a draft whose last typed inputs were only autosaved and cannot be read, or that has no title."""
    if proposal.typed:
        _values, problems = read_values(proposal.typed, places_of(proposal.village))
        if problems or not proposal.title:
            raise RefusedError("proposal-incomplete", problems=[problem.sentence for problem in problems])
    if not proposal.title:
        raise RefusedError("proposal-incomplete")


@transaction.atomic
def issue_receipt(*, proposal_id: UUID, actor: Hat, at: datetime) -> Submitted:
    """Make a new receipt code for a sent proposal; the old one stops working. For slips that were lost."""
    proposal = locked(proposal_id)
    require(actor, "proposals.receipt", proposal)
    if not proposal.number:
        raise RefusedError("proposal-incomplete")
    code = new_code()
    proposal.receipt_digest = digest_of(code)
    with trail.acting(actor, "proposals.receipt"):
        proposal.save(update_fields=["receipt_digest", "changed_at"])
        step_of(proposal, "receipt", proposal.state, actor, at).save()
    return Submitted(proposal, code)
