"""One meeting as one page: where it stands, what it lacks, what to press next, and everything written about it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ALWAYS_EXPECTED, DISABLED, HIDDEN_BESIDE_NAMES
from rembuk.core.law.meetings import MEETING_KINDS, RULE_SOURCES
from rembuk.core.workflow.meeting_states import MeetingEvent, MeetingState, possible_events
from rembuk.core.workflow.privacy import shown_beside
from rembuk.cycles.links import Where, address
from rembuk.deliberation import holds
from rembuk.deliberation.facts import Counts, Meter, counts_of, findings_of, meter_of, rules_of
from rembuk.deliberation.labels import CONVENERS, ELEMENT_NAMES, RECORDED_NAMES, SECTION_NAMES, SIGNATURE_NAMES
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.permissions import allows
from rembuk.deliberation.queries import invitation_text, ranking_of_meeting
from rembuk.deliberation.queries.ballots import numbered
from rembuk.deliberation.services.attendance import CORRECTABLE
from rembuk.deliberation.services.recording import RUNNING
from rembuk.deliberation.services.scoring import OPEN, SCORABLE, candidates
from rembuk.deliberation.views.targets import meeting_of, zone_of
from rembuk.shared import clock, panels
from rembuk.shared.web import opens, page, worn

OFFERED_PROPOSALS = 200
PAPER_ACTS = {"undangan": "see_names", "F03": "read", "F04": "see_names", "F05": "see_names"}
"""Papers of a meeting -> who may read them; all but the minutes tell names."""
EVENT_ACTS = {
    MeetingEvent.OPEN: "start",
    MeetingEvent.ADJOURN: "adjourn",
    MeetingEvent.RESUME: "adjourn",
    MeetingEvent.CLOSE: "close",
    MeetingEvent.REOPEN: "close",
    MeetingEvent.SIGN: "sign",
    MeetingEvent.CANCEL: "cancel",
}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with the address of its button."""

    finding: Finding
    url: str


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element of the meter: here with a count, here without one (sheltered), or still missing."""

    name: str
    here: bool
    count: int | None
    expected: bool


def shown_findings(meeting: Meeting, counts: Counts, hat: Hat) -> list[ShownFinding]:
    where = Where(meeting.cycle_id, meeting.village_id, meeting.cycle.budget_year)
    found = [ShownFinding(finding, address(where, finding, "")) for finding in findings_of(meeting, counts)]
    return [item if item.url and opens(hat, item.url) else ShownFinding(item.finding, "") for item in found]


def element_lines(meeting: Meeting, meter: Meter, *, exact: bool) -> list[ElementLine]:
    """Return the elements that are here, then those that are expected and still missing.

    Of the poor and of people with disabilities only whether they are represented, never how many; nor, but for those
    who keep the list of names (exact), so many of the others that their number could be worked out from the rest.
    """
    told = meter.elements if exact else shown_beside(meter.elements)[0]
    rules = rules_of(meeting)
    expected = [*ALWAYS_EXPECTED, *([DISABLED] if rules.has_disabled else []), *sorted(rules.production_groups)]
    expected = ["PEMDES", "BPD", *expected] if meter.formal else []
    here = [code for code in ELEMENT_NAMES if meter.elements.get(code)]
    lines = [
        ElementLine(
            str(ELEMENT_NAMES[code]),
            True,
            None if code in HIDDEN_BESIDE_NAMES else told.get(code),
            code in expected,
        )
        for code in here
    ]
    missing = [code for code in expected if code not in here]
    return lines + [ElementLine(str(ELEMENT_NAMES[code]), False, None, True) for code in missing]


def meter_context(hat: Hat, meeting: Meeting, *, exact: bool = False) -> dict[str, Any]:
    """Return what the live meter shows. Four queries."""
    counts = counts_of([meeting])[meeting.id]
    meter = meter_of(meeting, counts)
    return {
        "meeting": meeting,
        "counts": counts,
        "meter": meter,
        "elements": element_lines(meeting, meter, exact=exact),
        "findings": shown_findings(meeting, counts, hat),
        "live": meeting.state in ("running", "adjourned"),
    }


def live_context(hat: Hat, meeting: Meeting) -> dict[str, Any]:
    """Return the meter and what later rooms say of the meeting. Four queries, and those of the panels."""
    told = meter_context(hat, meeting, exact=allows(hat, "see_names", meeting))
    return {**told, "panels": panels.for_many("meeting", [meeting.id], hat)[meeting.id]}


@page("deliberation.read", of=meeting_of)
def meter(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The live meter alone, for the page to renew it."""
    template = "deliberation/detail.html#meter" if getattr(request, "htmx", False) else "deliberation/meter_page.html"
    return render(request, template, live_context(worn(request), meeting))


@page("deliberation.read", of=meeting_of)
def detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The whole meeting."""
    return render(request, "deliberation/detail.html", detail_context(worn(request), meeting))


def may_now(hat: Hat, meeting: Meeting) -> dict[str, bool]:
    """Return which acts the hat may do to the meeting in its present state."""
    possible = set(possible_events(MeetingState(meeting.state)))
    informal = not MEETING_KINDS[meeting.kind].formal
    events = {event.value: event in possible and allows(hat, act, meeting) for event, act in EVENT_ACTS.items()}
    events["open"] = events["open"] or (informal and meeting.state == "planned" and allows(hat, "start", meeting))
    states = {
        "edit": ("planned", "invited", "running", "adjourned", "closed"),
        "invite": ("planned", "invited", "running", "adjourned", "closed"),
        "attendance": CORRECTABLE,
        "notes": RUNNING,
        "decide": RUNNING,
        "minutes": RUNNING,
        "photo": RUNNING | {"signed"},
        "table": OPEN,
        "score": SCORABLE,
        "ballot": SCORABLE,
        "adopt": SCORABLE,
    }
    acts = {act: meeting.state in allowed and allows(hat, act, meeting) for act, allowed in states.items()}
    if holds.held(meeting.id):
        events, acts = dict.fromkeys(events, False), dict.fromkeys(acts, False)
    return {**events, **acts, "see_names": allows(hat, "see_names", meeting)}


def detail_context(hat: Hat, meeting: Meeting) -> dict[str, Any]:
    """Return everything the page shows. At most twenty-seven queries, however many rows."""
    may = may_now(hat, meeting)
    see = may["see_names"]
    kind = MEETING_KINDS[meeting.kind]
    people = list(meeting.attendance.order_by("captured_at", "id")) if see else []
    invitations = list(meeting.invitations.order_by("name", "id")) if see else []
    here = {row.name.casefold() for row in people}
    tabled = list(meeting.tabled.select_related("proposal__hamlet").order_by("proposal__number", "proposal_id"))
    numbers = {row.proposal_id: number for row, number in numbered(tabled)}
    on_table = {row.proposal_id for row in tabled}
    offered = [row for row in candidates(meeting)[:OFFERED_PROPOSALS] if row.id not in on_table] if may["table"] else []
    return {
        **live_context(hat, meeting),
        "kind": kind,
        "convener": CONVENERS[kind.convener],
        "rules": rules_of(meeting).rules,
        "rule_source": RULE_SOURCES["quorum"],
        "may": may,
        "people": people,
        "invitations": [(row, row.name.casefold() in here) for row in invitations],
        "tallies": list(meeting.tallies.order_by("element", "invited")) if see else [],
        "notes": list(meeting.notes.order_by("order", "created_at", "id")) if see else [],
        "note_count": meeting.notes.count() if not see else None,
        "decisions": list(meeting.decisions.order_by("number")),
        "adjournments": list(meeting.adjournments.order_by("at", "id")),
        "photos": list(meeting.photos.select_related("file")),
        "tabled": tabled,
        "offered": offered,
        "ranking": [(row, numbers[row.proposal.pk]) for row in (ranking_of_meeting(meeting) if tabled else [])],
        "has_ballots": bool(tabled) and meeting.ballots.exists(),
        "sections": [
            (code, words, meeting.minutes.get(code, {})) for code, words in {**SECTION_NAMES, **RECORDED_NAMES}.items()
        ],
        "signature_names": SIGNATURE_NAMES if kind.formal else {"notes": SIGNATURE_NAMES["notes"]},
        "element_names": ELEMENT_NAMES,
        "whatsapp": invitation_text(meeting),
        "papers": paper_links(hat, meeting),
        "keys": {name: uuid4() for name in ("person", "note", "decision")},
        "zone": zone_of(meeting),
        "today": clock.today(),
        "now_local": f"{clock.now().astimezone(zone_of(meeting)):%Y-%m-%dT%H:%M}",
    }


def paper_links(hat: Hat, meeting: Meeting) -> list[tuple[str, str]]:
    """Return (form, address) of the papers of this meeting that *hat* may read, once the documents room answers."""
    found = []
    for code in (code for code, act in PAPER_ACTS.items() if allows(hat, act, meeting)):
        try:
            found.append((code, reverse("documents:paper", args=[code, f"meeting:{meeting.id}"])))
        except NoReverseMatch:
            continue
    return found
