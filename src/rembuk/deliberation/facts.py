"""What is known of meetings as counts, many at once: the one place where attendance is added up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import CharField, Count, Q, Sum
from django.db.models.functions import Cast

from rembuk.core.errors import Finding
from rembuk.core.law.elements import GUESTS
from rembuk.core.law.meetings import MEETING_KINDS, MeetingRules
from rembuk.core.workflow.guards import AssemblyFacts
from rembuk.core.workflow.meetings import MeetingFacts, check_meeting, has_quorum, quorum_needed
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Attendance, AttendanceTally, Decision, Invitation, Meeting
from rembuk.deliberation.rules import VillageRules, read_rules
from rembuk.regions.models import Hamlet

GATE_STAGES: Mapping[str, str] = {
    "K1": "MUSDES_P",
    "K9": "MUSREN",
    "K11": "MUSDES_E",
    "R4": "MUSDES_P",
    "R7": "MUSREN",
    "R9": "MUSDES_E",
}
SCORING_KINDS = ("MUSDUS", "MUSKEL")
_STANDING = {"signed": 0, "closed": 1, "running": 2, "adjourned": 3, "invited": 4, "planned": 5}


@dataclass(slots=True)
class Counts:
    """Who came, by the signed list and the anonymous counts together. voters: those present with a vote."""

    invited: int = 0
    invited_present: int = 0
    men: int = 0
    women: int = 0
    voters: int = 0
    elements: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    decisions: int = 0

    @property
    def present(self) -> int:
        return self.men + self.women


def counts_of(meetings: Sequence[Meeting]) -> dict[UUID, Counts]:
    """Return the counts of each meeting. Four queries, however many meetings."""
    found = {meeting.id: Counts(invited=meeting.invited_count or 0) for meeting in meetings}
    listed = Invitation.objects.filter(meeting__in=found).order_by().values_list("meeting").annotate(n=Count("id"))
    for key, number in listed:
        found[key].invited = max(number, found[key].invited)
    add_people(found)
    for key, number in (
        Decision.objects.filter(meeting__in=found).order_by().values_list("meeting").annotate(n=Count("id"))
    ):
        found[key].decisions = number
    return found


def add_people(found: Mapping[UUID, Counts]) -> None:
    """Add those who came to the counts of each meeting. Two queries, however many meetings."""
    people = (
        Attendance.objects.filter(meeting__in=found, signed=True)
        .order_by()
        .values_list("meeting", "element", "sex", "invited")
        .annotate(n=Count("id"), votes=Count("id", filter=Q(has_voting_right=True)))
    )
    for key, element, sex, invited, number, votes in people:
        add(found[key], element, invited, men=number * (sex == "L"), women=number * (sex == "P"), votes=votes)
    tallies = AttendanceTally.objects.filter(meeting__in=found).order_by()
    for key, element, invited, men, women in tallies.values_list("meeting", "element", "invited").annotate(
        men=Sum("male"), women=Sum("female")
    ):
        votes = 0 if element in GUESTS else men + women
        add(found[key], element, invited, men=men, women=women, votes=votes)


MEETING_KEY = Cast("meeting_id", CharField(max_length=36))
"""A meeting's key as the database writes it: making UUIDs of many thousand rows takes longer than reading them."""


def people_by_element(within: Q) -> dict[str, Counts]:
    """Return meeting (`MEETING_KEY`) -> who came, by element and sex only. within: of its rows. Two queries."""
    found: dict[str, Counts] = defaultdict(Counts)
    signed = Attendance.objects.filter(within, signed=True).order_by().annotate(key=MEETING_KEY)
    tallied = AttendanceTally.objects.filter(within).order_by().annotate(key=MEETING_KEY)
    for rows in (
        signed.values_list("key", "element").annotate(
            men=Count("id", filter=Q(sex="L")), women=Count("id", filter=Q(sex="P"))
        ),
        tallied.values_list("key", "element").annotate(men=Sum("male"), women=Sum("female")),
    ):
        for key, element, men, women in rows:
            counts = found[key]
            counts.men += men
            counts.women += women
            counts.elements[element] += men + women
    return found


def add(counts: Counts, element: str, invited: bool, *, men: int, women: int, votes: int) -> None:
    counts.men += men
    counts.women += women
    counts.voters += votes
    counts.elements[element] += men + women
    counts.invited_present += (men + women) if invited else 0


def rules_of(meeting: Meeting) -> VillageRules:
    """Return the thresholds frozen into the meeting when it was planned."""
    return read_rules(meeting.rules)


def held_date(meeting: Meeting) -> date | None:
    """Return the day it was opened, at the regency; None before that. The village's regency must be loaded."""
    if meeting.started_at is None:
        return None
    return local_day(meeting.village.regency, meeting.started_at)


def planned_date(meeting: Meeting) -> date:
    """Return the day it is planned for, at the regency."""
    return local_day(meeting.village.regency, meeting.scheduled_at)


def facts_of(meeting: Meeting, counts: Counts) -> MeetingFacts:
    """Return what the core asks about one meeting, from its row and its counts. No query."""
    village = rules_of(meeting)
    return MeetingFacts(
        kind=meeting.kind,
        held_date=held_date(meeting),
        invited_date=meeting.invitation_date,
        with_agenda=bool(meeting.agenda),
        invited=counts.invited,
        invited_present=counts.invited_present,
        present_l=counts.men,
        present_p=counts.women,
        elements=dict(counts.elements),
        pemdes=counts.elements.get("PEMDES", 0),
        bpd=counts.elements.get("BPD", 0),
        locally_expected=village.production_groups,
        has_disabled=village.has_disabled,
        second_session=meeting.session_no > 1,
        decisions=counts.decisions,
        decisions_with_method=counts.decisions,
        signed=frozenset(meeting.signatures) if meeting.state == "signed" else frozenset(),
        subject=str(meeting.id),
    )


@dataclass(frozen=True, slots=True)
class Meter:
    """The quorum meter of one meeting. needed: how many of the invited must sign; missing: still needed."""

    invited: int
    invited_present: int
    men: int
    women: int
    needed: int
    reached: bool
    formal: bool
    women_percent: int
    voters: int
    elements: Mapping[str, int]

    @property
    def present(self) -> int:
        return self.men + self.women

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.invited_present)

    @property
    def filled(self) -> int:
        """How far the bar goes: more may come uninvited than were invited, the bar is full then."""
        return min(self.invited_present, self.invited)


def meter_of(meeting: Meeting, counts: Counts) -> Meter:
    """Return the meter. No query."""
    rules: MeetingRules = rules_of(meeting).rules
    facts = facts_of(meeting, counts)
    present = counts.present
    return Meter(
        invited=counts.invited,
        invited_present=counts.invited_present,
        men=counts.men,
        women=counts.women,
        needed=quorum_needed(counts.invited, rules),
        reached=has_quorum(facts, rules),
        formal=MEETING_KINDS[meeting.kind].formal,
        women_percent=counts.women * 100 // present if present else 0,
        voters=counts.voters,
        elements=dict(counts.elements),
    )


def findings_of(meeting: Meeting, counts: Counts) -> list[Finding]:
    """Return what the meeting lacks now, in the order in which it can be mended; nothing for one that is cancelled.

    Before it is opened only its invitation is judged, by the planned day; what lies ahead is not yet a fault.
    """
    if meeting.state == "cancelled":
        return []
    found = check_meeting(facts_of(meeting, counts), rules_of(meeting).rules)
    if meeting.state in ("planned", "invited"):
        return [finding for finding in found if finding.code == "G04-UNDANGAN"]
    if meeting.state in ("running", "adjourned"):
        return [finding for finding in found if finding.code not in ("G04-BA",)]
    return found


def chosen(meetings: Iterable[Meeting]) -> dict[UUID, Meeting]:
    """Return cycle -> the meeting that speaks for it: the furthest, then the latest; cancelled ones never."""
    best: dict[UUID, Meeting] = {}
    order = sorted(
        (meeting for meeting in meetings if meeting.state in _STANDING),
        key=lambda meeting: (_STANDING[meeting.state], -meeting.scheduled_at.timestamp(), str(meeting.id)),
    )
    for meeting in order:
        best.setdefault(meeting.cycle_id, meeting)
    return best


def meeting_facts(stage: str, cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return the meeting of a stage (`GATE_STAGES`) and the rules it is judged by, for each cycle. Five queries."""
    rows = Meeting.objects.filter(cycle_id__in=cycle_ids, kind=GATE_STAGES[stage]).exclude(state="cancelled")
    best = chosen(rows.select_related("village__regency"))
    counts = counts_of(list(best.values()))
    return {
        cycle_id: {"meeting": facts_of(meeting, counts[meeting.id]), "meeting_rules": rules_of(meeting).rules}
        for cycle_id, meeting in best.items()
    }


def hamlet_meeting_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for K5 how many hamlet and group meetings were held and signed, and how many proposals they scored.

    Two queries.
    """
    rows = (
        Meeting.objects.filter(cycle_id__in=cycle_ids, kind__in=SCORING_KINDS)
        .exclude(state="cancelled")
        .order_by()
        .values("cycle_id")
        .annotate(
            held=Count("id", filter=Q(started_at__isnull=False), distinct=True),
            signed=Count("id", filter=Q(state="signed"), distinct=True),
        )
    )
    scored = dict(
        Meeting.objects.filter(cycle_id__in=cycle_ids, kind__in=SCORING_KINDS)
        .order_by()
        .values_list("cycle_id")
        .annotate(n=Count("scores__proposal", distinct=True))
    )
    return {
        row["cycle_id"]: {
            "hamlet_meetings_held": row["held"],
            "hamlet_meetings_signed": row["signed"],
            "proposals_scored": scored.get(row["cycle_id"], 0),
        }
        for row in rows
    }


def assembly_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for R3B how many hamlets of the village met and which groups did. Three queries."""
    cycles = dict(Cycle.every.filter(pk__in=cycle_ids).values_list("id", "village_id"))
    hamlets = Hamlet.objects.filter(village_id__in=set(cycles.values())).order_by().values_list("village_id")
    total = dict(hamlets.annotate(n=Count("id")))
    met: dict[UUID, set[object]] = defaultdict(set)
    groups: dict[UUID, set[str]] = defaultdict(set)
    held = Meeting.objects.filter(cycle_id__in=cycle_ids, kind__in=SCORING_KINDS, started_at__isnull=False)
    for key, kind, hamlet, group in held.values_list("cycle_id", "kind", "hamlet_id", "group_name"):
        if kind == "MUSDUS":
            met[key].add(hamlet)
        else:
            groups[key].add(group)
    return {
        key: {"assembly": AssemblyFacts(total.get(village, 0), len(met[key]), tuple(sorted(groups[key])))}
        for key, village in cycles.items()
    }
