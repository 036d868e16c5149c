"""Sealing and signing what goes home, so that the same record is the same bytes again.

An envelope is known by its bytes: sent again, or from the last file on another laptop, it must not look like a second
one. So nothing is drawn: the key of each body and the padding of its sealing come from the package's private key and
the record itself, and the signature is deterministic (RFC 6979).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rembuk.core.offline.envelope import from_base64, read_envelope, to_base64
from rembuk.hall.venue import Venue

DIGEST = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """private: of the package; secret: its bytes, from which each record's key is derived; server: its public key."""

    private: ec.EllipticCurvePrivateKey
    secret: bytes
    server: rsa.RSAPublicKey


def keys_of(key: bytes, server_key: str) -> Keys:
    """Return the pair. key: PKCS8 DER; server_key: base64url SPKI. Raises: ValueError."""
    private = serialization.load_der_private_key(key, password=None)
    server = serialization.load_der_public_key(from_base64(server_key))
    assert isinstance(private, ec.EllipticCurvePrivateKey)  # made so by the server
    assert isinstance(server, rsa.RSAPublicKey)  # made so by the server
    return Keys(private, key, server)


def sealed(venue: Venue, keys: Keys, head: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return one envelope. head: id, kind, captured_at, after."""
    officer = venue.officers[0]
    said = json.dumps(body, sort_keys=True).encode()
    about = json.dumps(head, sort_keys=True).encode() + b"\n" + said
    content, iv, seed = (derived(keys.secret, word, about) for word in (b"content", b"iv", b"seed"))
    sent: dict[str, Any] = {
        **head,
        "schema": 1,
        "device": str(venue.id),
        "person": str(officer.person),
        "assignment": str(officer.assignment),
        "package": str(venue.id),
        "parts": [],
        "key": venue.server_key_id,
        "wrapped": to_base64(wrapped(keys.server, content, seed)),
        "iv": to_base64(iv[:12]),
        "body": "",
        "signature": "",
    }
    text = read_envelope(sent).head.encode()
    sent["body"] = to_base64(AESGCM(content).encrypt(iv[:12], said, text))
    signing = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(keys.private.sign(read_envelope(sent).signed_text.encode(), signing))
    sent["signature"] = to_base64(r.to_bytes(DIGEST, "big") + s.to_bytes(DIGEST, "big"))
    return sent


def derived(secret: bytes, word: bytes, about: bytes) -> bytes:
    return hmac.digest(secret, b"rembuk.hall." + word + b"\n" + about, "sha256")


def wrapped(server: rsa.RSAPublicKey, content: bytes, seed: bytes) -> bytes:
    """Return RSA-OAEP (SHA-256, no label; RFC 8017, 7.1.1) of *content* with this seed of 32 bytes."""
    size = server.key_size // 8
    block = hashlib.sha256(b"").digest()
    block += bytes(size - len(content) - 2 * DIGEST - 2) + b"\x01" + content
    masked = xor(block, mask(seed, len(block)))
    whole = b"\x00" + xor(seed, mask(masked, DIGEST)) + masked
    numbers = server.public_numbers()
    return pow(int.from_bytes(whole, "big"), numbers.e, numbers.n).to_bytes(size, "big")


def mask(seed: bytes, size: int) -> bytes:
    """Return MGF1 with SHA-256 (RFC 8017, B.2.1)."""
    blocks = (hashlib.sha256(seed + number.to_bytes(4, "big")).digest() for number in range(-(-size // DIGEST)))
    return b"".join(blocks)[:size]


def xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
