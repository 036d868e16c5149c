"""Writing notices and marking them read."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from rembuk.core.hat import Hat
from rembuk.shared import clock
from rembuk.shared.models import Notice


def notify(
    *,
    person_ids: Iterable[UUID],
    key: str,
    title: str,
    body: str = "",
    link: str = "",
    kind: str = "task",
    due_date: date | None = None,
) -> int:
    """Tell people something once: the same key to the same person again does nothing. Returns how many were told.

    key: names the event (``proposal-returned:UUID:3``). kind: task | deadline | answer | news | digest. link: a path.
    Call it inside the service's transaction, so that nobody hears of what did not happen.
    """
    wanted = set(person_ids)
    told = set(Notice.objects.filter(key=key, person_id_value__in=wanted).values_list("person_id_value", flat=True))
    rows = [
        Notice(person_id_value=person, key=key, title=title, body=body, link=link, kind=kind, due_date=due_date)
        for person in sorted(wanted - told)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def withdraw(*, key: str) -> int:
    """Take back what nobody has read yet (the thing is done or was undone). Returns how many."""
    return Notice.objects.filter(key=key, read_at__isnull=True).delete()[0]


def mark_read(*, notice_id: UUID, hat: Hat) -> Notice:
    """Mark one notice of the hat's person as read. Raises: Notice.DoesNotExist for anybody else's."""
    notice = Notice.objects.get(pk=notice_id, person_id_value=hat.person_id)
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, hat: Hat) -> int:
    """Mark everything of the hat's person as read; returns how many were new."""
    return Notice.objects.filter(person_id_value=hat.person_id, read_at__isnull=True).update(read_at=clock.now())
