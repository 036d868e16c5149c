"""What the database says of a cycle, read once: candidates, ranking and points, ballots, ceilings, hamlets, ties.

`facts_of` reads, `asking.gathered` builds the problem from it for a choice without another query; so a moved slider
costs no query at all (`remembered`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from threading import Lock
from time import monotonic
from typing import Final
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.queries import HALL_KINDS, adopted_runs, halls_of, runs_of, whole_runs
from rembuk.budgeting.stored import unpacked
from rembuk.core.allocation import Ballot
from rembuk.core.allocation.fairness import YearMoney, hamlet_money
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import RulePack, rule_pack, suggested_focus
from rembuk.core.law.reasons import COST_UNREADABLE
from rembuk.core.scoring import averages, sheets_of
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import CycleScores, ballots_of, scores_for_allocation
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.plans.models import ItemFunding
from rembuk.proposals.models import FieldCheck
from rembuk.proposals.models import Proposal as Row
from rembuk.regions.models import Hamlet
from rembuk.shared.models import TrailEntry

LIVE = ("checked", "discussed", "ranked", "planned")
SENT = "sent"
WATCHED: Final = (
    "proposals_proposal",
    "proposals_fieldcheck",
    "deliberation_",
    "funding_ceiling",
    "regions_hamlet",
    "regions_village",
    "budgeting_",
    "cycles_cycle",
    "plans_rkpdesitem",
    "plans_itemfunding",
    "plans_itemproposal",
)
"""Beginnings of the tables whose rows a problem is made from."""
KEPT_SECONDS: Final = 30.0
"""How long facts are believed without being read again: an entry of the trail may be committed after a later one."""
KEPT_CYCLES: Final = 64
DRAFT: Final = "tim"
"""Asks for the team's draft instead of a meeting."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Money that the draft plan holds for what no proposal asked for, such as salaries: nobody can choose it again.

    tags: what the rows of law count it by.
    """

    source: str
    amount: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a choice of a cycle is made from. rows: the candidates by number, with their newest verdict.

    meeting: whose list it is, None for the team's draft. run: its newest run; adopted: the one the draft plan follows;
    newest: of any meeting. halls: meetings that may adopt. scores: the points the allocation rests on; means: their
    averages, proposal key -> criterion. spoken_at: the hall whose ballots and lot count, with its ballots. hamlets,
    links: of the village and of the cycle. standing: what the plan pays whatever the hall chooses. years: what the
    adopted lists of earlier years gave each hamlet. kept: what `trying` made of these facts, so that nothing is
    counted twice.
    """

    cycle: Cycle
    meeting: Meeting | None
    run: AllocationRun | None
    adopted: AllocationRun | None
    newest: AllocationRun | None
    halls: tuple[Meeting, ...]
    rows: tuple[Row, ...]
    scores: CycleScores
    ceilings: CeilingsInForce
    pack: RulePack | None
    hamlets: tuple[Hamlet, ...]
    links: tuple[ProposalLink, ...]
    standing: tuple[Standing, ...] = ()
    spoken_at: Meeting | None = None
    ballots: tuple[Ballot, ...] = ()
    years: tuple[YearMoney, ...] = ()
    means: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def seed(self) -> str:
        """The lot seed that the hall drew aloud, or an empty text."""
        return self.spoken_at.lot_seed if self.spoken_at is not None else ""

    def hamlet_of(self, key: UUID | None) -> str:
        """Return the name of a hamlet of the village, empty for none."""
        return next((hamlet.name for hamlet in self.hamlets if hamlet.pk == key), "")


def candidates_of(cycle_id: UUID) -> "QuerySet[Row]":
    """Return the proposals of a cycle that a list of the year may hold, with their newest verdict, by number.

    Those in the plan and those that the money did not reach take part again, so that a list can be worked out anew.
    """
    last = FieldCheck.objects.filter(proposal=OuterRef("pk")).order_by("-check_date", "-created_at", "id")
    loser = Q(state="shelved") & (Q(reason_code__startswith="ALOK-") | Q(reason_code=COST_UNREADABLE))
    rows = Row.objects.filter(Q(state__in=(*LIVE, SENT)) | loser, cycle_id=cycle_id)
    return (
        rows.select_related("hamlet")
        .annotate(verdict=Subquery(last.values("verdict_code")[:1]))
        .order_by("number", "id")
    )


def facts_of(cycle: Cycle, meeting: Meeting | None, halls: Sequence[Meeting] = ()) -> Facts:
    """Read everything that a choice of *cycle* is made from. Eleven queries.

    cycle: with its village, district and regency. meeting: whose list it is, None for the team's draft.
    """
    scores = scores_for_allocation(cycle.pk)
    run, adopted, newest = standing_runs(cycle, meeting)
    spoken_at = speaking_hall(meeting)
    return Facts(
        cycle=cycle,
        meeting=meeting,
        run=run,
        adopted=adopted,
        newest=newest,
        halls=tuple(halls),
        rows=tuple(candidates_of(cycle.pk)),
        scores=scores,
        ceilings=village_ceilings(cycle.village_id, cycle.budget_year),
        pack=rule_pack(cycle.budget_year),
        hamlets=tuple(Hamlet.objects.filter(village_id=cycle.village_id).order_by("order", "name", "id")),
        links=tuple(ProposalLink.objects.filter(cycle=cycle).order_by("kind", "created_at", "id")),
        standing=standing_of(cycle.pk),
        spoken_at=spoken_at,
        ballots=ballots_of(spoken_at) if spoken_at is not None and spoken_at.count_closed_at is not None else (),
        years=earlier_years(cycle),
        means={key: averages(own) for key, own in sheets_of(scores.sheets).items()},
    )


def standing_of(cycle_id: UUID) -> tuple[Standing, ...]:
    """Return what the plan in work pays without a proposal behind it, by source. One query.

    An item that answers a proposal is the hall's to choose again, so it takes nothing beforehand.
    """
    rows = ItemFunding.objects.filter(
        item__plan__cycle_id=cycle_id,
        item__plan__enacted_at__isnull=True,
        item__proposal_links__isnull=True,
        item__fallen_out=False,
        amount__gt=0,
    )
    found = rows.order_by("source", "item_id").values_list(
        "source", "amount", "item__activity_code", "item__dd_focus", "item__need_category"
    )
    return tuple(
        Standing(source, amount, frozenset({focus or suggested_focus(code), need or need_category(code)}))
        for source, amount, code, focus, need in found
    )


def speaking_hall(meeting: Meeting | None) -> Meeting | None:
    """Return the hall whose ballots and lot count for a meeting: itself, else the last one before it that voted.

    Ballots are not looked at before their count is closed. The draft of the team rests on points alone. One query at
    most.
    """
    if meeting is None or meeting.count_closed_at is not None or meeting.lot_seed:
        return meeting
    earlier = Meeting.objects.filter(
        cycle_id=meeting.cycle_id,
        kind__in=HALL_KINDS,
        count_closed_at__isnull=False,
        scheduled_at__lt=meeting.scheduled_at,
    )
    return earlier.exclude(state="cancelled").order_by("-scheduled_at", "id").first() or meeting


def standing_runs(
    cycle: Cycle, meeting: Meeting | None
) -> tuple[AllocationRun | None, AllocationRun | None, AllocationRun | None]:
    """Return the newest run of the meeting, the adopted one, and the newest of any meeting, whole. Two queries."""
    known = list(runs_of(cycle.pk))
    key = meeting.pk if meeting is not None else None
    own = next((run for run in known if run.meeting_id == key), None)
    in_force = [run for run in known if run.adopted]
    adopted = max(in_force, key=lambda run: (run.adopted_at, run.pk)) if in_force else None
    newest = known[0] if known else None
    wanted = {run.pk for run in (own, adopted, newest) if run is not None}
    whole = {run.pk: run for run in whole_runs(wanted)} if wanted else {}
    return tuple(whole.get(run.pk) if run is not None else None for run in (own, adopted, newest))  # type: ignore[return-value]


def earlier_years(cycle: Cycle) -> tuple[YearMoney, ...]:
    """Return what the adopted lists of the village's earlier years gave each hamlet, oldest first. Two queries."""
    cycles = Cycle.objects.filter(village_id=cycle.village_id, budget_year__lt=cycle.budget_year)
    years = dict(cycles.values_list("pk", "budget_year"))
    found = []
    for key, run in adopted_runs(sorted(years)).items() if years else ():
        stored = unpacked(run.problem, run.outcome, run.digest)
        money = hamlet_money(stored.problem, stored.outcome)
        found.append(YearMoney(years[key], tuple((name, int(amount)) for name, amount in sorted(money.items()))))
    return tuple(sorted(found, key=lambda year: year.year))


@dataclass(slots=True)
class Kept:
    """Facts in this process, and the newest entry of the trail when they were read."""

    facts: Facts
    entry: int
    read_at: float


_kept: dict[tuple[UUID, str], Kept] = {}
_lock = Lock()


def remembered(cycle: Cycle, wanted: str = "") -> Facts:
    """Return the facts of a cycle, from memory while the trail shows no write to what they are made from. One query.

    wanted: the key of the meeting whose list it is, `DRAFT` for the team's, empty for the one that stands now. For
    showing only: what is stored is always gathered anew. The facts must not be changed by who gets them.
    """
    with _lock:
        known = _kept.get((cycle.pk, wanted))
    last, ours = entries_since(known.entry if known is not None else 0)
    if known is not None and not ours and monotonic() - known.read_at < KEPT_SECONDS:
        known.entry = max(known.entry, last)
        return known.facts
    halls = halls_of(cycle.pk)
    facts = facts_of(cycle, hall_wanted(cycle, halls, wanted), halls)
    with _lock:
        if len(_kept) >= KEPT_CYCLES:
            _kept.pop(min(_kept, key=lambda other: _kept[other].read_at))
        _kept[cycle.pk, wanted] = Kept(facts, last, monotonic())
    return facts


def hall_wanted(cycle: Cycle, halls: Sequence[Meeting], wanted: str) -> Meeting | None:
    """Return the meeting asked for; else the one that runs now, else that of the newest run, else none: the draft."""
    if wanted == DRAFT:
        return None
    asked = next((hall for hall in halls if str(hall.pk) == wanted), None)
    running = next((hall for hall in halls if hall.state == "running"), None)
    if asked is not None or running is not None:
        return asked or running
    newest = runs_of(cycle.pk).first()
    return next((hall for hall in halls if newest is not None and hall.pk == newest.meeting_id), None)


def entries_since(entry: int) -> tuple[int, bool]:
    """Return the newest entry of the trail, and whether one after *entry* is about a watched table. One query."""
    if not entry:
        return TrailEntry.objects.aggregate(last=Max("id"))["last"] or 0, True
    watched = Q()
    for beginning in WATCHED:
        watched |= Q(table_name__startswith=beginning)
    found = TrailEntry.objects.filter(id__gt=entry).aggregate(last=Max("id"), ours=Max("id", filter=watched))
    return found["last"] or entry, found["ours"] is not None
