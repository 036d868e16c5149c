"""The shelf: what earlier years left unfunded is proposed again with its history."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.proposals.models import Proposal
from rembuk.proposals.services.steps import locked, step_of
from rembuk.proposals.services.submission import open_cycle_of
from rembuk.shared import trail

COPIED = (
    "title",
    "problem",
    "hamlet_id",
    "rt_id",
    "location_text",
    "latitude",
    "longitude",
    "volume",
    "unit",
    "cost",
    "cost_text",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
    "groups",
    "sdgs",
    "activity_code",
    "activity_confirmed_by",
    "need_category",
    "sources_allowed",
    "single_source",
    "authority",
    "authority_note",
    "authority_by",
    "is_physical",
    "proposer_kind",
    "proposer_group",
    "proposer_name",
    "proposer_contact",
    "hide_proposer",
)


@transaction.atomic
def carry_proposal(*, proposal_id: UUID, new_id: UUID, actor: Hat, at: datetime) -> Proposal:
    """Propose a shelved proposal of an earlier year again: a new draft of the open cycle, linked to the old one.

    The old row stays as it is. Repeating with the same *new_id* returns the same draft.
    Raises: NotAllowedError, RefusedError when it is not on the shelf or has been carried already.
    """
    old = locked(proposal_id)
    require(actor, "proposals.carry", old)
    cycle = open_cycle_of(old.village_id)
    if old.state != "shelved" or old.cycle_id == cycle.id:
        raise RefusedError("proposal-not-carried")
    again = Proposal.objects.filter(carried_from=old).exclude(state="withdrawn").first()
    if again is not None:
        if again.id == new_id:
            return again
        raise RefusedError("proposal-carried-already", number=again.number or again.title)
    new = Proposal(
        id=new_id,
        village=old.village,
        cycle=cycle,
        carried_from=old,
        captured_at=at,
        created_by=actor.person_id,
        created_by_role=actor.role.value,
        created_digest=f"carry:{old.id}",
        # Help for one house stays closed; what was only open by time waits for a look of its own.
        showing=old.showing if old.showing == Proposal.Showing.CLOSED else Proposal.Showing.BY_STATE,
        **{name: getattr(old, name) for name in COPIED},
    )
    with trail.acting(actor, "proposals.carry"):
        new.save(force_insert=True)
        step_of(old, "carry", old.state, actor, at, text=str(cycle.budget_year)).save()
    return new
