"""Every stage that asks something of a room has a room that answers, and no two answer the same."""

import pytest

from factories import places
from factories.samples_cycles import cycle_in, rpjm_cycle_in
from rembuk.core.workflow.rpjm_stages import ALL_STAGES, RPJM_STAGES
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles import gates
from rembuk.cycles.checking import FACT_NAMES, PROGRESS_NAMES, assembled

NEEDED = [
    *(code for code in STAGES if int(code[1:]) <= 12),
    "K14",
    "K17",
    "R1",
    "R2",
    "R3B",
    *(f"R{number}" for number in range(4, 13)),
]


@pytest.mark.parametrize("stage", NEEDED)
def test_every_stage_that_asks_something_of_a_room_has_a_provider_of_facts(stage):
    assert gates.rooms_of(stage) != ()


def test_no_room_answers_for_a_stage_that_is_not_there():
    assert {stage for stage in gates._providers if stage not in ALL_STAGES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(ALL_STAGES))
def test_the_facts_of_all_rooms_fit_together(stage):
    village = places.melintang()
    cycle = rpjm_cycle_in(village) if stage in RPJM_STAGES else cycle_in(village)
    given = gates.facts_for(stage, [cycle.pk])[cycle.pk]
    assert assembled(given) is not None
    # A room of meetings has nothing to say before there is one, and no list of programmes before it is begun.
    if set(gates.rooms_of(stage)) - {"deliberation"} and stage != "R2":
        assert given.keys() & (FACT_NAMES | PROGRESS_NAMES)
