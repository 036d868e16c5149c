"""The values of the papers of a meeting: invitation, minutes (F03), attendance list (F04), notes (F05)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from rembuk.core.documents.attendance import AttendanceValues, Attendee
from rembuk.core.documents.elements import SHELTERED, element_name, name_beside_person
from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.invitation import InvitationValues, Invitee
from rembuk.core.documents.meeting_notes import NoteLine, NotesValues
from rembuk.core.documents.minutes import MinutesKind, MinutesSigners, MinutesValues, Speaker, Vote
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.deliberation.facts import counts_of, held_date, planned_date
from rembuk.deliberation.models import Decision, Meeting
from rembuk.deliberation.queries.lists import meeting_by_key
from rembuk.deliberation.values import element_code

MINUTES_KINDS: dict[str, MinutesKind] = {
    "MUSDUS": "musdus",
    "MUSKEL": "group",
    "MUSDES_P": "musdes_planning",
    "MUSREN": "musrenbang",
    "MUSDES_E": "musdes_enactment",
    "MUSREN_X": "amendment",
    "MUSDES_B": "blt",
    "REMBUK": "stunting",
}
BLANK_ROWS = 40
PRINTED_SECTIONS = {"lot": "Undian", "allocation": "Pilihan kegiatan"}
"""Sections that the program writes into the minutes -> their heading on F03."""


def frame_of(meeting: Meeting, dated: date, number: str = "") -> Frame:
    """Return the frame of a paper of this meeting. No query where its places are loaded."""
    village = meeting.village
    heading = VillageHeading(
        village=village.name,
        district=village.district.name,
        regency=village.regency.name.removeprefix("Kabupaten ").removeprefix("Kota "),
        province=village.regency.province_name,
        address=str(village.settings.get("address", "")),
    )
    return Frame(heading, dated, number=number, sample=settings.DEMO or settings.TRAINING)


def local(meeting: Meeting, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(meeting.village.regency.time_zone))


def day_of(meeting: Meeting) -> date:
    """Return the day it was held, or is planned for."""
    return held_date(meeting) or planned_date(meeting)


def speaker(name: str, code: str) -> Speaker | None:
    return Speaker(name, name_beside_person(code) if code else "") if name else None


def minutes_values(meeting_id: UUID | str) -> MinutesValues:
    """Gather F03 of a meeting. Six queries. Raises: Meeting.DoesNotExist."""
    meeting = meeting_by_key(meeting_id)
    counts = counts_of([meeting])[meeting.id]
    decisions = list(meeting.decisions.order_by("number"))
    starts = local(meeting, meeting.started_at or meeting.scheduled_at)
    has_notes = meeting.notes.exists()
    return MinutesValues(
        frame=frame_of(meeting, meeting.minutes_date or day_of(meeting), meeting.minutes_number),
        kind=MINUTES_KINDS[meeting.kind],
        held_date=day_of(meeting),
        starts=starts.time().replace(second=0, microsecond=0),
        ends=local(meeting, meeting.ended_at).time().replace(second=0, microsecond=0) if meeting.ended_at else None,
        place=meeting.location,
        title=meeting.title,
        basis=section(meeting, "basis"),
        agenda=tuple(meeting.agenda),
        invited=counts.invited or None,
        present_men=counts.men,
        present_women=counts.women,
        elements=tuple(sorted(code for code, number in counts.elements.items() if number)),
        led_by=speaker(meeting.chair_name, meeting.chair_element),
        written_by=speaker(meeting.note_taker_name, meeting.note_taker_element),
        resource_persons=tuple(
            Speaker(row["name"], beside(row.get("element", ""))) for row in meeting.resource_persons
        ),
        material=lines(section(meeting, "material")) + lines(section(meeting, "discussion")),
        sections=tuple(
            (heading, paragraphs)
            for name, heading in PRINTED_SECTIONS.items()
            if (paragraphs := lines(section(meeting, name)))
        ),
        decisions=tuple(decision_text(row, decisions) for row in decisions),
        vote=vote_of(decisions),
        annexes=annexes(meeting, has_notes),
        signers=signers(meeting),
        notes=lines(section(meeting, "closing")),
        time_zone=starts.tzname() or "WITA",
    )


def beside(text: str) -> str:
    """Return what may stand beside a name: a sheltered element is never spelled out, however it was typed."""
    code = element_code(text)
    return name_beside_person(code) if code else text


def section(meeting: Meeting, name: str) -> str:
    return str(meeting.minutes.get(name, {}).get("text", ""))


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def vote_of(decisions: Sequence[Decision]) -> Vote | None:
    """Return the counts of the one vote of a meeting; with several, each decision carries its own."""
    votes = [row for row in decisions if row.method == Decision.Method.VOTE]
    return counted(votes[0]) if len(votes) == 1 and len(decisions) == 1 else None


def counted(row: Decision) -> Vote:
    return Vote(row.votes_for or 0, row.votes_against or 0, row.votes_abstain or 0)


def decision_text(row: Decision, decisions: Sequence[Decision]) -> str:
    """Return a decision as the minutes print it: how it was taken where that differs, and whether it carried."""
    if row.method == Decision.Method.CONSENSUS:
        return row.text
    refused = "" if row.accepted else "Tidak diterima: "
    if len(decisions) == 1:
        return f"{refused}{row.text}"
    return f"{refused}{row.text} (pemungutan suara: {counted(row).text})"


def annexes(meeting: Meeting, has_notes: bool) -> tuple[str, ...]:
    found = ["Daftar hadir"]
    found += ["Notulen"] if has_notes else []
    found += ["Daftar peringkat usulan"] if meeting.ranking else []
    return tuple(found)


def signers(meeting: Meeting) -> MinutesSigners:
    return MinutesSigners(
        chair=Person(meeting.chair_name),
        note_taker=Person(meeting.note_taker_name),
        head=Person(meeting.signers.get("head", "")),
        bpd_chair=Person(meeting.signers.get("bpd", "")),
        team_chair=Person(meeting.signers.get("team", "")),
        community=tuple(Person(name) for name in meeting.community_signers),
    )


def attendance_values(meeting_id: UUID | str, public: bool = False) -> AttendanceValues:
    """Gather F04 of a meeting. Six queries. Raises: Meeting.DoesNotExist.

    public: neither names, addresses, phones nor elements stand in it; the number of men and women is all that is left.
    Before the meeting the list is empty lines to be signed. Counts without names stand in a note.
    """
    meeting = meeting_by_key(meeting_id)
    counts = counts_of([meeting])[meeting.id]
    people = list(meeting.attendance.filter(signed=True).order_by("captured_at", "id"))
    attendees = tuple(
        Attendee(f"Peserta {number}", row.sex, signed=row.signed)
        if public
        else Attendee(row.name, row.sex, row.address, row.element, row.position, row.phone, row.signed)
        for number, row in enumerate(people, start=1)
    )
    ahead = meeting.state in ("planned", "invited") and not attendees
    return AttendanceValues(
        frame=frame_of(meeting, day_of(meeting)),
        meeting=meeting.title,
        held_date=day_of(meeting),
        place=meeting.location,
        attendees=attendees,
        invited=counts.invited or None,
        blank_rows=BLANK_ROWS if ahead else 0,
        with_phone=not public and any(row.phone for row in people),
        public=public,
        chair=Person() if public else Person(meeting.chair_name),
        note_taker=Person() if public else Person(meeting.note_taker_name),
        notes=tally_notes(meeting, public),
    )


def tally_notes(meeting: Meeting, public: bool) -> tuple[str, ...]:
    """Say how many came without their names being written, men and women; the sheltered elements without a number."""
    rows = list(meeting.tallies.order_by("element", "invited"))
    found = ["Salinan untuk umum: nama dan unsur peserta tidak ditampilkan."] if public else []
    if rows:
        men, women = sum(row.male for row in rows), sum(row.female for row in rows)
        plain = sorted({element_name(row.element) for row in rows if row.element not in SHELTERED})
        told = f"Selain yang bernama, hadir {men + women} orang yang dihitung tanpa nama (L {men}, P {women})"
        found.append(f"{told}." if public or not plain else f"{told}, dari unsur {'; '.join(plain)}.")
    return tuple(found)


def notes_values(meeting_id: UUID | str) -> NotesValues:
    """Gather F05 of a meeting. Two queries. Raises: Meeting.DoesNotExist."""
    meeting = meeting_by_key(meeting_id)
    return NotesValues(
        frame=frame_of(meeting, meeting.minutes_date or day_of(meeting)),
        meeting=meeting.title,
        held_date=day_of(meeting),
        place=meeting.location,
        lines=tuple(
            NoteLine(row.agenda_point, row.speaker, row.element, row.point, row.response, row.conclusion)
            for row in meeting.notes.order_by("order", "created_at", "id")
        ),
        chair=Person(meeting.chair_name),
        note_taker=Person(meeting.note_taker_name),
    )


def invitation_values(meeting_id: UUID | str) -> InvitationValues:
    """Gather the invitation of a meeting with the list of those invited. Two queries. Raises: Meeting.DoesNotExist."""
    meeting = meeting_by_key(meeting_id)
    role, convener, office = convener_of(meeting)
    planned = local(meeting, meeting.scheduled_at)
    dated = meeting.invitation_date or local(meeting, meeting.created_at).date()
    return InvitationValues(
        frame=frame_of(meeting, dated, meeting.invitation_number),
        meeting=meeting.title,
        held_date=planned.date(),
        starts=planned.time().replace(second=0, microsecond=0),
        place=meeting.location,
        agenda=tuple(meeting.agenda),
        convener_role=role,
        convener=Person(convener),
        invitees=tuple(
            Invitee(row.name, row.position or name_beside_person(row.kind))
            for row in meeting.invitations.order_by("name", "id")
        ),
        office=office,
        time_zone=planned.tzname() or "WITA",
    )


def convener_of(meeting: Meeting) -> tuple[str, str, str]:
    """Return who invites: office as signed, name, and the letterhead where it is not the village head's."""
    village = meeting.village
    match MEETING_KINDS[meeting.kind].convener:
        case "BPD":
            name = f"Badan Permusyawaratan Desa {village.name}"
            return f"Ketua BPD Desa {village.name}", meeting.signers.get("bpd", ""), name
        case "KAD":
            return f"Kepala Desa {village.name}", meeting.signers.get("head", ""), ""
        case _:
            return "Ketua Tim Penyusun RKP Desa", meeting.signers.get("team", ""), ""
