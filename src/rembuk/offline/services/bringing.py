"""The file that came by cable: the same envelopes and parts in a zip, taken in through the same doors."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from rembuk.core.errors import BadInputError
from rembuk.core.hat import Hat
from rembuk.core.offline.envelope import is_digest
from rembuk.core.permissions import Somewhere, require
from rembuk.offline.models import Envelope
from rembuk.offline.services.receiving import receive, store_part
from rembuk.shared import files

AT_ONCE: Final = 50
MOST_ENTRIES: Final = 10_000
MOST_ENVELOPES: Final = 5_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_JSON: Final = 30 * 1024 * 1024
PART_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought. states: state -> how many records are in it now; parts: stored; strange: of no record."""

    records: int
    states: dict[str, int] = field(default_factory=dict)
    parts: int = 0
    strange: int = 0


def bring_file(*, source: files.Upload | bytes, actor: Hat, at: datetime) -> Brought:
    """Take in the file of a phone. The signatures in it name the authors; *actor* only carries it. Idempotent.

    Raises: NotAllowedError, BadInputError (no such file, too large): then nothing was stored.
    """
    require(actor, "offline.bring", Somewhere(actor.place))
    with archive_of(files.take(source)) as archive:
        sent = envelopes_of(archive)
        keys = []
        for start in range(0, len(sent), AT_ONCE):
            rows = receive(sent=sent[start : start + AT_ONCE], at=at, way=Envelope.Way.FILE)
            keys += [row.pk for _name, row in rows]
        stored, strange = store_parts(archive, at)
    states = Counter(Envelope.objects.filter(pk__in=keys).values_list("state", flat=True))
    return Brought(len(set(keys)), dict(states), stored, strange)


def archive_of(data: bytes) -> zipfile.ZipFile:
    """Return the zip behind these bytes. Raises: BadInputError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadInputError("offline-file") from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInputError("offline-file-size")
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Return one entry, never more than *limit* whatever its header claims. Raises: BadInputError."""
    try:
        with archive.open(entry) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise BadInputError("offline-file") from error
    if len(data) > limit:
        raise BadInputError("offline-file-size")
    return data


def envelopes_of(archive: zipfile.ZipFile) -> list[Any]:
    """Return the envelopes of every ``amplop*.json``. Raises: BadInputError."""
    sent: list[Any] = []
    for entry in archive.infolist():
        if not (entry.filename.startswith("amplop") and entry.filename.endswith(".json")):
            continue
        try:
            read = json.loads(read_entry(archive, entry, MOST_JSON))
        except (ValueError, RecursionError) as error:
            raise BadInputError("offline-file") from error
        found = read.get("envelopes") if isinstance(read, dict) else None
        if not isinstance(found, list):
            raise BadInputError("offline-file")
        sent += found
    if not sent:
        raise BadInputError("offline-file")
    if len(sent) > MOST_ENVELOPES:
        raise BadInputError("offline-file-size")
    return sent


def store_parts(archive: zipfile.ZipFile, at: datetime) -> tuple[int, int]:
    """Store the parts; returns how many were stored and how many no record names or are not what they claim."""
    stored = strange = 0
    for sha256, data in parts_of(archive):
        if hashlib.sha256(data).hexdigest() == sha256 and store_part(sha256=sha256, data=data, at=at):
            stored += 1
        else:
            strange += 1
    return stored, strange


def parts_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in archive.infolist():
        folder, _slash, name = entry.filename.rpartition("/")
        if folder == "potongan" and is_digest(name) and entry.file_size <= PART_BYTES:
            yield name, read_entry(archive, entry, PART_BYTES)
