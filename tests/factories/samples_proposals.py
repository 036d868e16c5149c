"""Samples of proposals for the walk over all routes."""

import io
import uuid

from PIL import Image

from cycles.given import NOW
from factories import people
from factories.samples import sample
from factories.samples_cycles import cycle_in
from proposals.residents import resident_proposal
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.proposals.models import Proposal, ProposalPhoto
from rembuk.proposals.services import add_photo, check_proposal, create_proposal, submit_proposal
from rembuk.proposals.services.imports import upload_list
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up


def author(village: Village) -> Assignment:
    return people.holder(Role.SDK, village, username=f"usul.{village.id}")


def draft_in(village: Village) -> Proposal:
    cycle_in(village)
    return create_proposal(
        proposal_id=uuid.uuid4(),
        village_id=village.id,
        values=ProposalValues(title="Perbaikan jembatan kayu RT 01", cost=1_000_000),
        actor=author(village).hat(),
        at=NOW,
    )


def sent_in(village: Village) -> Proposal:
    return submit_proposal(proposal_id=draft_in(village).id, actor=author(village).hat(), at=NOW).proposal


@sample("number", "proposals:")
def number(village: Village) -> object:
    return sent_in(village).number


@sample("number", "proposals:public")
def public_number(village: Village) -> object:
    """One that the secretary has looked at: before that it has no page for everyone."""
    return check_proposal(proposal_id=sent_in(village).id, actor=author(village).hat(), at=NOW).number


@sample("number", "proposals:support")
def supported_number(village: Village) -> object:
    return public_number(village)


@sample("number", "proposals:look")
@sample("number", "proposals:reject_abuse")
def residents_number(village: Village) -> object:
    """One that a resident handed in."""
    cycle_in(village)
    return resident_proposal(village, hamlet="desa").number


@sample("number", "proposals:public-photo")
def number_with_shown_photo(village: Village) -> object:
    """One whose photo the secretary has opened to everyone."""
    made = Proposal.objects.get(number=number_with_photo(village))
    with setting_up():
        ProposalPhoto.objects.filter(proposal=made).update(shown=True, verdict="nobody")
    return check_proposal(proposal_id=made.id, actor=author(village).hat(), at=NOW).number


@sample("number", "proposals:remove_photo")
@sample("number", "proposals:photo_look")
def number_with_photo(village: Village) -> object:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    made = sent_in(village)
    add_photo(proposal_id=made.id, source=out.getvalue(), name="foto.png", actor=author(village).hat(), at=NOW)
    return made.number


@sample("photo_id", "proposals:public-photo")
@sample("photo_id", "proposals:remove_photo")
@sample("photo_id", "proposals:photo_look")
def photo_id(village: Village) -> object:
    """The photo of the proposal just made for the same address."""
    return ProposalPhoto.objects.filter(proposal__village=village).latest("created_at").id


@sample("proposal_id", "proposals:")
def proposal_id(village: Village) -> object:
    return draft_in(village).id


@sample("proposal_id", "proposals:autosave")
def new_key(_village: Village) -> object:
    """A key that the device has just made: the first autosave makes the draft."""
    return uuid.uuid4()


@sample("batch_id", "proposals:")
def batch_id(village: Village) -> object:
    cycle_in(village)
    content = f"usulan,biaya\nJembatan kayu {uuid.uuid4()},1000000\n".encode()
    return upload_list(
        village_id=village.id, content=content, name="usulan.csv", actor=author(village).hat(), at=NOW
    ).id


@sample("code", "proposals:public-")
def code(village: Village) -> object:
    return village.code


@sample("kind", "proposals:queue_export")
@sample("kind", "proposals:export")
def kind(_village: Village) -> object:
    return "csv"
