"""Scheme A, pre-filter B and the default order."""

from fractions import Fraction

import pytest

from rembuk.core.scoring import (
    CRITERIA,
    Fit,
    Scheme,
    Scored,
    ScoreError,
    ScoreSheet,
    averages,
    default_rank,
    prefilter,
    rank,
    total,
)


def sheet(name: str, *points: int, group: str = "rt1") -> ScoreSheet:
    return ScoreSheet(name, group, dict(zip(CRITERIA, points, strict=True)))


def test_totals_run_from_five_to_twenty_five() -> None:
    assert total(averages([sheet("a", 1, 1, 1, 1, 1)])) == 5
    assert total(averages([sheet("a", 5, 5, 5, 5, 5)])) == 25


def test_every_group_counts_once_however_many_sheets_it_hands_in() -> None:
    sheets = [sheet("a", 1, 1, 1, 1, 1), sheet("a", 2, 1, 1, 1, 1), sheet("a", 5, 1, 1, 1, 1, group="rt2")]
    assert averages(sheets)["C1"] == Fraction(13, 4)


def test_thirds_are_kept_exactly() -> None:
    sheets = [sheet("a", points, 1, 1, 1, 1, group=str(points)) for points in (1, 1 + 1, 4)]
    assert averages(sheets)["C1"] == Fraction(7, 3)


def test_ties_go_by_c2_then_c1_then_poor_beneficiaries_then_the_earlier() -> None:
    proposals = [
        Scored("later", poor_beneficiaries=3, position=5),
        Scored("earlier", poor_beneficiaries=3, position=4),
        Scored("poor", poor_beneficiaries=9, position=6),
        Scored("c1", position=7),
        Scored("c2", position=8),
    ]
    sheets = [
        sheet("later", 3, 3, 3, 3, 3),
        sheet("earlier", 3, 3, 3, 3, 3),
        sheet("poor", 3, 3, 3, 3, 3),
        sheet("c1", 4, 3, 2, 3, 3),
        sheet("c2", 2, 4, 3, 3, 3),
    ]
    ranked = rank(proposals, sheets)
    assert [row.id for row in ranked] == ["c2", "c1", "poor", "earlier", "later"]
    assert [row.rank for row in ranked] == [1, 2, 3, 4, 5]


def test_weights_change_the_order() -> None:
    scheme = Scheme(weights={"C1": 3, "C2": 1, "C3": 1, "C4": 1, "C5": 1})
    sheets = [sheet("a", 5, 1, 1, 1, 1), sheet("b", 1, 5, 2, 1, 1)]
    proposals = [Scored("a"), Scored("b")]
    assert [row.id for row in rank(proposals, sheets)] == ["b", "a"]
    assert [row.id for row in rank(proposals, sheets, scheme)] == ["a", "b"]


@pytest.mark.parametrize("points", [0, 6])
def test_points_outside_the_scale_are_refused(points: int) -> None:
    with pytest.raises(ScoreError) as refusal:
        rank([Scored("a")], [sheet("a", points, 1, 1, 1, 1)])
    assert refusal.value.values["criterion"] == "C1"


def test_a_missing_criterion_is_refused_by_name() -> None:
    with pytest.raises(ScoreError) as refusal:
        averages([ScoreSheet("a", "rt1", {"C1": 3})])
    assert refusal.value.values["criteria"] == ["C2", "C3", "C4", "C5"]


def test_unscored_proposals_follow_the_scored_ones_in_the_default_order() -> None:
    proposals = [Scored("x", category="ekonomi"), Scored("y", category="dasar"), Scored("z")]
    ranked = rank(proposals, [sheet("z", 1, 1, 1, 1, 1)])
    assert [(row.id, row.rank, row.total) for row in ranked] == [("z", 1, Fraction(5)), ("y", 2, None), ("x", 3, None)]


def test_the_default_order_is_category_then_beneficiaries_then_place_in_the_list() -> None:
    proposals = [
        Scored("c", category="infrastruktur", beneficiaries=900),
        Scored("b", category="dasar", beneficiaries=10, position=2),
        Scored("a", category="dasar", beneficiaries=10, position=1),
        Scored("d", category="dasar", beneficiaries=11, position=9),
    ]
    assert [row.id for row in default_rank(proposals)] == ["d", "a", "b", "c"]


def test_what_is_beyond_village_authority_goes_to_the_du_rkp() -> None:
    assert prefilter(Fit("a", authority=False)).goes_to == "du_rkp"
    fit = prefilter(Fit("a", authority=True, scores={"sdgs": 5, "regency": 1, "resources": 3}))
    assert (fit.goes_to, fit.total) == ("rkp", 9)
    with pytest.raises(ScoreError):
        prefilter(Fit("a", authority=True, scores={"sdgs": 5}))
