"""The simple view for a projector: agenda, counters, elements, quorum, in letters that are read from afar."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import TableRow, ballot_counts, ranking_of_meeting, table_of
from rembuk.deliberation.shown_ballots import Result, results_of
from rembuk.deliberation.views.detail import meter_context
from rembuk.deliberation.views.targets import meeting_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn

MOST_ROWS = 12
REFRESH_SECONDS = 15


@page("deliberation.read", of=meeting_of)
def screen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the meeting to the hall: nobody's name; of sheltered elements only whether they are represented."""
    context = meter_context(worn(request), meeting)
    ranking = [] if meeting.lot_seed else ranking_of_meeting(meeting)
    here = [line for line in context["elements"] if line.here]
    missing = [line.name for line in context["elements"] if not line.here]
    notes = list(meeting.notes.exclude(speaker="").values_list("sex", flat=True))
    context |= {
        "here": here,
        "missing": missing,
        "ranking": ranking[:MOST_ROWS],
        "more": max(0, len(ranking) - MOST_ROWS),
        "spoke": len(notes),
        "spoke_women": notes.count("P"),
        "spoke_men": notes.count("L"),
        "decisions": list(meeting.decisions.order_by("number")),
        "now": clock.now().astimezone(ZoneInfo(meeting.village.regency.time_zone)),
        "refresh": REFRESH_SECONDS,
    }
    if meeting.lot_seed:
        context |= ballot_context(meeting, context["now"])
    return render(request, "deliberation/screen.html", context)


def ballot_context(meeting: Meeting, now: datetime, most: int = MOST_ROWS) -> dict[str, Any]:
    """Return what the hall sees of the count: numbers on the table, hamlets done or not; totals once it is closed.

    A long table turns its pages by itself, one at each renewal. Four queries.
    """
    table = table_of(meeting)
    counts = ballot_counts(meeting)
    results = results_of(meeting, table, counts) if meeting.count_closed_at is not None else None
    rows: Sequence[TableRow | Result] = results.rows if results is not None else table
    pages = max(1, -(-len(rows) // most))
    first = int(now.timestamp()) // REFRESH_SECONDS % pages * most
    return {
        "count": counts,
        "table": rows[first : first + most],
        "results": results,
        "first": first + 1,
        "last": min(first + most, len(rows)),
        "of": len(rows),
    }
