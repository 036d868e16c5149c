"""The vote of a hall: the seed drawn aloud, the ballots of its hamlets, and the choice that the hall adopted from them.

The choice is made by the functions that the studio calls, over the same facts that the database will hold; so that
digest, minutes and answers of the example fit together, and a stored run counts again to the same bytes.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

from rembuk.budgeting.asking import Gathered, Overrides, gathered
from rembuk.budgeting.choice import Choice
from rembuk.budgeting.gathering import Facts
from rembuk.budgeting.minutes import choice_decision, choice_paragraphs
from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.services.adopting import loser_answers
from rembuk.budgeting.stored import Stored, packed_outcome, packed_problem, unpacked
from rembuk.core.allocation import allocate
from rembuk.core.hat import Role
from rembuk.core.law.dana_desa import rule_pack
from rembuk.core.law.reasons import FEASIBLE
from rembuk.core.scoring import CRITERIA
from rembuk.deliberation.models import BallotBundle, Decision, Meeting, MeetingProposal
from rembuk.deliberation.queries import CycleScores
from rembuk.deliberation.queries.ballots import ballots_from
from rembuk.deliberation.services.balloting import lot_text
from rembuk.deliberation.services.choosing import CHOICE
from rembuk.funding.queries import gathered as in_force
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG, PONORAGAN
from rembuk.seed.scene import Rows, Scene
from rembuk.seed.story import BUDGET_YEAR

VOTED = (PONORAGAN, MELINTANG)
"""Villages whose Musrenbang is told with its vote; Melintang has still to choose its list, at the closing Musdes."""
CHOICE_MADE = Choice(rule="mes")
METHODS = ("papers", "dots", "papers", "dots")
VOTERS = (8, 7, 6, 5)
"""People who voted, hamlet by hamlet; together no more than signed the list of those present."""
TICKS, DOTS = 6, 5
OWN_HAMLET = 4
"""How much likelier people vote for a wish of their own hamlet."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall that voted: its meeting, what lay on the table, the ballots of its hamlets."""

    meeting: Meeting
    table: list[MeetingProposal]
    bundles: list[BallotBundle]


def voted(scene: Scene) -> bool:
    """Return whether the Musrenbang of the village is told with its vote."""
    return scene.village.id in VOTED and scene.story.has("K9")


def chose(scene: Scene) -> bool:
    """Return whether the hall also adopted its choice, so that the plan follows it."""
    return voted(scene) and scene.village.id != MELINTANG


def hall_of(scene: Scene, meeting: Meeting) -> Hall:
    """Let the hall of *meeting* draw its lot and vote on what the hamlets ranked. Repeatable."""
    opened: datetime = meeting.scheduled_at
    meeting.lot_seed = f"{chance.of('benih', scene.village.id).randint(100_000, 999_999)}"
    meeting.lot_drawn_at = opened + timedelta(minutes=40)
    meeting.count_closed_at = opened + timedelta(minutes=115)
    wishes = sorted(
        (p for p in scene.proposals if p.state in ("ranked", "planned", "shelved")), key=lambda p: p.number or ""
    )
    table = [
        MeetingProposal(id=chance.key("meja", meeting.id, wish.id), meeting=meeting, proposal=wish, table_number=number)
        for number, wish in enumerate(wishes, start=1)
    ]
    places = zip(scene.hamlets, METHODS, VOTERS, strict=False)
    return Hall(meeting, table, [bundle_of(scene, meeting, wishes, *place) for place in places])


def bundle_of(
    scene: Scene, meeting: Meeting, wishes: Sequence[Proposal], hamlet: Hamlet, method: str, voters: int
) -> BallotBundle:
    """Return how one hamlet voted: mostly for its own, and for what the hamlets gave many points."""
    luck = chance.of("suara", meeting.id, hamlet.name)
    papers = Counter(tuple(sorted(ticked(scene, luck, wishes, hamlet))) for _ in range(voters))
    if method == "dots":
        dots = Counter(key for paper, count in papers.items() for key in paper[:DOTS] for _ in range(count))
        marks = [[1, [[key, number] for key, number in sorted(dots.items())]]]
    else:
        marks = [[count, [[key, 1] for key in paper]] for paper, count in sorted(papers.items())]
    return BallotBundle(
        id=chance.key("suara", meeting.id, hamlet.name),
        meeting=meeting,
        hamlet=hamlet,
        method=method,
        voters=voters,
        per_voter=DOTS if method == "dots" else TICKS,
        marks=marks,
        digest=hashlib.sha256(json.dumps(marks, separators=(",", ":")).encode()).hexdigest(),
        entered_by=scene.person(Role.SDK),
    )


def ticked(scene: Scene, luck: Random, wishes: Sequence[Proposal], hamlet: Hamlet) -> set[str]:
    """Return the keys of what one villager wants."""
    weights = [sum(scene.points[wish.id]) * (OWN_HAMLET if wish.hamlet_id == hamlet.id else 1) for wish in wishes]
    return {str(wish.id) for wish in luck.choices(wishes, weights, k=TICKS)}


def choose(scene: Scene, meeting: Meeting) -> None:
    """Let the hall choose from its ballots and answer every proposal; the plan will hold what was chosen."""
    found = counted(scene, meeting)
    outcome_of = {decision.id: decision for decision in found.outcome.decisions}
    told = {str(answer.proposal_id): answer for answer in loser_answers(found, titles_of(scene))}
    for wish in scene.proposals:
        decision = outcome_of.get(str(wish.id))
        if decision is not None and decision.chosen:
            wish.state, wish.reason_code = "planned", decision.code
            wish.reason_text = f"Dipilih {meeting.title} dari suara warga."
            scene.chosen[wish.id] = {code: int(amount) for code, amount in decision.amounts}
        elif decision is not None:
            answer = told[str(wish.id)]
            wish.state, wish.reason_code, wish.reason_text = "shelved", answer.code, answer.text


def titles_of(scene: Scene) -> dict[str, str]:
    return {str(wish.id): str(wish) for wish in scene.proposals}


def counted(scene: Scene, meeting: Meeting) -> Stored:
    """Count the choice of the hall over what the database will hold; kept in the scene."""
    asked = gathered(facts_of(scene, hall_of(scene, meeting)), Overrides(), CHOICE_MADE)
    outcome = allocate(asked.problem, asked.settings)
    scene.counted = run_of(scene, meeting, asked, packed_outcome(outcome, ()), outcome.digest)
    return unpacked(scene.counted.problem, scene.counted.outcome, outcome.digest)


def facts_of(scene: Scene, hall: Hall) -> Facts:
    """Return the facts of the hall as `gathering.facts_of` will read them."""
    standing = [row.proposal for row in hall.table]
    for wish in standing:
        wish.verdict = FEASIBLE if wish.is_physical else None  # type: ignore[attr-defined]  # as the query annotates it
    means: Mapping[str, Mapping[str, Fraction]] = {
        str(wish.id): {code: Fraction(point) for code, point in zip(CRITERIA, scene.points[wish.id], strict=True)}
        for wish in standing
    }
    return Facts(
        cycle=scene.cycle,
        meeting=hall.meeting,
        run=None,
        adopted=None,
        newest=None,
        halls=(),
        rows=tuple(standing),
        scores=CycleScores("hamlets", None, (), (), {}),
        ceilings=in_force(scene.ceilings),
        pack=rule_pack(BUDGET_YEAR),
        hamlets=tuple(scene.hamlets),
        links=(),
        spoken_at=hall.meeting,
        ballots=ballots_from(hall.bundles),
        means=means,
    )


def run_of(scene: Scene, meeting: Meeting, asked: Gathered, outcome: dict[str, object], digest: str) -> AllocationRun:
    """Return the adopted run: brought by the team after the count, adopted by the head before the end."""
    closed = meeting.count_closed_at
    assert closed is not None
    return AllocationRun(
        id=scene.key("hitungan"),
        village=scene.village,
        cycle=scene.cycle,
        meeting=meeting,
        rule=CHOICE_MADE.rule,
        problem=packed_problem(asked.problem, asked.context),
        outcome=outcome,
        digest=digest,
        made_by=scene.person(Role.TIM),
        made_at=closed + timedelta(minutes=15),
        adopted_at=closed + timedelta(minutes=45),
        adopted_by=scene.person(Role.KAD),
    )


def tell(scene: Scene, rows: Rows, meeting: Meeting) -> list[Decision]:
    """Write lot, ballots and the adopted choice down. Returns the decision that the choice adds to the minutes."""
    hall = hall_of(scene, meeting)
    lot = {"text": lot_text(meeting), "version": 1, "fixed": True}
    meeting.minutes = {**meeting.minutes, "lot": lot}
    rows.extend(hall.table)
    rows.extend(hall.bundles)
    if scene.counted is None:
        return []
    run = scene.counted
    run.meeting = meeting
    found = unpacked(run.problem, run.outcome, run.digest)
    number = len(scene.decisions[meeting.kind]) + 1
    decision = Decision(
        id=chance.key("putusan", meeting.id, number), meeting=meeting, number=number, text=choice_decision(run, found)
    )
    text = "\n".join(choice_paragraphs(run, found, titles_of(scene)))
    meeting.minutes = {**meeting.minutes, CHOICE: {"text": text, "version": 1, "decision": str(decision.id)}}
    rows.add(run)
    return [decision]


def tie(scene: Scene, rows: Rows) -> None:
    """Tie in Melintang what hangs together: a second stage to the first, and two wishes that replace each other."""
    if scene.village.id != MELINTANG:
        return
    first, second = named(scene, "Semenisasi gang RT 08")[0], named(scene, "Semenisasi gang RT 09")[0]
    first.title, second.title = f"{first.title}, tahap 1", f"{second.title}, tahap 2"
    rows.add(link_of(scene, "requires", second, first, "Tahap 2 menyambung ujung gang tahap 1."))
    one, other = sorted(named(scene, "Bibit ikan keramba"), key=lambda wish: str(wish.id))
    rows.add(link_of(scene, "excludes", one, other, "Satu paket bibit cukup untuk keramba bersama tahun ini."))


def named(scene: Scene, beginning: str) -> list[Proposal]:
    """Return the wishes of a kind that came to the choice, by number."""
    return [p for p in scene.proposals if p.state in ("planned", "shelved") and p.title.startswith(beginning)]


def link_of(scene: Scene, kind: str, one: Proposal, other: Proposal, reason: str) -> ProposalLink:
    return ProposalLink(
        id=chance.key("ikatan", one.id, other.id),
        cycle=scene.cycle,
        kind=kind,
        one=one,
        other=other,
        reason=reason,
        made_by=scene.person(Role.TIM),
    )
