"""Three villages small enough to check by hand; docs/allocation.md tells them with the sums. Money in whole rupiah."""

from fractions import Fraction

from rembuk.core.allocation import Ballot, Exclusion, Problem, Proposal, Settings, Share, Source, Ties

MILLION = 1_000_000
SEED = "4711"


def two_hamlets() -> Problem:
    """Ten voters, Rp100 million. Hulu (6) wants a bridge for 50 and lamps for 45, Hilir (4) a posyandu for 40."""
    return Problem(
        proposals=(
            Proposal("jembatan", 50 * MILLION, 1, 1, hamlet="Hulu"),
            Proposal("lampu", 45 * MILLION, 2, 2, hamlet="Hulu"),
            Proposal("posyandu", 40 * MILLION, 3, 3, hamlet="Hilir"),
        ),
        sources=(Source("DDS", 100 * MILLION),),
        ballots=(
            Ballot(approvals=("jembatan", "lampu"), weight=Fraction(6), hamlet="Hulu"),
            Ballot(approvals=("posyandu",), weight=Fraction(4), hamlet="Hilir"),
        ),
        year=2027,
        village="64.02.18.2003",
    )


def earmark_stage_and_rivals() -> Problem:
    """Rp80 million of Dana Desa, a fifth of it for food. Stage 2 stands before stage 1 in the order; two are rivals."""
    return Problem(
        proposals=(
            Proposal("tahap2", 20 * MILLION, 1, 1, requires=("tahap1",)),
            Proposal("tahap1", 30 * MILLION, 2, 2),
            Proposal("jalan", 25 * MILLION, 3, 3),
            Proposal("titian", 14 * MILLION, 4, 4),
            Proposal("gang", 5 * MILLION, 5, 5),
            Proposal("kebun", 16 * MILLION, 6, 6, tags=frozenset({"pangan"})),
        ),
        sources=(Source("DDS", 80 * MILLION),),
        shares=(Share("PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(1, 5), title="pangan paling sedikit 20 %"),),
        exclusions=(Exclusion(frozenset({"titian", "gang"}), 1, "lokasi yang sama"),),
        year=2027,
        village="64.02.18.2003",
    )


def drawn_by_lot() -> Problem:
    """Rp20 million, two wells of Rp20 million with two voters each: only the lot tells them apart."""
    return Problem(
        proposals=(
            Proposal("sumur-a", 20 * MILLION, 1, 1, hamlet="Hulu", number="MLT-27-0001"),
            Proposal("sumur-b", 20 * MILLION, 2, 2, hamlet="Hilir", number="MLT-27-0002"),
        ),
        sources=(Source("DDS", 20 * MILLION),),
        ballots=(
            Ballot(approvals=("sumur-a",), weight=Fraction(2), hamlet="Hulu"),
            Ballot(approvals=("sumur-b",), weight=Fraction(2), hamlet="Hilir"),
        ),
        year=2027,
        village="64.02.18.2003",
    )


EQUAL_SHARES = Settings(rule="mes", completion="utilitarian", ties=Ties(seed=SEED))
ADDING_UP = Settings(rule="greedy", ties=Ties(seed=SEED))
