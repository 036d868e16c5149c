"""The table of a city's ballots: read from arrays of bytes, it is the ballots that anyone reads from the lines."""

import json
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rembuk.core.allocation import Ballot, Problem, allocate
from rembuk.core.allocation.ballots import ApprovalTable
from rembuk.core.allocation.digest import ballot_values, ballots_json, problem_values
from rembuk.core.allocation.io import cells, read_pabulib

LETTERS = "ab01!é#\\ -"
IDS = st.one_of(st.text(LETTERS, min_size=1, max_size=3), st.text(LETTERS, min_size=6, max_size=20))


def city(ids: list[str], votes: list[list[str]], *, costs: list[int] | None = None, ending: str = "\n") -> bytes:
    """Return a file in which each voter wrote the ids in that order, between two other cells."""
    lines = ["META", "key;value", "budget;900", "vote_type;approval", "PROJECTS", "project_id;cost"]
    lines += [f"{name};{cost}" for name, cost in zip(ids, costs or [100] * len(ids), strict=True)]
    lines += ["VOTES", "voter_id;vote;place"]
    lines += [f"{number};{','.join(names)};Utara, Hulu" for number, names in enumerate(votes)]
    return (ending.join(lines) + ending).encode()


@st.composite
def cities(draw: st.DrawFn) -> tuple[list[str], list[list[str]], str]:
    ids = draw(st.lists(IDS.map(str.strip).filter(bool), unique=True, min_size=1, max_size=12))
    ids = [name for name in ids if name.lower() != "none"] or ["a"]
    chance = random.Random(draw(st.integers(0, 10**6)))
    votes = [chance.choices(ids, k=chance.choice((0, 1, 2, 3, 20))) for _ in range(chance.choice((0, 1, 30)))]
    return ids, votes, draw(st.sampled_from(["\n", "\r\n"]))


def expected(votes: list[list[str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(sorted(set(names))) for names in votes)


@settings(deadline=None)
@given(cities())
@example((["a", "a!", "a#"], [["a!", "a"], ["a#"], ["a"], [], ["a", "a"]], "\n"))
@example((["x" * 70, "y"], [["x" * 70], ["y", "x" * 70]], "\n"))
def test_the_table_is_the_ballots_of_the_lines(drawn: tuple[list[str], list[list[str]], str]) -> None:
    ids, votes, ending = drawn
    ballots = read_pabulib(city(ids, votes, ending=ending)).ballots
    assert isinstance(ballots, ApprovalTable) == all(len(name.encode()) <= 64 for name in ids)
    assert len(ballots) == len(expected(votes))
    assert Counter({ballot.approvals: int(ballot.weight) for ballot in ballots}) == expected(votes)


@settings(deadline=None)
@given(cities())
@example((["a", "a!", "a#"], [["a!", "a"], ["a#"], ["a"], [], ["a", "a"]], "\n"))
def test_a_choice_from_the_table_is_the_choice_from_its_ballots(drawn: tuple[list[str], list[list[str]], str]) -> None:
    ids, votes, _ = drawn
    costs = [0 if place == 3 else 100 + 7 * place for place in range(len(ids))]
    problem = read_pabulib(city(ids, votes, costs=costs))
    one_by_one = replace(problem, ballots=tuple(problem.ballots)[::-1])
    assert ballots_json(problem.ballots) == ballots_json(one_by_one.ballots)
    assert problem_values(problem) == problem_values(one_by_one)
    for rule in ("mes", "phragmen", "greedy-per-rupiah"):
        assert allocate(problem, rule) == allocate(one_by_one, rule)


@given(st.permutations([["b", "a"], ["a"], [], ["c", "b", "a"], ["a", "b"], ["c"], ["c"]]))
def test_the_order_of_the_voters_says_nothing(votes: list[list[str]]) -> None:
    ballots = read_pabulib(city(["c", "a", "b"], votes)).ballots
    assert ballot_values(ballots) == [
        ["1/1", "", [], "approvals", []],
        ["1/1", "", [], "approvals", [["a"]]],
        ["2/1", "", [], "approvals", [["a"], ["b"]]],
        ["1/1", "", [], "approvals", [["a"], ["b"], ["c"]]],
        ["2/1", "", [], "approvals", [["c"]]],
    ]
    assert [ballot.approvals for ballot in ballots] == [(), ("a",), ("a", "b"), ("a", "b", "c"), ("c",)]


def test_more_proposals_than_a_byte_counts_and_ballots_longer_than_a_word() -> None:
    ids = [f"U{number}" for number in range(700)]
    votes = [[ids[(7 * voter + step * (1 + voter % 3)) % 700] for step in range(voter % 40)] for voter in range(500)]
    votes += [ids, ids[::-1], ids[:-1]]
    problem = read_pabulib(city(ids, votes))
    assert isinstance(problem.ballots, ApprovalTable)
    assert {ballot.approvals: int(ballot.weight) for ballot in problem.ballots} == expected(votes)
    assert ballots_json(problem.ballots) == ballots_json(tuple(problem.ballots))
    assert len(json.loads(b"[" + ballots_json(problem.ballots) + b"]")) == len(expected(votes))


def test_it_stands_for_the_tuple_of_its_ballots() -> None:
    content = city(["a", "b"], [["a"], ["b", "a"], ["a"]])
    table, again = read_pabulib(content).ballots, read_pabulib(content).ballots
    ballots = (Ballot(("a",), weight=Fraction(2)), Ballot(("a", "b")))
    assert table == again == ballots and ballots == table and hash(table) == hash(again) == hash(ballots)
    assert table != read_pabulib(city(["a", "b"], [["a"]])).ballots and table != list(ballots)
    assert (table[0], table[-1], table[::-1], len(table)) == (ballots[0], ballots[1], ballots[::-1], 2)
    assert (*table, Ballot()) == (*ballots, Ballot()) and ballots[1] in table
    assert read_pabulib(content) == replace(read_pabulib(content), ballots=ballots)
    assert not read_pabulib(city(["a"], [])).ballots


def test_a_table_of_other_proposals_is_named_as_unsound() -> None:
    problem = read_pabulib(city(["a", "b"], [["a"], ["b", "a"]]))
    poorer: Problem = replace(problem, proposals=problem.proposals[:1])
    assert [(issue.code, issue.subject) for issue in poorer.validate()] == [("ballot-unknown", "b")]


@pytest.mark.parametrize("line", ["9;a;x;y", "9;a", "9; a;x", "9;none;x", "9;a,;x", "", "9;a\0;x", '9;"a";x'])
def test_a_line_that_needs_care_is_read_with_care(line: str) -> None:
    content = city(["a", "b"], [["a"], ["b", "a"]]) + line.encode() + b"\n"
    if "\0" in line:
        with pytest.raises(Exception, match="pb-suara-asing"):
            read_pabulib(content)
        return
    found = {ballot.approvals: int(ballot.weight) for ballot in read_pabulib(content).ballots}
    assert found == {("a",): 1, ("a", "b"): 1} | {"": {}, "9;none;x": {(): 1}}.get(line, {("a",): 2})


def test_a_file_too_large_for_the_table_is_read_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    content = city(["a", "b", "c"], [["b", "a"], ["c"], ["c"], ["a", "b"]])
    expected = read_pabulib(content)
    monkeypatch.setattr(cells, "LARGEST", 40)
    by_line = read_pabulib(content)
    assert isinstance(expected.ballots, ApprovalTable) and not isinstance(by_line.ballots, ApprovalTable)
    assert allocate(by_line, "mes") == allocate(expected, "mes")


def test_the_same_choice_whether_the_file_asks_for_care_or_not() -> None:
    votes = [["a", "c"], ["b"], ["b"], ["c", "b"], []]
    plain = city(["a", "b", "c"], votes, costs=[300, 400, 500])
    quoted = plain.replace(b"\n0;a,c;", b'\n"0";"c,a";')
    assert quoted != plain
    assert allocate(read_pabulib(quoted), "mes") == allocate(read_pabulib(plain), "mes")
