"""An envelope as values, the text that its device signs, its digest and its receipt.

The text is the contract between phone and server byte for byte; `docs/offline.md` says it in words.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

MARK: Final = "rembuk-envelope-1"
STATUS_MARK: Final = "rembuk-status-1"
MOST_PARENTS: Final = 20
MOST_PARTS: Final = 40
LONGEST_KIND: Final = 20
LONGEST_KEY: Final = 40
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")
_BASE64 = re.compile(r"[A-Za-z0-9_-]*")
_WORD = re.compile(r"[A-Za-z0-9._-]+")


class MalformedError(ValueError):
    """What came is no envelope; *field* names the part that cannot be read."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope with every text as it was sent. Ids are lower case with hyphens; binary parts are base64url."""

    id: str
    kind: str
    schema: int
    device: str
    person: str
    assignment: str
    package: str
    captured_at: str
    after: tuple[str, ...]
    parts: tuple[str, ...]
    key: str
    wrapped: str
    iv: str
    body: str
    signature: str

    @property
    def head(self) -> str:
        """The additional data of the sealed body, and the beginning of what is signed."""
        return "\n".join(
            (
                MARK,
                self.id,
                self.kind,
                str(self.schema),
                self.device,
                self.person,
                self.assignment,
                self.package,
                self.captured_at,
                ",".join(self.after),
                ",".join(self.parts),
                self.key,
            )
        )

    @property
    def signed_text(self) -> str:
        return "\n".join((self.head, self.wrapped, self.iv, self.body))

    @property
    def digest(self) -> str:
        """SHA-256, hex, over the signed text and the signature."""
        return hashlib.sha256(f"{self.signed_text}\n{self.signature}".encode()).hexdigest()

    @property
    def captured(self) -> datetime:
        return read_time(self.captured_at)


def read_envelope(sent: Any) -> Envelope:
    """Return what was sent as an envelope. Raises: MalformedError naming the first field that cannot be read."""
    if not isinstance(sent, Mapping):
        raise MalformedError("envelope")
    schema = sent.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or not 1 <= schema <= 1_000_000:
        raise MalformedError("schema")
    made = Envelope(
        id=_uuid(sent, "id"),
        kind=_short(sent, "kind", LONGEST_KIND),
        schema=schema,
        device=_uuid(sent, "device"),
        person=_uuid(sent, "person"),
        assignment=_uuid(sent, "assignment"),
        package=_uuid(sent, "package"),
        captured_at=_matching(sent, "captured_at", _TIME),
        after=_several(sent, "after", _UUID, MOST_PARENTS),
        parts=_several(sent, "parts", _SHA, MOST_PARTS),
        key=_short(sent, "key", LONGEST_KEY),
        wrapped=_matching(sent, "wrapped", _BASE64),
        iv=_matching(sent, "iv", _BASE64),
        body=_matching(sent, "body", _BASE64),
        signature=_matching(sent, "signature", _BASE64),
    )
    try:
        read_time(made.captured_at)
    except ValueError as error:
        raise MalformedError("captured_at") from error
    return made


def _matching(sent: Mapping[str, Any], name: str, pattern: "re.Pattern[str]") -> str:
    value = sent.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise MalformedError(name)
    return value


def _uuid(sent: Mapping[str, Any], name: str) -> str:
    return _matching(sent, name, _UUID)


def _short(sent: Mapping[str, Any], name: str, limit: int) -> str:
    value = _matching(sent, name, _WORD)
    if len(value) > limit:
        raise MalformedError(name)
    return value


def _several(sent: Mapping[str, Any], name: str, pattern: "re.Pattern[str]", most: int) -> tuple[str, ...]:
    values = sent.get(name, ())
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) > most:
        raise MalformedError(name)
    if any(not isinstance(value, str) or not pattern.fullmatch(value) for value in values):
        raise MalformedError(name)
    return tuple(values)


def is_id(text: object) -> bool:
    """Return whether *text* is an id as this contract writes it."""
    return isinstance(text, str) and bool(_UUID.fullmatch(text))


def is_digest(text: object) -> bool:
    """Return whether *text* is a SHA-256 in lower-case hex."""
    return isinstance(text, str) and bool(_SHA.fullmatch(text))


def read_time(text: str) -> datetime:
    """Return a moment as devices write it: ``2026-09-22T01:15:02.123Z``. Raises: ValueError.

    A phone whose battery died says 1970; what lies before that or a thousand years ahead is no clock.
    """
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if not 1970 <= moment.year < 3000:
        raise ValueError(text)
    return moment


def write_time(moment: datetime) -> str:
    """Return a moment with a time zone as this contract writes it, whole milliseconds: ``2026-09-22T01:15:02.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def receipt_of(digest: str) -> str:
    """Return the receipt of a digest, which both sides work out: ``9F3A-22C1-07BE``."""
    short = digest[:12].upper()
    return f"{short[:4]}-{short[4:8]}-{short[8:]}"


def status_text(device: str, at: str, ids: Sequence[str]) -> str:
    """Return what a device signs when it asks what became of its records."""
    return "\n".join((STATUS_MARK, device, at, ",".join(ids)))


def to_base64(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    """Return the bytes behind base64url without padding. Raises: ValueError."""
    if not isinstance(text, str) or not _BASE64.fullmatch(text):
        raise ValueError("base64")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("base64") from error
