"""A phone in Python: it makes keys, seals, signs and cuts as the contract says, byte for byte, and nothing else.

    phone = Phone(person_id, assignment_id)
    registered(phone, client); phone.take(package)
    sent = phone.seal("note", {"meeting": ..., "point": "..."})
    client.post("/api/lapangan/1/amplop", {"sent_at": ..., "envelopes": [sent]}, content_type="application/json")

It holds no rule of the server and takes no code from it: what both sides must agree on is written here a second time.
"""

import base64
import hashlib
import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PART_BYTES = 256 * 1024
NOBODY = "00000000-0000-4000-8000-000000000000"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def js_time(moment: datetime) -> str:
    """As `Date.prototype.toISOString` writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Phone:
    """One person on one phone. behind: how far its clock is behind the true time."""

    person: str
    assignment: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    behind: timedelta = timedelta(0)
    package: str = NOBODY
    server_key: str = ""
    spki: str = ""

    @property
    def public_key(self) -> str:
        der = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return b64(der)

    def clock(self, true: datetime) -> str:
        return js_time(true - self.behind)

    def take(self, package: dict[str, Any]) -> None:
        self.package, self.assignment = package["id"], package["assignment"]["id"]
        self.server_key, self.spki = package["server_key"]["id"], package["server_key"]["spki"]

    def sign(self, text: str) -> str:
        r, s = decode_dss_signature(self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def seal(
        self,
        kind: str,
        body: Any,
        *,
        at: datetime,
        id: str = "",
        after: Sequence[str] = (),
        parts: Sequence[str] = (),
        schema: int = 1,
        **other: Any,
    ) -> dict[str, Any]:
        """Return the envelope of a record made at the true moment *at*."""
        made: dict[str, Any] = {
            "id": id or str(uuid.uuid4()),
            "kind": kind,
            "schema": schema,
            "device": self.id,
            "person": self.person,
            "assignment": self.assignment,
            "package": self.package,
            "captured_at": self.clock(at),
            "after": list(after),
            "parts": list(parts),
            "key": self.server_key,
            **other,
        }
        head = head_of(made)
        content_key, iv = os.urandom(32), os.urandom(12)
        server = serialization.load_der_public_key(unb64(self.spki))
        oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
        made["wrapped"] = b64(server.encrypt(content_key, oaep))  # type: ignore[union-attr]
        made["iv"] = b64(iv)
        made["body"] = b64(AESGCM(content_key).encrypt(iv, json.dumps(body).encode(), head.encode()))
        made["signature"] = self.sign("\n".join([head, made["wrapped"], made["iv"], made["body"]]))
        return made

    def photo(
        self, picture: bytes, of: str, of_kind: str, *, at: datetime, name: str = "foto.jpg", after: Sequence[str] = ()
    ) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return the envelope of a photo, and its parts by digest, in order."""
        key, iv = os.urandom(32), os.urandom(12)
        sealed = AESGCM(key).encrypt(iv, picture, None)
        pieces = [sealed[start : start + PART_BYTES] for start in range(0, len(sealed), PART_BYTES)]
        parts = {hashlib.sha256(piece).hexdigest(): piece for piece in pieces}
        body = {
            "of": of, "of_kind": of_kind, "name": name, "caption": "", "size": len(picture),
            "key": b64(key), "iv": b64(iv), "taken_at": self.clock(at),
        }  # fmt: skip
        return self.seal("photo", body, at=at, parts=list(parts), after=after), parts

    def asking(self, ids: Sequence[str], *, at: datetime) -> dict[str, Any]:
        """Return the signed question what became of these records."""
        told = self.clock(at)
        text = "\n".join(["rembuk-status-1", self.id, told, ",".join(ids)])
        return {"device": self.id, "at": told, "ids": list(ids), "signature": self.sign(text)}


def head_of(made: dict[str, Any]) -> str:
    lines = [
        "rembuk-envelope-1", made["id"], made["kind"], str(made["schema"]), made["device"], made["person"],
        made["assignment"], made["package"], made["captured_at"], ",".join(made["after"]), ",".join(made["parts"]),
        made["key"],
    ]  # fmt: skip
    return "\n".join(lines)


def receipt_of(made: dict[str, Any]) -> str:
    """Return the receipt that the phone works out itself."""
    text = "\n".join([head_of(made), made["wrapped"], made["iv"], made["body"], made["signature"]])
    short = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return "-".join([short[:4], short[4:8], short[8:]])
