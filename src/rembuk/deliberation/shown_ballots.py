"""The totals of a closed count as pages and the projector show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import BallotCounts, TableRow, totals_of
from rembuk.proposals.models import Proposal

UNITS: dict[frozenset[str], str | Promise] = {
    frozenset(["dots"]): _("Titik"),
    frozenset(["papers"]): _("Kertas"),
    frozenset(["points"]): _("Nilai"),
}
MIXED = _("Tanda")
"""What the totals count where hamlets voted in different ways."""


@dataclass(frozen=True, slots=True)
class Result:
    """A proposal with its number on the table and what it got."""

    number: int
    proposal: Proposal
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """The totals of a closed count, most first, equal ones by their number. most: the largest of them."""

    unit: str
    rows: tuple[Result, ...]
    most: int


def results_of(meeting: Meeting, table: Sequence[TableRow], counts: BallotCounts) -> Results | None:
    """Return the totals; nothing where so few voted that a total would tell what somebody said. One query."""
    if counts.voters is None:
        return None
    totals = totals_of(meeting)
    rows = [Result(row.number, row.proposal, totals.get(row.proposal.pk, 0)) for row in table]
    rows.sort(key=lambda row: (-row.total, row.number))
    unit = str(UNITS.get(counts.methods, MIXED))
    return Results(unit, tuple(rows), max((row.total for row in rows), default=0))
