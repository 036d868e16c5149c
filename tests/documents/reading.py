"""Reading papers back with other programs than those that wrote them."""

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pypdfium2
from docx import Document as open_docx  # noqa: N813

from rembuk.core.documents import model


def pdf_text(data: bytes) -> str:
    """All words of a PDF in reading order."""
    pdf = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub("[\ufffe\u00ad\ufeff]", "", text)


def docx_text(data: bytes) -> str:
    """All words of a DOCX's body, headers and footers."""
    document = open_docx(io.BytesIO(data))
    words = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    for section in document.sections:
        for story in (section.header, section.footer):
            words += [paragraph.text for paragraph in story.paragraphs]
    return "\n".join(words)


def xlsx_text(data: bytes) -> str:
    """All words and cached values of a workbook, money written as in print."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, int | float) and "#,##0" in cell.number_format:
                    found.append(
                        model.number_text(int(value)) if value == int(value) else f"{value:n}".replace(".", ",")
                    )
                elif value is not None:
                    found.append(str(value))
    return "\n".join(found)


def squeezed(text: str) -> str:
    """*text* without spaces and hyphens, so that line breaks do not matter."""
    return re.sub(r"[\s-]+", "", text)


def said(document: model.Document) -> Iterator[str]:
    """Every piece of text that a paper must show, in reading order."""
    yield from (line.upper() for line in document.heading)
    for label, value in document.facts:
        yield from (label, value)
    for part in document.parts:
        yield from _of_part(part)
    if document.verify_url:
        yield document.verify_url


def _of_part(part: model.Part) -> Iterator[str]:
    match part:
        case model.Table():
            if part.caption:
                yield part.caption
            for cell in part.head():  # word by word: a PDF reader mixes the lines of headings that stand side by side
                yield from cell.label.split()
            kinds = [column.kind for column in part.leaves]
            for row in part.rows:
                yield from (model.cell_text(value, kind) for value, kind in zip(row.cells, kinds, strict=True))
        case model.Paragraph(text, _) | model.Heading(text) | model.Note(text):
            yield text
        case model.NumberedList(items, numbering, label):
            yield label
            for index, item in enumerate(items):
                yield from (model.list_mark(index, numbering), item)
        case model.Facts(pairs):
            for label, value in pairs:
                yield from (label, value)
        case model.Signatures():
            for line in part.lines:
                for sign in line:
                    yield from (sign.lead, sign.role, sign.name_line, sign.number)
            yield part.place_and_date
        case model.Picture():
            yield part.caption
        case model.PageBreak():
            return


def missing(document: model.Document, text: str) -> list[str]:
    """The pieces of a paper that *text* does not show."""
    flat = squeezed(text)
    return [piece for piece in said(document) if squeezed(piece) not in flat]


def golden(document: model.Document) -> str:
    """The paper as plain text, one piece a line, rows of tables with bars: what the golden files hold."""
    lines = [f"{document.code} | {document.title} | {document.paper} | {document.footer}"]
    lines += [f"# {line}" for line in document.heading]
    lines += [f"{label}: {value}" for label, value in document.facts]
    for part in document.parts:
        if isinstance(part, model.Table):
            lines.append(f"[tabel] {part.caption}".rstrip())
            lines += [
                f"  {cell.row},{cell.column} {cell.rowspan}x{cell.colspan} {cell.label!r}" for cell in part.head()
            ]
            lines.append("  huruf " + " ".join(column.letter or "-" for column in part.leaves))
            kinds = [column.kind for column in part.leaves]
            for row in part.rows:
                cells = (model.cell_text(value, kind) for value, kind in zip(row.cells, kinds, strict=True))
                lines.append(f"  {row.kind}: " + " | ".join(cells).rstrip())
        else:
            lines.append(f"[{type(part).__name__}] " + " / ".join(piece for piece in _of_part(part) if piece))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def zip_dates(data: bytes) -> set[tuple[int, ...]]:
    """The dates written into a zipped file."""
    return {info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()}
