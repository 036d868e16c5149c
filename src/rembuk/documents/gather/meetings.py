"""F03, F04, F05 and the invitation of a meeting. Names beside the sheltered elements stand as "wakil kelompok"."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Sum

from rembuk.core.documents.attendance import AttendanceValues, Attendee
from rembuk.core.documents.elements import element_name, name_beside_person
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.invitation import InvitationValues, Invitee
from rembuk.core.documents.meeting_notes import NoteLine, NotesValues
from rembuk.core.documents.minutes import MinutesKind, MinutesSigners, MinutesValues, Speaker, Vote
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.deliberation.models import Decision, Meeting
from rembuk.documents.gather.frames import Officials, frame_of, local, local_day, officials_of, zone_name
from rembuk.plans.queries import chairs_of

MINUTES_KINDS: Mapping[str, MinutesKind] = {
    "MUSDUS": "musdus",
    "MUSKEL": "group",
    "MUSDES_P": "musdes_planning",
    "MUSREN": "musrenbang",
    "MUSDES_E": "musdes_enactment",
    "MUSREN_X": "amendment",
    "MUSDES_B": "blt",
    "REMBUK": "stunting",
}
SPARE_LINES = 10
LEAST_LINES = 30


def meeting_by_id(key: str | UUID) -> Meeting:
    """Return a meeting with its place and cycle. Raises: Meeting.DoesNotExist."""
    rows = Meeting.objects.select_related("village__district", "village__regency", "cycle", "hamlet")
    return rows.get(pk=key)


def held_day(meeting: Meeting) -> date:
    """Return the day on which the meeting began, or is planned to."""
    return local_day(meeting.village, meeting.started_at or meeting.scheduled_at)


def name_of(meeting: Meeting) -> str:
    """Return what kind of meeting of whom it is, as papers head it."""
    if meeting.kind == "MUSDUS" and meeting.hamlet is not None:
        return f"Musyawarah Dusun {meeting.hamlet.name.removeprefix('Dusun ')}"
    if meeting.kind == "MUSKEL" and meeting.group_name:
        return f"Musyawarah Kelompok {meeting.group_name}"
    kind = MEETING_KINDS.get(meeting.kind)
    return kind.title if kind is not None else meeting.title


def texts(value: object) -> tuple[str, ...]:
    """Return a stored text or list of texts as lines, empty ones left out."""
    lines = value.splitlines() if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(str(line).strip() for line in lines if str(line).strip())


def speaker(name: str, element: str) -> Speaker | None:
    return Speaker(name, name_beside_person(element) if element else "") if name else None


def speakers(rows: Sequence[Mapping[str, Any]]) -> Iterable[Speaker]:
    for row in rows:
        found = speaker(str(row.get("name", "")), str(row.get("element", "")))
        if found is not None:
            yield found


def minutes(key: str) -> MinutesValues:
    """Return the values of F03 for a meeting. Raises: Meeting.DoesNotExist."""
    meeting = meeting_by_id(key)
    village, day = meeting.village, held_day(meeting)
    start, end = meeting.started_at or meeting.scheduled_at, meeting.ended_at
    men, women, present = present_at(meeting)
    decisions = list(meeting.decisions.order_by("number", "id"))
    sections: Mapping[str, Any] = meeting.minutes
    formal = meeting.kind not in ("MUSDUS", "MUSKEL")
    return MinutesValues(
        frame=frame_of(village, meeting.minutes_date or day, meeting.minutes_number),
        kind=MINUTES_KINDS.get(meeting.kind, "pkd"),
        title="" if formal and meeting.kind in MINUTES_KINDS else name_of(meeting),
        held_date=day,
        starts=local(village, start).time(),
        ends=local(village, end).time() if end is not None else None,
        place=meeting.location,
        basis=" ".join(texts(sections.get("basis"))),
        agenda=texts(meeting.agenda),
        invited=meeting.invitations.count() or None,
        present_men=men,
        present_women=women,
        elements=present,
        led_by=speaker(meeting.chair_name, meeting.chair_element),
        written_by=speaker(meeting.note_taker_name, meeting.note_taker_element),
        resource_persons=tuple(speakers(meeting.resource_persons)),
        material=texts(sections.get("material")),
        decisions=tuple(decision_text(row) for row in decisions),
        vote=single_vote(decisions),
        annexes=texts(sections.get("annexes")),
        signers=signers_of(meeting, officials_of(village.id, day)),
        notes=texts(sections.get("notes")),
        time_zone=zone_name(village),
    )


def decision_text(row: Decision) -> str:
    """Return a decision; one taken by vote carries its counts, since others may have been taken by consensus."""
    if row.method != Decision.Method.VOTE:
        return row.text
    return f"{row.text} (pemungutan suara: {vote_of(row).text})"


def vote_of(row: Decision) -> Vote:
    return Vote(row.votes_for or 0, row.votes_against or 0, row.votes_abstain or 0)


def single_vote(decisions: Sequence[Decision]) -> Vote | None:
    """Return the vote where the meeting's only decision was taken by one."""
    if len(decisions) == 1 and decisions[0].method == Decision.Method.VOTE:
        return vote_of(decisions[0])
    return None


def present_at(meeting: Meeting) -> tuple[int, int, tuple[str, ...]]:
    """Return men, women and the elements present, named people and anonymous counts together. Two queries."""
    people = list(meeting.attendance.values_list("sex", "element"))
    tallies = list(meeting.tallies.values_list("element", "male", "female"))
    men = sum(sex == "L" for sex, _element in people) + sum(male for _element, male, _female in tallies)
    women = sum(sex == "P" for sex, _element in people) + sum(female for _element, _male, female in tallies)
    counted = {element for element, male, female in tallies if male + female}
    return men, women, tuple(sorted({element for _sex, element in people if element} | counted))


def signers_of(meeting: Meeting, officials: Officials) -> MinutesSigners:
    rows = meeting.community_signers
    community = tuple(Person(str(row.get("name", "")) if isinstance(row, dict) else str(row)) for row in rows)
    return MinutesSigners(
        chair=Person(meeting.chair_name),
        note_taker=Person(meeting.note_taker_name),
        head=officials.head,
        bpd_chair=officials.bpd_chair,
        team_chair=Person(chairs_of(meeting.cycle_id).drafting),
        community=community,
    )


def attendance(key: str) -> AttendanceValues:
    """Return the values of F04: who came, or lines to sign on while the meeting has not begun."""
    meeting = meeting_by_id(key)
    village, day = meeting.village, held_day(meeting)
    rows = list(meeting.attendance.order_by("captured_at", "created_at", "id"))
    invited = meeting.invitations.count()
    tally = meeting.tallies.aggregate(men=Sum("male"), women=Sum("female"))
    uncounted = (tally["men"] or 0) + (tally["women"] or 0)
    notes = (
        (f"Ditambah {uncounted} orang yang dihitung tanpa nama: L {tally['men'] or 0}, P {tally['women'] or 0}.",)
        if uncounted
        else ()
    )
    empty = meeting.started_at is None and not rows
    return AttendanceValues(
        frame=frame_of(village, day),
        meeting=name_of(meeting),
        held_date=day,
        place=meeting.location,
        attendees=tuple(
            Attendee(
                name=row.name,
                sex=row.sex,
                address=row.address,
                element=row.element,
                office=row.position,
                signed=row.signed,
            )
            for row in rows
        ),
        invited=invited or None,
        blank_rows=max(LEAST_LINES, invited + SPARE_LINES) if empty else 0,
        chair=Person(meeting.chair_name),
        note_taker=Person(meeting.note_taker_name),
        notes=notes,
    )


def notes(key: str) -> NotesValues:
    """Return the values of F05 for a meeting. Raises: Meeting.DoesNotExist."""
    meeting = meeting_by_id(key)
    day = held_day(meeting)
    return NotesValues(
        frame=frame_of(meeting.village, day),
        meeting=name_of(meeting),
        held_date=day,
        place=meeting.location,
        lines=tuple(
            NoteLine(row.agenda_point, row.speaker, row.element, row.point, row.response, row.conclusion)
            for row in meeting.notes.order_by("order", "created_at", "id")
        ),
        chair=Person(meeting.chair_name),
        note_taker=Person(meeting.note_taker_name),
    )


def invitation(key: str) -> InvitationValues:
    """Return the values of the invitation to a meeting with the list of those invited."""
    meeting = meeting_by_id(key)
    village = meeting.village
    dated = meeting.invitation_date or local_day(village, meeting.created_at)
    kind = MEETING_KINDS.get(meeting.kind)
    convener = kind.convener if kind is not None else "KAD"
    role, person = convener_of(convener, meeting, officials_of(village.id, dated))
    rows = meeting.invitations.select_related("hamlet").order_by("name", "id")
    return InvitationValues(
        frame=frame_of(village, dated, meeting.invitation_number),
        meeting=name_of(meeting),
        held_date=local_day(village, meeting.scheduled_at),
        starts=local(village, meeting.scheduled_at).time(),
        place=meeting.location,
        agenda=texts(meeting.agenda),
        convener_role=role,
        convener=person,
        invitees=tuple(
            Invitee(
                name=row.name,
                office=row.position or (name_beside_person(row.kind) if row.name else element_name(row.kind)),
                address=row.hamlet.name if row.hamlet is not None else "",
            )
            for row in rows
        ),
        office=f"Badan Permusyawaratan Desa {village.name}" if convener == "BPD" else "",
        time_zone=zone_name(village),
    )


def convener_of(convener: str, meeting: Meeting, officials: Officials) -> tuple[str, Person]:
    """Return the office and the person that invites."""
    village = meeting.village.name
    if convener == "BPD":
        return f"Ketua BPD Desa {village}", officials.bpd_chair
    if convener == "TIM":
        return "Ketua Tim Penyusun RKP Desa", Person(chairs_of(meeting.cycle_id).drafting)
    return f"Kepala Desa {village}", officials.head if convener == "KAD" else UNNAMED
