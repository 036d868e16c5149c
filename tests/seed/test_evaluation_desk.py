"""The desk of the example: a draft in each state, by the sign-ins of its district, none after the example's day."""

import pytest
from django.db import transaction

from rembuk.guidance.evaluation.models import Delegation, Mark, Review
from rembuk.seed import plant
from rembuk.seed.places import MELINTANG
from rembuk.seed.story import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reviews(django_db_setup, django_db_blocker):
    """Plant the district once; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda words: None, only=("64.02.18",))
        yield {row.state + row.result: row for row in Review.objects.select_related("village")}
        transaction.set_rollback(True)


def test_every_state_has_a_draft(reviews):
    assert sorted(reviews) == [
        "incomplete",
        "result_draftconform_with_notes",
        "result_signedconform_with_notes",
        "result_signednot_conform",
        "submitted",
        "under_review",
    ]


def test_the_village_of_the_sign_ins_has_notes_to_read(reviews):
    signed = reviews["result_signedconform_with_notes"]
    assert signed.village_id == MELINTANG
    assert Mark.objects.filter(review=signed).exclude(fix="").count() == 3


def test_nothing_happened_after_the_day_of_the_example(reviews):
    assert all(row.submitted_at.date() <= TODAY for row in reviews.values())
    assert all(row.letter_date <= TODAY for row in reviews.values() if row.letter_date)


def test_the_perbup_of_the_example_says_that_it_is_one(reviews):
    assert Delegation.objects.get().note.startswith("Contoh;")
