"""Seals: each entry of the trail is chained by SHA-256 to the one before it, per regency.

A seal's number is given by the sealer under a lock, in the order in which it finds the entries; entry ids will not do,
since commits overtake each other. The worker seals every few seconds; the last seal may be printed and published.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from rembuk.shared import clock
from rembuk.shared.trail.models import TrailSeal

GENESIS = "0" * 64
BATCH = 2000
LOCK = 7_302_513_004_611
LOOK_BACK = timedelta(days=1)
COLUMNS = (
    "e.id, e.table_name, e.object_id, e.operation, e.act, e.person, e.hat, e.request_id, e.regency, e.at, "
    'CAST(e."before" AS text), CAST(e."after" AS text)'
)
UNSEALED = "FROM trail_entry e LEFT JOIN trail_seal s ON s.entry_id = e.id WHERE s.id IS NULL"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as its seal covers it."""

    id: int
    regency: str
    at: datetime
    content: bytes


def entry_of(row: Sequence[Any]) -> Sealed:
    """Return what a seal covers of one row: every column, JSON and time in one canonical form on both databases."""
    at = moment(row[9])
    values = [
        *row[:9],
        at.isoformat(timespec="microseconds"),
        *(None if text is None else json.loads(text, parse_float=str) for text in row[10:12]),
    ]
    content = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Sealed(row[0], row[8], at, content.encode("utf-8", "surrogatepass"))


def moment(value: Any) -> datetime:
    """Return a database's time as an aware one in UTC."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def link(previous: str, number: int, entry: Sealed) -> str:
    """Return the hash of the seal that chains *entry* to the seal before it."""
    return hashlib.sha256(f"{previous}\n{number}\n".encode() + entry.content).hexdigest()


def seal_new(
    regency: str | None = None, *, full: bool = False, at_most: int = 1_000_000, using: str = DEFAULT_DB_ALIAS
) -> int:
    """Seal the entries that have no seal yet, in batches with a short transaction each; returns how many.

    regency: only this one's, or all. full: also look for entries older than a day that were left out, which reads the
    whole trail once (a worker does so when it starts). With nothing to seal it takes no lock.
    """
    count, after = 0, 0 if full else _watermark(using)
    while count < at_most:
        first, last, found = _unsealed_after(after, regency, using)
        if not found:
            break
        count += _seal_between(first, last, regency, using)
        after = last
        if found < BATCH:
            break
    return count


def _unsealed_after(after: int, regency: str | None, using: str) -> tuple[int, int, int]:
    """Return the first and last id of the next unsealed entries, and how many they are."""
    sql, params = _where("SELECT e.id", f"e.id > {after:d}", regency)
    with connections[using].cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY e.id LIMIT {BATCH}", params)
        ids = [row[0] for row in cursor.fetchall()]
    return (ids[0], ids[-1], len(ids)) if ids else (0, 0, 0)


def _where(select: str, bounds: str, regency: str | None) -> tuple[str, tuple[str, ...]]:
    if regency is None:
        return f"{select} {UNSEALED} AND {bounds}", ()
    return f"{select} {UNSEALED} AND {bounds} AND e.regency = %s", (regency,)


def _seal_between(first: int, last: int, regency: str | None, using: str) -> int:
    # One transaction holds the lock: IMMEDIATE on SQLite, an advisory lock on PostgreSQL.
    with transaction.atomic(using=using):
        connection = connections[using]
        sql, params = _where(f"SELECT {COLUMNS}", f"e.id BETWEEN {first:d} AND {last:d}", regency)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(f"{sql} ORDER BY e.id", params)
            entries = [entry_of(row) for row in cursor.fetchall()]
        now = clock.now()
        tails = {key: _tail(key, using) for key in {entry.regency for entry in entries}}
        seals = []
        for entry in entries:
            number, previous = tails[entry.regency]
            digest = link(previous, number + 1, entry)
            tails[entry.regency] = (number + 1, digest)
            seals.append(TrailSeal(regency=entry.regency, number=number + 1, entry_id=entry.id, hash=digest, at=now))
        TrailSeal.objects.using(using).bulk_create(seals, batch_size=500)
    return len(seals)


def _watermark(using: str) -> int:
    old = TrailSeal.objects.using(using).filter(at__lt=clock.now() - LOOK_BACK).order_by("-at", "-entry_id").first()
    return old.entry_id if old else 0


def _tail(regency: str, using: str) -> tuple[int, str]:
    last = TrailSeal.objects.using(using).filter(regency=regency).order_by("-number").first()
    return (last.number, last.hash) if last else (0, GENESIS)


def last_seals(using: str = DEFAULT_DB_ALIAS) -> Iterator[TrailSeal]:
    """Yield the last seal of each regency, to print and publish."""
    seals = TrailSeal.objects.using(using)
    for regency in seals.order_by("regency").values_list("regency", flat=True).distinct():
        last = seals.filter(regency=regency).order_by("-number").first()
        if last is not None:
            yield last
