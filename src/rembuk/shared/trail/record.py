"""Trail rows that no table change makes, and the lawful erasure of personal values (UU 27/2022)."""

from collections.abc import Iterable, Mapping

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from rembuk.core.hat import Hat
from rembuk.shared import clock
from rembuk.shared.trail.context import acting, current
from rembuk.shared.trail.models import TrailEntry, TrailPersonal
from rembuk.shared.trail.triggers import NOBODY


@transaction.atomic
def record(*, table: str, object_id: str, note: Mapping[str, object], using: str = DEFAULT_DB_ALIAS) -> None:
    """Write one trail row for an act that changed no audited row (a printed code, an erasure, a command).

    The actor and the act are those of ``acting``. note: what is worth knowing, without personal values.
    """
    connection = connections[using]
    who = current()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT rembuk_begin()")
        else:
            cursor.execute("SELECT set_config('rembuk.record', 'ya', true)")
        TrailEntry.objects.using(using).create(
            table_name=table,
            object_id=object_id,
            operation="NOTE",
            act=who.act if who else NOBODY,
            person=str(who.person_id) if who else "",
            hat=who.hat if who else "",
            request_id=who.request_id if who else "",
            regency=who.regency if who else "",
            at=clock.now(),
            after=dict(note),
        )
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('rembuk.record', '', true)")


@transaction.atomic
def erase_personal(*, objects: Iterable[models.Model], hat: Hat, reason: str) -> int:
    """Erase the personal values that the trail keeps of *objects*; returns how many values.

    Value and salt go, the digest in the chain stays, so the seals stay valid. The erasure itself leaves a trail row.
    The caller empties the columns of the rows themselves first, since that change writes its own trail.
    """
    count = 0
    with acting(hat, "trail.erase"):
        for thing in objects:
            table, key = thing._meta.db_table, str(thing.pk)
            # The trail's SQLite triggers write a UUID key as the database stores it.
            keys = {key, key.replace("-", "")}
            erased, _ = TrailPersonal.objects.filter(table_name=table, object_id__in=keys).delete()
            count += erased
            record(table=table, object_id=key, note={"erased": erased, "reason": reason})
    return count
