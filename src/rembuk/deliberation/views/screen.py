"""The large screen of a hall: agenda, counters, quorum, voices, ideas, ranking, decisions, read from ten metres."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.law.elements import GUESTS, HIDDEN_BESIDE_NAMES
from rembuk.deliberation.facts import Counts
from rembuk.deliberation.labels import ELEMENT_NAMES
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import TableRow, ballot_counts, ranking_of_meeting, table_of
from rembuk.deliberation.shown_ballots import Result, results_of
from rembuk.deliberation.views.detail import meter_context
from rembuk.deliberation.views.targets import meeting_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn

MOST_ROWS = 12
REFRESH_SECONDS = 15
HALL_REFRESH_SECONDS = 2
"""In the hall itself one laptop answers one projector: who comes is seen at once."""

SHOWN = ("utama", "gagasan", "keputusan")
NEXT_VOICES = 3


@page("deliberation.read", of=meeting_of)
def screen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the meeting to the hall: nobody's name; of sheltered elements only whether they are represented.

    The address says what is shown (``lihat``) and which point of the agenda is on (``agenda``, from 1).
    """
    context = meter_context(worn(request), meeting)
    ranking = [] if meeting.lot_seed else ranking_of_meeting(meeting)
    here = [line for line in context["elements"] if line.here]
    shown = request.GET.get("lihat", SHOWN[0])
    context |= {
        "here": here,
        "missing": [line.name for line in context["elements"] if not line.here],
        "ranking": ranking[:MOST_ROWS],
        "more": max(0, len(ranking) - MOST_ROWS),
        "decisions": list(meeting.decisions.order_by("number")),
        "now": clock.now().astimezone(ZoneInfo(meeting.village.regency.time_zone)),
        "refresh": HALL_REFRESH_SECONDS if settings.HALL else REFRESH_SECONDS,
        "shown": shown if shown in SHOWN else SHOWN[0],
        "point": agenda_point(meeting, request.GET.get("agenda", "")),
        "in_hall": settings.HALL,
    }
    context |= voices_of(meeting, context["counts"])
    if context["shown"] == "gagasan":
        context["wall"] = wall_of(meeting)
    if meeting.lot_seed:
        context |= ballot_context(meeting, context["now"])
    return render(request, "deliberation/screen.html", context)


def agenda_point(meeting: Meeting, asked: str) -> int:
    """Return the number of the point that is on, from 1; the first where the address says none."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return max(1, min(number, len(meeting.agenda) or 1))


def voices_of(meeting: Meeting, counts: Counts) -> dict[str, Any]:
    """Return who has spoken by sex and element, each person once, and who is here and has not. One query.

    Of the poor and of people with disabilities neither is said: their share would point at a person.
    """
    rows = meeting.notes.exclude(speaker="").values_list("speaker", "sex", "element")
    people = {(name.casefold(), sex, element) for name, sex, element in rows}
    women = sum(sex == "P" for _name, sex, _element in people)
    told = Counter(element for _name, _sex, element in people if element and element not in HIDDEN_BESIDE_NAMES)
    quiet = [
        code
        for code, count in counts.elements.items()
        if count and code not in told and code not in HIDDEN_BESIDE_NAMES and code not in GUESTS
    ]
    in_order = [code for code in ELEMENT_NAMES if code in quiet]
    return {
        "spoke": len(people),
        "spoke_women": women,
        "spoke_men": len(people) - women,
        "spoke_elements": [(ELEMENT_NAMES[code], told[code]) for code in ELEMENT_NAMES if told[code]],
        "next_voices": [ELEMENT_NAMES[code] for code in in_order[:NEXT_VOICES]],
    }


def wall_of(meeting: Meeting) -> list[tuple[str, list[TableRow]]]:
    """Return what lies on the table hamlet by hamlet, those of no hamlet last."""
    by_hamlet: dict[str, list[TableRow]] = defaultdict(list)
    for row in table_of(meeting):
        by_hamlet[row.proposal.hamlet.name if row.proposal.hamlet is not None else ""].append(row)
    return sorted(by_hamlet.items(), key=lambda pair: (not pair[0], pair[0]))


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
