"""What is nobody's business stands on no public page: help for one house, abuse; what waited too long stands there."""

import pytest
from django.test import Client
from django.urls import reverse

from portal import given
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
WORDS = "Kursi roda Cempaka"


@pytest.fixture
def proposal(place):
    given.whole_village(place)
    return given.proposal_in(place, title=WORDS)


def shown(place, proposal) -> dict[str, bool]:
    """Public door -> whether the proposal stands there."""
    village = place.code
    table = reverse("portal:table", args=(place.regency_id, 2027, "usulan", "csv"))
    doors = {
        "list": reverse("portal:proposals", args=(village,)),
        "sheet": reverse("portal:proposals_file", args=(village, "csv")),
        "search": reverse("portal:search") + "?cari=Cempaka",
        "data": table,
    }
    answers = {name: Client().get(address) for name, address in doors.items()}
    return {
        name: WORDS in b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        for name, answer in answers.items()
    }


def showing(proposal, **fields) -> None:
    with setting_up():
        Proposal.objects.filter(pk=proposal.pk).update(**fields)


def test_a_checked_proposal_stands_on_every_public_page(place, proposal):
    assert set(shown(place, proposal).values()) == {True}


def test_help_for_one_house_stands_on_none(place, proposal):
    showing(proposal, showing="closed")
    assert set(shown(place, proposal).values()) == {False}


def test_what_was_sent_stands_there_only_when_nobody_looked_in_time(place, proposal):
    showing(proposal, state="sent", showing="")
    assert set(shown(place, proposal).values()) == {False}
    showing(proposal, showing="open")
    assert set(shown(place, proposal).values()) == {True}
