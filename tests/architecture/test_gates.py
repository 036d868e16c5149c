"""Every stage that asks something of a room has a room that answers, and no two answer the same."""

import pytest

from factories import places
from factories.samples_cycles import cycle_in
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles import gates
from rembuk.cycles.checking import FACT_NAMES, PROGRESS_NAMES, assembled

NEEDED = [code for code in STAGES if int(code[1:]) <= 12]


@pytest.mark.parametrize("stage", NEEDED)
def test_every_stage_up_to_enactment_has_a_provider_of_facts(stage):
    assert gates.rooms_of(stage) != ()


def test_no_room_answers_for_a_stage_that_is_not_there():
    assert {stage for stage in gates._providers if stage not in STAGES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(STAGES))
def test_the_facts_of_all_rooms_fit_together(stage):
    cycle = cycle_in(places.melintang())
    given = gates.facts_for(stage, [cycle.pk])[cycle.pk]
    assert assembled(given) is not None
    if gates.rooms_of(stage):
        assert given.keys() & (FACT_NAMES | PROGRESS_NAMES)
