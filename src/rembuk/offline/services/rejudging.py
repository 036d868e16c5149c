"""Envelopes in quarantine are judged again when what they lacked is here: a device registered anew, a key put back."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from rembuk.core.offline.envelope import read_envelope
from rembuk.core.offline.states import Event, next_state
from rembuk.core.offline.states import State as CoreState
from rembuk.offline.models import Device, Envelope, ServerKey
from rembuk.offline.services.applying import settle
from rembuk.offline.services.receiving import COURIER, identify, known_behind
from rembuk.shared import trail

COLUMNS = (
    "state", "code", "message", "flags", "verified", "device", "person", "assignment", "package", "village",
    "regency",
)  # fmt: skip


def look_again(*, device: Device, at: datetime) -> int:
    """Judge again what came from a device while the server did not know it. Returns how many left quarantine."""
    rows = Envelope.objects.filter(device_key=device.pk, state=Envelope.State.QUARANTINE, code="device-unknown")
    return judge_again(rows.values_list("pk", flat=True), at)


def keys_came_back(*, at: datetime) -> int:
    """Judge again what was sealed for a key that the server did not have. Returns how many left quarantine."""
    codes = ServerKey.objects.values_list("code", flat=True)
    rows = Envelope.objects.filter(state=Envelope.State.QUARANTINE, code="key-unknown", key_code__in=list(codes))
    return judge_again(rows.values_list("pk", flat=True), at)


def judge_again(keys: Iterable[UUID], at: datetime) -> int:
    wanted = list(keys)
    released = []
    with transaction.atomic(), trail.acting(COURIER, "offline.apply"):
        rows = Envelope.objects.select_for_update(of=("self",)).filter(pk__in=wanted, state=Envelope.State.QUARANTINE)
        found = list(rows.order_by("received_at", "id"))
        sent = {row.pk: json.loads(row.raw) for row in found}
        known = known_behind(list(sent.values()))
        for row in found:
            row.state = Envelope.State(next_state(CoreState(row.state), Event.REJUDGE).value)
            row.code = row.message = ""
            identify(row, read_envelope(sent[row.pk]), known, timedelta(seconds=row.skew))
            row.save(update_fields=COLUMNS)
            if row.state == Envelope.State.RECEIVED:
                released.append(row.pk)
    settle(keys=released, at=at)
    return len(released)
