"""Travel guessed from coordinates: roads are quicker than water, low water slower, and every place can be reached."""

import pytest

from rembuk.core.schedule.estimate import Spot, estimated_travel
from rembuk.core.schedule.issues import FAR

TOWN = Spot("base:Kota", 0.0, 117.0, True)
ROAD = Spot("A", 0.1, 117.0, True)
RIVER = Spot("B", -0.1, 117.0, False)


def test_eleven_kilometres_by_road_and_by_water():
    travel = estimated_travel([TOWN, ROAD, RIVER])
    assert travel.minutes[0] == (0, 25, 61)
    assert travel.river[0] == (False, False, True)


def test_low_water_slows_the_river_alone():
    assert estimated_travel([TOWN, ROAD, RIVER], low_water=True).minutes[0] == (0, 25, 77)


def test_two_clusters_far_apart_are_joined():
    near = [Spot(f"n{i}", 0.01 * i, 117.0, True) for i in range(8)]
    far = [Spot(f"f{i}", 2.0 + 0.01 * i, 118.0, True) for i in range(8)]
    travel = estimated_travel([*near, *far])
    assert max(max(row) for row in travel.minutes) < FAR


def test_no_places_are_refused():
    with pytest.raises(ValueError, match="no places"):
        estimated_travel([])
