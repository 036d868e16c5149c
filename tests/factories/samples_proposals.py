"""Samples of proposals for the walk over all routes."""

import io
import uuid

from cycles.given import NOW
from PIL import Image

from factories import people
from factories.samples import sample
from factories.samples_cycles import cycle_in
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import add_photo, create_proposal, submit_proposal
from rembuk.proposals.services.imports import upload_list
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village


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


@sample("proposal_id", "proposals:")
def proposal_id(village: Village) -> object:
    return draft_in(village).id


@sample("photo_id", "proposals:")
def photo_id(village: Village) -> object:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    made = sent_in(village)
    return add_photo(
        proposal_id=made.id, source=out.getvalue(), name="foto.png", actor=author(village).hat(), at=NOW
    ).id


@sample("batch_id", "proposals:")
def batch_id(village: Village) -> object:
    cycle_in(village)
    content = f"usulan,biaya\nJembatan kayu {uuid.uuid4()},1000000\n".encode()
    return upload_list(
        village_id=village.id, content=content, name="usulan.csv", actor=author(village).hat(), at=NOW
    ).id


@sample("kind", "proposals:export")
def kind(_village: Village) -> object:
    return "csv"
