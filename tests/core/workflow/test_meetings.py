"""Quorum, elements, votes and what may be shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.law.meetings import MeetingRules
from rembuk.core.workflow.meetings import MeetingFacts, Vote, check_meeting, has_quorum, quorum_needed, vote_carries
from rembuk.core.workflow.privacy import level_shown, shown_cells, shown_elements

GOOD = MeetingFacts(
    kind="MUSREN",
    held_date=date(2026, 7, 10),
    invited_date=date(2026, 7, 7),
    with_agenda=True,
    invited=30,
    invited_present=20,
    present_l=14,
    present_p=6,
    elements={"PEREMPUAN": 1, "MISKIN": 1, "DIFABEL": 1, "TANI": 2},
    pemdes=1,
    bpd=1,
    locally_expected=frozenset({"TANI"}),
    has_disabled=True,
    decisions=1,
    decisions_with_method=1,
    signed=frozenset({"chair", "notes", "head", "community"}),
)


def codes(facts: MeetingFacts, rules: MeetingRules = MeetingRules()) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check_meeting(facts, rules)]


def test_a_meeting_on_every_boundary_is_valid() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(("invited", "needed"), [(30, 20), (31, 21), (1, 1), (0, 0), (3, 2)])
def test_the_quorum_is_two_thirds_rounded_up(invited: int, needed: int) -> None:
    assert quorum_needed(invited) == needed


def test_one_below_the_quorum_blocks_and_a_second_session_goes_on_with_those_present() -> None:
    short = replace(GOOD, invited_present=19)
    assert codes(short) == [("G04-KUORUM", "block")]
    assert codes(replace(short, second_session=True)) == []
    strict = MeetingRules(second_session_without_quorum=False)
    assert not has_quorum(replace(short, second_session=True), strict)
    assert not has_quorum(replace(GOOD, invited=0, invited_present=0))


@pytest.mark.parametrize("body", ["bpd", "pemdes"])
def test_a_missing_body_blocks(body: str) -> None:
    assert codes(replace(GOOD, **{body: 0})) == [("G04-UNSUR-WAJIB", "block")]  # type: ignore[arg-type]


def test_a_missing_element_warns_unless_the_regency_blocks() -> None:
    missing = replace(GOOD, elements={"PEREMPUAN": 1, "MISKIN": 1})
    assert codes(missing) == [("G04-UNSUR", "warn")]
    assert "berkebutuhan khusus, Petani" in check_meeting(missing)[0].message
    assert codes(missing, MeetingRules(elements_block=True)) == [("G04-UNSUR", "block")]
    assert codes(replace(missing, has_disabled=False, locally_expected=frozenset())) == []


def test_a_late_or_missing_invitation_warns() -> None:
    assert codes(replace(GOOD, invited_date=date(2026, 7, 8))) == [("G04-UNDANGAN", "warn")]
    assert codes(replace(GOOD, invited_date=None)) == [("G04-UNDANGAN", "warn")]
    assert codes(replace(GOOD, with_agenda=False)) == [("G04-UNDANGAN", "warn")]


def test_the_share_of_women_is_a_target_not_a_quorum() -> None:
    assert codes(replace(GOOD, present_l=15, present_p=6)) == [("G04-PEREMPUAN", "warn")]


def test_unsigned_minutes_name_who_has_to_sign() -> None:
    found = check_meeting(replace(GOOD, signed=frozenset({"chair"})))
    assert [(finding.code, finding.severity) for finding in found] == [("G04-BA", "block")]
    assert "notulis, Kepala Desa, wakil masyarakat" in found[0].message


def test_a_decision_without_its_method_blocks() -> None:
    assert codes(replace(GOOD, decisions_with_method=0)) == [("G04-KEPUTUSAN", "block")]
    assert codes(replace(GOOD, decisions=0, decisions_with_method=0)) == [("G04-KEPUTUSAN", "block")]


def test_a_hamlet_meeting_asks_less() -> None:
    hamlet = MeetingFacts(
        kind="MUSDUS",
        held_date=date(2026, 6, 1),
        invited_date=date(2026, 5, 20),
        with_agenda=True,
        present_l=5,
        present_p=5,
        signed=frozenset({"notes"}),
    )
    assert codes(hamlet) == []


@pytest.mark.parametrize(
    ("vote", "carries"),
    [(Vote(5, 5, 0, 10), False), (Vote(6, 4, 0, 10), True), (Vote(5, 0, 5, 10), False), (Vote(0, 0, 0, 0), False)],
)
def test_more_than_half_of_those_present_with_a_vote_carries(vote: Vote, carries: bool) -> None:
    assert vote_carries(vote) is carries


@pytest.mark.parametrize("vote", [Vote(6, 5, 0, 10), Vote(-1, 0, 0, 5)])
def test_counts_that_do_not_fit_are_refused(vote: Vote) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        vote_carries(vote)


def test_cells_of_five_are_shown_and_smaller_ones_merge_with_a_second() -> None:
    assert shown_cells({"a": 5, "b": 9}) == ({"a": 5, "b": 9}, None)
    assert shown_cells({"a": 2, "b": 3, "c": 9, "d": 8}) == ({"c": 9, "d": 8}, 5)
    assert shown_cells({"a": 4, "b": 6, "c": 9, "d": 8}) == ({"c": 9, "d": 8}, 10)
    assert shown_cells({"a": 4, "b": 9}) == ({}, 13)
    assert shown_cells({"a": 2, "b": 3, "c": 9}) == ({}, 14)
    assert shown_cells({"a": 1, "b": 2}) == ({}, None)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_no_hidden_cell_can_be_worked_out(cells: dict[str, int]) -> None:
    shown, merged = shown_cells(cells)
    assert all(count >= 5 and cells[key] == count for key, count in shown.items())
    hidden = cells.keys() - shown.keys()
    if merged is not None:
        assert merged == sum(cells[key] for key in hidden)
        assert merged >= 5
    if shown and hidden:
        assert len(hidden) >= 2
        assert len(shown) >= 2


def test_a_small_group_shows_at_the_first_whole_of_five() -> None:
    assert level_shown([("kelompok", 2), ("dusun", 4), ("desa", 5), ("tahun", 40)]) == "desa"
    assert level_shown([("kelompok", 2)]) is None


def test_poverty_and_disability_show_per_meeting_only_as_represented() -> None:
    counts = {"MISKIN": 8, "DIFABEL": 0, "TANI": 6, "PEMUDA": 7}
    assert shown_elements(counts, "meeting") == {"TANI": 6, "PEMUDA": 7, "MISKIN": "terwakili", "DIFABEL": "belum"}
    assert shown_elements(counts, "village_year") == {"TANI": 6, "PEMUDA": 7, "MISKIN": 8, "DIFABEL": None}
