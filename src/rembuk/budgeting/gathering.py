"""What an allocation is asked: the proposals of a cycle that passed, their order, the ceilings, the year's rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from rembuk.budgeting.labels import AUTHORITY_UNKNOWN, UNCHECKED
from rembuk.core.allocation import Problem, Proposal, Source, shares_of
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import RulePack, rule_pack, suggested_focus
from rembuk.core.law.reasons import BEYOND_AUTHORITY, COST_UNREADABLE, NOT_FEASIBLE, SET_BY_MEETING
from rembuk.core.scoring import Ranked, Scored, rank
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import scores_for_allocation
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.proposals.models import FieldCheck
from rembuk.proposals.models import Proposal as Row

LIVE = ("checked", "discussed", "ranked", "planned")
SENT = "sent"
DANA_DESA = "DDS"
Order = Literal["ranking", "scores", "default"]
"""Where the order comes from: the meeting's adopted ranking, points not adopted yet, or the default order."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the meeting set against the count, each with its reason: proposal key -> sentence."""

    put_in: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A problem and what the reader must know beside it. outside: key -> code of why it takes no part."""

    problem: Problem
    order: Order
    ceilings: CeilingsInForce
    pack: RulePack | None
    outside: Mapping[str, str]
    overrides: Overrides

    @property
    def context(self) -> dict[str, Any]:
        """Return what is stored beside the problem."""
        return {
            "order": self.order,
            "ceiling_stage": self.ceilings.stage,
            "rules_loaded": self.pack is not None,
            "row_titles": {share.name: share.title for share in self.problem.shares},
            "outside": dict(self.outside),
            "left_out": dict(self.overrides.left_out),
        }


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


def outside_code(row: Row) -> str:
    """Return why a candidate takes no part, or an empty text."""
    if row.state == SENT:
        return UNCHECKED
    if row.authority == Row.Authority.HIGHER:
        return BEYOND_AUTHORITY
    if row.authority != Row.Authority.VILLAGE:
        return AUTHORITY_UNKNOWN
    return NOT_FEASIBLE if getattr(row, "verdict", None) == NOT_FEASIBLE else ""


def gathered(cycle: Cycle, meeting: Meeting | None, overrides: Overrides) -> Gathered:
    """Gather the problem of a cycle for the list of a meeting. Four queries.

    cycle: with its village. Only money that villagers may plan is shared out; earmarked money is shown.
    """
    rows = list(candidates_of(cycle.pk))
    outside = {str(row.pk): code for row in rows if (code := outside_code(row))}
    outside |= {str(row.pk): SET_BY_MEETING for row in rows if str(row.pk) in overrides.left_out}
    inside = [row for row in rows if str(row.pk) not in outside]
    ceilings = village_ceilings(cycle.village_id, cycle.budget_year)
    pack = rule_pack(cycle.budget_year)
    order, places = ranked(inside, cycle.pk, meeting)
    problem = Problem(
        proposals=tuple(
            asked(row, places[str(row.pk)], position, overrides.put_in.get(str(row.pk), ""))
            for position, row in enumerate(inside, 1)
        ),
        sources=sources_of(ceilings),
        shares=shares_of(
            pack,
            regular=ceilings.plannable.get(DANA_DESA, 0),
            earmarked=sum(ceilings.earmarked.get(DANA_DESA, {}).values()),
        )
        if DANA_DESA in ceilings.plannable
        else (),
        year=cycle.budget_year,
    )
    return Gathered(problem, order, ceilings, pack, outside, overrides)


def asked(row: Row, place: int, position: int, reason: str) -> Proposal:
    """Return a proposal as the count sees it. reason: the sentence with which the meeting put it in."""
    code = row.activity_code
    return Proposal(
        id=str(row.pk),
        cost=row.cost,
        rank=place,
        position=position,
        hamlet=row.hamlet.name if row.hamlet is not None else "",
        tags=frozenset({suggested_focus(code), row.need_category or need_category(code)}),
        sources=frozenset(row.sources_allowed) if row.sources_allowed else None,
        single_source=row.single_source,
        mandatory=reason,
    )


def sources_of(ceilings: CeilingsInForce) -> tuple[Source, ...]:
    codes = list(dict.fromkeys((*ceilings.plannable, *ceilings.earmarked)))
    return tuple(
        Source(code, ceilings.plannable.get(code, 0), sum(ceilings.earmarked.get(code, {}).values())) for code in codes
    )


def ranked(rows: Sequence[Row], cycle_id: UUID, meeting: Meeting | None) -> tuple[Order, dict[str, int]]:
    """Return where the order comes from, and key -> place. Two queries at most.

    The ranking that the meeting adopted; else the points that the cycle's allocation rests on (the hall's, else
    those of hamlets and groups); proposals without a place follow in the default order.
    """
    scored = [
        Scored(
            str(row.pk),
            row.beneficiaries_poor or 0,
            (row.beneficiaries_male or 0) + (row.beneficiaries_female or 0),
            row.need_category or need_category(row.activity_code),
            position,
        )
        for position, row in enumerate(rows, 1)
    ]
    known = {place.id for place in scored}
    adopted = {str(place["proposal"]): int(place["rank"]) for place in meeting.ranking} if meeting is not None else {}
    if adopted:
        rest = {place.id: place.rank for place in rank(scored, [])}
        wanted = sorted(rest, key=lambda key: (adopted.get(key, len(adopted) + rest[key]), key))
        return "ranking", {key: number for number, key in enumerate(wanted, 1)}
    sheets = scores_for_allocation(cycle_id).sheets
    places: Sequence[Ranked] = rank(scored, [sheet for sheet in sheets if sheet.proposal_id in known])
    return ("scores" if sheets else "default"), {place.id: place.rank for place in places}
