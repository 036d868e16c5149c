"""One team's week: what it costs and what cannot be, by hand and against walking every day."""

import random
from dataclasses import replace

import pytest

from core.schedule import tiny
from rembuk.core.schedule import Block, Policy
from rembuk.core.schedule.generate import SMALL, generate
from rembuk.core.schedule.tables import Tables
from rembuk.core.schedule.walking import EMPTY, Kind, Slots, steps_of
from rembuk.core.schedule.weeks import NEVER, Week

DARAT, DEKAT, SUNGAI, JAUH, HOME = range(5)


def tables(**changes: object) -> Tables:
    season = tiny.season()
    return Tables(replace(season, policy=replace(season.policy, **changes)))


def week(slots: tuple[int, ...], free: int = 0b11111, **changes: object) -> Week | None:
    found = tables(**changes)
    return found.book.work_out(Kind(HOME, free, own_boat=True, room=9), slots)  # type: ignore[arg-type]


def ways(slots: Slots, free: int = 0b11111, **changes: object) -> list[tuple[int, int, int]]:
    found = tables(**changes)
    trail = found.book.trail(Kind(HOME, free, own_boat=True, room=9), slots)
    return [(step.weekday, step.place, step.target) for step in steps_of(trail)]


def test_a_near_forum_is_a_day_there_and_back():
    found = week((DEKAT, -1, -1, -1, -1))
    assert found is not None
    assert found.days == 1
    assert found.cost == pytest.approx(10.0)  # one hour of travel


def test_two_near_forums_on_two_days_sleep_at_home_between_them():
    assert ways((DARAT, DEKAT, -1, -1, -1)) == [(0, HOME, DARAT), (0, DARAT, HOME), (1, HOME, DEKAT), (1, DEKAT, HOME)]


def test_a_far_forum_takes_a_day_out_and_a_day_home():
    assert ways((-1, -1, JAUH, -1, -1)) == [(1, HOME, JAUH), (3, JAUH, HOME)]
    found = week((-1, -1, JAUH, -1, -1))
    assert found is not None
    assert found.days == 3
    assert found.cost == pytest.approx(1000 / 6 + 2 * 25 + 2 * 20, abs=0.01)


def test_a_far_forum_on_friday_is_come_home_from_on_saturday():
    assert ways((-1, -1, -1, -1, JAUH)) == [(3, HOME, JAUH), (5, JAUH, HOME)]
    found = week((-1, -1, -1, -1, JAUH))
    assert found is not None
    assert found.days == 2
    assert found.cost == pytest.approx(1000 / 6 + 25 + 30 + 2 * 20, abs=0.01)


def test_a_far_forum_on_monday_cannot_be_reached_without_travelling_on_sunday():
    assert week((JAUH, -1, -1, -1, -1)) is None


def test_a_village_on_the_way_makes_a_far_one_possible_without_a_day_of_travel():
    slots = (SUNGAI, JAUH, -1, -1, -1)
    assert ways(slots) == [(0, HOME, SUNGAI), (1, SUNGAI, JAUH), (2, JAUH, HOME)]
    assert week((-1, JAUH, -1, -1, -1), free=0b11110) is None


def test_a_day_of_travel_needs_a_day_the_team_works():
    assert week((-1, -1, JAUH, -1, -1), free=0b00100) is None
    assert week((-1, -1, JAUH, -1, -1), free=0b01110) is not None


def test_a_team_waits_on_a_day_off_only_where_the_office_allows_it():
    slots = (-1, -1, JAUH, -1, -1)
    assert week(slots, free=0b01101) is not None
    assert week(slots, free=0b01101, wait_off_duty=False) is None


def test_a_forum_by_river_too_late_to_come_home_by_light_is_slept_at():
    # 500 minutes out is no morning; 430 from Sungai arrives 13.10, ends 16.40, and dark falls at 18.00.
    assert (1, JAUH, HOME) not in ways((SUNGAI, JAUH, -1, -1, -1))
    assert (0, SUNGAI, HOME) in ways((SUNGAI, -1, -1, -1, -1))
    assert (0, SUNGAI, HOME) not in ways((SUNGAI, -1, -1, -1, -1), river_home_by=800)


def test_friday_noon_is_kept_free():
    found = tables()
    starts = [found.walker.starts(HOME, village, True) for village in (DEKAT, DARAT, SUNGAI)]
    assert starts == [480, 480, 480]
    assert found.walker.starts(SUNGAI, JAUH, True) == 810  # arrives 13.10, starts 13.30
    assert found.walker.starts(HOME, JAUH, True) == -1
    assert found.walker.starts(DARAT, SUNGAI, True) == 480  # arrives 08.00 on the dot


def test_a_shared_boat_is_out_from_the_first_day_to_the_last():
    found = tables()
    kind = Kind(HOME, 0b11111, own_boat=False, room=1)
    there = found.book.work_out(kind, (-1, -1, JAUH, -1, -1))
    assert there is not None
    assert there.boats == 0b01110
    dry = found.book.work_out(kind, (DARAT, -1, -1, -1, -1))
    assert dry is not None
    assert dry.boats == 0


def test_a_boat_without_a_seat_for_the_guest_does_not_sail():
    found = tables()
    slots = (-1, -1, JAUH, -1, -1)
    assert found.book.work_out(Kind(HOME, 0b11111, own_boat=True, room=0), slots) is None
    assert found.book.work_out(Kind(HOME, 0b11111, own_boat=True, room=1), slots) is not None
    assert found.book.work_out(Kind(HOME, 0b11111, own_boat=False, room=-1), slots) is None


@pytest.mark.parametrize("wait", [True, False])
def test_stretches_added_up_are_the_week_walked_day_by_day(wait):
    season = generate(4, SMALL)
    found = Tables(replace(season, policy=replace(season.policy, wait_off_duty=wait)))
    chance, held = random.Random(4), 0
    count = len(found.codes)
    for _ in range(6000):
        kind = replace(found.kinds[chance.randrange(len(found.kinds))], own_boat=True, room=9)
        near = sorted(range(count), key=lambda one: found.minutes[chance.randrange(count)][one])[:9]
        slots = EMPTY
        for day in range(5):
            if kind.free >> day & 1 and chance.random() < 0.5:
                slots = (*slots[:day], chance.choice([v for v in near if v not in slots]), *slots[day + 1 :])  # type: ignore[assignment]
        walked = found.walker.walk(kind, slots)
        summed = found.book._summed(kind, slots)
        held += walked is not None
        assert (summed if summed < NEVER else None) == (walked[0] if walked else None)
    assert held > 2000


def test_a_week_that_has_begun_is_walked_from_where_the_team_is():
    found = tables()
    kind = Kind(HOME, 0b11111, own_boat=True, room=9, begin=2, place=JAUH, afloat=True)
    there = found.book.work_out(kind, EMPTY)
    assert there is not None
    assert there.days == 1
    assert there.cost == pytest.approx(500 / 6 + 25, abs=0.01)
    sick = found.book.work_out(replace(kind, free=0b00011), EMPTY)
    assert sick is not None  # waits, and is home on Saturday
    assert sick.days == 0


def test_an_own_policy_changes_the_hours():
    late = Policy(start_from=600, last_start=610)
    found = Tables(replace(tiny.season(), policy=late, holidays=(Block(0, "libur"),)))
    assert found.walker.starts(HOME, DEKAT, False) == 600
    assert found.walker.starts(HOME, JAUH, False) == -1
    assert not found.free[0][0]
