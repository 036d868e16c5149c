"""What an office sees: packages that are out, devices, what came in. One query each, in an order that is unique."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rembuk.core.hat import Hat
from rembuk.core.offline.judging import WAITING_DAYS
from rembuk.offline.models import Device, Envelope, Package
from rembuk.offline.permissions import DECIDERS, READERS
from rembuk.regions.queries import place_q
from rembuk.shared import clock

STUCK = (Envelope.State.REVIEW, Envelope.State.QUARANTINE)


def scope(hat: Hat) -> Q:
    """Return the filter for envelopes at the hat's place; what names no village belongs to the whole regency."""
    found = place_q(hat.place)
    if hat.place.regency and not hat.place.district:
        found |= Q(village__isnull=True, regency_id=hat.place.regency)
    return found


def envelopes_seen_by(hat: Hat) -> "QuerySet[Envelope]":
    """Return what came in at or below the hat's place, the newest first, without the sealed text."""
    if hat.role not in READERS:
        return Envelope.objects.none()
    rows = Envelope.objects.filter(scope(hat)).defer("raw")
    return rows.select_related("village__district", "person", "device").order_by("-received_at", "-id")


def to_decide(hat: Hat) -> "QuerySet[Envelope] | None":
    """Return what waits for a decision of this hat; None for a role that decides nothing."""
    if hat.role not in DECIDERS:
        return None
    rows = Envelope.objects.filter(scope(hat)).defer("raw")
    return rows.filter(Q(state__in=STUCK) | waiting_too_long(clock.now()))


def waiting_too_long(at: datetime) -> Q:
    """Return the filter for records whose parent or parts have not come for days."""
    return Q(state=Envelope.State.WAITING, received_at__lt=at - timedelta(days=WAITING_DAYS))


def envelope_by_key(key: UUID | str) -> Envelope:
    """Return one envelope with everything that its page asks. Raises: DoesNotExist, ValidationError."""
    rows = Envelope.objects.select_related(
        "village__district",
        "village__regency",
        "person",
        "device__person",
        "package",
        "assignment__person",
        "assignment__regency",
        "assignment__district",
        "assignment__village",
        "assignment__hamlet",
        "assignment__rt",
    )
    return rows.get(pk=key)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many envelopes stand in each state at a place."""

    states: dict[str, int]

    def __getitem__(self, state: str) -> int:
        return self.states.get(state, 0)


def counts_of(rows: "QuerySet[Envelope]") -> Counts:
    """Return how many of these rows stand in each state. One query."""
    return Counts(dict(rows.order_by().values_list("state").annotate(n=Count("pk"))))


def packages_seen_by(hat: Hat) -> "QuerySet[Package]":
    """Return the packages that went out at the hat's place, the newest first."""
    if hat.role not in READERS:
        return Package.objects.none()
    rows = Package.objects.filter(place_q(hat.place)).annotate(records=Count("envelopes"))
    return rows.select_related("village__district", "person", "device", "assignment").order_by("-issued_at", "-id")


def devices_seen_by(hat: Hat) -> "QuerySet[Device]":
    """Return the devices that were registered at the hat's place, by person."""
    rows = Device.objects.annotate(records=Count("envelopes", distinct=True))
    place, wanted = hat.place, Q()
    if place.village:
        wanted = Q(village_id=place.village)
    elif place.district:
        wanted = Q(district_key=place.district)
    elif place.regency:
        wanted = Q(regency_id=place.regency)
    return rows.filter(wanted).select_related("person", "village").order_by("person__name", "registered_at", "id")


def device_by_key(key: UUID | str) -> Device:
    """Return one device with its person. Raises: DoesNotExist, ValidationError."""
    return Device.objects.select_related("person", "village").get(pk=key)
