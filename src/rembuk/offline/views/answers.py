"""Doors and answers of the field's API: JSON, no redirect, a sentence for a person in every refusal."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from rembuk.accounts.models import Person
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.offline.envelope import receipt_of, write_time
from rembuk.offline.models import Envelope, Part
from rembuk.offline.readiness import keys_lost
from rembuk.shared import clock
from rembuk.shared.wording import sentence

View = Callable[..., HttpResponse]


def call(act: str, method: str, *, signed_in: bool) -> Callable[[View], View]:
    """Mark a view as a call of the API under *act*. signed_in: it wants a session, and then its CSRF token.

    The others carry their author's signature: they take no session and no cookie into account.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method != method:
                return HttpResponseNotAllowed([method])
            if signed_in and not request.user.is_authenticated:
                return refused("offline-sign-in", 401)
            if keys_lost():
                return refused("offline-keys-lost", 503)
            try:
                return view(request, **kwargs)
            except RembukError as error:
                return refusal(error)

        door.act = act  # type: ignore[attr-defined]
        door.methods = (method,)  # type: ignore[attr-defined]
        return door if signed_in else csrf_exempt(door)

    return mark


def refused(code: str, status: int, **values: object) -> JsonResponse:
    return refusal(RembukError(code, **values), status)


def refusal(error: RembukError, status: int = 0) -> JsonResponse:
    """Word a refusal. What a device sent and nobody can take is 422 where the contract says so, not a conflict."""
    answer = JsonResponse({"code": error.code, "message": sentence(error)}, status=status or error.status)
    if answer.status_code == 429:
        answer["Retry-After"] = str(int(str(error.values.get("minutes", 1))) * 60)
    return answer


def person_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the door has made sure
    return request.user


class TooLargeError(RembukError):
    """More than one sending may hold."""

    status = 413


def read_bytes(request: HttpRequest, limit: int) -> bytes:
    """Return the body of a request. Raises: TooLargeError, BadInputError."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
        raise TooLargeError("offline-too-many")
    try:
        data = request.body
    except (RawPostDataException, UnreadablePostError) as error:
        raise BadInputError("offline-request") from error
    if len(data) > limit:
        raise TooLargeError("offline-too-many")
    return data


def read_json(request: HttpRequest, limit: int) -> dict[str, Any]:
    """Return the JSON object of a request. Raises: TooLargeError, BadInputError."""
    data = read_bytes(request, limit)
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadInputError("offline-request") from error
    if not isinstance(sent, dict):
        raise BadInputError("offline-request")
    return sent


def listed(sent: dict[str, Any], name: str, most: int) -> list[Any]:
    """Return a list of a request. Raises: TooLargeError, BadInputError."""
    found = sent.get(name)
    if not isinstance(found, list):
        raise BadInputError("offline-request")
    if len(found) > most:
        raise TooLargeError("offline-too-many")
    return found


def results(rows: Iterable[tuple[Any, Envelope | None]], at: datetime) -> JsonResponse:
    """Answer what became of records. Two queries besides those of the rows."""
    pairs = list(rows)
    waiting = [row.pk for _name, row in pairs if row is not None and row.state == Envelope.State.WAITING]
    missing: dict[UUID, list[str]] = {}
    gone = Part.objects.filter(envelope_id__in=waiting, stored_at__isnull=True).order_by("envelope_id", "order")
    for key, sha256 in gone.values_list("envelope_id", "sha256"):
        missing.setdefault(key, []).append(sha256)
    return JsonResponse({"now": write_time(at), "results": [result(name, row, missing) for name, row in pairs]})


def result(name: Any, row: Envelope | None, missing: dict[UUID, list[str]]) -> dict[str, Any]:
    if row is None:
        return {"id": name, "state": "unknown", "receipt": "", "code": "unknown", "message": "", "missing": []}
    return {
        "id": name,
        "state": row.state,
        "receipt": receipt_of(row.digest),
        "code": row.code,
        "message": row.message,
        "missing": missing.get(row.pk, []),
        "object": str(row.object_key) if row.object_key else None,
        "flags": row.flags,
    }


def now() -> datetime:
    return clock.now()
