"""The numbers that the hall calls proposals by: given once, kept while others come and go."""

from collections.abc import Iterable
from uuid import UUID

from rembuk.deliberation.models import Meeting, MeetingProposal
from rembuk.deliberation.queries.ballots import numbered
from rembuk.proposals.models import Proposal


def fix_numbers(meeting: Meeting) -> int:
    """Store the number of every proposal on the table that has none yet; returns the highest. Two queries."""
    rows = list(meeting.tabled.select_for_update(of=("self",)).order_by("proposal__number", "proposal_id"))
    places = numbered(rows)
    fresh = []
    for row, number in places:
        if row.table_number is None:
            row.table_number = number
            fresh.append(row)
    MeetingProposal.objects.bulk_update(fresh, ["table_number"], batch_size=200)
    return max((number for _row, number in places), default=0)


def put_on_table(meeting: Meeting, keys: Iterable[UUID]) -> list[MeetingProposal]:
    """Lay proposals on the table after those that lie there, in the order of their own numbers."""
    last = fix_numbers(meeting)
    ordered = Proposal.objects.filter(pk__in=set(keys)).order_by("number", "pk").values_list("pk", flat=True)
    return MeetingProposal.objects.bulk_create(
        MeetingProposal(meeting=meeting, proposal_id=key, table_number=number)
        for number, key in enumerate(ordered, last + 1)
    )
