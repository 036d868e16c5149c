"""What is said beside an item: figures as they are, a lean where they point, nothing where nothing is known."""

from datetime import date

import pytest

from rembuk.core.guidance.desk_facts import (
    ApbFacts,
    Gathering,
    RkpFacts,
    RpjmFacts,
    TeamFacts,
    share,
    suggestions_apb,
    suggestions_rkp,
    suggestions_rpjm,
)
from rembuk.core.guidance.desk_papers import PaperRow, missing_titles, with_declared

JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(("permille", "text"), [(None, "–"), (0, "0 %"), (875, "87,5 %"), (1000, "100 %")])
def test_a_share_is_written_with_a_decimal_comma(permille, text):
    assert share(permille) == text


@pytest.mark.parametrize(
    ("team", "lean"),
    [
        (None, "NOT_CONFORM"),
        (TeamFacts(7, 1, JUNE), "CONFORM"),
        (TeamFacts(11, 1, JUNE), "CONFORM"),
        (TeamFacts(6, 1, JUNE), "NOTE"),
        (TeamFacts(12, 1, JUNE), "NOTE"),
        (TeamFacts(7, 0, JUNE), "NOTE"),
        (TeamFacts(7, 1, date(2026, 7, 1)), "NOTE"),
        (TeamFacts(7, 1, None), "NOTE"),
    ],
)
def test_the_team_is_held_against_size_women_and_day(team, lean):
    assert suggestions_rkp(RkpFacts(team=team, team_due=JUNE))[4].lean == lean


def test_a_plan_over_its_ceiling_does_not_conform_and_names_the_sources():
    facts = RkpFacts(planned=120, ceiling=100, over=("DDS lebih Rp20",))
    found = suggestions_rkp(facts)[9]
    assert (found.words, found.lean, found.rows) == ("Terencana Rp120, pagu Rp100.", "NOT_CONFORM", ("DDS lebih Rp20",))


def test_an_activity_without_origin_and_reason_does_not_conform():
    whole = RkpFacts(items=2, traced_count=500, traced_value=875)
    assert suggestions_rkp(whole)[7].lean == "CONFORM"
    assert (
        suggestions_rkp(RkpFacts(items=2, traced_count=500, untraced=("Titian: tidak ada",)))[7].lean == "NOT_CONFORM"
    )


def test_a_meeting_without_women_is_noted_and_without_attendance_nothing_is_said():
    men = Gathering("Musrenbang", minutes=True, invited=True, men=20, women=0)
    assert suggestions_rkp(RkpFacts(gatherings=(men,)))[3].lean == "NOTE"
    assert 3 not in suggestions_rkp(RkpFacts(gatherings=(Gathering("Musdes", True, True),)))


def test_both_meetings_need_invitation_and_minutes():
    first, second = Gathering("Musdes", True, True), Gathering("Musrenbang", True, True)
    assert suggestions_rkp(RkpFacts(gatherings=(first, second)))[2].lean == "CONFORM"
    assert suggestions_rkp(RkpFacts(gatherings=(first,)))[2].lean == "NOTE"
    assert suggestions_rkp(RkpFacts())[2].lean == "NOT_CONFORM"


def test_no_more_than_six_details_are_listed():
    names = tuple(f"Kegiatan {number}: belum ada lokasi" for number in range(9))
    rows = suggestions_rkp(RkpFacts(items=9, incomplete=names))[8].rows
    assert (len(rows), rows[-1]) == (7, "dan 3 lagi")


def test_without_physical_works_designs_do_not_apply():
    assert suggestions_rkp(RkpFacts())[11].lean == "NA"
    assert suggestions_rkp(RkpFacts(physical=2, estimated=2, designed=2, checked=1))[11].lean == "NOTE"


@pytest.mark.parametrize(
    ("sent", "lean"), [(date(2026, 10, 23), "CONFORM"), (date(2026, 10, 24), "NOTE"), (date(2026, 10, 20), "CONFORM")]
)
def test_a_budget_is_sent_within_three_days(sent, lean):
    assert suggestions_apb(ApbFacts(agreed_date=date(2026, 10, 20), sent_date=sent))[2].lean == lean


def test_a_budget_that_does_not_balance_says_by_how_much():
    facts = ApbFacts(income=100, financing_in=20, financing_out=5, spending=110)
    assert suggestions_apb(facts)[9].words == "Selisih Rp5 antara pendapatan, pembiayaan, dan belanja."
    assert suggestions_apb(ApbFacts(income=100, financing_in=10, spending=110))[9].lean == "CONFORM"


def test_the_thirty_percent_rule_is_counted_and_never_judged():
    found = suggestions_apb(ApbFacts(pay=40, spending=100))[7]
    assert (found.lean, "40 % belanja" in found.words) == ("", True)


@pytest.mark.parametrize(("period", "lean"), [((2027, 2034), "CONFORM"), ((2027, 2032), "NOTE")])
def test_the_period_is_held_against_the_term(period, lean):
    assert suggestions_rpjm(RpjmFacts(period=period, term_years=8))[2].lean == lean


def test_a_missing_field_of_the_matrix_is_named():
    found = suggestions_rpjm(RpjmFacts(items=3, fields=frozenset({1, 2, 4})))[9]
    assert (found.words, found.lean) == ("Bidang 3, 5 belum berisi kegiatan.", "NOTE")


def test_paper_said_to_be_handed_over_does_not_hide_what_is_held():
    rows = (PaperRow("a", "SK tim", "there"), PaperRow("b", "Daftar hadir"), PaperRow("c", "Notulen"))
    declared = with_declared(rows, ("a", "b"))
    assert [row.held for row in declared] == ["there", "paper", "missing"]
    assert missing_titles([row.data for row in declared]) == ("Notulen",)
