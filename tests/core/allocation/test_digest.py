"""The digest is what anyone gets who hashes the canonical JSON of problem and outcome."""

import hashlib
import json
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from rembuk.core.allocation import Ballot, Problem, Proposal, Source, allocate
from rembuk.core.allocation.digest import digest_of, outcome_values, problem_values

BALLOTS = (
    Ballot(("b", 'a "x"'), hamlet='Dusun "Hulu"'),
    Ballot(('a "x"', "b"), weight=Fraction(1, 3), hamlet='Dusun "Hulu"'),
    Ballot(("b",), groups=frozenset({"perempuan", "miskin"})),
    Ballot(points=(("b", 2), ('a "x"', 1))),
    Ballot(ranking=("b", 'a "x"')),
    Ballot(),
)
PROBLEM = Problem(
    (Proposal('a "x"', 5, 1), Proposal("b", 6, 2, hamlet="é")), (Source("DDS", 8),), year=2027, ballots=BALLOTS
)


def test_anyone_can_recompute_it() -> None:
    for problem in (PROBLEM, replace(PROBLEM, ballots=())):
        outcome = allocate(problem)
        values = {"problem": problem_values(problem), "outcome": outcome_values(outcome)}
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert digest_of(problem, outcome) == outcome.digest == hashlib.sha256(text.encode()).hexdigest()


def test_equal_ballots_are_merged_and_their_order_says_nothing() -> None:
    expected = problem_values(PROBLEM)["ballots"]
    assert expected == [
        ["1/1", "", ["miskin", "perempuan"], "approvals", [["b"]]],
        ["1/1", "", [], "approvals", []],
        ["1/1", "", [], "points", [['a "x"', 1], ["b", 2]]],
        ["1/1", "", [], "ranking", [["b"], ['a "x"']]],
        ["4/3", 'Dusun "Hulu"', [], "approvals", [['a "x"'], ["b"]]],
    ]
    for ballots in permutations(BALLOTS):
        assert problem_values(replace(PROBLEM, ballots=ballots))["ballots"] == expected
