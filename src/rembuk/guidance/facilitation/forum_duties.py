"""What forums ask of a hat: to prepare, to invite, to guide today, to bring evidence, to verify it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.facilitation import EVIDENCE_DAYS, NOTICE_DAYS, evidence_missing
from rembuk.core.guidance.forum_states import AFTER, DATED, SITTING, ForumState
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE
from rembuk.cycles.duties import Duty
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.permissions import FILLERS
from rembuk.guidance.facilitation.queries import Seen, records_of, waiting
from rembuk.regions.queries import place_q

MOST, MOST_LINES, AHEAD_DAYS, INVITING_DAYS = 12, 3, 30, 14
OPEN = (*DATED, *SITTING, *AFTER)
ALWAYS = frozenset({Role.FAS, Role.SDK})
"""They answer for the forum of their village; others only for those they guide, PTPD also for those without a team."""


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return the duties of a hat. Seven queries at most."""
    found = verifying(hat, today)
    if hat.role not in FILLERS:
        return found
    rows = Facilitation.objects.filter(place_q(hat.place), state__in=[state.value for state in OPEN])
    rows = rows.filter(cycle__closed_at__isnull=True, day__lte=today + timedelta(days=AHEAD_DAYS))
    if hat.role not in ALWAYS:
        mine = Q(guides__person_id=hat.person_id)
        rows = rows.filter(mine | Q(guides__isnull=True) if hat.role is Role.PTP else mine)
    listed = rows.select_related("village__district", "village__regency", "cycle").distinct().order_by("day", "id")
    forums = list(listed[:MOST])
    seen = records_of(forums) if forums else {}
    asked = (
        duty for forum in forums for duty in (inviting(hat, seen[forum.pk], today), duty_of(seen[forum.pk], today))
    )
    return [*found, *(duty for duty in asked if duty is not None)]


def inviting(hat: Hat, seen: Seen, today: date) -> Duty | None:
    """Return the duty to call the Musrenbang whose day is fixed; once it is planned its own room asks for invitations.

    Due seven days before, shown in the two weeks up to then.
    """
    forum = seen.forum
    if seen.meeting is not None or forum.day is None or not TABLE.allows(hat, "deliberation.create", forum):
        return None
    due = forum.day - timedelta(days=NOTICE_DAYS)
    if (due - today).days > INVITING_DAYS:
        return None
    link = f"{reverse('deliberation:create', args=[forum.cycle_id])}?jenis=MUSREN"
    lines = (
        _("Musrenbangnya %(day)s; undangan paling lambat %(count)d hari sebelumnya")
        % {"day": date_text(forum.day), "count": NOTICE_DAYS},
    )
    found = made(seen, _("Rencanakan Musrenbang dan kirim undangan"), link, _("Rencanakan"), due, today, lines)
    return replace(found, key=f"facilitation:{forum.pk}:invite")


def duty_of(seen: Seen, today: date) -> Duty | None:
    """Return what this forum asks for now, if anything."""
    forum, day = seen.forum, seen.forum.day or today
    here = reverse("facilitation:forum", args=[forum.pk])
    match seen.state:
        case ForumState.SCHEDULED | ForumState.PREP:
            return made(seen, _("Siapkan Musrenbang"), here, _("Buka daftar periksa"), day, today, ())
        case ForumState.READY | ForumState.IN_SESSION | ForumState.ADJOURNED:
            screen = reverse("facilitation:screen", args=[forum.pk])
            return made(seen, _("Pandu Musrenbang"), screen, _("Buka layar pemandu"), day, today, ())
        case ForumState.HELD | ForumState.MINUTES_DRAFT | ForumState.MINUTES_SIGNED:
            missing = [finding.message for finding in evidence_missing(seen.record)]
            if not missing:
                return None
            link, due = reverse("facilitation:evidence", args=[forum.pk]), day + timedelta(days=EVIDENCE_DAYS)
            return made(seen, _("Lengkapi bukti Musrenbang"), link, _("Lihat yang kurang"), due, today, missing)
    return None


def made(seen: Seen, words: str, link: str, button: str, due: date, today: date, lines: Sequence[str]) -> Duty:
    left = (due - today).days
    return Duty(
        title=words,
        link=link,
        button=button,
        due=due,
        days_left=left,
        state="late" if left < 0 else "due" if left <= 14 else "next",
        missing=tuple(lines[:MOST_LINES]),
        place_name=f"{seen.forum.village.full_name}, {seen.forum.cycle.title}",
        icon="people",
        key=f"facilitation:{seen.forum.pk}:{seen.state}",
    )


def verifying(hat: Hat, today: date) -> list[Duty]:
    """Return one duty for all evidence that waits to be verified by this hat. One query."""
    rows = waiting(hat)
    count = rows.count() if rows is not None else 0
    if not count:
        return []
    words = ngettext("Verifikasi bukti %(count)d Musrenbang", "Verifikasi bukti %(count)d Musrenbang", count)
    return [
        Duty(
            title=words % {"count": count},
            link=f"{reverse('facilitation:list')}?keadaan=minutes_signed",
            button=_("Buka daftarnya"),
            state="due",
            place_name=hat.place_name,
            icon="shield",
            key=f"facilitation:verify:{hat.place.path}",
        )
    ]
