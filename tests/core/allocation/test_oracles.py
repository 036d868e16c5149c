"""Every real election and every rule with an oracle: the same proposals, and a payment certificate that checks.

The elections lie beside the checkout; where they are absent these tests are skipped and say so. The rules are held
against their plain definition on small villages in `test_definitions`, which needs no such folder.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from rembuk.core.allocation import Settings, Ties, allocate, verify
from rembuk.core.allocation.io import read_pabulib

ELECTIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"
UTILITY = {"cost": "cost", "card": "cardinality", "add": "points", "borda": "borda"}
NATURAL = {"cumulative": "points", "ordinal": "borda"}
COMPLETION = {"u": "utilitarian", "add1u": "add1u"}


def expected() -> dict[str, Any]:
    file = ELECTIONS / "expected.json"
    return json.loads(file.read_text())["instances"] if file.exists() else {}


def settings_for(oracle: str, vote_type: str, unit: int) -> Settings:
    rule, _, measure = oracle.partition("_")
    return Settings(
        rule="greedy-per-rupiah" if rule == "greedy" else rule,
        utility=UTILITY.get(measure, NATURAL.get(vote_type, "cost")),  # type: ignore[arg-type]
        completion=COMPLETION.get(measure, "none"),  # type: ignore[arg-type]
        ties=Ties("lexicographic"),
        step=unit,
        stops=True,
    )


@pytest.mark.skipif(not expected(), reason="DILEWATI: pemilihan dan hasil pembandingnya tidak ada di ../shared/data")
@pytest.mark.parametrize("name", sorted(expected()) or ["-"])
def test_every_rule_chooses_what_the_reference_chooses(name: str) -> None:
    asked = expected()[name]
    problem = read_pabulib((ELECTIONS / name).read_bytes(), name)
    different, wrong = [], []
    for oracle, answer in asked["rules"].items():
        outcome = allocate(problem, settings_for(oracle, asked["vote_type"], problem.unit))
        if sorted(outcome.selected) != sorted(answer["selected"]):
            different.append(oracle)
        if asked["ballots"] < 4_000 and verify(problem, outcome):
            wrong.append(oracle)
    assert (different, wrong) == ([], [])
