"""The signed package that a laptop takes to a hall: one zip whose manifest names every member by its SHA-256.

The manifest is signed by the server (Ed25519). Whoever changes a byte of a member, adds one or leaves one out is found
before anything is read. The same content is the same file: members lie in the order of their names and carry no time.
"""

import base64
import binascii
import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rembuk.core.errors import RefusedError

FORMAT: Final = "rembuk-hall/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
LIFETIME: Final = timedelta(days=7)
MOST_BYTES: Final = 200 * 1024 * 1024
"""No package of one village comes near this; a file that unpacks to more is no package."""

_MOMENT: Final = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Opened:
    """A package whose signature and members hold. fingerprint: of the key that signed it, for people to compare."""

    manifest: Mapping[str, Any]
    members: Mapping[str, bytes]
    fingerprint: str


def write_package(manifest: Mapping[str, Any], members: Mapping[str, bytes], key: Ed25519PrivateKey) -> bytes:
    """Return the file. *manifest* gets its format, the list of members and the public key here."""
    listed = {name: {"sha256": digest_of(data), "size": len(data)} for name, data in sorted(members.items())}
    full = {**manifest, "format": FORMAT, "members": listed, "signed_by": text_of(key.public_key())}
    text = json.dumps(full, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in ((MANIFEST, text), (SIGNATURE, key.sign(text)), *sorted(members.items())):
            file.writestr(zipfile.ZipInfo(name, _MOMENT), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def open_package(data: bytes) -> Opened:
    """Return the content of a package. Raises: RefusedError ``hall-not-a-package``, ``hall-altered``."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            if sum(each.file_size for each in file.infolist()) > MOST_BYTES:
                raise RefusedError("hall-not-a-package")
            content = {name: file.read(name) for name in file.namelist()}
        text, signature = content.pop(MANIFEST), content.pop(SIGNATURE)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, EOFError, ValueError) as error:
        raise RefusedError("hall-not-a-package") from error
    except zlib.error as error:  # a byte was changed inside a compressed member
        raise RefusedError("hall-altered") from error
    manifest = read_manifest(text, signature)
    listed = manifest.get("members")
    if not isinstance(listed, dict) or set(listed) != set(content):
        raise RefusedError("hall-altered")
    if any(listed[name].get("sha256") != digest_of(held) for name, held in content.items()):
        raise RefusedError("hall-altered")
    return Opened(manifest, content, fingerprint_of(str(manifest["signed_by"])))


def read_manifest(text: bytes, signature: bytes) -> dict[str, Any]:
    """Return the manifest if its own key signed it. Raises: RefusedError."""
    try:
        manifest = json.loads(text)
        key = public_key_of(manifest["signed_by"])
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise RefusedError("hall-altered") from error
    if manifest.get("format") != FORMAT:
        raise RefusedError("hall-not-a-package")
    try:
        key.verify(signature, text)
    except InvalidSignature as error:
        raise RefusedError("hall-altered") from error
    return dict(manifest)


def check_fit(manifest: Mapping[str, Any], *, program: str, schema: str, at: datetime, village: str = "") -> None:
    """Refuse a package that this laptop must not open.

    village: code or key that was asked for, "" for any. Raises: RefusedError ``hall-other-version``,
    ``hall-other-village``, ``hall-expired``; each says what to do.
    """
    if (manifest.get("program"), manifest.get("schema")) != (program, schema):
        raise RefusedError(
            "hall-other-version",
            theirs=f"{manifest.get('program')} ({manifest.get('schema')})",
            ours=f"{program} ({schema})",
        )
    place = manifest.get("village", {})
    if village and village not in (place.get("code"), place.get("key")):
        raise RefusedError("hall-other-village", name=place.get("name", ""), owner=place.get("code", ""), asked=village)
    if at >= datetime.fromisoformat(str(manifest["expires_at"])):
        raise RefusedError("hall-expired", until=str(manifest["expires_at"])[:10])


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def text_of(key: Ed25519PublicKey) -> str:
    return base64.urlsafe_b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode().rstrip("=")


def public_key_of(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def fingerprint_of(text: str) -> str:
    """Return what people compare of a key: ``9F3A-22C1-07BE-55D0``."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16].upper()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))
