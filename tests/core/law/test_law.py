"""The law of the day, deadlines, rule packs, categories and numbers."""

from datetime import date
from fractions import Fraction

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.law.categories import NEED_CATEGORIES, need_category
from rembuk.core.law.dana_desa import FOCUSES_2026, RULE_PACKS, rule_pack, suggested_focus
from rembuk.core.law.dated import Dated, NoLawError, in_force
from rembuk.core.law.deadlines import DEADLINES, due_after, due_in_year
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS, GUESTS
from rembuk.core.law.funding import FILL_ORDER, FUNDING_SOURCES, NOT_BY_DEFAULT
from rembuk.core.law.meetings import RULE_SOURCES, MeetingRules
from rembuk.core.law.numbering import proposal_number, read_proposal_number, village_letters
from rembuk.core.law.reasons import REASON_CODES, TERMINAL_REASONS
from rembuk.core.law.terms import HEAD_MAX_TERMS, RPJMDES_YEARS


@pytest.mark.parametrize(("on", "years"), [(date(2024, 4, 24), 6), (date(2024, 4, 25), 8)])
def test_rpjmdes_length_follows_the_law_of_the_day(on: date, years: int) -> None:
    assert in_force(RPJMDES_YEARS, on).value == years


def test_a_head_may_serve_two_terms_since_the_amendment() -> None:
    assert in_force(HEAD_MAX_TERMS, date(2026, 1, 1)).value == 2


def test_a_row_that_ended_is_not_in_force_the_day_after() -> None:
    table = (Dated(date(2020, 1, 1), "x", "s", until=date(2020, 12, 31)),)
    assert in_force(table, date(2020, 12, 31)).value == "x"
    with pytest.raises(NoLawError):
        in_force(table, date(2021, 1, 1))
    with pytest.raises(NoLawError):
        in_force(RPJMDES_YEARS, date(2014, 1, 14))


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("D02", date(2026, 6, 30)),
        ("D05", date(2026, 7, 31)),
        ("D06", date(2026, 9, 30)),
        ("D11", date(2026, 12, 31)),
        ("D12", date(2027, 7, 31)),
        ("D15", None),
    ],
)
def test_legal_days_of_a_cycle(code: str, due: date | None) -> None:
    assert due_in_year(code, 2026) == due


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("D01", date(2027, 1, 1)),
        ("D08", date(2026, 10, 4)),
        ("D09", date(2026, 10, 29)),
        ("D13", date(2026, 10, 8)),
        ("D14", date(2026, 10, 16)),
        ("D15", date(2026, 10, 8)),
        ("D16", date(2026, 10, 31)),
    ],
)
def test_days_counted_from_an_event(code: str, due: date) -> None:
    assert due_after(code, date(2026, 10, 1)) == due


def test_a_fixed_day_does_not_count_from_an_event() -> None:
    with pytest.raises(ValueError, match="fixed"):
        due_after("D06", date(2026, 1, 1))


def test_all_sixteen_milestones_name_their_source() -> None:
    assert list(DEADLINES) == [f"D{number:02}" for number in range(1, 20)]
    assert all(row.source and row.certainty and row.since for row in DEADLINES.values())


def test_the_packs_hold_what_was_seen_and_2027_is_not_loaded() -> None:
    assert sorted(RULE_PACKS) == [2025, 2026]
    assert rule_pack(2027) is None
    pack = RULE_PACKS[2025]
    assert [(row.code, row.share) for row in pack.rows if row.share] == [
        ("DD25-BLT", Fraction(15, 100)),
        ("DD25-PANGAN", Fraction(20, 100)),
        ("DD25-OPS", Fraction(3, 100)),
    ]
    assert len(FOCUSES_2026) == 8


def test_percentages_of_2025_are_not_enforced_in_2026() -> None:
    pack = RULE_PACKS[2026]
    for code in ("DD26-BLT", "DD26-PANGAN"):
        assert not pack.row(code).enforced
        assert pack.row(code).certainty == "uncertain"
    assert pack.row("DD26-BLT-KPM").amount == 300_000
    with pytest.raises(KeyError):
        pack.row("DD27")


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("2.2.02", "kesehatan"),
        ("2.3.10", "infrastruktur_pkt"),
        ("2.3.21", "kdmp"),
        ("1.1.08", "operasional"),
        ("5.3.00", "blt"),
        ("4.2.06", "pangan"),
        ("3.3.01", "sektor_lain"),
        ("2.31", "sektor_lain"),
    ],
)
def test_a_focus_is_suggested_by_the_longest_prefix(code: str, tag: str) -> None:
    assert suggested_focus(code) == tag


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("2.1.01", "dasar"),
        ("2.4.10", "dasar"),
        ("1.2.01", "infrastruktur"),
        ("2.3.10", "infrastruktur"),
        ("4.3.01", "budaya_kapasitas"),
        ("4.2.01", "ekonomi"),
        ("3.1.01", "ketertiban"),
        ("5.3.00", "ketertiban"),
        ("1.1.01", "budaya_kapasitas"),
    ],
)
def test_the_default_need_category_of_an_activity(code: str, category: str) -> None:
    assert need_category(code) == category
    assert need_category(code, frozenset({"tepat_guna"})) == "tepat_guna"


def test_the_default_order_of_categories_is_the_published_one() -> None:
    assert list(NEED_CATEGORIES) == [
        "dasar",
        "infrastruktur",
        "ekonomi",
        "tepat_guna",
        "ketertiban",
        "budaya_kapasitas",
    ]


def test_sources_are_filled_in_one_order_and_two_pay_only_by_name() -> None:
    assert FILL_ORDER == ("PBK", "DDS", "ADD", "PBH", "PBP", "PAD")
    assert set(FILL_ORDER) | NOT_BY_DEFAULT == set(FUNDING_SOURCES)


def test_every_reason_has_a_sentence_and_every_terminal_state_its_reasons() -> None:
    assert len(REASON_CODES) == 17
    assert set(TERMINAL_REASONS) == {"planned", "forwarded", "shelved", "declined", "merged", "withdrawn"}
    assert all(codes <= set(REASON_CODES) for codes in TERMINAL_REASONS.values())


def test_elements_and_other_capacities_do_not_overlap() -> None:
    assert len(ELEMENTS) == 18
    assert not set(ELEMENTS) & set(ATTENDEE_TYPES)
    assert set(ATTENDEE_TYPES) >= GUESTS


def test_meeting_thresholds_name_where_they_come_from() -> None:
    named = {"invitation_days", "quorum", "adjourn_hours", "retry_days", "women_target", "majority", "elements_block"}
    assert named <= set(RULE_SOURCES)
    assert MeetingRules().quorum == Fraction(2, 3)


def test_a_proposal_number_reads_back() -> None:
    assert proposal_number("MLT", 2027, 418) == "MLT-27-0418"
    assert read_proposal_number(" mlt-27-0418 ") == ("MLT", 2027, 418)
    assert read_proposal_number(proposal_number("MLT", 2027, 12345)) == ("MLT", 2027, 12345)


@pytest.mark.parametrize("text", ["", "MLT-27", "ML-27-0418", "MLT-2027-0418", "MLT-27-0418x"])
def test_a_number_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        read_proposal_number(text)


def test_letters_of_a_village_are_free_and_start_with_its_own() -> None:
    taken: set[str] = set()
    for _ in range(60):
        letters = village_letters("Muara Leka", frozenset(taken))
        assert letters[0] == "M"
        assert letters not in taken
        taken.add(letters)
    with pytest.raises(ValueError, match="no letters"):
        village_letters("123")
