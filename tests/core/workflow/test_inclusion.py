"""Shares of groups: exact, rounded in one way, and silent where few people could be worked out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES
from rembuk.core.workflow.inclusion import (
    FUNDED,
    GROUPS,
    MEASURES,
    NOT_RECORDED,
    OTHERS,
    PRESENT,
    PROPOSED,
    SHELTERED,
    SPOKE,
    TOO_SMALL,
    Figure,
    Share,
    batches,
    classes,
    losses,
    merged,
    people,
    points,
    thing_told,
    things,
    village_told,
)
from rembuk.core.workflow.privacy import SMALLEST, shown_beside

NUMBER = st.integers(0, 30)
FEW = st.integers(0, 12)
CODES = ("PEMUDA", "ADAT", *SHELTERED)
ROW = st.fixed_dictionaries(dict.fromkeys((*CODES, "TANI", "RT", "PEMDES"), FEW))
BEHIND = st.fixed_dictionaries({code: st.integers(1, 4) for code in CODES})


def told_of(cells, behind):
    shown, others = shown_beside(cells)
    return village_told(cells, shown, others, behind, CODES), others


VILLAGES = st.lists(st.tuples(ROW, BEHIND), min_size=1, max_size=5)
REGENCY = st.lists(VILLAGES, min_size=1, max_size=4)


@given(NUMBER, NUMBER)
def test_a_share_of_people_tells_neither_a_group_nor_the_others_under_five(group, rest):
    figure = people(group, group + rest)
    assert (figure.share is not None) == (group >= 5 and (rest == 0 or rest >= 5))
    assert figure.state == ("told" if figure.share else "small" if group + rest else "none")


@given(st.lists(st.tuples(FEW, FEW), max_size=9), st.data())
def test_the_difference_of_two_years_so_far_is_nobody_or_five_of_each_sex(meetings, data):
    """Whoever keeps yesterday's export and subtracts it from today's learns nothing about a small meeting."""
    cut = data.draw(st.integers(0, len(meetings)))

    def sums(some):
        counted = [place for batch in batches(some) for place in batch]
        return [sum(some[place][sex] for place in counted) for sex in (0, 1)]

    before, after = sums(meetings[:cut]), sums(meetings)
    more = [late - early for early, late in zip(before, after, strict=True)]
    assert more == [0, 0] or min(more) >= SMALLEST


@given(st.lists(st.tuples(FEW, FEW), max_size=9))
def test_a_year_less_what_its_meetings_tell_leaves_nobody_or_several_small_meetings(meetings):
    found = batches(meetings)
    assert sorted({place for batch in found for place in batch}) == sorted(place for batch in found for place in batch)
    for batch in found:
        sums = [sum(meetings[place][sex] for place in batch) for sex in (0, 1)]
        assert min(sums) >= SMALLEST
        alone = all(number >= SMALLEST for number in meetings[batch[0]])
        assert alone if len(batch) == 1 else len(batch) >= 2
        assert all(sum(meetings[place]) >= SMALLEST for place in batch)


@given(ROW, BEHIND)
def test_what_a_village_tells_leaves_five_others_and_its_sheltered_in_whole_fives(cells, behind):
    told, others = told_of(cells, behind)
    sheltered = {code: number for code, number in told.counts.items() if code in HIDDEN_BESIDE_NAMES}
    assert all(number >= SMALLEST for number in told.counts.values())
    assert all(number % SMALLEST == 0 and behind[code] >= 2 for code, number in sheltered.items())
    # Everybody is told the others; the sheltered are among them, and five or more are left whoever they are.
    assert not sheltered or others - sum(cells[code] for code in sheltered) >= SMALLEST


@given(ROW, BEHIND)
def test_a_village_holds_back_exactly_what_it_does_not_tell(cells, behind):
    told, others = told_of(cells, behind)
    hidden = {code for code in CODES if code not in shown_beside(cells)[0]}
    apart = sum(number for code, number in told.counts.items() if code in HIDDEN_BESIDE_NAMES)
    assert sum(told.held.values()) == others - apart
    for code in hidden:
        assert told.counts.get(code, 0) + told.held.get(code, 0) == cells[code]


@given(REGENCY)
def test_no_area_less_its_parts_gives_a_number_under_five(regency):
    """The list, each kecamatan and the regency side by side, in any export: a difference is nobody or five and more."""
    areas = []
    for villages in regency:
        parts = [told_of(*village)[0] for village in villages]
        areas.append((merged(parts, CODES), parts))
    whole = merged([area for area, _parts in areas], CODES)
    for above, parts in [*areas, (whole, [area for area, _parts in areas])]:
        untold = sum(sum(part.held.values()) for part in parts)
        more = {code: above.counts.get(code, 0) - sum(part.counts.get(code, 0) for part in parts) for code in CODES}
        assert all(number == 0 or number >= SMALLEST for number in more.values())
        for code, number in more.items():
            assert not number or sum(1 for part in parts if part.held.get(code)) >= 2
        # What is left of everybody untold, after all that was told of them.
        assert not any(more.values()) or untold - sum(more.values()) >= SMALLEST
        assert sum(above.held.values()) == untold - sum(more.values())


@given(REGENCY, st.data())
def test_any_two_numbers_told_of_the_sheltered_differ_by_nobody_or_by_five_and_more(regency, data):
    """Whatever is subtracted from whatever, this year or another, with this filter or that."""
    numbers = [0]
    for villages in regency:
        parts = [told_of(*village)[0] for village in villages]
        for told in [*parts, merged(parts, CODES)]:
            numbers += [told.counts.get(code, 0) for code in SHELTERED]
    picked = data.draw(st.lists(st.sampled_from(numbers), min_size=2, max_size=6))
    signs = data.draw(st.lists(st.sampled_from((-1, 0, 1)), min_size=len(picked), max_size=len(picked)))
    assert sum(sign * number for sign, number in zip(signs, picked, strict=True)) % SMALLEST == 0


def test_a_number_that_one_meeting_alone_would_give_is_not_told():
    cells = {"MISKIN": 9, "TANI": 30}
    shown, others = shown_beside(cells | {"RT": 8})
    alone = village_told(cells | {"RT": 8}, shown, others, {"MISKIN": 1}, CODES)
    twice = village_told(cells | {"RT": 8}, shown, others, {"MISKIN": 2}, CODES)
    assert "MISKIN" not in alone.counts
    assert twice.counts.get("MISKIN") == 5


def test_what_two_villages_cannot_tell_their_kecamatan_can():
    cells = {"ADAT": 3, "TANI": 12, "RT": 9, "PEMDES": 4}
    village, _others = told_of(cells, dict.fromkeys(CODES, 3))
    assert "ADAT" not in village.counts
    assert "ADAT" not in merged([village], CODES).counts
    assert merged([village, village], CODES).counts == {"ADAT": 6}


def test_proposals_for_the_sheltered_are_told_in_fives_from_five_on():
    assert thing_told("MISKIN", 4, 30).counts == {}
    assert thing_told("MISKIN", 8, 30).counts == {"MISKIN": 5}
    assert merged([thing_told("MISKIN", 4, 30), thing_told("MISKIN", 8, 20)], ["MISKIN"]).counts == {"MISKIN": 10}


def test_what_is_held_back_names_the_group_and_the_others():
    assert thing_told("DIFABEL", 3, 10).held == {"DIFABEL": 3, OTHERS: 7}


ROUNDED = [(1, 3, 33), (2, 3, 66), (299, 1000, 29), (3, 10, 30), (5, 5, 100)]


@pytest.mark.parametrize(("count", "whole", "percent"), ROUNDED)
def test_percents_are_rounded_down_so_that_thirty_has_reached_thirty(count, whole, percent):
    assert Share(count, whole).percent == percent


def test_the_change_is_that_of_the_shown_percents_and_of_two_told_years_only():
    assert points(things(9, 20), things(3, 10)) == 15
    assert points(things(9, 20), NOT_RECORDED) is None
    assert points(TOO_SMALL, things(3, 10)) is None


def test_nothing_recorded_is_not_zero_and_zero_is_a_value():
    assert things(0, 0) == NOT_RECORDED
    assert things(0, 7) == Figure(Share(0, 7), "told")
    assert people(0, 0) == NOT_RECORDED


def test_a_target_is_reached_exactly():
    assert Share(3, 10).reaches(Fraction(3, 10)) and not Share(29, 100).reaches(Fraction(3, 10))


def figures(**women):
    found = dict.fromkeys(MEASURES, NOT_RECORDED)
    return found | {("PEREMPUAN", step): things(number, 100) for step, number in women.items()}


def test_a_group_is_lost_where_its_share_falls_most():
    (loss,) = losses(figures(**{PRESENT: 40, SPOKE: 25, PROPOSED: 30, FUNDED: 10}))
    assert (loss.group, loss.before, loss.after, loss.points) == ("PEREMPUAN", PROPOSED, FUNDED, 20)


def test_a_step_that_is_not_told_is_stepped_over():
    (loss,) = losses(figures(**{PRESENT: 40, PROPOSED: 20}))
    assert (loss.before, loss.after) == (PRESENT, PROPOSED)


@pytest.mark.parametrize(("low", "lost"), [(36, 0), (35, 1)])
def test_a_fall_of_five_points_is_a_loss(low, lost):
    assert len(losses(figures(**{PRESENT: 40, SPOKE: low}))) == lost


def test_every_group_stands_on_every_step_in_order():
    assert len(MEASURES) == len(set(MEASURES)) == 12
    assert [group for group, step in MEASURES if step == PRESENT] == list(GROUPS)


def test_shares_fall_into_the_class_whose_lower_end_they_reach():
    assert classes([Share(1, 10), Share(29, 100), Share(3, 10), Share(1, 1), Share(0, 1)], (0, 10, 20, 30)) == [
        1,
        1,
        1,
        2,
    ]
