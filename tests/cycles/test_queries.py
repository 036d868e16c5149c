"""The board and the lists read stored rows in a constant number of queries; duties come in the order of need."""

from datetime import date

import pytest

from cycles.given import NOW, TODAY
from factories import people, places
from rembuk.core.hat import Place, Role
from rembuk.cycles import duties, queries, services
from rembuk.cycles.duties import Duty
from rembuk.cycles.models import Cycle, Excuse

pytestmark = pytest.mark.django_db
REGENCY = Place(regency="64.02")


def many_cycles(staff, count):
    villages = [places.village(f"64.02.18.{n}", f"Desa {n}", f"D{n}") for n in range(2100, 2100 + count)]
    services.open_cycles(villages=villages, plan_year=2026, actor=staff.hat(), at=NOW)


@pytest.mark.parametrize("count", [1, 100])
def test_the_board_takes_four_queries_with_one_village_and_with_a_hundred(
    village, staff, count, django_assert_num_queries
):
    many_cycles(staff, count)
    with django_assert_num_queries(4):
        board = queries.board(REGENCY, 2027, TODAY)
    assert len(board.rows) == count + 1


def test_a_village_without_a_cycle_is_on_the_board_too(cycle, village):
    places.perian()
    board = queries.board(REGENCY, 2027, TODAY)
    assert {row.village.name: row.state for row in board.rows} == {"Melintang": "late", "Perian": "none"}
    assert dict(board.states) == {"late": 1, "none": 1}


def test_the_funnel_counts_villages_by_stage_that_is_done(cycle, done):
    done("K1", "K2")
    board = queries.board(REGENCY, 2027, TODAY)
    assert (board.funnel["K1"], board.funnel["K2"], board.funnel["K3"], board.funnel["K12"]) == (1, 1, 0, 0)
    assert board.rows[0].held_at == "K3"


def test_a_village_is_late_by_its_worst_open_stage(cycle):
    board = queries.board(REGENCY, 2027, TODAY)
    # K1 and K2 were due on 30 June, 83 days before 21 September.
    assert board.rows[0].days_late == 83
    assert [row.village.name for row in board.late] == ["Melintang"]


def test_the_board_of_a_district_shows_that_district_only(cycle, village):
    places.perian()
    board = queries.board(Place("64.02", "64.02.01"), 2027, TODAY)
    assert [row.village.name for row in board.rows] == ["Perian"]


@pytest.mark.parametrize(("today", "state"), [(date(2026, 6, 30), "due"), (date(2026, 7, 1), "late")])
def test_a_stage_turns_late_on_the_day_after_its_legal_day(cycle, today, state):
    found = {state.code: state.state for state in queries.states_of(cycle, today)}
    assert found["K2"] == state


def test_a_stage_far_ahead_or_not_yet_workable_is_grey(cycle):
    found = {state.code: state.state for state in queries.states_of(cycle, date(2026, 3, 1))}
    assert set(found.values()) == {"next"}
    near = {state.code: state.state for state in queries.states_of(cycle, date(2026, 9, 20))}
    assert near["K12"] == "next"  # due in ten days, but nothing before it is done


def test_a_running_excuse_shows_a_clock(cycle, staff):
    Excuse.objects.create(
        cycle=cycle, stage="K3", reason="Banjir", from_date=date(2026, 8, 1), state="granted", decided_at=NOW
    )
    found = next(state for state in queries.states_of(cycle, TODAY) if state.code == "K3")
    assert (found.state, found.days_late, found.reasons) == ("paused", 0, ("Banjir",))


def test_stages_come_in_the_order_of_the_procedure(cycle):
    assert [state.code for state in queries.states_of(cycle, TODAY)][:3] == ["K2", "K1", "K3"]


def test_the_current_cycle_is_the_newest_open_one(cycle, village, staff):
    later = services.open_cycle(village=village, plan_year=2027, actor=staff.hat(), at=NOW)
    assert queries.current_cycle(village).pk == later.pk
    Cycle.objects.filter(pk=later.pk).update(closed_at=NOW)
    assert queries.current_cycle(village.id).pk == cycle.pk


def test_the_secretary_sees_three_duties_the_longest_late_first(cycle, secretary):
    found = queries.next_duties(secretary.hat(), TODAY)
    assert [duty.state for duty in found] == ["late", "late", "late"]
    assert found[0].days_left == -83
    assert all(duty.missing and duty.link and duty.button for duty in found)


def test_the_bpd_chair_sees_the_musdes_and_not_the_team(cycle, chair):
    found = duties.of(chair.hat(), TODAY)
    assert [duty.key.split(":")[-1] for duty in found] == ["K1"]


def test_verifiers_see_how_much_waits_for_them(cycle, secretary, staff, done):
    from cycles.given import evidence

    evidence(cycle, "K2", "F01", secretary.hat())
    done("K2")
    keys = {duty.key for duty in duties.of(people.holder(Role.PTP, cycle.village).hat(), TODAY)}
    assert {"cycles:verify", "cycles:confirm"} <= keys


def test_duties_of_a_secretary_take_the_same_queries_with_one_cycle_and_with_three(
    cycle, village, secretary, staff, django_assert_max_num_queries
):
    # The stages take four, one query looks at every room that names its rows, the others take one each.
    with django_assert_max_num_queries(9):
        duties.of(secretary.hat(), TODAY)
    for year in (2027, 2028):
        services.open_cycle(village=village, plan_year=year, actor=staff.hat(), at=NOW)
    with django_assert_max_num_queries(9):
        duties.of(secretary.hat(), TODAY)


def test_a_room_without_waiting_rows_is_not_asked(monkeypatch, cycle, secretary):
    asked = []

    def provider(hat, today):
        asked.append(hat.role)
        return []

    monkeypatch.setattr(duties, "_providers", {})
    duties.register("nothing", provider, lambda hat, today: Cycle.objects.none())
    duties.register("not for this hat", provider, lambda hat, today: None)
    assert duties.of(secretary.hat(), TODAY) == []
    assert asked == []
    duties.register("something", provider, lambda hat, today: Cycle.objects.filter(pk=cycle.pk))
    duties.of(secretary.hat(), TODAY)
    assert asked == [secretary.hat().role]


def test_another_room_names_duties_too(monkeypatch, village, secretary):
    monkeypatch.setattr(duties, "_providers", {})
    duties.register("x", lambda hat, today: [Duty("B", "/b/", "Buka", due=date(2026, 9, 30), key="b")])
    duties.register("y", lambda hat, today: [Duty("A", "/a/", "Buka", due=date(2026, 9, 29), key="a")])
    assert [duty.title for duty in queries.next_duties(secretary.hat(), TODAY, limit=1)] == ["A"]


def test_a_stage_that_waits_for_others_is_late_by_law_only(cycle, done):
    found = {state.code: (state.state, state.days_late) for state in queries.states_of(cycle, date(2026, 10, 2))}
    assert found["K12"] == ("late", 2)  # the legal day is for everybody
    assert found["K9"] == ("next", 0)  # a target of 31 July, but K8 is not done
    done(*(f"K{number}" for number in range(1, 9)))
    found = {state.code: (state.state, state.days_late) for state in queries.states_of(cycle, date(2026, 10, 2))}
    assert found["K9"] == ("late", 63)
