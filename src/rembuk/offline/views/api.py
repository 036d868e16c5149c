"""The field's API, version 1; `docs/offline.md` is its contract."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from rembuk.accounts.addresses import client_address
from rembuk.accounts.signing import self_hat
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.offline.envelope import is_digest, is_id, read_time, status_text
from rembuk.core.offline.sealing import signed_by
from rembuk.offline import services
from rembuk.offline.models import Device
from rembuk.offline.queries import envelopes_of_device, villages_for
from rembuk.offline.views.answers import (
    call,
    listed,
    now,
    person_of,
    read_bytes,
    read_json,
    refusal,
    refused,
    results,
)
from rembuk.proposals.services.limits import Limit, pass_door
from rembuk.regions.models import Village

MOST_ENVELOPES = 50
MOST_BYTES = 1_000_000
MOST_IDS = 200
MOST_DIGESTS = 500
PART_BYTES = 256 * 1024
SMALL = 100_000
# Numbers of our own: a hall full of phones may sit behind one address, and a phone sends 50 records at a time.
SENDINGS = Limit("offline-send", 600, timedelta(minutes=15), "offline-busy")
PARTS = Limit("offline-part", 3_000, timedelta(minutes=15), "offline-busy")
STRANGERS = Limit("offline-stranger", 60, timedelta(hours=1), "offline-busy")


@call("offline.device", "GET", signed_in=True)
def villages(request: HttpRequest) -> HttpResponse:
    """Answer whose package this person may take now."""
    person, at = person_of(request), now()
    return JsonResponse(villages_for(person, at))


@call("offline.device", "POST", signed_in=True)
def device(request: HttpRequest) -> HttpResponse:
    """Register a device of this person, also of one whose task has ended: their records must find their author."""
    sent, person = read_json(request, SMALL), person_of(request)
    key, name, public_key = sent.get("id"), sent.get("name"), sent.get("public_key")
    if not is_id(key) or not isinstance(name, str) or not isinstance(public_key, str):
        raise BadInputError("offline-request")
    try:
        row = services.register_device(
            device_id=UUID(key), name=name, public_key=public_key, person=person, actor=self_hat(person), at=now()
        )
    except (RefusedError, BadInputError) as error:
        return refusal(error, 422)
    return JsonResponse({"id": str(row.pk), "name": row.name, "revoked": row.revoked_at is not None})


@call("offline.device", "POST", signed_in=True)
def package(request: HttpRequest) -> HttpResponse:
    """Answer the package of a village."""
    sent = read_json(request, SMALL)
    key, village, assignment = sent.get("device"), sent.get("village"), sent.get("assignment")
    if not is_id(key) or not isinstance(village, str) or not (assignment is None or is_id(assignment)):
        raise BadInputError("offline-request")
    try:
        issued = services.issue_package(
            device_id=UUID(key),
            village_id=village,
            person=person_of(request),
            at=now(),
            assignment_id=UUID(assignment) if assignment else None,
        )
    except (NotAllowedError, Village.DoesNotExist) as error:
        return refused(error.code if isinstance(error, NotAllowedError) else "offline-forbidden", 403)
    return JsonResponse(issued.content, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@call("offline.send", "POST", signed_in=False)
def envelopes(request: HttpRequest) -> HttpResponse:
    """Store what came, then answer what became of it."""
    at, address = now(), client_address(request)
    pass_door(limit=SENDINGS, address=address, at=at)
    sent = read_json(request, MOST_BYTES)
    entries = listed(sent, "envelopes", MOST_ENVELOPES)
    refuse_strangers(entries, address, at)
    return results(services.receive(sent=entries, at=at, sent_at=moment(sent.get("sent_at"))), at)


def refuse_strangers(entries: list[Any], address: str | None, at: datetime) -> None:
    """Count sendings in which nobody is known: they are stored, but not without end. Raises: TooManyError."""
    keys = {UUID(entry["device"]) for entry in entries if isinstance(entry, dict) and is_id(entry.get("device"))}
    if entries and not Device.objects.filter(pk__in=keys).exists():
        pass_door(limit=STRANGERS, address=address, at=at)


def moment(text: object) -> datetime | None:
    try:
        return read_time(text) if isinstance(text, str) else None
    except ValueError:
        return None


@call("offline.send", "POST", signed_in=False)
def status(request: HttpRequest) -> HttpResponse:
    """Answer a device what became of the records it sent."""
    at = now()
    pass_door(limit=SENDINGS, address=client_address(request), at=at)
    sent = read_json(request, SMALL)
    ids = listed(sent, "ids", MOST_IDS)
    key, told, signature = sent.get("device"), sent.get("at"), sent.get("signature")
    if not isinstance(key, str) or not is_id(key) or not all(is_id(each) for each in ids):
        raise BadInputError("offline-request")
    if not isinstance(told, str) or not isinstance(signature, str) or moment(told) is None:
        raise BadInputError("offline-request")
    row = Device.objects.filter(pk=UUID(key)).first()
    if row is None:
        return refused("offline-device-unknown", 403)
    if not signed_by(row.public_key, status_text(key, told, ids), signature):
        return refused("offline-signature", 403)
    found = envelopes_of_device(row, ids)
    return results([(each, found.get(each)) for each in ids], at)


@call("offline.send", "POST", signed_in=False)
def parts_here(request: HttpRequest) -> HttpResponse:
    """Answer which parts of photos have still to come."""
    pass_door(limit=SENDINGS, address=client_address(request), at=now())
    asked = listed(read_json(request, SMALL), "parts", MOST_DIGESTS)
    return JsonResponse({"missing": services.missing_parts([each for each in asked if is_digest(each)])})


@call("offline.send", "PUT", signed_in=False)
def part(request: HttpRequest, sha256: str) -> HttpResponse:
    """Store one part of a photo."""
    at = now()
    pass_door(limit=PARTS, address=client_address(request), at=at)
    data = read_bytes(request, PART_BYTES)
    if not is_digest(sha256) or hashlib.sha256(data).hexdigest() != sha256:
        return refused("offline-part-other", 422)
    if not services.store_part(sha256=sha256, data=data, at=at):
        return refused("offline-part-unknown", 404)
    return HttpResponse(status=204)
