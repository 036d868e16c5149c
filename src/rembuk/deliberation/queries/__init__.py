"""Reads over meetings, scoped by the hat, ordered by something unique, in a constant number of queries."""

from rembuk.deliberation.queries.ballots import (
    BallotCounts,
    TableRow,
    ballot_counts,
    ballots_of,
    bundles_of,
    hamlet_people,
    hamlets_at,
    scale_of,
    table_of,
    totals_of,
)
from rembuk.deliberation.queries.lists import (
    invitation_text,
    meeting_by_key,
    meetings_of_cycle,
    meetings_seen_by,
    rows_of_meeting,
    waiting,
    with_places,
)
from rembuk.deliberation.queries.papers import attendance_values, invitation_values, minutes_values, notes_values
from rembuk.deliberation.queries.public import PublicMeeting, public_meetings
from rembuk.deliberation.queries.ranking import (
    CycleScores,
    RankedProposal,
    ranking_of_cycle,
    ranking_of_meeting,
    scores_for_allocation,
    total_shown,
    total_text,
)

__all__ = [
    "BallotCounts",
    "CycleScores",
    "PublicMeeting",
    "RankedProposal",
    "TableRow",
    "attendance_values",
    "ballot_counts",
    "ballots_of",
    "bundles_of",
    "hamlet_people",
    "hamlets_at",
    "invitation_text",
    "invitation_values",
    "meeting_by_key",
    "meetings_of_cycle",
    "meetings_seen_by",
    "minutes_values",
    "notes_values",
    "public_meetings",
    "ranking_of_cycle",
    "ranking_of_meeting",
    "rows_of_meeting",
    "scale_of",
    "scores_for_allocation",
    "table_of",
    "total_shown",
    "total_text",
    "totals_of",
    "waiting",
    "with_places",
]
