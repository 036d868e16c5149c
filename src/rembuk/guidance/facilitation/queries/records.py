"""The record of the meeting behind each forum, read where it is kept and never copied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rembuk.core.guidance.facilitation import MeetingRecord, caught_up, evidence_digest
from rembuk.core.guidance.forum_states import COUNTED, ForumState
from rembuk.core.law.elements import GUESTS
from rembuk.cycles.models import Evidence
from rembuk.deliberation.facts import Counts, chosen, counts_of
from rembuk.deliberation.models import Meeting, MeetingPhoto, SpokenNote
from rembuk.guidance.facilitation.models import Facilitation

KIND = "MUSREN"


@dataclass(frozen=True, slots=True)
class Seen:
    """A forum with its meeting and what that meeting's record says. state: where the record has led by now."""

    forum: Facilitation
    meeting: Meeting | None
    record: MeetingRecord | None

    @property
    def state(self) -> ForumState:
        return caught_up(ForumState(self.forum.state), self.record)[0]

    @property
    def counted(self) -> bool:
        """Whether statistics count it as held: its evidence was verified by a person."""
        return ForumState(self.forum.state) in COUNTED

    @property
    def changed_since(self) -> bool:
        """Whether what the verification rested on has changed."""
        return self.counted and (self.record is None or evidence_digest(self.record) != self.forum.verified_digest)


def records_of(forums: Sequence[Facilitation]) -> dict[UUID, Seen]:
    """Return forum -> what is known of its meeting. Five queries, however many forums.

    A forum that is not tied to a meeting yet is shown the one that speaks for its cycle; a cancelled one never.
    """
    rows = list(counted(meetings_for(forum.cycle_id for forum in forums)))
    by_key, best = {row.pk: row for row in rows}, chosen(rows)
    found = {forum.pk: tied(forum, by_key) or best.get(forum.cycle_id) for forum in forums}
    meetings = list({meeting.pk: meeting for meeting in found.values() if meeting is not None}.values())
    counts = counts_of(meetings) if meetings else {}
    return {
        forum.pk: Seen(forum, meeting, record_of(meeting, counts[meeting.pk]) if meeting is not None else None)
        for forum in forums
        for meeting in (found[forum.pk],)
    }


def tied(forum: Facilitation, meetings: Mapping[UUID, Meeting]) -> Meeting | None:
    """Return the meeting that a forum was tied to, if it was and still stands."""
    return meetings.get(forum.meeting_id) if forum.meeting_id is not None else None


def seen_of(forum: Facilitation) -> Seen:
    """Return one forum with its meeting. Five queries."""
    return records_of([forum])[forum.pk]


def meetings_for(cycle_ids: Iterable[UUID]) -> "QuerySet[Meeting]":
    rows = Meeting.objects.filter(cycle_id__in=set(cycle_ids), kind=KIND).exclude(state="cancelled")
    return rows.select_related("village__regency").order_by("scheduled_at", "id")


def counted(rows: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Return the meetings with how many notes and photos they have, and whether the signed minutes are kept."""
    signed = Evidence.objects.filter(
        cycle_id=OuterRef("cycle_id"), paper_code="F03", signed=True, withdrawn_at__isnull=True, stage__in=("K9", "R7")
    )
    return rows.annotate(
        note_count=number_of(SpokenNote), photo_count=number_of(MeetingPhoto), minutes_kept=Exists(signed)
    )


def number_of(model: type[SpokenNote] | type[MeetingPhoto]) -> Coalesce:
    each: QuerySet[Any] = model._default_manager.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return Coalesce(Subquery(each.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def record_of(meeting: Meeting, counts: Counts) -> MeetingRecord:
    """Return what the core asks of a meeting of `counted`. No query."""
    row: Any = meeting
    return MeetingRecord(
        state=meeting.state,
        started_at=meeting.started_at,
        ended_at=meeting.ended_at,
        men=counts.men,
        women=counts.women,
        invited=counts.invited,
        invited_present=counts.invited_present,
        guests_present=sum(counts.elements.get(code, 0) for code in GUESTS),
        notes=row.note_count,
        minutes_text=any(part.get("text") for part in meeting.minutes.values()),
        photos=row.photo_count,
        scan=meeting.signed_file_id is not None or row.minutes_kept,
        minutes_number=meeting.minutes_number,
        minutes_date=meeting.minutes_date,
    )
