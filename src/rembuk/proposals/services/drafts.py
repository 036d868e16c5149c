"""Making and changing a proposal."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat, Place
from rembuk.core.law.categories import need_category
from rembuk.core.permissions import TABLE, Somewhere, require
from rembuk.proposals.labels import input_name
from rembuk.proposals.models import Proposal
from rembuk.proposals.permissions import SMALL_PLACE
from rembuk.proposals.services.steps import locked, touched
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village
from rembuk.shared import trail
from rembuk.shared.models import Origin

COLUMNS = tuple(item.name for item in fields(ProposalValues))
LONGEST_TYPED = 20_000


@transaction.atomic
def create_proposal(
    *,
    proposal_id: UUID,
    village_id: str,
    values: ProposalValues,
    actor: Hat,
    at: datetime,
    captured_at: datetime | None = None,
    origin: str = Origin.ONLINE.value,
    cycle_id: UUID | None = None,
) -> Proposal:
    """Make a draft under the key *proposal_id* that the device chose.

    The same key with the same body returns the same row and changes nothing; with another body it is refused. A draft
    that only the autosave knows so far is filled. Raises: NotAllowedError, RefusedError.
    """
    village = Village.objects.get(pk=village_id)
    allow_creation(actor, village, values)
    digest = values.digest()
    found = Proposal.objects.select_for_update(of=("self",)).select_related("village").filter(pk=proposal_id).first()
    if found is not None and found.created_digest:
        if found.created_digest == digest and found.created_by == actor.person_id:
            return found
        raise RefusedError("proposal-key-taken")
    if found is not None and (found.created_by != actor.person_id or found.village_id != village_id):
        raise RefusedError("proposal-key-taken")
    proposal = found or new_draft(proposal_id, village, actor, captured_at or at)
    proposal.created_digest, proposal.typed = digest, {}
    proposal.origin, proposal.cycle_id = origin, cycle_id or proposal.cycle_id
    fill(proposal, values, actor)
    with trail.acting(actor, "proposals.create"):
        proposal.save(force_insert=found is None)
    return proposal


def allow_creation(actor: Hat, village: Village, values: ProposalValues) -> None:
    """Refuse a proposal for a place outside the actor's part. Raises: NotAllowedError."""
    place = Place(
        village.regency_id,
        village.district_id,
        village.id,
        str(values.hamlet_id) if values.hamlet_id else "",
        str(values.rt_id) if values.rt_id else "",
    )
    require(actor, "proposals.create", Somewhere(place))


def new_draft(proposal_id: UUID, village: Village, actor: Hat, captured_at: datetime) -> Proposal:
    return Proposal(
        id=proposal_id,
        village=village,
        captured_at=captured_at,
        created_by=actor.person_id,
        created_by_role=actor.role.value,
    )


def fill(proposal: Proposal, values: ProposalValues, actor: Hat) -> None:
    """Put *values* into the row. The village office confirms the code and speaks of authority by choosing."""
    old_code, old_authority = proposal.activity_code, (proposal.authority, proposal.authority_note)
    for name, value in values.as_columns().items():
        setattr(proposal, name, value)
    if proposal.activity_code != old_code or not proposal.activity_code:
        may = TABLE.allows(actor, "proposals.confirm_code", proposal)
        proposal.activity_confirmed_by = actor.person_id if may and proposal.activity_code else None
    proposal.need_category = need_category(proposal.activity_code) if proposal.activity_code else ""
    if (proposal.authority, proposal.authority_note) != old_authority:
        proposal.authority_by = None if proposal.authority == Proposal.Authority.UNKNOWN else actor.person_id


@transaction.atomic
def edit_proposal(
    *,
    proposal_id: UUID,
    version: int,
    values: ProposalValues,
    actor: Hat,
    at: datetime,
    keep: frozenset[str] = frozenset(),
) -> Proposal:
    """Change a proposal that has no answer yet. *keep*: fields the person was not shown, left as they are.

    Raises: NotAllowedError, StaleError whose ``changes`` are (field, theirs, yours) when somebody saved in between.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.edit", proposal)
    if actor.role in SMALL_PLACE:
        allow_creation(actor, proposal.village, values)
    mine = {name: value for name, value in values.as_columns().items() if name not in keep}
    theirs = {name: getattr(proposal, name) for name in mine}
    different = [name for name in mine if mine[name] != theirs[name]]
    if proposal.version != version:
        changes = [(input_name(name.removesuffix("_id")), theirs[name], mine[name]) for name in different]
        if changes:
            raise StaleError("stale", changes=changes, version=proposal.version)
        return proposal
    kept = {name: getattr(proposal, name) for name in keep}
    fill(proposal, values, actor)
    for name, value in kept.items():
        setattr(proposal, name, value)
    if not different and not proposal.typed:
        return proposal
    proposal.typed = {}
    proposal.version += 1
    proposal.created_digest = proposal.created_digest or values.digest()
    with trail.acting(actor, "proposals.edit"):
        proposal.save()
        touched([proposal])
    return proposal


@transaction.atomic
def autosave_draft(
    *, proposal_id: UUID, village_id: str, typed: Mapping[str, object], version: int, actor: Hat, at: datetime
) -> Proposal:
    """Keep what stands in the form, readable or not, with the draft; make the draft if it is the first time.

    Only a draft is autosaved; a sent proposal changes by a deliberate save. Idempotent.
    Raises: NotAllowedError, StaleError, BadInputError when a text is longer than any field takes.
    """
    for name, value in typed.items():
        if len(str(value)) > LONGEST_TYPED or len(name) > 40:
            raise BadInputError("proposal-incomplete")
    found = Proposal.objects.select_for_update(of=("self",)).select_related("village").filter(pk=proposal_id).first()
    if found is None:
        village = Village.objects.get(pk=village_id)
        require(actor, "proposals.create", Somewhere(own_part(actor, village)))
        found = new_draft(proposal_id, village, actor, at)
        found.typed = dict(typed)
        with trail.acting(actor, "proposals.autosave"):
            found.save(force_insert=True)
        return found
    require(actor, "proposals.edit", found)
    if found.state != "draft":
        raise RefusedError("proposal-not-editable")
    if found.version != version:
        raise StaleError("stale", changes=[], version=found.version)
    if found.typed != dict(typed):
        found.typed = dict(typed)
        with trail.acting(actor, "proposals.autosave"):
            found.save(update_fields=["typed", "changed_at"])
    return found


def own_part(actor: Hat, village: Village) -> Place:
    """Return the part of the village that the hat stands in, or the whole village for a wider hat."""
    if actor.place.village == village.id:
        return actor.place
    return village.place
