"""DOCX: python-docx for the package and its sections; the body's XML is written directly, for speed."""

import io
import zipfile
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from docx.api import Document as NewDocx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import serialize_for_reading
from docx.section import Section
from docx.shared import Mm, Pt

from rembuk.core.documents import model
from rembuk.documents.renderers.codes import bare_code, qr_png
from rembuk.documents.renderers.grid import GridCell, grid_rows

FACE = "Arial"
"""On nearly every office machine; Word and LibreOffice put a twin in its place where it is missing."""
_TWIPS = 56.6929  # per millimetre
_SHADE = "E8E8E8"
_HEAD_SHADE = "F2F2F2"
_FOOT_CODE, _FOOT_RISE = 9.0, 2.0
"""Side of the code at the foot and how far it stands above the line, in millimetres."""
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def render_docx(documents: Sequence[model.Document]) -> bytes:
    """Return the papers as one DOCX, a section each; the same papers always give the same bytes.

    Raises: ValueError if there is no paper.
    """
    if not documents:
        raise ValueError("no document to render")
    docx = NewDocx()
    bodies: dict[bytes, bytes] = {}
    _defaults(docx, documents[0])
    for index, document in enumerate(documents):
        section = docx.sections[0] if index == 0 else docx.add_section(WD_SECTION.NEW_PAGE)
        room = _page(section, document)
        _margins(section, document, room)
        _body(docx, document, index)
        drawn = [_drawing(docx, part, room) for part in document.parts if isinstance(part, model.Picture)]
        blocks = "".join(_blocks(document, room, iter(drawn)))
        bodies[f"<w:p><w:r><w:t>{_place(index)}</w:t></w:r></w:p>".encode()] = blocks.encode()
    return _fixed(docx, bodies)


def _drawing(docx: Docx, picture: model.Picture, room: float) -> str:
    """Put a picture into the package and return the XML that shows it, with its words for screen readers."""
    shrunk = min(1.0, room / picture.width)
    data = io.BytesIO(b64decode(picture.data))
    inline = docx.part.new_pic_inline(data, width=Mm(picture.width * shrunk), height=Mm(picture.height * shrunk))
    # Every drawing of a package needs a number of its own; python-docx counts only those already in the body.
    inline.docPr.set("id", str(1000 + len(docx.part.package.image_parts)))
    inline.docPr.set("descr", model.clean(picture.spoken))
    return str(inline.xml)


def _place(index: int) -> str:
    """A mark that no text can contain: private characters, which `clean` takes out of every text."""
    return f"\ue000{index}\ue000"


def _defaults(docx: Docx, first: model.Document) -> None:
    style = docx.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(10)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{first.language}-ID"/>'))
    properties = docx.core_properties
    moment = datetime(first.dated.year, first.dated.month, first.dated.day, tzinfo=UTC)
    properties.title, properties.author, properties.language = model.clean(first.title)[:255], "Rembuk", first.language
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision, properties.comments = "Rembuk", 1, ""


def _page(section: Section, document: model.Document) -> float:
    width, height = model.PAPER_MM[document.paper]
    wide = width > height
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    left, right = (15, 15) if wide else (25, 20)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    # The code at the foot stands above its line and must not meet the body: no reader sees it through a table.
    section.top_margin, section.bottom_margin = Mm(17), Mm(20 if document.verify_url else 16)
    section.header_distance = section.footer_distance = Mm(8)
    return width - left - right


def _margins(section: Section, document: model.Document, room_mm: float) -> None:
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head = section.header.paragraphs[0]._p  # python-docx has no public door to the XML
    mark = (
        _paragraph(model.SAMPLE_MARK, align="center", bold=True, size=8, border=True)
        if document.sample
        else _paragraph("")
    )
    head.getparent().replace(head, _parsed(mark))
    _foot(section, document, room_mm)


def _foot(section: Section, document: model.Document, room_mm: float) -> None:
    """Write the line at the foot; at its right the small code that tells which paper a photographed page belongs to."""
    foot = section.footer.paragraphs[0]._p
    code = _foot_code(section, document) if document.verify_url else ""
    beside = _FOOT_CODE + 3 if code else 0
    room = round((room_mm - beside) * _TWIPS)
    indent = f'<w:ind w:right="{round(beside * _TWIPS)}"/>' if code else ""
    words = "Page {} of {}" if document.language == "en" else "Halaman {} dari {}"
    before, between, _ = words.split("{}")
    pages = f"{_run(before, size=7)}{_field('PAGE')}{_run(between, size=7)}{_field('NUMPAGES')}"
    long = len(document.footer) > room_mm * 0.66  # then the page number goes to a line of its own
    gap = "<w:br/>" if long else "<w:tab/>"
    line = (
        f'<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="4" w:space="2" w:color="auto"/></w:pBdr>'
        f'<w:tabs><w:tab w:val="clear" w:pos="4680"/><w:tab w:val="clear" w:pos="9360"/>'
        f'<w:tab w:val="right" w:pos="{room}"/></w:tabs>{indent}</w:pPr>'
        f"{code}{_run(document.footer, size=7)}<w:r>{gap}</w:r>{pages}</w:p>"
    )
    foot.getparent().replace(foot, _parsed(line))


def _foot_code(section: Section, document: model.Document) -> str:
    """Return the run that anchors the code at the right edge, as the PDF has it; the footer holds the picture."""
    code, side = bare_code(document.verify_url), Mm(_FOOT_CODE)
    inline = section.footer.part.new_pic_inline(qr_png(code, border=0), width=side, height=side)
    graphic = "".join(str(serialize_for_reading(child)) for child in inline if child.tag == qn("a:graphic"))
    return (
        f'<w:r><w:drawing><wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{-Mm(_FOOT_RISE)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="Kode dokumen" descr="Kode dokumen {escape(code)}"/>{graphic}'
        "</wp:anchor></w:drawing></w:r>"
    )


def _field(name: str) -> str:
    look = '<w:rPr><w:sz w:val="14"/></w:rPr>'
    return f'<w:fldSimple w:instr=" {name} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'


def _parsed(xml: str) -> object:
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")[0]


def _body(docx: Docx, document: model.Document, index: int) -> None:
    """Hold the place of the body's XML and set the QR code, which needs a part of its own in the package."""
    body = docx.element.body
    body.sectPr.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{_place(index)}</w:t></w:r></w:p>"))
    if document.verify_url:
        paragraph = docx.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.add_run().add_picture(qr_png(document.verify_url), width=Mm(17))
        paragraph.add_run(f"  Periksa keaslian dokumen ini: {model.clean(document.verify_url)}").font.size = Pt(8)


def _blocks(document: model.Document, room: float, drawn: Iterator[str]) -> Iterator[str]:
    for index, line in enumerate(document.letterhead):
        last = index == len(document.letterhead) - 1
        size = 9.5 if index > 2 else 15 if index == 2 else 12.5
        text = line if index > 2 else line.upper()
        yield _paragraph(text, align="center", bold=index <= 2, size=size, rule=last, after=12 if last else 0)
    for line in document.heading:
        last = line is document.heading[-1]
        yield _paragraph(line.upper(), align="center", bold=True, size=12.5, after=10 if last else 0, keep=True)
    if document.facts:
        yield _pairs(document.facts, room)
    wide = room > 200
    for part in document.parts:
        if isinstance(part, model.Picture):
            centred = '<w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr>'
            yield f"<w:p>{centred}<w:r><w:drawing>{next(drawn)}</w:drawing></w:r></w:p>"
            yield _paragraph(part.caption, align="center", size=9, after=6)
        else:
            yield from _part(part, room, wide)


def _part(part: model.Part, room: float, wide: bool) -> Iterator[str]:
    match part:
        case model.Table():
            if part.caption:
                yield _paragraph(part.caption, bold=True, keep=True, before=8, after=3)
            yield _table(part, room)
            yield _paragraph("", size=4)
        case model.Paragraph(text, style):
            align = {"center": "center", "title": "center", "right": "right"}.get(
                style, "left" if wide or "\n" in text else "both"
            )
            keep = style in ("center", "title") or text.endswith(":")
            yield _paragraph(text, align=align, bold=style in ("strong", "title"), after=6, keep=keep)
        case model.Heading(text):
            yield _paragraph(text, bold=True, keep=True, before=10, after=4, size=11)
        case model.NumberedList():
            yield _list(part, room)
        case model.Facts(pairs):
            yield _pairs(pairs, room)
        case model.Note(text):
            yield _paragraph(text, size=9, border=True, after=6)
        case model.PageBreak():
            yield '<w:p><w:pPr><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
        case model.Signatures():
            yield from _signatures(part, room)


# ---- words -------------------------------------------------------------------------------------------------------


def _run(text: str, *, bold: bool = False, size: float = 0, italic: bool = False, underline: bool = False) -> str:
    if not text:
        return ""
    look = (
        ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + ('<w:u w:val="single"/>' if underline else "")
        + (f'<w:sz w:val="{round(size * 2)}"/>' if size else "")
    )
    lines = escape(model.clean(text)).split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines).replace("\t", " ")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{body}</w:r>"


def _paragraph(
    text: str,
    *,
    align: str = "left",
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: float = 0,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
    border: bool = False,
    rule: bool = False,
) -> str:
    edges = (
        "".join(f'<w:{side} w:val="single" w:sz="6" w:space="3" w:color="auto"/>' for side in _SIDES) if border else ""
    )
    if rule:
        edges = '<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="4" w:color="auto"/>'
    look = (
        ("<w:keepNext/>" if keep else "")
        + (f"<w:pBdr>{edges}</w:pBdr>" if edges else "")
        + (f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"/>' if before or after else "")
        + ('<w:ind w:left="85" w:right="85"/>' if border else "")
        + (f'<w:jc w:val="{align}"/>' if align != "left" else "")
        + (f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>' if size else "")
    )
    run = _run(text, bold=bold, size=size, italic=italic, underline=underline)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{run}</w:p>"


_SIDES = ("top", "left", "bottom", "right")


def _plain_table(widths: Sequence[float], rows: Sequence[Sequence[str]], *, whole: bool = False) -> str:
    """A table without lines; its cells are ready paragraphs."""
    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in widths)
    lines = "".join(
        ("<w:tr><w:trPr><w:cantSplit/></w:trPr>" if whole else "<w:tr>")
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    layout = (
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
    )


def _pairs(pairs: Sequence[tuple[str, str]], room: float) -> str:
    longest = max((len(label) for label, _ in pairs), default=0)
    label = min(70.0, 6 + longest * 2.1)
    widths = (label, 4.0, room - label - 4.0)
    rows = [(_paragraph(label), _paragraph(":"), _paragraph(value)) for label, value in pairs]
    return _plain_table(widths, rows) + _paragraph("", size=5)


def _list(part: model.NumberedList, room: float) -> str:
    mark = 26.0 if part.numbering == "kesatu" else 8.0
    label = 26.0 if part.label else 0.0
    widths = [width for width in (label, 4.0 if label else 0.0, 0.0 if part.numbering == "none" else mark) if width]
    widths.append(room - sum(widths))
    rows = []
    for index, item in enumerate(part.items):
        row = [_paragraph(part.label if index == 0 else ""), _paragraph(":" if index == 0 else "")] if label else []
        if part.numbering != "none":
            row.append(_paragraph(model.list_mark(index, part.numbering)))
        row.append(_paragraph(item, align="left" if "\n" in item else "both", after=3))
        rows.append(row)
    return _plain_table(widths, rows) + _paragraph("", size=4) if rows else ""


def _signatures(part: model.Signatures, room: float) -> Iterator[str]:
    for index, line in enumerate(part.lines):
        boxes: list[model.Signature | None] = [*line]
        if len(line) == 1 and index == 0:
            boxes = [*line, None] if part.left else [None, *line]
        dated = part.place_and_date if index == 0 else ""
        dated_place = 0 if part.left else len(boxes) - 1
        leads = any(sign.lead for sign in line)
        cells = [_signature(sign, dated if place == dated_place else "", leads) for place, sign in enumerate(boxes)]
        yield _paragraph("", size=6, keep=True)
        yield _plain_table([room / len(boxes)] * len(boxes), [cells], whole=True)


def _signature(sign: model.Signature | None, dated: str, leads: bool) -> str:
    if sign is None:
        return _paragraph("")
    lines = [_paragraph(dated, align="center", keep=True)]
    lines += [_paragraph(sign.lead, align="center", keep=True)] if leads else []
    lines += [_paragraph(sign.role, align="center", keep=True)]
    lines += [_paragraph("", keep=True)] * 3
    lines += [_paragraph(sign.name_line, align="center", bold=bool(sign.name), underline=bool(sign.name))]
    if sign.number:
        lines.append(_paragraph(sign.number, align="center"))
    return "".join(lines)


# ---- tables ------------------------------------------------------------------------------------------------------


def _table(table: model.Table, room: float) -> str:
    columns = table.leaves
    total = sum(column.width for column in columns)
    widths = [round(column.width * room / total * _TWIPS) for column in columns]
    size = 6.5 if len(columns) > 16 else 7.5 if len(columns) > 9 else 9
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in (*_SIDES, "insideH", "insideV")
    )
    margins = (
        '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    height = 9.0 if table.tall else 0.0
    lines = "".join(_line(cells, widths, size, head, 0.0 if head else height) for head, cells in grid_rows(table))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
    )


def _line(cells: Sequence[GridCell], widths: Sequence[int], size: float, head: bool, height: float) -> str:
    tall = f'<w:trHeight w:val="{round(height * _TWIPS)}" w:hRule="atLeast"/>' if height else ""
    look = f"<w:trPr><w:cantSplit/>{tall}" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return f"<w:tr>{look}{''.join(_cell(cell, widths, size) for cell in cells)}</w:tr>"


def _cell(cell: GridCell, widths: Sequence[int], size: float) -> str:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    merge = {"": "", "start": '<w:vMerge w:val="restart"/>', "below": "<w:vMerge/>"}[cell.merge]
    shade = _HEAD_SHADE if cell.look == "head" else _SHADE if cell.look == "strong" else ""
    look = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else "")
        + merge
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
        + ('<w:vAlign w:val="center"/>' if cell.look == "head" else "")
    )
    bold = cell.look in ("head", "strong")
    small = size - 1 if cell.look == "letter" else size
    keep = cell.look == "strong" and cell.group
    words = _paragraph(cell.text, align=cell.side, bold=bold, italic=cell.look == "empty", size=small, keep=keep)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{words}</w:tc>"


def _fixed(docx: Docx, bodies: Mapping[bytes, bytes]) -> bytes:
    """Save, put the bodies in their places, and pack again with one fixed date, so that the bytes never differ.

    Moving the parsed body into the document would take lxml 0.4 s for 300 rows; as text it takes nothing.
    """
    first = io.BytesIO()
    docx.save(first)
    out = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                for place, body in bodies.items():
                    data = data.replace(place, body)
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()
