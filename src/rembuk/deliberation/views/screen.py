"""The simple view for a projector: agenda, counters, elements, quorum, in letters that are read from afar."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import ranking_of_meeting
from rembuk.deliberation.views.detail import meter_context
from rembuk.deliberation.views.targets import meeting_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn

MOST_ROWS = 12


@page("deliberation.read", of=meeting_of)
def screen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the meeting to the hall: nobody's name; of sheltered elements only whether they are represented."""
    context = meter_context(worn(request), meeting)
    ranking = ranking_of_meeting(meeting)
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
        "refresh": 15,
    }
    return render(request, "deliberation/screen.html", context)
