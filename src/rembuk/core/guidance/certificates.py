"""A certificate's facts as one signed text, which a QR carries and a phone checks without network.

The text has one fact a line and the signature last, so that any QR reader shows what it says. Signature: ECDSA over
P-256 with SHA-256, the two numbers one after the other (64 bytes, base64url), as WebCrypto wants it.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from rembuk.core.errors import BadInputError

MARK: Final = "REMBUK-SERTIFIKAT-1"
CODE_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 10
HALF: Final = 32
FOREVER: Final = "-"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What is signed. code: ten signs, printed; key: which key signs; valid_until: last day, nothing without end."""

    number: str
    name: str
    title: str
    jp: int
    issued: date
    valid_until: date | None
    code: str
    key: str


def new_code() -> str:
    """Return an unguessable code without letters that are mistaken for digits."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a code from what was typed: any case, O for 0, I and L for 1, spaces and dashes left out."""
    plain = "".join(sign for sign in text.upper() if sign not in " -")
    return plain.translate(str.maketrans("OIL", "011"))


def shown_code(code: str) -> str:
    """Return a code as it is printed: ``7K3QF-M2XAB``."""
    return f"{code[:5]}-{code[5:]}"


def text_of(facts: CertificateFacts) -> str:
    """Return the text that is signed; a line break inside a fact becomes a space."""
    lines = (
        MARK,
        facts.number,
        facts.name,
        facts.title,
        str(facts.jp),
        facts.issued.isoformat(),
        facts.valid_until.isoformat() if facts.valid_until else FOREVER,
        facts.code,
        facts.key,
    )
    return "\n".join(" ".join(line.split()) for line in lines)


def sign(facts: CertificateFacts, key: ec.EllipticCurvePrivateKey) -> str:
    """Return the text with its signature as the last line."""
    text = text_of(facts)
    first, second = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    raw = first.to_bytes(HALF, "big") + second.to_bytes(HALF, "big")
    return f"{text}\n{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def read_signed(signed: str) -> tuple[CertificateFacts, str, bytes]:
    """Return the facts, the signed text and the signature. Raises: BadInputError ``certificate-text``."""
    text, _, tail = signed.replace("\r\n", "\n").strip().rpartition("\n")
    lines = text.split("\n")
    if len(lines) != 9 or lines[0] != MARK:
        raise BadInputError("certificate-text")
    _mark, number, name, title, jp, issued, until, code, key = lines
    try:
        raw = base64.b64decode(tail + "=" * (-len(tail) % 4), altchars=b"-_", validate=True)
        valid_until = None if until == FOREVER else date.fromisoformat(until)
        facts = CertificateFacts(number, name, title, int(jp), date.fromisoformat(issued), valid_until, code, key)
    except ValueError as error:
        raise BadInputError("certificate-text") from error
    if len(raw) != 2 * HALF:
        raise BadInputError("certificate-text")
    return facts, text, raw


def verify(signed: str, key: ec.EllipticCurvePublicKey) -> bool:
    """Return whether the text was signed with the key that *key* belongs to. Raises: BadInputError."""
    _facts, text, raw = read_signed(signed)
    whole = encode_dss_signature(int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big"))
    try:
        key.verify(whole, text.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def years_after(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


Standing = Literal["valid", "refresh", "expired", "revoked"]


def standing_of(valid_until: date | None, today: date, *, revoked: bool, refresh: bool) -> Standing:
    """Return how a certificate stands today; the last day still counts. refresh: a rule that it covers has changed."""
    if revoked:
        return "revoked"
    if valid_until is not None and today > valid_until:
        return "expired"
    return "refresh" if refresh else "valid"
