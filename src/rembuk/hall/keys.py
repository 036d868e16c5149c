"""The key that signs packages: worked out from the secret of this installation, so that no file more can be lost."""

import base64

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from rembuk.core.hall.package import fingerprint_of, text_of

PURPOSE = b"rembuk.hall.package"


def signing_key() -> Ed25519PrivateKey:
    """Return the key of this installation; every process works out the same one."""
    seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def fingerprint() -> str:
    """Return what the page shows beside the download, for people to compare on the laptop."""
    return fingerprint_of(text_of(signing_key().public_key()))


def new_pair() -> tuple[bytes, str]:
    """Return a fresh pair for one package (ECDSA P-256): private half as PKCS8 DER, public half as base64url SPKI."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return private, base64.urlsafe_b64encode(public).decode().rstrip("=")
