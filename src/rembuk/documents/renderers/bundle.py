"""A bundle as one numbered PDF, or as one file per paper with the list of contents.

Printed papers alone are one PDF/A document. Attached files follow with a stamped page number; such a bundle claims no
PDF/A, since nobody can promise it for files that came from outside.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from rembuk.core.documents.bundle import Attached, Bundle, Listed, contents_text
from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import SAMPLE_MARK, clean
from rembuk.documents.renderers.attachments import UnreadableError, opened, stamped
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.pdf import MEGABYTES, SECONDS, render_pdf
from rembuk.documents.renderers.typeface import drawable
from rembuk.documents.renderers.xlsx import render_xlsx

OUTSIDE = "Tidak disatukan dalam berkas ini:"
NAMES = {"docx": render_docx, "xlsx": render_xlsx}


@dataclass(frozen=True, slots=True)
class RenderedBundle:
    """The file, how many pages it has, and what could not be taken into it. archive: it is PDF/A."""

    data: bytes
    pages: int
    listed: tuple[Listed, ...]
    archive: bool


def render_bundle(
    bundle: Bundle, *, archive: bool = True, megabytes: int = MEGABYTES, seconds: int = SECONDS
) -> RenderedBundle:
    """Return the bundle as one PDF with cover, contents, running page numbers and outline.

    archive: PDF/A-2a and PDF/UA-1 as long as nothing is attached. An attached file that cannot be read is listed with
    the reason instead of stopping the others. Raises: RenderError; ValueError if nothing is printed.
    """
    readable: list[tuple[Attached, pikepdf.Pdf]] = []
    listed = list(bundle.listed)
    for one in bundle.attached:
        try:
            readable.append((one, opened(one.pieces)))
        except UnreadableError as error:
            listed.append(Listed(one.mark, one.title, str(error)))
    whole = replace(bundle, listed=tuple(listed))
    pdfa = archive and not readable
    base = render_pdf(
        whole.documents,
        archive=pdfa,
        title=whole.title,
        front=front_of(whole, readable),
        megabytes=megabytes,
        seconds=seconds,
    )
    with pikepdf.open(io.BytesIO(base)) as printed:
        count = len(printed.pages)
        if not readable:
            return RenderedBundle(base, count, whole.listed, pdfa)
        data, pages = joined(printed, readable)
    return RenderedBundle(data, pages, whole.listed, archive=False)


def front_of(bundle: Bundle, attached: Sequence[tuple[Attached, pikepdf.Pdf]]) -> dict[str, Any]:
    """Return cover and contents as the template reads them. attached: with how many pages each of them has."""
    entries, first = [], 0
    for section in bundle.sections:
        entries.append({"label": words(section.label), "first": first, "deep": section.deep})
        first += len(section.documents)
    after, behind = [], 1
    for one, pdf in attached:
        after.append({"label": words(one.label), "after": behind})
        behind += len(pdf.pages)
    return {
        "heading": [words(line) for line in bundle.heading],
        "facts": [(words(label), words(value)) for label, value in bundle.facts],
        "closing": date_text(bundle.dated),
        "footer": words(bundle.title),
        "sample": SAMPLE_MARK if bundle.sample else "",
        "sections": entries,
        "attached": after,
        "listed": [words(f"{one.label} ({one.reason})") for one in bundle.listed],
        "outside": OUTSIDE,
        "extra": behind - 1,
    }


def words(text: str) -> str:
    return drawable(clean(text))


def joined(printed: pikepdf.Pdf, attached: Sequence[tuple[Attached, pikepdf.Pdf]]) -> tuple[bytes, int]:
    """Return the printed papers with the attached ones behind them, each page stamped, and the number of pages."""
    total = len(printed.pages) + sum(len(pdf.pages) for _one, pdf in attached)
    starts: list[tuple[str, int]] = []
    for one, pdf in attached:
        starts.append((one.label, len(printed.pages)))
        stamped(printed, pdf, label=one.label, total=total)
    with printed.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(label, page) for label, page in starts)
    out = io.BytesIO()
    printed.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), total


def render_parts(bundle: Bundle, fmt: str) -> bytes:
    """Return a zip with one file per paper, the attached files as they are, and the contents.

    fmt: docx | xlsx. A paper without a table has no workbook; the contents say so. Same papers, same bytes.
    """
    render = NAMES[fmt]
    out = io.BytesIO()
    files: dict[int, str] = {}
    attached: dict[int, list[str]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, section in enumerate(bundle.sections):
            if fmt == "xlsx" and not any(one.tables for one in section.documents):
                continue
            files[index] = f"{index + 1:02d} {plain(section.label)}.{fmt}"
            archive.writestr(entry(files[index]), render(section.documents))
        for index, one in enumerate(bundle.attached):
            attached[index] = []
            for number, piece in enumerate(one.pieces, 1):
                order = f"{len(bundle.sections) + index + 1:02d}-{number}"
                name = f"{order} {plain(one.mark)} {plain(piece.name or one.title)}"
                attached[index].append(name)
                archive.writestr(entry(name), piece.data)
        archive.writestr(entry("00 daftar isi.txt"), contents_text(bundle, files, attached))
    return out.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without the hour, so that the same files make the same archive."""
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def plain(name: str) -> str:
    """Return a name that every file system takes."""
    kept = "".join("-" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)
    return kept.strip(" .")[:100] or "berkas"
