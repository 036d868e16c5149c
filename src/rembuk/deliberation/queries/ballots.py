"""What the hall said: the numbers on the table, the ballots as the allocation counts them, and what may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from rembuk.core.allocation.model import Ballot
from rembuk.core.allocation.small_groups import REST, Cell, groups_shown, is_sheltered, merge_small
from rembuk.core.workflow.privacy import SMALLEST
from rembuk.deliberation.labels import BALLOT_GROUPS, NO_HAMLET
from rembuk.deliberation.models import BallotBundle, Meeting, MeetingProposal
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet

Key = tuple[UUID | None, str]
"""Hamlet (or none) and group: what a bundle is of."""
FINEST: Final = 10**12
"""Largest number of parts that a dot is split into; beyond it an average is rounded down to such a part."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A proposal with the number that the hall calls it by."""

    number: int
    proposal: Proposal


def table_of(meeting: Meeting) -> tuple[TableRow, ...]:
    """Return what lies on the table in the order of the table's numbers. One query."""
    rows = meeting.tabled.select_related("proposal__hamlet").order_by("proposal__number", "proposal_id")
    found = [TableRow(number, row.proposal) for row, number in numbered(list(rows))]
    return tuple(sorted(found, key=lambda row: row.number))


def numbered(rows: Sequence[MeetingProposal]) -> list[tuple[MeetingProposal, int]]:
    """Give each row its fixed number, or the next free one in the order given."""
    last = max((row.table_number or 0 for row in rows), default=0)
    found = []
    for row in rows:
        if row.table_number is None:
            last += 1
        found.append((row, row.table_number or last))
    return found


def hamlets_at(meeting: Meeting) -> "QuerySet[Hamlet]":
    """Return the hamlets whose people may speak at a meeting: at a hamlet's own meeting that hamlet alone."""
    if meeting.kind == "MUSDUS" and meeting.hamlet_id is not None:
        return Hamlet.objects.filter(pk=meeting.hamlet_id)
    rows = Hamlet.objects.filter(village_id=meeting.village_id, valid_to__isnull=True)
    return rows.order_by("order", "name", "id")


def hamlet_people(village_id: str) -> dict[str, tuple[int | None, int | None]]:
    """Return hamlet -> (people, poor households), nothing where nobody counted. One query."""
    rows = Hamlet.objects.filter(village_id=village_id, valid_to__isnull=True).order_by("order", "name", "id")
    return {name: (people, poor) for name, people, poor in rows.values_list("name", "population", "poor_households")}


def ballots_of(meeting: Meeting) -> tuple[Ballot, ...]:
    """Return the ballots of a meeting, equal ones merged, blank ones included. One query.

    Dots are one points ballot a hamlet, of the weight of its voters, that holds what a voter gave on average; so that
    averages stay whole numbers, every point of the meeting is counted in `scale_of` parts. Where all voted by ticking,
    ballots are approvals and nothing is scaled; else a tick is one point.
    """
    return ballots_from(list(meeting.ballots.select_related("hamlet")))


def ballots_from(bundles: Sequence[BallotBundle]) -> tuple[Ballot, ...]:
    """Return the ballots of these bundles, as `ballots_of` has them. No query."""
    ticked = all(bundle.method == BallotBundle.Method.PAPERS for bundle in bundles)
    scale = scale_of(bundles)
    found = [ballot for bundle in bundles for ballot in of_bundle(bundle, scale, ticked=ticked)]
    return tuple(sorted(found, key=lambda one: (one.hamlet, sorted(one.groups), one.points, one.approvals)))


def scale_of(bundles: Iterable[BallotBundle]) -> int:
    """Return how many parts of the ballots' points make one dot: 1 where no hamlet gave dots together."""
    parts = {part_of(points, bundle.voters) for bundle in bundles if is_dots(bundle) for points in dots_of(bundle)}
    return min(lcm(*(part.denominator for part in parts)), FINEST)


def is_dots(bundle: BallotBundle) -> bool:
    return bundle.method == BallotBundle.Method.DOTS


def dots_of(bundle: BallotBundle) -> list[int]:
    return [points for _count, given in bundle.marks for _proposal, points in given]


def part_of(points: int, voters: int) -> Fraction:
    return Fraction(points, voters)


def of_bundle(bundle: BallotBundle, scale: int, *, ticked: bool) -> list[Ballot]:
    """Return the ballots of one bundle; whoever handed in nothing is a blank ballot of his or her own weight."""
    hamlet = bundle.hamlet.name if bundle.hamlet is not None else ""
    groups = frozenset([bundle.group]) if bundle.group else frozenset()
    found = []
    blank = bundle.voters
    for count, given in bundle.marks:
        marks = sorted((str(key), int(points)) for key, points in given)
        if not marks:
            continue
        if ticked:
            ballot = Ballot(approvals=tuple(key for key, _points in marks))
        elif is_dots(bundle):
            count = bundle.voters
            ballot = Ballot(points=tuple((key, int(part_of(points, count) * scale)) for key, points in marks))
        else:
            ballot = Ballot(points=tuple((key, points * scale) for key, points in marks))
        blank -= count
        found.append((ballot, count))
    found += [(Ballot(), blank)] if blank > 0 else []
    return [Ballot(ballot.approvals, ballot.points, (), Fraction(count), hamlet, groups) for ballot, count in found]


def totals_of(meeting: Meeting) -> dict[UUID, int]:
    """Return proposal -> dots, ticks and points together, as they were handed in. One query."""
    found: dict[UUID, int] = {}
    for bundle in meeting.ballots.all():
        for count, given in bundle.marks:
            for key, points in given:
                found[UUID(key)] = found.get(UUID(key), 0) + count * points
    return found


@dataclass(frozen=True, slots=True)
class HamletCount:
    """A hamlet at the count. voters: nothing while nobody counted them, and where they are merged with others."""

    id: UUID | None
    name: str
    counted: bool
    voters: int | None


@dataclass(frozen=True, slots=True)
class BallotCounts:
    """How far the count is, as anybody may see it. merged: voters of the hamlets whose own number is not shown.

    voters: all of them, nothing under five. groups: (words, number or "terwakili"/"belum"), without the small ones.
    """

    hamlets: tuple[HamletCount, ...]
    merged: int | None
    voters: int | None
    groups: tuple[tuple[str, str], ...]
    methods: frozenset[str]

    @property
    def done(self) -> int:
        return sum(1 for row in self.hamlets if row.counted and row.id is not None)

    @property
    def expected(self) -> int:
        """How many hamlets there are; voters of no hamlet are not waited for."""
        return sum(1 for row in self.hamlets if row.id is not None)

    @property
    def left(self) -> list[str]:
        """Names of the hamlets that nobody counted yet."""
        return [row.name for row in self.hamlets if row.id is not None and not row.counted]


def ballot_counts(meeting: Meeting) -> BallotCounts:
    """Return how far the count of a meeting is, small numbers merged by the one rule of privacy. Two queries.

    A hamlet that nobody counted is said to be so and hides nobody; only counted ones stand in the row that is merged.
    """
    bundles = list(meeting.ballots.all())
    voters: dict[UUID | None, int] = {}
    for bundle in bundles:
        voters[bundle.hamlet_id] = voters.get(bundle.hamlet_id, 0) + bundle.voters
    places: list[tuple[UUID | None, str]] = [(hamlet.pk, hamlet.name) for hamlet in hamlets_at(meeting)]
    places += [(None, str(NO_HAMLET))] if None in voters else []
    shown, _merged = merge_small({str(key): Cell(count) for key, count in voters.items()})
    whole = sum(voters.values())
    rest = shown.get(REST)
    return BallotCounts(
        tuple(
            HamletCount(key, name, key in voters, voters[key] if str(key) in shown else None) for key, name in places
        ),
        int(rest.voters) if rest is not None else None,
        whole if whole >= SMALLEST else None,
        shown_groups(bundles, whole),
        frozenset(bundle.method for bundle in bundles),
    )


def shown_groups(bundles: Iterable[BallotBundle], whole: int) -> tuple[tuple[str, str], ...]:
    """Return (group in words, what may be shown of it), the sheltered ones only as represented or not."""
    cells = {code: Cell(0) for code in BALLOT_GROUPS if code}
    for bundle in bundles:
        if bundle.group:
            cells[bundle.group] += Cell(bundle.voters)
    if not any(cell.voters for cell in cells.values()):
        return ()
    found = []
    for code, shown in groups_shown(cells, Cell(whole)).items():
        if isinstance(shown, Cell):
            found.append((str(BALLOT_GROUPS[code]), str(shown.voters)))
        elif shown is not None and is_sheltered(code):
            found.append((str(BALLOT_GROUPS[code]), shown))
    return tuple(found)


def bundles_of(meeting: Meeting) -> Mapping[Key, BallotBundle]:
    """Return the bundles by hamlet and group, for those who enter them. One query."""
    return {(row.hamlet_id, row.group): row for row in meeting.ballots.all()}
