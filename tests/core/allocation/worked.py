"""Three villages small enough to check with pencil and paper. Money in millions of rupiah ("jt") below.

Village 1, two hamlets, equal shares by cost. 60 jt, ten ballots, so everybody holds 60 / 10 = 6 jt.
Hulu votes h1..h6, Hilir l1..l4. Jalan 24 jt: h1..h6. Sumur 20 jt: h1, l1..l4. Posyandu 18 jt: h2, h3, h4, l1, l2.
Lampu 12 jt: h5, h6, l3.
Round 1. Price per rupiah of the proposal = 1 / supporters, while all can pay alike: Jalan 1/6, Sumur 1/5, Posyandu 1/5,
Lampu 1/3. Jalan is cheapest: h1..h6 pay 24 / 6 = 4 jt each and keep 2.
Round 2. Sumur: alike would be 4 each, h1 has only 2, so l1..l4 pay (20 - 2) / 4 = 4.5 each, price 4.5 / 20 = 0.225.
Posyandu: h2, h3, h4 have 2 each, l1, l2 must pay (18 - 6) / 2 = 6 each, price 6 / 18 = 0.333. Sumur is cheaper and comes
in; l1..l4 keep 1.5, h1 has nothing.
Then. Posyandu: 3 x 2 + 2 x 1.5 = 9 of 18. Lampu: 2 + 2 + 1.5 = 5.5 of 12. Nobody can pay. 60 - 44 = 16 jt are left.
Completion by votes (with the utility "cost", utility per rupiah is the votes): Posyandu (5 votes, 18 jt) does not fit
into 16, Lampu (3 votes, 12 jt) does. In: Jalan, Sumur, Lampu.
Posyandu, new supporters: round 1, at 1/6 the five pay 18 / 6 = 3 each, 15; lacking 3, one full share pays 3: 1.
Round 2, at 0.225 a payment is 4.05: h2, h3, h4 give 2 each, l1, l2 give 4.05 each, 14.1; lacking 3.9 of 4.05 that one
more pays: 1 again, and nearer (3.9 / 4.05 = 0.96). At the end 9 are lacking, a share pays 6: 2. So 1 supporter.
Posyandu, lower cost: in round 2 a cost c needs 6 + 2 x 0.225 c >= c, so c <= 6 / 0.55 = 10.909; at the end c <= 9; in the
completion it stands before Lampu and 16 are left: c <= 16. So 16 jt.
Who paid for Sumur: Hulu 2 jt (one voter), Hilir 18 jt (four): both cells under five, nothing is shown by hamlet.

Village 2, a row, a stage and an exclusion. DDS 45 jt, ADD 5 jt, ten ballots, share 5 jt. Row OPS: operating costs at
most 6 jt of DDS. Tahap 1 20 jt: v1..v8. Tahap 2 15 jt, only after Tahap 1: v1..v6. Penuh 34 jt, not beside Tahap 1:
v1..v5 and v9. Rapat 8 jt, operating, only DDS: v2..v8.
Round 1. Prices 1/8, (Tahap 2 waits), 1/6, 1/7. Tahap 1: v1..v8 pay 2.5 and keep 2.5. Penuh is out: excluded.
Round 2. Rapat 1/7 is cheaper than Tahap 2 1/6, its supporters have it (8 / 7 = 1.14 <= 2.5), but 8 > 6: row OPS.
Round 3. Tahap 2: v1..v6 have 6 x 2.5 = 15, exactly its cost; price 2.5 / 15 = 1/6. In: Tahap 1, Tahap 2. 15 jt are left,
and the completion finds nothing that fits: Rapat still breaks the row.
Rapat: the row lacks 8 - 6 = 2 jt; no number of supporters helps; at a cost of 6 jt it comes in (price 1/7, everybody can).
Penuh: before Tahap 1, at 1/8 a payment is 34 / 8 = 4.25; six pay 25.5, two more make 34: exactly the same price, and the
tie goes to the lower cost, Tahap 1. So 3 supporters. Lower cost: at 1/8 six supporters never reach it; 0.

Village 3, ties and ways in. 24 jt, eight ballots, share 3 jt, no completion. Titian 9 jt and Tandon 9 jt: v1..v5. Balai
12 jt: v4..v8. Bak sampah 2 jt: nobody.
Round 1. All three have price 1/5. Lower cost: Titian and Tandon (9 < 12). Votes: 5 and 5. Money of their place so far: both
are for the whole village, 0. Lot: SHA-256 of "64.02.18.2003|2027|melati-7|USL-1" starts with {lot_1}, of "...|USL-2" with
{lot_2}: the smaller wins. The winner's five pay 9 / 5 = 1.8 and keep 1.2.
Then. The other one: 5 x 1.2 = 6 of 9. Balai: 2 x 1.2 + 3 x 3 = 11.4 of 12. The end.
The loser of the lot: one more supporter lowers its price to 1/6: 1. Or one rupiah less: 8,999,999 wins the tie by cost.
Balai: in round 1 exactly the same price, lost for its cost; one more supporter: 1. Lower cost: from 9 jt up it loses the
tie; at the end its supporters have 11.4 jt: so 11.4 jt.
Bak sampah: one supporter with a full share of 3 jt pays 2 jt at the end: 1.
"""

from dataclasses import dataclass
from fractions import Fraction

from rembuk.core.allocation import Ballot, Exclusion, Problem, Proposal, Settings, Share, Source, Ties

JT = 1_000_000
VILLAGE = "64.02.18.2003"


@dataclass(frozen=True)
class Worked:
    """A problem with the settings of the meeting and the names people use."""

    problem: Problem
    settings: Settings
    titles: dict[str, str]
    row_titles: dict[str, str]


def ballots(hamlet: str, *marks: str) -> tuple[Ballot, ...]:
    """Ballots of one hamlet, the ids of each parted by spaces."""
    return tuple(Ballot(tuple(names.split()), hamlet=hamlet) for names in marks)


def two_hamlets() -> Worked:
    """Village 1."""
    items = (
        Proposal("jalan", 24 * JT, 1, 1, hamlet="Hulu"),
        Proposal("sumur", 20 * JT, 2, 2, hamlet="Hilir"),
        Proposal("posyandu", 18 * JT, 3, 3),
        Proposal("lampu", 12 * JT, 4, 4, hamlet="Hulu"),
    )
    hulu = ballots("Hulu", "jalan sumur", *["jalan posyandu"] * 3, *["jalan lampu"] * 2)
    hilir = ballots("Hilir", *["sumur posyandu"] * 2, "sumur lampu", "sumur")
    problem = Problem(items, (Source("DDS", 60 * JT),), ballots=hulu + hilir, village=VILLAGE, year=2027)
    names = {"jalan": "Jalan tani", "sumur": "Sumur bor", "posyandu": "Posyandu", "lampu": "Lampu jalan"}
    return Worked(problem, Settings(rule="mes", completion="utilitarian"), names, {})


def stage_and_row() -> Worked:
    """Village 2."""
    items = (
        Proposal("tahap-1", 20 * JT, 1, 1),
        Proposal("tahap-2", 15 * JT, 2, 2, requires=("tahap-1",)),
        Proposal("penuh", 34 * JT, 3, 3),
        Proposal("rapat", 8 * JT, 4, 4, tags=frozenset({"operasional"}), sources=frozenset({"DDS"})),
    )
    row = Share("OPS", "DDS", frozenset({"operasional"}), max_amount=6 * JT, legal_basis="contoh")
    votes = ballots(
        "Tengah",
        "tahap-1 tahap-2 penuh",
        *["tahap-1 tahap-2 penuh rapat"] * 4,
        "tahap-1 tahap-2 rapat",
        *["tahap-1 rapat"] * 2,
        "penuh",
        "",
    )
    problem = Problem(
        items,
        (Source("DDS", 45 * JT), Source("ADD", 5 * JT)),
        (row,),
        (Exclusion(frozenset({"tahap-1", "penuh"}), reason="satu jembatan"),),
        ballots=votes,
        village=VILLAGE,
        year=2027,
    )
    names = {
        "tahap-1": "Jembatan tahap 1",
        "tahap-2": "Jembatan tahap 2",
        "penuh": "Jembatan sekaligus",
        "rapat": "Biaya rapat",
    }
    return Worked(problem, Settings(rule="mes", completion="utilitarian"), names, {"OPS": "operasional paling banyak Rp6.000.000"})


def lot_and_ways() -> Worked:
    """Village 3."""
    items = (
        Proposal("titian", 9 * JT, 1, 1, number="USL-1"),
        Proposal("tandon", 9 * JT, 2, 2, number="USL-2"),
        Proposal("balai", 12 * JT, 3, 3, number="USL-3"),
        Proposal("sampah", 2 * JT, 4, 4, number="USL-4"),
    )
    votes = ballots("Tengah", *["titian tandon"] * 3, *["titian tandon balai"] * 2, *["balai"] * 3)
    problem = Problem(items, (Source("DDS", 24 * JT),), ballots=votes, village=VILLAGE, year=2027)
    names = {"titian": "Titian kayu", "tandon": "Tandon air", "balai": "Balai warga", "sampah": "Bak sampah"}
    return Worked(problem, Settings(rule="mes", completion="none", ties=Ties("lot", "melati-7")), names, {})


WORKED = {"two-hamlets": two_hamlets(), "stage-and-row": stage_and_row(), "lot-and-ways": lot_and_ways()}
SHARES = {"two-hamlets": Fraction(6 * JT), "stage-and-row": Fraction(5 * JT), "lot-and-ways": Fraction(3 * JT)}
