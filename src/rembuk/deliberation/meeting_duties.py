"""What meetings ask of a hat: invitations that are due, minutes that nobody has signed yet."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.facts import Counts, counts_of, findings_of, planned_date, rules_of
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.permissions import allows
from rembuk.deliberation.queries import meetings_seen_by, with_places

MOST = 50
MOST_LINES = 3
OPEN = ("planned", "invited", "running", "adjourned", "closed")


def rows_of(hat: Hat, _today: date) -> "QuerySet[Meeting] | None":
    """Return the meetings of the hat's village that are not over; None above the village."""
    if not hat.place.village:
        return None
    return meetings_seen_by(hat).filter(state__in=OPEN, cycle__closed_at__isnull=True)


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return the duties of a hat in its village. Five queries at most; none above the village."""
    rows = rows_of(hat, today)
    if rows is None:
        return []
    meetings = list(with_places(rows).order_by("scheduled_at", "id")[:MOST])
    counts = counts_of(meetings) if meetings else {}
    return [duty for meeting in meetings if (duty := duty_of(hat, meeting, counts[meeting.id], today)) is not None]


def duty_of(hat: Hat, meeting: Meeting, counts: Counts, today: date) -> Duty | None:
    """Return what this meeting asks of the hat now, if anything."""
    day = planned_date(meeting)
    match meeting.state:
        case "planned" if allows(hat, "invite", meeting):
            days = rules_of(meeting).rules.invitation_days
            due = date.fromordinal(day.toordinal() - days)
            words = _("Undang peserta: %(title)s")
            lines = (_("Undangan paling lambat %(days)d hari sebelumnya") % {"days": days},)
            return made(meeting, words, "undangan", _("Buka undangan"), due, today, lines)
        case "invited" if allows(hat, "start", meeting):
            words = _("Buka dan catat kehadiran: %(title)s")
            return made(meeting, words, "jalannya", _("Buka musyawarah"), day, today, ())
        case "running" | "adjourned" if allows(hat, "close", meeting):
            words = _("Selesaikan catatan: %(title)s")
            return made(meeting, words, "hadir", _("Lanjutkan catatan"), day, today, lacking(meeting, counts))
        case "closed" if allows(hat, "sign", meeting):
            words = _("Tanda tangani berita acara: %(title)s")
            return made(meeting, words, "berita-acara", _("Buka berita acara"), day, today, lacking(meeting, counts))
    return None


def lacking(meeting: Meeting, counts: Counts) -> tuple[str, ...]:
    found = [finding.message for finding in findings_of(meeting, counts) if finding.severity == "block"]
    return tuple(found[:MOST_LINES])


def made(meeting: Meeting, words: str, part: str, button: str, due: date, today: date, lines: Sequence[str]) -> Duty:
    left = (due - today).days
    return Duty(
        title=words % {"title": meeting.title},
        link=meeting_address(meeting.id, part),
        button=button,
        due=due,
        days_left=left,
        state="late" if left < 0 else "due" if left <= 14 else "next",
        missing=tuple(lines),
        place_name=f"{meeting.village.name}, {meeting.cycle.title}",
        icon="people",
        key=f"deliberation:{meeting.id}:{meeting.state}",
    )
