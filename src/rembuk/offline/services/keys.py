"""The keys that phones seal for: made on first use, replaced by a person, kept for as long as a phone may be away.

They lie in the database, since every web process opens envelopes; the database alone gives them to nobody: the seal
(AES-GCM) comes from the secret of the data folder or the environment.
"""

import base64
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat, command_hat
from rembuk.core.offline.sealing import new_server_key, read_server_key
from rembuk.core.permissions import Somewhere, require
from rembuk.offline.models import ServerKey
from rembuk.shared import trail
from rembuk.shared.trail.record import record

NONCE = 12
PURPOSE = b"rembuk.offline.server-key"


def key_at_work(at: datetime) -> ServerKey:
    """Return the key that packages name now, made on the first use."""
    found = ServerKey.objects.filter(at_work=True).first()
    if found is not None:
        return found
    made = made_key(at)
    try:
        with transaction.atomic():
            keep(made, command_hat("kunci penerima", ""))
    except IntegrityError:
        # Two first packages at the same moment: the constraint let one through.
        return ServerKey.objects.get(at_work=True)
    return made


def rotate_key(*, actor: Hat, at: datetime) -> ServerKey:
    """Put a fresh key to work; the one before is kept and goes on opening what was sealed for it.

    Raises: NotAllowedError.
    """
    require(actor, "offline.rotate", Somewhere(actor.place))
    made = made_key(at)
    with transaction.atomic():
        # Locked in one order, so that two rotations at once leave one key at work.
        for row in ServerKey.objects.select_for_update().filter(at_work=True):
            row.at_work, row.retired_at = False, at
            row.save(update_fields=["at_work", "retired_at"])
        keep(made, actor)
    return made


def made_key(at: datetime) -> ServerKey:
    """Return a fresh key in memory: making one takes a while and must hold no lock."""
    public, raw = new_server_key()
    code = f"{at:%Y%m%d}-{secrets.token_hex(4)}"
    return ServerKey(code=code, public=public, private=sealed(raw, code))


def keep(made: ServerKey, actor: Hat) -> None:
    with trail.acting(actor, "offline.rotate"):
        made.save(force_insert=True)
        record(table=ServerKey._meta.db_table, object_id=str(made.pk), note={"code": made.code})


def private_of(row: ServerKey) -> rsa.RSAPrivateKey:
    """Return the private half. Raises: RefusedError ``offline-key-shut`` under another installation's secret."""
    data = base64.b64decode(row.private)
    try:
        raw = sealing_key().decrypt(data[:NONCE], data[NONCE:], row.code.encode())
    except InvalidTag as error:
        raise RefusedError("offline-key-shut", key=row.code) from error
    return read_server_key(raw)


def sealed(raw: bytes, code: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + sealing_key().encrypt(nonce, raw, code.encode())).decode()


def sealing_key() -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE)
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
