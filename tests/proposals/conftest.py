"""A village with three hamlets, an open cycle, and the people around its proposals."""

import uuid

import pytest

from proposals.given import NOW
from rembuk.core.hat import Hat, Place, Role
from rembuk.cycles.models import Cycle
from rembuk.proposals.services import create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village


@pytest.fixture
def village(db):
    regency = Regency.objects.create(code="64.02", name="Kutai Kartanegara", province_name="Kalimantan Timur")
    district = District.objects.create(code="64.02.02", name="Muara Wis", regency=regency)
    made = Village.objects.create(
        id="64.02.02.2006",
        code="64.02.02.2006",
        name="Melintang",
        district=district,
        regency=regency,
        number_prefix="MLT",
    )
    for order, name in enumerate(("Hulu", "Tengah", "Hilir"), start=1):
        hamlet = Hamlet.objects.create(village=made, name=name, order=order)
        Rt.objects.create(village=made, hamlet=hamlet, number=f"0{order}")
    return made


@pytest.fixture
def other_village(village):
    return Village.objects.create(
        id="64.02.02.2007",
        code="64.02.02.2007",
        name="Muara Enggelam",
        district=village.district,
        regency=village.regency,
        number_prefix="MEG",
    )


@pytest.fixture
def hamlets(village):
    return list(village.hamlets.all())


@pytest.fixture
def cycle(village):
    return Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")


def hat_at(place: Place, role: Role, name: str = "Seseorang") -> Hat:
    return Hat(person_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{role}{place.path}"), name=name, role=role, place=place)


@pytest.fixture
def hat(village):
    """Make a hat of a role in the village, or in the part of it that is given."""
    return lambda role, place=None: hat_at(place or village.place, Role(role))


@pytest.fixture
def draft(village, cycle, hat):
    """Make a draft; keyword arguments are its values."""

    def make(role="SDK", place=None, **values):
        values = {"title": "Perbaikan jembatan kayu RT 01", "cost": 118_700_000, **values}
        return create_proposal(
            proposal_id=uuid.uuid4(),
            village_id=village.id,
            values=ProposalValues(**values),
            actor=hat(role, place),
            at=NOW,
        )

    return make


@pytest.fixture
def sent(draft, hat):
    """Make a sent proposal."""

    def make(role="SDK", place=None, **values):
        made = draft(role, place, **values)
        return submit_proposal(proposal_id=made.id, actor=hat(role, place), at=NOW).proposal

    return make
