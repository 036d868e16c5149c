"""A village with an open cycle and checked proposals, and the people around its meetings."""

import uuid

import pytest

from deliberation.given import NOW
from factories import people, places
from rembuk.cycles.services import open_cycle
from rembuk.proposals.services import check_proposal, create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def cycle(village):
    return open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=NOW)


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def sdk(secretary):
    return secretary.hat()


@pytest.fixture
def head(village):
    return people.village_head(village).hat()


@pytest.fixture
def chair(village):
    return people.bpd_chair(village).hat()


@pytest.fixture
def checked(village, cycle, sdk):
    """Make a proposal that the secretary has seen."""

    def make(title="Perbaikan jembatan", **values):
        key = uuid.uuid4()
        wanted = ProposalValues(title=title, cost=100_000_000, **values)
        create_proposal(proposal_id=key, village_id=village.id, values=wanted, actor=sdk, at=NOW)
        submit_proposal(proposal_id=key, actor=sdk, at=NOW)
        return check_proposal(proposal_id=key, actor=sdk, at=NOW)

    return make
