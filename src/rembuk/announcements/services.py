"""What an office can do with announcements: publish one, take one back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from rembuk.announcements.models import Announcement
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.proposals.public_words import cover_of
from rembuk.regions.models import Village
from rembuk.shared import trail

LONGEST = {"title": 150, "text": 2_000, "ended_reason": 300}
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class AnnouncementValues:
    """An announcement as typed. Days as ISO text."""

    title: str
    text: str
    from_date: str
    until_date: str


@transaction.atomic
def publish(*, key: UUID, village_id: str, values: AnnouncementValues, actor: Hat, at: datetime) -> Announcement:
    """Announce something to everybody. Names, NIK, phones and elements of poverty are covered before it is stored.

    The same key with the same body again changes nothing. Raises: NotAllowedError, BadInputError, RefusedError when
    the key carries another body.
    """
    village = Village.objects.select_related("district", "regency").get(pk=village_id)
    require(actor, "announcements.publish", village)
    begins, ends = days_of(values, local_day(village.regency, at))
    cover = cover_of(village)
    made = Announcement(
        id=key,
        village=village,
        title=cover(words(" ".join(values.title.split()), "title"))[: LONGEST["title"]],
        text=cover(words(values.text.strip(), "text")),
        from_date=begins,
        until_date=ends,
        published_at=at,
        made_by=actor.person_id,
        made_by_role=actor.role.value,
    )
    known = Announcement.objects.filter(pk=key).first()
    if known is not None:
        return same(known, made)
    with trail.acting(actor, "announcements.publish"):
        made.save(force_insert=True)
    return made


def same(known: Announcement, made: Announcement) -> Announcement:
    columns = ("village_id", "title", "text", "from_date", "until_date", "made_by")
    if any(getattr(known, name) != getattr(made, name) for name in columns):
        raise RefusedError("announcement-key")
    return known


def words(text: str, name: str) -> str:
    clean = text.replace("\x00", "")
    if not clean:
        raise BadInputError("announcement-empty")
    if len(clean) > LONGEST[name]:
        raise BadInputError("announcement-long", count=len(clean), limit=LONGEST[name])
    return clean


def days_of(values: AnnouncementValues, today: date) -> tuple[date, date]:
    """Return first and last day; without a first day it is today. Raises: BadInputError."""
    begins = day_of(values.from_date) if values.from_date.strip() else today
    ends = day_of(values.until_date)
    if ends < begins or ends < today:
        raise BadInputError("announcement-days")
    if ends - begins > timedelta(days=LONGEST_DAYS):
        raise BadInputError("announcement-far")
    return begins, ends


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("announcement-day", read=text[:20]) from error


@transaction.atomic
def take_back(*, announcement_id: UUID, reason: str, actor: Hat, at: datetime) -> Announcement:
    """End an announcement before its last day; it stays readable with the reason.

    Raises: NotAllowedError, BadInputError without a reason, RefusedError when it is over already.
    """
    rows = Announcement.objects.select_for_update(of=("self",)).select_related("village__district", "village__regency")
    row = rows.get(pk=announcement_id)
    require(actor, "announcements.publish", row)
    text = " ".join(reason.replace("\x00", " ").split())
    if not text:
        raise BadInputError("announcement-reason")
    if row.state(local_day(row.village.regency, at)) in ("over", "ended"):
        raise RefusedError("announcement-over")
    row.ended_at, row.ended_reason = at, cover_of(row.village)(text)[: LONGEST["ended_reason"]]
    row.version += 1
    with trail.acting(actor, "announcements.publish"):
        row.save(update_fields=["ended_at", "ended_reason", "version", "changed_at"])
    return row
