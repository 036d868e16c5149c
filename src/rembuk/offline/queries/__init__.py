"""Reads over devices, packages and envelopes, scoped by the hat that asks."""

from rembuk.offline.queries.field import envelopes_of_device, villages_for
from rembuk.offline.queries.office import (
    Counts,
    counts_of,
    device_by_key,
    devices_seen_by,
    envelope_by_key,
    envelopes_seen_by,
    packages_seen_by,
    to_decide,
    waiting_too_long,
)

__all__ = [
    "Counts",
    "counts_of",
    "device_by_key",
    "devices_seen_by",
    "envelope_by_key",
    "envelopes_of_device",
    "envelopes_seen_by",
    "packages_seen_by",
    "to_decide",
    "villages_for",
    "waiting_too_long",
]
