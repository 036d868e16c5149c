"""Open a spreadsheet file: what it is, whether it is safe, and its sheets as tables of values."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import Table
from rembuk.shared.sheets import delimited, package

MEGABYTE = 1024 * 1024
READABLE = (".xlsx", ".csv", ".tsv", ".txt")

# What other files begin with, so that a wrong one is called by its name.
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "berkas-xls-lama"),
    (b"%PDF", "berkas-pdf"),
    (b"\x89PNG", "berkas-gambar"),
    (b"\xff\xd8\xff", "berkas-gambar"),
    (b"Rar!", "berkas-arsip"),
    (b"7z\xbc\xaf", "berkas-arsip"),
    (b"\x1f\x8b", "berkas-arsip"),
    (b"{\\rtf", "berkas-dokumen"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused unread. ratio: unpacked size over packed, above one megabyte."""

    file_bytes: int = 25 * MEGABYTE
    unpacked_bytes: int = 100 * MEGABYTE
    ratio: int = 150
    entries: int = 2_000
    rows: int = 50_000
    columns: int = 256
    cells: int = 1_500_000


LIMITS = Limits()


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of one file, each read when it is asked for."""

    file: str
    names: tuple[str, ...]
    _load: Callable[[str], Table] = field(repr=False)

    def table(self, name: str = "") -> Table:
        """Read the sheet called *name*, or the first. Raises: BadInputError ``lembar-tak-ada`` and those of reading."""
        if not name:
            return self._load(self.names[0])
        for known in self.names:
            if known.strip().casefold() == name.strip().casefold():
                return self._load(known)
        raise BadInputError("lembar-tak-ada", file=self.file, read=name, accepted=", ".join(self.names))


def read_file(path: Path, limits: Limits = LIMITS) -> Workbook:
    """Open the file at *path*. Raises: BadInputError with a code of ``core.intake.messages``; nothing is kept."""
    try:
        if not path.is_file():
            raise BadInputError("berkas-tak-ada", file=path.name, read=str(path))
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise _too_large(path.name, size, limits)
        with path.open("rb") as stream:
            content = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise BadInputError("berkas-tak-terbaca", file=path.name, read=error.strerror or "galat") from error
    return open_sheets(content, path.name, limits)


def open_sheets(content: bytes, name: str, limits: Limits = LIMITS) -> Workbook:
    """Open an uploaded file's *content*; *name* is what its sender calls it.

    Raises: BadInputError when it is too large, empty, not a sheet, named otherwise than it is, packed as a bomb, with
    macros, or damaged.
    """
    name = PurePath(name.replace("\\", "/")).name
    suffix = PurePath(name).suffix.lower()
    if len(content) > limits.file_bytes:
        raise _too_large(name, len(content), limits)
    if not content.strip():
        raise BadInputError("berkas-kosong", file=name)
    if suffix in (".xlsm", ".xltm", ".xlsb", ".xlam"):
        raise BadInputError("berkas-makro", file=name, read=suffix)
    for signature, code in _SIGNATURES:
        if content.startswith(signature):
            raise BadInputError(code, file=name, accepted=_accepted())
    if content.startswith(b"PK"):
        return _open_package(content, name, suffix, limits)
    if suffix not in READABLE:
        raise BadInputError("berkas-jenis-lain", file=name, read=suffix or "tanpa akhiran", accepted=_accepted())
    if _is_markup(content):
        raise BadInputError("berkas-html", file=name)
    if suffix == ".xlsx":
        raise BadInputError("berkas-bukan-xlsx", file=name)
    table = delimited.read(content, name, limits.rows, limits.columns)
    return Workbook(file=name, names=(table.name,), _load=lambda _: table)


def _open_package(content: bytes, name: str, suffix: str, limits: Limits) -> Workbook:
    parts = package.open_package(
        io.BytesIO(content), name, entries=limits.entries, unpacked=limits.unpacked_bytes, ratio=limits.ratio
    )
    if suffix != ".xlsx":
        raise BadInputError("berkas-salah-nama", file=name, read=suffix or "tanpa akhiran", accepted=".xlsx")
    sheets: Mapping[str, str] = package.sheet_parts(parts, name)
    bounds = package.Bounds(limits.rows, limits.columns, limits.cells)
    reader = package.Reader(content, parts, sheets, name, bounds)
    return Workbook(file=name, names=tuple(sheets), _load=reader.table)


def _too_large(name: str, size: int, limits: Limits) -> BadInputError:
    megabytes = -(-size // MEGABYTE)
    return BadInputError("berkas-besar", file=name, read=megabytes, accepted=limits.file_bytes // MEGABYTE)


def _is_markup(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version:"))


def _accepted() -> str:
    return ".xlsx atau .csv"
