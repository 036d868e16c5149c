"""Reads over devices, packages and envelopes, scoped by the hat that asks."""

from rembuk.offline.queries.field import envelopes_of_device, villages_for

__all__ = ["envelopes_of_device", "villages_for"]
