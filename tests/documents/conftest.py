"""A village with a plan, a team and a meeting, its files in a folder of this test."""

import pytest

from budgeting.given import hall
from factories import places
from plans import given
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Attendance, Decision, SpokenNote
from rembuk.plans import services as plan_services
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def village(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        return places.melintang()


@pytest.fixture
def cycle(village):
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")


@pytest.fixture
def hat(village):
    """Make a hat of a role in the village."""
    return lambda role: given.hat_at(village.place, role)


@pytest.fixture
def plan(cycle, hat):
    """A draft with one item of 100 million from Dana Desa, with its estimate and its check."""
    made = given.draft_of(cycle, hat("SDK"))
    item = given.put_item(made, hat("SDK"), is_physical=True)
    plan_services.save_rab(item_id=item.id, lines=given.rab(), version=1, actor=hat("TIM"), at=given.NOW)
    plan_services.check_item(
        item_id=item.id,
        rows=given.SHEET,
        is_feasible=True,
        note="",
        check_date=None,
        actor=hat("VRF"),
        at=given.NOW,
    )
    return made


@pytest.fixture
def team(cycle, hat):
    """Make a team of seven by decree of the head."""

    def make(kind):
        people = [given.member(number, position="chair" if number == 1 else "member") for number in range(1, 8)]
        return plan_services.save_team(
            cycle_id=cycle.id, kind=kind, members=people, version=0, actor=hat("KAD"), at=given.NOW
        )

    return make


@pytest.fixture
def meeting(cycle):
    """A Musrenbang with two people, one of them poor, a note and a decision by vote."""
    made = hall(cycle, chair_name="Budi Santoso", note_taker_name="Siti Rahma", agenda=["Pembahasan rancangan"])
    with setting_up():
        for name, sex, element in (("Halimah", "P", "NELAYAN"), ("Mulyadi", "L", "MISKIN")):
            Attendance.objects.create(
                meeting=made, name=name, sex=sex, element=element, phone="081234567890", captured_at=given.NOW
            )
        SpokenNote.objects.create(meeting=made, speaker="Mulyadi", sex="L", element="MISKIN", point="Jembatan rusak")
        Decision.objects.create(
            meeting=made,
            number=1,
            text="Menyepakati rancangan RKP Desa",
            method="vote",
            votes_for=20,
            votes_against=1,
            votes_abstain=0,
            voters=21,
        )
    return made
