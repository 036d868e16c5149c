"""Three villages that a person can check by hand: the calculation stands in `worked`, the words in the golden files."""

import json
from pathlib import Path
from typing import Any

import pytest

from rembuk.core.allocation import allocate, lot, verify
from rembuk.core.allocation.explain import as_values, explain, explanations, points, tell
from tests.core.allocation.worked import JT, SHARES, VILLAGE, WORKED

GOLDEN = Path(__file__).parents[2] / "golden" / "allocation"


def told(name: str) -> dict[str, Any]:
    """Everything said about a village, as JSON values."""
    village = WORKED[name]
    outcome = allocate(village.problem, village.settings)
    assert verify(village.problem, outcome) == []
    found = {item.id: explain(village.problem, outcome, item.id, deep=True) for item in village.problem.proposals}
    return {
        "share": str(outcome.share),
        "order": list(outcome.order),
        "proposals": {
            item: {
                "values": as_values(one),
                "sentence": tell(one, village.titles, village.row_titles),
                "points": points(one, village.titles, village.row_titles),
            }
            for item, one in found.items()
        },
    }


@pytest.mark.parametrize("name", WORKED)
def test_what_is_said_about_a_worked_village_stays_as_checked_by_hand(name: str) -> None:
    assert told(name) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "item", "supporters", "cost"),
    [
        ("two-hamlets", "posyandu", 1, 16 * JT),
        ("stage-and-row", "penuh", 3, 0),
        ("stage-and-row", "rapat", None, 6 * JT),
        ("lot-and-ways", "titian", 1, 9 * JT - 1),
        ("lot-and-ways", "balai", 1, 11_400_000),
        ("lot-and-ways", "sampah", 1, 0),
    ],
)
def test_the_figures_are_those_of_the_hand_calculation(name: str, item: str, supporters: int | None, cost: int) -> None:
    village = WORKED[name]
    outcome = allocate(village.problem, village.settings)
    found = explanations(village.problem, outcome)[item]
    assert (outcome.share, found.extra_supporters, found.winning_cost) == (SHARES[name], supporters, cost)


def test_the_payers_of_the_well_are_those_of_the_hand_calculation() -> None:
    village = WORKED["two-hamlets"]
    found = explanations(village.problem, allocate(village.problem, village.settings))["sumur"]
    assert {payer.name: payer.amount for payer in found.by_hamlet} == {"Hulu": 2 * JT, "Hilir": 18 * JT}


def test_the_lots_of_the_third_village_are_those_written_down() -> None:
    lots = [lot(number, village=VILLAGE, year=2027, seed="melati-7")[:4] for number in ("USL-1", "USL-2")]
    assert lots == ["4b16", "479d"]
