"""Bytes under their SHA-256: a file is written once, whole, and read back only if it is still what it was."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from rembuk.core.errors import RembukError


def path_of(sha256: str) -> Path:
    """Return where the bytes with this digest lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def put(data: bytes) -> str:
    """Store *data* and return its digest. Acknowledged means on disk: the file and its folder are synced."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if target.exists() and target.stat().st_size == len(data):
        return digest
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f".{digest[:16]}.{secrets.token_hex(6)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return digest


def sync_folder(folder: Path) -> None:
    """Make a rename in *folder* last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes:
    """Return the bytes. Raises: RembukError if they are gone or no longer what they were."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError as error:
        raise RembukError("file-lost", sha256=sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RembukError("file-altered", sha256=sha256)
    return data


def drop(sha256: str) -> None:
    """Delete the bytes with this digest; the caller has made sure that no row names them any more."""
    path_of(sha256).unlink(missing_ok=True)
