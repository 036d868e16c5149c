"""PDF by Typst: papers become plain data, a fresh process typesets them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from rembuk.core.documents import model
from rembuk.documents.renderers.codes import bare_code, qr_svg
from rembuk.documents.renderers.errors import RenderError
from rembuk.documents.renderers.grid import continued
from rembuk.documents.renderers.typeface import FOLDER, breakable, drawable

MEGABYTES = 2048
"""Address space a paper may take; a matrix of 300 rows takes about 110 MB of it as real memory."""
SECONDS = 120
_SOURCE = Path(__file__).resolve().parents[3]
_MODULE = "rembuk.documents.renderers.typst_process"
_LONG_CELL = 700
"""Characters from which a row may be split over two pages; shorter rows stay whole."""
_WORDS = {
    "id": {"page": "Halaman", "of": "dari", "sample": "DATA CONTOH", "contents": "Daftar Isi"},
    "en": {"page": "Page", "of": "of", "sample": "SAMPLE DATA", "contents": "Contents"},
}


def render_pdf(
    documents: Sequence[model.Document],
    *,
    archive: bool = False,
    tagged: bool = True,
    title: str = "",
    front: Mapping[str, Any] | None = None,
    megabytes: int = MEGABYTES,
    seconds: int = SECONDS,
) -> bytes:
    """Return the papers as one PDF; the same papers always give the same bytes.

    archive: PDF/A-2a and PDF/UA-1, always tagged. tagged: False makes a file a tenth as big, for slow phones.
    title: of the file, by default the first paper's. front: cover and contents of a bundle, as `bundle.front_of` makes
    them. megabytes, seconds: limits of the process that typesets it.
    Raises: RenderError if the limits were passed or Typst refused the data; ValueError if there is no paper.
    """
    if not documents:
        raise ValueError("no document to render")
    first = documents[0]
    bundle = {
        "title": drawable(model.clean(title or first.title)),
        "author": drawable(model.clean(first.facts[0][1] if first.facts else "Rembuk")) or "Rembuk",
        "date": [first.dated.year, first.dated.month, first.dated.day],
        "language": first.language,
        "words": _WORDS.get(first.language, _WORDS["id"]),
        "documents": [_document(document) for document in documents],
        "front": front,
    }
    job = {
        "bundle": json.dumps(bundle, ensure_ascii=False),
        "fonts": [str(FOLDER)],
        "standards": ["a-2a", "ua-1"] if archive else [],
        "tags": archive or tagged,
        "timestamp": int(datetime(first.dated.year, first.dated.month, first.dated.day, tzinfo=UTC).timestamp()),
        "megabytes": megabytes,
        "seconds": seconds,
    }
    return _typeset(json.dumps(job).encode(), seconds)


def _typeset(job: bytes, seconds: int) -> bytes:
    path = os.pathsep.join(filter(None, (str(_SOURCE), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-m", _MODULE],
            input=job,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": path, "RAYON_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        raise RenderError("documents.pdf_too_slow", seconds=seconds) from None
    if done.returncode == 0 and done.stdout.startswith(b"%PDF"):
        return done.stdout
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == 1 and len(reason) == 1:
        raise RenderError("documents.pdf_refused", reason=reason[0][:500])
    raise RenderError("documents.pdf_stopped", reason=reason[-1][:500] if reason else f"kode {done.returncode}")


def _document(document: model.Document) -> dict[str, Any]:
    width, height = model.PAPER_MM[document.paper]
    wide = width > height
    margin = (15, 15, 15, 16) if wide else (25, 20, 18, 18)
    room = width - margin[0] - margin[1]
    return {
        "width": width,
        "height": height,
        "margin": margin,
        "size": 10 if wide else 11,
        "footer": _words(document.footer),
        "sample": model.SAMPLE_MARK if document.sample else "",
        "letterhead": [_words(line) for line in document.letterhead],
        "heading": [_words(line) for line in document.heading],
        "facts": [(_words(label), _words(value)) for label, value in document.facts],
        "parts": list(_parts(document, room, wide)),
        "qr": qr_svg(document.verify_url) if document.verify_url else "",
        "foot_qr": qr_svg(bare_code(document.verify_url), border=0) if document.verify_url else "",
        "verify": _words(f"Periksa keaslian dokumen ini: {document.verify_url}") if document.verify_url else "",
    }


def _words(text: str, room: float = 60) -> str:
    return breakable(drawable(model.clean(text)), room)


def _parts(document: model.Document, room: float, wide: bool) -> Iterator[dict[str, Any]]:
    """Yield the parts as data; notes that follow each other share one box."""
    level = 2 if document.heading else 1
    for is_note, group in groupby(document.parts, key=lambda part: isinstance(part, model.Note)):
        if is_note:
            yield {"t": "note", "lines": [_words(part.text) for part in group if isinstance(part, model.Note)]}
        else:
            yield from (_part(part, room, wide, level) for part in group)


def _part(part: model.Part, room: float, wide: bool, level: int) -> dict[str, Any]:
    match part:
        case model.Table():
            return _table(part, room)
        case model.Paragraph(text, style):
            return {"t": "paragraph", "text": _words(text), "style": style, "justify": not wide}
        case model.Heading(text):
            return {"t": "heading", "text": _words(text), "level": level}
        case model.NumberedList(items, numbering, label):
            marked = [(model.list_mark(index, numbering), _words(item)) for index, item in enumerate(items)]
            return {"t": "list", "items": marked, "numbering": numbering, "label": _words(label), "justify": not wide}
        case model.Facts(pairs):
            return {"t": "facts", "pairs": [(_words(label), _words(value)) for label, value in pairs]}
        case model.Note(text):
            return {"t": "note", "lines": [_words(text)]}
        case model.Picture():
            return _picture(part, room)
        case model.PageBreak():
            return {"t": "break"}
        case model.Signatures():
            return _signatures(part, wide)


def _picture(picture: model.Picture, room: float) -> dict[str, Any]:
    """Hand the picture over inside an SVG, since the data that goes to Typst is text."""
    shrunk = min(1.0, room / picture.width)
    size = f'width="{picture.width}" height="{picture.height}"'
    source = f"data:image/{picture.kind};base64,{picture.data}"
    return {
        "t": "picture",
        "svg": (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} '
            f'viewBox="0 0 {picture.width} {picture.height}"><image {size} xlink:href="{source}"/></svg>'
        ),
        "width": round(picture.width * shrunk, 2),
        "spoken": _words(picture.spoken),
        "caption": _words(picture.caption),
    }


def _signatures(part: model.Signatures, wide: bool) -> dict[str, Any]:
    lines = [
        [
            {
                "lead": _words(sign.lead, 40),
                "role": _words(sign.role, 40),
                "name": _words(sign.name, 40) or f"({model.DOTS})",
                "dots": f"({model.DOTS})",
                "number": _words(sign.number, 40),
            }
            for sign in line
        ]
        for line in part.lines
    ]
    return {
        "t": "signatures",
        "lines": lines,
        "dated": _words(part.place_and_date, 40),
        "left": part.left,
        "size": 10 if wide else 10.5,
    }


def _table(table: model.Table, room: float) -> dict[str, Any]:
    columns = table.leaves
    total = sum(column.width for column in columns)
    widths = [round(column.width * room / total, 3) for column in columns]
    size = 6.8 if len(columns) > 16 else 8 if len(columns) > 9 else 9
    letter = size * 0.3528 * 0.52  # mm; a Source Sans letter is about half as wide as its size
    inset = 0.8 if len(columns) > 16 else 1.2  # mm at either side of a cell
    rooms = [max(3.0, (width - 2 * inset) / letter) for width in widths]
    heads = [
        {
            "text": _words(cell.label, sum(rooms[cell.column : cell.column + cell.colspan])),
            "x": cell.column,
            "y": cell.row,
            "w": cell.colspan,
            "h": cell.rowspan,
        }
        for cell in table.head()
    ]
    return {
        "t": "table",
        "caption": _words(table.caption),
        "tall": table.tall,
        "inset": inset,
        "size": size,
        "widths": widths,
        "sides": [column.side for column in columns],
        "head": heads,
        "depth": model.depth(table.columns),
        "letters": [column.letter for column in columns] if table.has_letters else [],
        "rows": _rows(table, rooms),
    }


def _rows(table: model.Table, rooms: Sequence[float]) -> list[dict[str, Any]]:
    """Return the rows as data. Only the first column spans the lines of an item, which keeps them on one page.

    The other cells of such an item just have no line between them: a spanning cell of several lines of text would be
    read out after its neighbours.
    """
    texts: list[Callable[[model.Value], str]] = [
        partial(_cell, kind=column.kind, room=room) for column, room in zip(table.leaves, rooms, strict=True)
    ]
    kinds = [column.kind for column in table.leaves]
    heights = continued(table.rows)
    inside = {index for index, row in enumerate(table.rows) if row.continues}
    made = []
    for index, row in enumerate(table.rows):
        spans = dict(row.spans)
        cells: list[str | dict[str, Any]] = []
        column = 0
        while column < len(row.cells):
            width = spans.get(column, 1)
            value = row.cells[column]
            height = heights.get((index, column), 1)
            below = row.continues and value is None
            if below and column == 0:
                column += 1
                continue
            if width > 1 or height > 1 or below:
                text = _words(model.cell_text(value, kinds[column]), sum(rooms[column : column + width]))
                lies = "" if width == 1 else "right" if row.kind in ("subtotal", "total") else "left"
                tall = height if column == 0 else 1
                open_sides = ["top"] if below else []
                open_sides += ["bottom"] if height > tall or (below and index + 1 in inside) else []
                cells.append({"text": text, "w": width, "h": tall, "lies": lies, "open": open_sides})
            else:
                cells.append(texts[column](value))
            column += width
        long = any(isinstance(value, str) and len(value) > _LONG_CELL for value in row.cells)
        strong = row.kind in ("group", "subtotal", "total")
        made.append({"kind": row.kind, "strong": strong, "long": long, "cells": cells})
    return made


def _cell(value: model.Value, *, kind: model.Kind, room: float) -> str:
    text = model.cell_text(value, kind)
    if not text or (text.isascii() and 1.6 * len(text) <= room):
        return text
    return breakable(drawable(text), room)
