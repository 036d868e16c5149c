"""The keys that sign certificates: one pair a regency, the private half sealed with the secret of this installation.

It lies in the database because web processes are stateless and any of them may sign; the database alone gives it to
nobody: the seal (AES-GCM) is derived from the secret that lies in the data folder or the environment.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rembuk.core.errors import RefusedError
from rembuk.core.guidance.certificates import CODE_SIGNS
from rembuk.guidance.training.models import SigningKey

NONCE = 12
PURPOSE = b"rembuk.training.signing-key"


def signing_key(regency_id: str) -> tuple[SigningKey, ec.EllipticCurvePrivateKey]:
    """Return the key that signs for a regency, made on the first use. Wants a transaction whose actor is told.

    Raises: RefusedError ``certificate-key-shut`` when the installation's secret is not the one that sealed it.
    """
    row = SigningKey.objects.select_for_update().filter(regency_id=regency_id, retired_at__isnull=True).first()
    if row is None:
        row = new_key(regency_id)
    return row, opened(row)


def new_key(regency_id: str) -> SigningKey:
    private = ec.generate_private_key(ec.SECP256R1())
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(8))
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    raw = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey.objects.create(
        regency_id=regency_id, code=code, public=base64.b64encode(spki).decode(), private=sealed(raw, code)
    )


def sealing_key() -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE)
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))


def sealed(raw: bytes, code: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + sealing_key().encrypt(nonce, raw, code.encode())).decode()


def opened(row: SigningKey) -> ec.EllipticCurvePrivateKey:
    """Return the private half. Raises: RefusedError ``certificate-key-shut``."""
    data = base64.b64decode(row.private)
    try:
        raw = sealing_key().decrypt(data[:NONCE], data[NONCE:], row.code.encode())
    except InvalidTag as error:
        raise RefusedError("certificate-key-shut") from error
    key = serialization.load_der_private_key(raw, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise RefusedError("certificate-key-shut")
    return key


def public_key(row: SigningKey) -> ec.EllipticCurvePublicKey:
    """Return the public half. Raises: ValueError when the row holds none."""
    key = serialization.load_der_public_key(base64.b64decode(row.public))
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError(row.code)
    return key
