"""What was made in the hall, as the envelopes that phones send: signed by the package's key, sealed for the server."""

import json
import secrets
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rembuk.core.offline.envelope import from_base64, read_envelope, to_base64
from rembuk.deliberation.models import Meeting
from rembuk.hall.venue import Venue

Made = tuple[str, uuid.UUID, datetime, Mapping[str, Any]]
"""(kind, id, when, body) of one record."""


def records_of(venue: Venue) -> Iterator[Made]:
    """Yield what was added in the hall, in the order in which the server applies it."""
    meeting = Meeting.objects.get(pk=venue.meeting)
    about = {"meeting": str(meeting.pk)}
    since = {"created_at__gte": venue.issued_at}
    if meeting.started_at is not None and meeting.started_at >= venue.issued_at:
        body = {**about, "at": moment(meeting.started_at)}
        yield "meeting-start", made_id(venue, "start", body), meeting.started_at, body
    for person in meeting.attendance.filter(**since).order_by("created_at", "id"):
        values = {
            name: getattr(person, name)
            for name in ("name", "sex", "element", "address", "position", "invited", "signed")
        }
        yield "attendance", person.pk, person.captured_at, {**about, **values, "votes": person.has_voting_right}
    for note in meeting.notes.filter(**since).order_by("order", "created_at", "id"):
        names = ("agenda_point", "speaker", "sex", "element", "point", "response", "conclusion")
        yield "note", note.pk, note.created_at, {**about, **{name: getattr(note, name) for name in names}}
    for row in meeting.decisions.filter(**since).order_by("number", "id"):
        votes = [row.votes_for, row.votes_against, row.votes_abstain] if row.method == "vote" else None
        yield "decision", row.pk, row.created_at, {**about, "text": row.text, "votes": votes}
    if meeting.ended_at is not None and meeting.ended_at >= venue.issued_at:
        body = {**about, "at": moment(meeting.ended_at)}
        yield "meeting-close", made_id(venue, "close", body), meeting.ended_at, body


def made_id(venue: Venue, kind: str, body: Mapping[str, Any]) -> uuid.UUID:
    """Return the same key for the same record, so that sending twice changes nothing."""
    return uuid.uuid5(venue.id, f"{kind} {json.dumps(body, sort_keys=True)}")


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def envelopes(venue: Venue, key: bytes) -> list[dict[str, Any]]:
    """Return everything that goes home. key: private half of the package's pair, PKCS8 DER."""
    private = serialization.load_der_private_key(key, password=None)
    server = serialization.load_der_public_key(from_base64(venue.server_key))
    assert isinstance(private, ec.EllipticCurvePrivateKey)  # made so by the server
    assert isinstance(server, rsa.RSAPublicKey)  # made so by the server
    return [sealed(venue, private, server, made) for made in records_of(venue)]


def sealed(venue: Venue, private: ec.EllipticCurvePrivateKey, server: rsa.RSAPublicKey, made: Made) -> dict[str, Any]:
    kind, key, at, body = made
    officer = venue.officers[0]
    content, iv = secrets.token_bytes(32), secrets.token_bytes(12)
    oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    sent: dict[str, Any] = {
        "id": str(key),
        "kind": kind,
        "schema": 1,
        "device": str(venue.id),
        "person": str(officer.person),
        "assignment": str(officer.assignment),
        "package": str(venue.id),
        "captured_at": moment(at),
        "after": [],
        "parts": [],
        "key": venue.server_key_id,
        "wrapped": to_base64(server.encrypt(content, oaep)),
        "iv": to_base64(iv),
        "body": "",
        "signature": "",
    }
    head = read_envelope(sent).head.encode()
    sent["body"] = to_base64(AESGCM(content).encrypt(iv, json.dumps(body).encode(), head))
    r, s = decode_dss_signature(private.sign(read_envelope(sent).signed_text.encode(), ec.ECDSA(hashes.SHA256())))
    sent["signature"] = to_base64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return sent
