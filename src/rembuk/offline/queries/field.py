"""What the field app asks: whose package a person may take, and what became of the records of a device."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.queries import hats_of
from rembuk.core.offline.envelope import write_time
from rembuk.core.permissions import TABLE
from rembuk.offline.models import Device, Envelope, Package
from rembuk.offline.packing import LIVE, assignment_of, day_text
from rembuk.regions.models import Village
from rembuk.regions.queries import place_q

MOST = 400


def villages_for(person: Person, at: datetime) -> dict[str, Any]:
    """Return the villages whose package this person may take now, once for each assignment. Five queries."""
    found: list[tuple[Assignment, Village]] = []
    for row in hats_of(person, at):
        hat = row.hat()
        if hat.role not in TABLE.rows["offline.take"].roles:
            continue
        rows = Village.objects.filter(place_q(hat.place, ""), kind="desa").select_related("district", "regency")
        here = [village for village in rows.order_by("name", "id")[:MOST] if hat.place.covers(village.place)]
        found += [(row, village) for village in here]
    keys = {village.pk for _row, village in found}
    meetings = dict(
        Village.objects.filter(pk__in=keys)
        .annotate(ahead=Count("meetings", filter=Q(meetings__state__in=LIVE, meetings__cycle__closed_at__isnull=True)))
        .values_list("pk", "ahead")
    )
    sizes, out = packages_of(keys, person, at)
    return {
        "now": write_time(at),
        "person": {"id": str(person.pk), "name": person.name},
        "villages": [
            {
                "key": village.pk,
                "code": village.code,
                "name": village.full_name,
                "district": village.district.full_name,
                "assignment": assignment_of(row),
                "meetings": meetings.get(village.pk, 0),
                "size": sizes.get(village.pk),
                "out": out.get(village.pk, []),
            }
            for row, village in found
        ],
    }


def packages_of(
    keys: Iterable[str], person: Person, at: datetime
) -> tuple[dict[str, int], dict[str, list[dict[str, str | None]]]]:
    """Return village -> bytes of its last package, and village -> who else is out with one. One query."""
    rows = Package.objects.filter(village_id__in=list(keys), expires_at__gt=at)
    sizes: dict[str, int] = {}
    out: dict[str, dict[str, dict[str, str | None]]] = {}
    for row in rows.select_related("person", "device").order_by("issued_at", "id"):
        sizes[row.village_id] = row.size
        if row.person_id != person.pk and row.device.revoked_at is None:
            told = {"name": row.person.name, "device": row.device.name, "until": day_text(row.expires_at.date())}
            out.setdefault(row.village_id, {})[str(row.device_id)] = told
    return sizes, {key: list(people.values()) for key, people in out.items()}


def envelopes_of_device(device: Device, ids: Iterable[str]) -> dict[str, Envelope]:
    """Return id -> the row of that record that this device sent; of several the one that stands. One query."""
    rows = Envelope.objects.filter(device=device, verified=True, envelope_id__in=list(ids)).defer("raw")
    found: dict[str, Envelope] = {}
    # A second text under the same id lies in quarantine: the first one answers for the id.
    for row in rows.order_by("received_at", "id"):
        held = found.get(str(row.envelope_id))
        if held is None or held.state == Envelope.State.QUARANTINE:
            found[str(row.envelope_id)] = row
    return found
