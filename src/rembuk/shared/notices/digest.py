"""The daily digest: what is new and unread, grouped, as text that can be copied into WhatsApp."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.shared import clock
from rembuk.shared.models import Notice
from rembuk.shared.notices.services import notify
from rembuk.shared.templatetags.rembuk import tanggal

KIND_TITLES: Mapping[str, str | Promise] = {
    "deadline": gettext_lazy("Tenggat"),
    "task": gettext_lazy("Tugas"),
    "answer": gettext_lazy("Jawaban"),
    "news": gettext_lazy("Kabar"),
}
ORDER = tuple(KIND_TITLES)


def digest_text(notices: Sequence[Notice], *, today: date, address: str = "") -> str:
    """Return *notices* as one message: a line each, grouped by kind, the nearest date first; ``*`` makes it bold."""
    parts = [_("*Kabar Rembuk, %(date)s*") % {"date": tanggal(today)}]
    for kind in sorted({notice.kind for notice in notices}, key=lambda k: (ORDER.index(k) if k in ORDER else 99, k)):
        group = [notice for notice in notices if notice.kind == kind]
        group.sort(key=lambda notice: (notice.due_date or date.max, notice.created_at, str(notice.pk)))
        parts.append(f"*{KIND_TITLES.get(kind, kind)}*\n" + "\n".join(line(notice, today) for notice in group))
    if address:
        parts.append(address)
    return "\n\n".join(parts)


def line(notice: Notice, today: date) -> str:
    """Return one line of the digest, with the days left when it has a date."""
    if notice.due_date is None:
        return f"- {notice.title}"
    return f"- {notice.title} ({days_left(notice.due_date, today)})"


def days_left(due: date, today: date) -> str:
    """Say how far away a date is."""
    left = (due - today).days
    if left == 0:
        return _("hari ini")
    if left > 0:
        words = ngettext("%(date)s, %(count)d hari lagi", "%(date)s, %(count)d hari lagi", left)
    else:
        words = ngettext("%(date)s, terlambat %(count)d hari", "%(date)s, terlambat %(count)d hari", -left)
    return words % {"date": tanggal(due), "count": abs(left)}


def whatsapp_link(text: str) -> str:
    """Return the address that opens WhatsApp with *text* ready to send; it is opened by the person, never by a page."""
    return f"https://wa.me/?text={quote(text)}"


def send_digests(today: date) -> int:
    """Put one digest into the inbox of everybody who has unread notices not digested yet; returns how many people.

    Called once a day after the quiet hours. Running it again on the same day sends nothing twice.
    """
    waiting = Notice.objects.filter(read_at__isnull=True, digested_at__isnull=True).exclude(kind="digest")
    people = list(waiting.order_by("person_id_value").values_list("person_id_value", flat=True).distinct())
    for person in people:
        _send(person, today)
    return len(people)


@transaction.atomic
def _send(person: UUID, today: date) -> None:
    mine = Notice.objects.filter(person_id_value=person, read_at__isnull=True, digested_at__isnull=True)
    notices = list(mine.exclude(kind="digest").order_by("created_at", "id"))
    title = ngettext("Ringkasan hari ini: %(count)d kabar", "Ringkasan hari ini: %(count)d kabar", len(notices))
    notify(
        person_ids=[person],
        key=f"digest:{today.isoformat()}",
        title=title % {"count": len(notices)},
        body=digest_text(notices, today=today),
        kind="digest",
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(digested_at=clock.now())
