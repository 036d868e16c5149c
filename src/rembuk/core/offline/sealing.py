"""Opening what a phone sealed, and checking who signed it: RSA-OAEP, AES-256-GCM, ECDSA P-256. No Django, no clock."""

from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rembuk.core.offline.envelope import Envelope, from_base64, to_base64

RSA_BITS: Final = 3072
KEY_BYTES: Final = 32
IV_BYTES: Final = 12
HALF: Final = 32
_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


class SealError(ValueError):
    """What came cannot be opened, or is not what was signed."""


def read_device_key(spki: str) -> ec.EllipticCurvePublicKey:
    """Return the public key of a device from base64url SPKI. Raises: SealError unless it is a point on P-256."""
    try:
        key = serialization.load_der_public_key(from_base64(spki))
    except (ValueError, TypeError) as error:
        raise SealError("device-key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SealError("device-key")
    return key


def signed_by(spki: str, text: str, signature: str) -> bool:
    """Return whether *signature* (raw r||s, base64url) is that of the device over *text*."""
    try:
        raw = from_base64(signature)
    except ValueError:
        return False
    if len(raw) != 2 * HALF:
        return False
    r, s = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
    try:
        read_device_key(spki).verify(encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, SealError, ValueError):
        return False
    return True


def open_body(envelope: Envelope, key: rsa.RSAPrivateKey) -> bytes:
    """Return the sealed body. Raises: SealError when it was made for another key or altered."""
    try:
        content_key = key.decrypt(from_base64(envelope.wrapped), _OAEP)
    except ValueError as error:
        raise SealError("wrapped") from error
    return _opened(content_key, from_base64(envelope.iv), from_base64(envelope.body), envelope.head.encode())


def open_photo(key: str, iv: str, sealed: bytes) -> bytes:
    """Return the picture of a photo's sealed bytes. key, iv: base64url, from the opened body. Raises: SealError."""
    try:
        return _opened(from_base64(key), from_base64(iv), sealed, None)
    except ValueError as error:
        raise SealError("photo") from error


def _opened(key: bytes, iv: bytes, sealed: bytes, head: bytes | None) -> bytes:
    if len(key) != KEY_BYTES or len(iv) != IV_BYTES:
        raise SealError("key")
    try:
        return AESGCM(key).decrypt(iv, sealed, head)
    except InvalidTag as error:
        raise SealError("altered") from error


def new_server_key() -> tuple[str, bytes]:
    """Return a fresh pair of RSA 3072: SPKI in base64url, and the private half as PKCS8 DER."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    raw = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return to_base64(spki), raw


def read_server_key(raw: bytes) -> rsa.RSAPrivateKey:
    """Return the private half from PKCS8 DER. Raises: SealError."""
    # Checking the primes of a stored key takes far longer than opening a body; its own seal tells an altered one.
    key = serialization.load_der_private_key(raw, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SealError("server-key")
    return key
