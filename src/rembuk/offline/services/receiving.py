"""Envelopes come in: stored whole and committed first, looked at afterwards. Nobody has to be signed in."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.hat import command_hat
from rembuk.core.offline.envelope import Envelope as Sent
from rembuk.core.offline.envelope import MalformedError, is_id, read_envelope
from rembuk.core.offline.judging import flags_of, skew_of
from rembuk.core.offline.sealing import signed_by
from rembuk.offline.models import Device, Envelope, Package, Part
from rembuk.offline.services.applying import settle
from rembuk.offline.services.base import tell
from rembuk.regions.models import Regency
from rembuk.shared import blobs, trail

State = Envelope.State
COURIER = command_hat("kiriman lapangan", "")
"""Nobody is signed in when envelopes come: who wrote them is told by their signature, not by the door."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry of a sending: the row to store, and the parts that it names. name: the id as it stood there."""

    name: Any
    row: Envelope
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the server knows behind the ids of one sending."""

    devices: Mapping[UUID, Device]
    packages: Mapping[UUID, Package]
    assignments: Mapping[UUID, Assignment]


def receive(
    *,
    sent: Sequence[Any],
    at: datetime,
    sent_at: datetime | None = None,
    way: str = Envelope.Way.NETWORK,
) -> list[tuple[Any, Envelope]]:
    """Store everything that came, commit, and only then apply what can be applied. Returns (id as sent, row) in order.

    The same envelope again is the same row. sent_at: the device's clock when it sent. An entry that cannot be read is
    stored too. A fault of applying leaves the row stored and is tried again.
    """
    known = known_behind(sent)
    arrivals = [arrival_of(entry, known, at, skew_of(sent_at, at), way) for entry in sent]
    place_the_lost([arrival.row for arrival in arrivals])
    rows = stored(arrivals, at)
    settle(keys=[row.pk for row in rows], at=at)
    fresh = Envelope.objects.in_bulk([row.pk for row in rows])
    return [(arrival.name, fresh[row.pk]) for arrival, row in zip(arrivals, rows, strict=True)]


def known_behind(sent: Iterable[Any]) -> Known:
    """Return the devices, packages and assignments that the envelopes name. Three queries."""

    def ids(name: str) -> set[str]:
        return {entry[name] for entry in sent if isinstance(entry, Mapping) and is_id(entry.get(name))}

    devices = Device.objects.select_related("person", "village__district", "village__regency")
    packages = Package.objects.select_related("village__district", "village__regency")
    return Known(
        devices.in_bulk([UUID(key) for key in ids("device")]),
        packages.in_bulk([UUID(key) for key in ids("package")]),
        Assignment.objects.with_place().in_bulk([UUID(key) for key in ids("assignment")]),
    )


def arrival_of(entry: Any, known: Known, at: datetime, skew: timedelta, way: str) -> Arrival:
    """Return what is stored of one entry; nothing is written."""
    # ASCII alone: what no text of a database holds (half of a surrogate pair, NUL) stays readable as its escape.
    raw = json.dumps(entry, separators=(",", ":"))
    try:
        envelope = read_envelope(entry)
    except MalformedError as error:
        return malformed(entry, raw, error.field, at, way)
    row = Envelope(
        id=uuid4(),
        envelope_id=UUID(envelope.id),
        digest=envelope.digest,
        raw=raw,
        kind=envelope.kind,
        schema=envelope.schema,
        device_key=UUID(envelope.device),
        key_code=envelope.key,
        captured_at=envelope.captured,
        after=list(envelope.after),
        way=way,
        received_at=at,
    )
    identify(row, envelope, known, skew)
    return Arrival(envelope.id, row, envelope.parts)


def malformed(entry: Any, raw: str, field: str, at: datetime, way: str) -> Arrival:
    """Return an entry that is no envelope, to be kept as it stands."""
    name = entry.get("id") if isinstance(entry, Mapping) else None
    digest = hashlib.sha256(raw.encode()).hexdigest()
    key = UUID(name) if is_id(name) else uuid5(NAMESPACE_OID, digest)
    row = Envelope(id=uuid4(), envelope_id=key, digest=digest, raw=raw, way=way, received_at=at)
    tell(row, State.QUARANTINE, "malformed", field=field)
    return Arrival(name if isinstance(name, (str, int, float)) else None, row)


def identify(row: Envelope, envelope: Sent, known: Known, skew: timedelta) -> None:
    """Put into the row whom and what its ids name, whether the signature holds, and its flags."""
    device = known.devices.get(UUID(envelope.device))
    package = known.packages.get(UUID(envelope.package))
    assignment = known.assignments.get(UUID(envelope.assignment))
    row.device, row.skew = device, round(skew.total_seconds())
    if device is None:
        tell(row, State.QUARANTINE, "device-unknown")
    elif not signed_by(device.public_key, envelope.signed_text, envelope.signature):
        tell(row, State.QUARANTINE, "signature")
    else:
        row.verified = True
        if envelope.person != str(device.person_id):
            tell(row, State.QUARANTINE, "person")
        else:
            row.person = device.person
        if device.revoked_at is not None:
            tell(row, State.QUARANTINE, "device-revoked")
    if package is not None and device is not None and package.device_id == device.pk:
        row.package = package
    if assignment is not None and row.person is not None and assignment.person_id == row.person.pk:
        row.assignment = assignment
    # Whose page it belongs on: nobody's word but the server's own rows say which village it is about.
    if row.package is not None:
        row.village = row.package.village
    elif row.assignment is not None:
        row.village = row.assignment.village
    row.regency_id = row.village.regency_id if row.village is not None else row.regency_id
    row.flags = flags_of(
        captured=envelope.captured,
        received=row.received_at,
        skew=skew,
        issued=row.package.issued_at if row.package else None,
        rights_until=row.package.rights_until if row.package else None,
    )


@transaction.atomic
def stored(arrivals: Sequence[Arrival], at: datetime) -> list[Envelope]:
    """Write what is new and return the rows in the order of the arrivals. Four queries, however many."""
    by_key = {(each.row.envelope_id, each.row.digest): each for each in reversed(arrivals)}
    with trail.acting(COURIER, "offline.send"):
        there = found_rows(by_key)
        # In one order for everybody, so that two sendings of the same envelopes do not lock each other out.
        new = [by_key[key] for key in sorted(by_key) if key not in there]
        # Somebody else may be storing the same envelopes now: the constraint keeps one row of each.
        Envelope.objects.bulk_create([each.row for each in new], ignore_conflicts=True, batch_size=100)
        rows = found_rows(by_key)
        mine = [each for key, each in by_key.items() if rows[key].pk == each.row.pk]
        Part.objects.bulk_create(
            [
                Part(envelope_id=each.row.pk, order=order, sha256=sha256)
                for each in mine
                for order, sha256 in enumerate(each.parts)
            ],
            batch_size=200,
        )
        adopt_parts([sha256 for each in mine for sha256 in each.parts], at)
        heard = {each.row.package.pk for each in arrivals if each.row.package is not None}
        Package.objects.filter(pk__in=heard).update(heard_at=at)
    return [rows[each.row.envelope_id, each.row.digest] for each in arrivals]


def place_the_lost(rows: Sequence[Envelope]) -> None:
    """Give what names no known village to the regency of its device, else of this installation: somebody sees it."""
    lost = [row for row in rows if row.village is None and row.regency_id is None]
    if not lost:
        return
    first = Regency.objects.order_by("code").values_list("code", flat=True).first()
    for row in lost:
        own = row.device.regency_id if row.device is not None else None
        row.regency_id = own or first


def found_rows(keys: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], Envelope]:
    wanted = set(keys)
    rows = Envelope.objects.filter(envelope_id__in={key for key, _digest in wanted})
    return {(row.envelope_id, row.digest): row for row in rows if (row.envelope_id, row.digest) in wanted}


def adopt_parts(digests: Sequence[str], at: datetime) -> None:
    """Mark as here the parts that came before with another envelope: the same picture twice is sent once."""
    if not digests:
        return
    rows = Part.objects.filter(sha256__in=set(digests), stored_at__isnull=False)
    for sha256, size in dict(rows.values_list("sha256", "size")).items():
        Part.objects.filter(sha256=sha256, stored_at__isnull=True).update(size=size, stored_at=at)


def missing_parts(digests: Iterable[str]) -> list[str]:
    """Return those digests that a received envelope names and whose bytes are not here, in the order asked.

    A part that the table says is here and the disk has lost (files restored from an older backup) is missing too.
    """
    asked = list(dict.fromkeys(digests))
    named: dict[str, bool] = {}
    for sha256, here in wanted_parts().filter(sha256__in=asked).values_list("sha256", "stored_at"):
        named[sha256] = named.get(sha256, False) or here is not None
    return [key for key in asked if key in named and not (named[key] and blobs.path_of(key).exists())]


def wanted_parts() -> Any:
    """Return the parts of envelopes whose author is known: a stranger's list gives no right to fill the disk."""
    return Part.objects.filter(envelope__verified=True)


def store_part(*, sha256: str, data: bytes, at: datetime) -> bool:
    """Keep the bytes of one part and apply what waited for it; False when no received envelope names it.

    The caller has made sure that *data* has this digest. The same part again changes nothing.
    """
    rows = wanted_parts().filter(sha256=sha256)
    if not rows.exists():
        return False
    blobs.put(data)
    with transaction.atomic(), trail.acting(COURIER, "offline.send"):
        Part.objects.filter(sha256=sha256, stored_at__isnull=True).update(size=len(data), stored_at=at)
    waiting = rows.filter(envelope__state=State.WAITING).values_list("envelope_id", flat=True)
    settle(keys=list(waiting.distinct()), at=at)
    return True
