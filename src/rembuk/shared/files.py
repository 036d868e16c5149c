"""Files that people hand in: checked by what they are, not by their name, and kept under their SHA-256."""

import io
import unicodedata
import zipfile
from datetime import datetime
from pathlib import PurePath, PureWindowsPath
from typing import Protocol

from django.conf import settings
from django.db import transaction

from rembuk.core.errors import BadInputError
from rembuk.core.hat import Hat
from rembuk.shared import blobs, places
from rembuk.shared.models import Origin, StoredFile
from rembuk.shared.photos import shrink
from rembuk.shared.trail import acting

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = frozenset({JPEG, PNG, WEBP})
ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx"}
MOST_UNPACKED = 200 * 1024 * 1024


class Upload(Protocol):
    """What a form hands over: an uploaded file, or anything that can be read."""

    def read(self, count: int = ..., /) -> bytes: ...


def store(
    source: Upload | bytes,
    *,
    name: str,
    village_id: str,
    hat: Hat,
    captured_at: datetime | None = None,
    origin: Origin = Origin.ONLINE,
    scan: bool = False,
) -> StoredFile:
    """Keep one file and return its row; the same bytes under the same name by the same person give the same row.

    village_id: the village it belongs to, empty for a file of the hat's own district or regency. scan: a picture of a
    paper, kept sharper. Pictures are shrunk and lose their hidden data; their time of capture is read unless given.
    Raises: BadInputError (too large, empty, broken, of a kind that is not taken, with macros).
    """
    data = take(source)
    kind = kind_of(data)
    if kind in PICTURES:
        shrunk = shrink(data, scan=scan)
        data, kind, captured_at = shrunk.data, JPEG, captured_at or shrunk.captured_at
    place = places.of_village(village_id) if village_id else hat.place
    digest = blobs.put(data)
    with transaction.atomic(), acting(hat, "files.store"):
        row, _ = StoredFile.objects.get_or_create(
            sha256=digest,
            name=clean_name(name, kind),
            village_id_text=village_id,
            uploaded_by=hat.person_id,
            defaults={
                "content_type": kind,
                "size": len(data),
                "captured_at": captured_at,
                "origin": origin,
                "regency_key": place.regency,
                "district_key": place.district,
            },
        )
    return row


def read(row: StoredFile) -> bytes:
    """Return the bytes of a stored file. Raises: RembukError if they are gone or no longer what they were."""
    return blobs.read(row.sha256)


def take(source: Upload | bytes) -> bytes:
    """Read at most what is allowed. Raises: BadInputError if there is more, or nothing."""
    limit = settings.MAX_UPLOAD_BYTES
    data = source if isinstance(source, bytes) else source.read(limit + 1)
    if len(data) > limit:
        raise BadInputError("file-too-large", megabytes=limit // (1024 * 1024))
    if not data:
        raise BadInputError("file-empty")
    return data


def kind_of(data: bytes) -> str:
    """Return the content type by the file's own first bytes. Raises: BadInputError if it is none of those taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    raise BadInputError("file-kind")


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadInputError("file-broken") from error
    names = {entry.filename for entry in entries}
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInputError("file-bomb")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadInputError("file-macro")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise BadInputError("file-kind")


def clean_name(name: str, kind: str) -> str:
    """Return a name without folders, control characters and a wrong ending, at most 200 characters."""
    base = PureWindowsPath(PurePath(name).name).name
    text = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C").strip(" .")
    stem = PurePath(text).stem if PurePath(text).suffix.lower() in (*ENDINGS.values(), ".jpeg") else text
    return (stem[:190].strip(" .") or "berkas") + ENDINGS[kind]
