"""Rankings: of one meeting, and of a whole cycle as the allocation needs it. Exact fractions all the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from rembuk.core.scoring import CRITERIA, FitResult, Scored, rank
from rembuk.core.scoring import ScoreSheet as Sheet
from rembuk.deliberation.models import Meeting, ScoreSheet
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import fit_of

HALL_KINDS = ("MUSREN",)
FIRST_KINDS = ("MUSDUS", "MUSKEL")


@dataclass(frozen=True, slots=True)
class RankedProposal:
    """A proposal with its place. total: exact sum of the averages, None where nobody scored. fit: pre-filter B.

    points: group of scorers -> C1 to C5.
    """

    proposal: Proposal
    rank: int
    total: Fraction | None
    averages: Mapping[str, Fraction] = field(default_factory=dict)
    points: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    fit: FitResult | None = None

    @property
    def total_shown(self) -> str:
        return total_shown(self.total)

    @property
    def averages_shown(self) -> list[str]:
        """The averages of C1 to C5 as written, or nothing where nobody scored."""
        return [total_shown(self.averages[code]) for code in CRITERIA] if self.averages else []


def total_text(total: Fraction | None) -> str:
    """Return a total as it is stored: an exact fraction (``43/2``), or an empty text."""
    return "" if total is None else str(total)


def total_shown(total: Fraction | None) -> str:
    """Write a total for people: ``21``, ``21,5``, ``21,33`` (rounded half up to two places), or a dash."""
    if total is None:
        return "–"
    hundredths = (total.numerator * 200 + total.denominator) // (2 * total.denominator)
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)


def scored_of(proposal: Proposal, position: int) -> Scored:
    """Return what settles ties for a proposal; position is its place in the order of numbers."""
    people = (proposal.beneficiaries_male or 0) + (proposal.beneficiaries_female or 0)
    return Scored(str(proposal.id), proposal.beneficiaries_poor or 0, people, proposal.need_category, position)


def ranked(
    proposals: Sequence[Proposal], rows: Sequence[ScoreSheet], group_of: Mapping[UUID, str]
) -> list[RankedProposal]:
    """Return the ranking of *proposals* by the points in *rows*; proposals stand in the order of their numbers.

    group_of: key of a sheet -> name of its group, unique within the ranking.
    """
    points: dict[str, dict[str, tuple[int, ...]]] = {}
    sheets = []
    for row in rows:
        given = (row.c1, row.c2, row.c3, row.c4, row.c5)
        group = group_of[row.id]
        points.setdefault(str(row.proposal_id), {})[group] = given
        sheets.append(Sheet(str(row.proposal_id), group, dict(zip(CRITERIA, given, strict=True))))
    by_key = {str(proposal.id): proposal for proposal in proposals}
    known = [sheet for sheet in sheets if sheet.proposal_id in by_key]
    places = rank([scored_of(proposal, place) for place, proposal in enumerate(proposals)], known)
    return [
        RankedProposal(
            by_key[place.id],
            place.rank,
            place.total,
            place.averages,
            points.get(place.id, {}),
            fit_of(by_key[place.id]),
        )
        for place in places
    ]


def ranking_of_meeting(meeting: Meeting) -> list[RankedProposal]:
    """Return the ranking of what lies on the table of a meeting, as its points say now. Two queries."""
    proposals = list(
        Proposal.objects.filter(meetings__meeting=meeting).select_related("hamlet", "village").order_by("number", "id")
    )
    rows = list(ScoreSheet.objects.filter(meeting=meeting).order_by("proposal_id", "scorer_group", "id"))
    return ranked(proposals, rows, {row.id: row.scorer_group for row in rows})


@dataclass(frozen=True, slots=True)
class CycleScores:
    """The scores that a cycle's allocation rests on.

    scope: ``hall`` (the Musrenbang scored the list again), ``hamlets`` (hamlets and groups scored), ``none``.
    meeting: the hall's meeting, for the run that stores which meeting it belongs to. sheets: one for each group.
    """

    scope: str
    meeting: Meeting | None
    sheets: tuple[Sheet, ...]
    rows: tuple[ScoreSheet, ...]
    group_of: Mapping[UUID, str]


def scores_for_allocation(cycle_id: UUID) -> CycleScores:
    """Return the scores that stand now: those of the Musrenbang where it scored, else those of hamlets and groups.

    Meetings that were called off do not count. Groups of different meetings are different groups. One query.
    Source: procedure, who scores and chooses.
    """
    found = (
        ScoreSheet.objects.filter(meeting__cycle_id=cycle_id, meeting__kind__in=(*HALL_KINDS, *FIRST_KINDS))
        .exclude(meeting__state="cancelled")
        .select_related("meeting")
        .order_by("meeting__scheduled_at", "meeting_id", "proposal_id", "scorer_group", "id")
    )
    rows = list(found)
    hall = [row for row in rows if row.meeting.kind in HALL_KINDS]
    meeting = hall[-1].meeting if hall else None
    chosen = [row for row in hall if row.meeting_id == meeting.id] if meeting is not None else rows
    group_of = {row.id: group_name(row) for row in chosen}
    sheets = tuple(
        Sheet(
            str(row.proposal_id),
            group_of[row.id],
            dict(zip(CRITERIA, (row.c1, row.c2, row.c3, row.c4, row.c5), strict=True)),
        )
        for row in chosen
    )
    scope = "hall" if meeting is not None else "hamlets" if chosen else "none"
    return CycleScores(scope, meeting, sheets, tuple(chosen), group_of)


def group_name(row: ScoreSheet) -> str:
    """Name a group of scorers so that it stays itself beside those of other meetings."""
    return f"{row.meeting.title}: {row.scorer_group}"


def ranking_of_cycle(cycle_id: UUID) -> tuple[CycleScores, list[RankedProposal]]:
    """Return the scores of a cycle and the ranking of its open proposals by them; the unscored follow. Two queries."""
    scores = scores_for_allocation(cycle_id)
    rows = Proposal.objects.filter(cycle_id=cycle_id, state__in=("checked", "discussed", "ranked", "planned"))
    proposals = list(rows.select_related("hamlet", "village").order_by("number", "id"))
    return scores, ranked(proposals, scores.rows, scores.group_of)
