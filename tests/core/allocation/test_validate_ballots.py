"""What is wrong with ballots and floors is said at once, by proposal or hamlet and never by voter."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from rembuk.core.allocation import WHOLE, Ballot, InvalidProblemError, Problem, Proposal, Share, Source, allocate

PROPOSALS = (Proposal("U01", 6, 1, hamlet="Hulu"), Proposal("U02", 5, 2), Proposal("U03", 4, 3, hamlet="Hilir"))
PROBLEM = Problem(PROPOSALS, (Source("DDS", 10),))


def issues(*ballots: Ballot) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.subject, issue.message) for issue in replace(PROBLEM, ballots=ballots).validate()]


@pytest.mark.parametrize(
    "ballots",
    [
        (),
        (Ballot(),),
        (Ballot(("U01", "U02")), Ballot(points=(("U01", 0), ("U03", 2))), Ballot(ranking=("U03", "U01"))),
        (Ballot(("U01",), weight=Fraction(0)), Ballot(("U01",), weight=Fraction(7, 3))),
        (Ballot(("U01",)),) * 500,
    ],
)
def test_sound_ballots_have_no_issues(ballots: tuple[Ballot, ...]) -> None:
    assert issues(*ballots) == []


@pytest.mark.parametrize(
    ("ballot", "issue"),
    [
        (
            Ballot(("U01",), weight=Fraction(-1), hamlet="Hulu"),
            (
                "ballot-weight-negative",
                "Hulu",
                "1 surat suara dari Hulu berbobot di bawah nol; bobot paling kecil nol.",
            ),
        ),
        (
            Ballot(("U01",), points=(("U02", 1),), weight=Fraction(3)),
            (
                "ballot-two-kinds",
                "",
                "3 surat suara memuat lebih dari satu cara menandai; pakai satu saja: centang, poin atau peringkat.",
            ),
        ),
        (
            Ballot(ranking=("U01", "U09")),
            ("ballot-unknown", "U09", "1 surat suara menandai U09, yang tidak ada dalam daftar usulan."),
        ),
        (
            Ballot(("U02", "U01", "U02")),
            ("ballot-twice", "U02", "1 surat suara menandai U02 dua kali; satu usulan ditandai sekali."),
        ),
        (
            Ballot(points=(("U02", 1), ("U01", -2))),
            ("ballot-points-negative", "U01", "1 surat suara memberi U01 poin di bawah nol; poin paling kecil nol."),
        ),
    ],
)
def test_each_fault_has_its_sentence(ballot: Ballot, issue: tuple[str, str, str]) -> None:
    assert issues(ballot) == [issue]


def test_all_faults_are_said_at_once_in_an_order_of_their_own() -> None:
    ballots = (
        Ballot(("U09",), weight=Fraction(2)),
        Ballot(("U09", "U01", "U01")),
        Ballot(points=(("U03", -1),), ranking=("U08",)),
        Ballot(weight=Fraction(-1, 2)),
    )
    expected = [
        ("ballot-weight-negative", ""),
        ("ballot-two-kinds", ""),
        ("ballot-unknown", "U08"),
        ("ballot-unknown", "U09"),
        ("ballot-twice", "U01"),
        ("ballot-points-negative", "U03"),
    ]
    for turned in permutations(ballots):
        assert [(code, subject) for code, subject, _ in issues(*turned)] == expected
    assert issues(*ballots)[3][2] == "3 surat suara menandai U09, yang tidak ada dalam daftar usulan."


def test_an_unsound_ballot_stops_the_choice() -> None:
    with pytest.raises(InvalidProblemError) as caught:
        allocate(replace(PROBLEM, ballots=(Ballot(("U09",)),)))
    found = caught.value.values["issues"]
    assert isinstance(found, list)
    assert [issue.code for issue in found] == ["ballot-unknown"]


def test_hamlet_floors_that_do_not_fit_together_are_named() -> None:
    rows = (
        Share("HULU", WHOLE, frozenset({"hamlet:Hulu"}), min=Fraction(3, 5)),
        Share("HILIR", WHOLE, frozenset({"hamlet:Hilir"}), min_amount=4),
    )
    assert replace(PROBLEM, shares=rows).validate() == []
    poor = replace(PROBLEM, sources=(Source("DDS", 9),), shares=(replace(rows[0], min_amount=6), rows[1]))
    assert [(issue.code, issue.subject, issue.message) for issue in poor.validate()] == [
        (
            "floors-too-high",
            "HILIR dan HULU",
            "Batas paling sedikit dari HILIR dan HULU bersama-sama Rp10, di atas seluruh pagu Rp9; "
            "turunkan salah satunya.",
        )
    ]


def test_a_floor_asks_for_no_more_than_is_proposed_and_an_elastic_one_for_nothing() -> None:
    rows = (
        Share("HULU", WHOLE, frozenset({"hamlet:Hulu"}), min_amount=10),
        Share("HILIR", WHOLE, frozenset({"hamlet:Hilir"}), min_amount=10),
    )
    assert replace(PROBLEM, shares=rows).validate() == []
    poor = replace(PROBLEM, sources=(Source("DDS", 1),))
    assert replace(poor, shares=tuple(replace(row, hard=False) for row in rows)).validate() == []


def test_a_floor_inside_another_is_not_asked_for_twice() -> None:
    rows = (
        Share("SEMUA", WHOLE, frozenset({"hamlet:Hulu", "hamlet:Hilir"}), min_amount=10),
        Share("HULU", WHOLE, frozenset({"hamlet:Hulu"}), min_amount=6),
    )
    assert replace(PROBLEM, shares=rows).validate() == []
