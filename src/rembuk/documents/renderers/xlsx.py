"""XLSX by XlsxWriter: live sums with cached values, headings that repeat in print, text that is never a formula."""

import io
import math
from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import segno
import xlsxwriter
from PIL import Image
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from rembuk.core.documents import model
from rembuk.documents.renderers.grid import continued
from rembuk.documents.renderers.xlsx_styles import Styles, lines_of

LONGEST_CELL = 32_767
"""What a cell of a workbook can hold."""
CUT = " … (terpotong di lembar ini; lengkap dalam PDF dan DOCX)"
_MM_PER_UNIT = 1.9  # a column of width 1 at 9 points
_PAPERS = {"a4": (9, False), "a4-landscape": (9, True), "folio": (14, False), "folio-landscape": (14, True)}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_RUPIAH = "[$-421]#,##0"  # the Indonesian separators where the program can show them
_NUMBER = "[$-421]#,##0.######"


def render_xlsx(documents: Sequence[model.Document]) -> bytes:
    """Return the papers as one workbook, a sheet each; the same papers always give the same bytes.

    Raises: ValueError if there is no paper.
    """
    if not documents:
        raise ValueError("no document to render")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    first = documents[0]
    book.set_properties(
        {
            "title": model.clean(first.title)[:255],
            "author": "Rembuk",
            "created": datetime(first.dated.year, first.dated.month, first.dated.day),  # noqa: DTZ001  (XlsxWriter wants it naive)
        }
    )
    book.set_calc_mode("auto")
    styles = Styles(book)
    taken: set[str] = set()
    for document in documents:
        _Sheet(book.add_worksheet(_sheet_name(document, taken)), styles, document).write()
    book.close()
    return out.getvalue()


def _sheet_name(document: model.Document, taken: set[str]) -> str:
    base = "".join(char for char in model.clean(document.sheet or document.code) if char not in "[]:*?/\\\n\t").strip(
        "' "
    )
    base = base[:31] or document.code or "Lembar"
    name, count = base, 2
    while name.lower() in taken:
        name, count = f"{base[:27]} ({count})", count + 1
    taken.add(name.lower())
    return name


class _Sheet:
    """One paper on one sheet: its tables share the columns, everything else lies across them."""

    def __init__(self, sheet: Worksheet, styles: Styles, document: model.Document) -> None:
        self.sheet, self.styles, self.document = sheet, styles, document
        self.widths = self._column_widths()
        self.last = len(self.widths) - 1
        self.row = 0

    def _column_widths(self) -> list[float]:
        tables = self.document.tables
        if not tables:
            return [12.0] * 8
        widths: list[float] = []
        for column in range(max(len(table.leaves) for table in tables)):
            here = [table.leaves[column].width for table in tables if column < len(table.leaves)]
            widths.append(max(4.0, max(here) / _MM_PER_UNIT))
        if len(widths) < 4:  # signatures and facts need a few columns to stand on
            widths += [14.0] * (4 - len(widths))
        return widths

    def write(self) -> None:
        """Write the sheet and its print settings."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        document = self.document
        if document.sample:
            self._across(model.SAMPLE_MARK, "mark", "center")
        for index, line in enumerate(document.letterhead):
            self._across(
                line.upper() if index < 3 else line, "title" if index < 3 else "text", "center", 12 if index < 3 else 9
            )
        for line in document.heading:
            self._across(line.upper(), "title", "center", 12)
        if document.facts:
            self._facts(document.facts)
        self.row += 1
        for part in document.parts:
            self._part(part)
        if document.verify_url:
            self._proof(document.verify_url)
        self._print()

    def _print(self) -> None:
        paper, wide = _PAPERS[self.document.paper]
        sheet = self.sheet
        if wide:
            sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.print_area(0, 0, max(self.row - 1, 0), self.last)
        footer = model.clean(self.document.footer).replace("&", "&&")[:200]
        sheet.set_footer(f"&L&7{footer}&R&7Halaman &P dari &N")
        if self.document.sample:
            sheet.set_header(f"&C&8{model.SAMPLE_MARK}")

    # ---- words ---------------------------------------------------------------------------------------------------

    def _string(self, row: int, column: int, text: str, look: str, side: str, size: float = 9, last: int = -1) -> None:
        text = model.clean(text)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - len(CUT)] + CUT
        style = self.styles.get(look, side, size, quoted=text.startswith(_FORMULA_STARTS))
        if last > column:
            self.sheet.merge_range(row, column, row, last, "", style)
        if text:
            self.sheet.write_string(row, column, text, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def _across(self, text: str, look: str = "text", side: str = "left", size: float = 10, first: int = 0) -> None:
        """Write a line of text over all columns and give its row the height it needs."""
        self._string(self.row, first, text, look, side, size, self.last)
        lines = lines_of(text, sum(self.widths[first:]), size)
        self.sheet.set_row(self.row, min(409.0, lines * size * 1.35 + 2))
        self.row += 1

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        edge = self._label_edge(max(len(label) for label, _ in pairs) * 1.05)
        for label, value in pairs:
            self._pair(label, f": {value}", edge)

    def _pair(self, label: str, value: str, edge: int) -> None:
        self._string(self.row, 0, label, "text", "left", 10, edge)
        self._across(value, first=edge + 1)

    def _label_edge(self, room: float) -> int:
        taken = 0.0
        for column in range(self.last):
            taken += self.widths[column]
            if taken >= room:
                return column
        return max(self.last - 1, 0)

    def _part(self, part: model.Part) -> None:
        match part:
            case model.Table():
                self._table(part)
                self.row += 1
            case model.Paragraph(text, style):
                look = "bold" if style in ("strong", "title") else "text"
                self._across(text, look, {"center": "center", "title": "center", "right": "right"}.get(style, "left"))
            case model.Heading(text):
                self.row += 1
                self._across(text, "bold")
            case model.NumberedList(items, numbering, label):
                for index, item in enumerate(items):
                    mark = model.list_mark(index, numbering)
                    text = f"{mark} {item}".strip()
                    if label:
                        self._pair(label if index == 0 else "", text, self._label_edge(12))
                    else:
                        self._across(text)
            case model.Facts(pairs):
                self._facts(pairs)
            case model.Note(text):
                self._across(text, "note", size=9)
            case model.Picture():
                self._picture(part)
            case model.PageBreak():
                self.sheet.set_h_pagebreaks([*self.sheet.hbreaks, self.row])
            case model.Signatures():
                self._signatures(part)

    def _picture(self, picture: model.Picture) -> None:
        """Lay a picture over rows of its own, at most as wide as the table, its words below."""
        room = sum(self.widths) * _MM_PER_UNIT
        wide = min(picture.width, max(room, 60.0))
        high = picture.height * wide / picture.width
        data = b64decode(picture.data)
        with Image.open(io.BytesIO(data)) as image:
            scale = wide / 25.4 * 96 / image.width * (image.info.get("dpi", (96, 96))[0] / 96)
        options = {"image_data": io.BytesIO(data), "x_scale": scale, "y_scale": scale, "object_position": 3}
        self.sheet.insert_image(
            self.row, 0, f"gambar.{picture.kind}", {**options, "description": model.clean(picture.spoken)}
        )
        self.row += round(high / 25.4 * 72 / 15) + 1
        if picture.caption:
            self._across(picture.caption, size=9)

    def _signatures(self, part: model.Signatures) -> None:
        self.row += 1
        for index, line in enumerate(part.lines):
            boxes: list[model.Signature | None] = [*line]
            if len(line) == 1 and index == 0:
                boxes = [*line, None] if part.left else [None, *line]
            edges = self._edges(len(boxes))
            for place, (sign, (first, last)) in enumerate(zip(boxes, edges, strict=True)):
                dated = part.place_and_date if index == 0 and place == (0 if part.left else len(boxes) - 1) else ""
                if sign is not None:
                    self._signature(sign, dated, first, last)
            self.row += 8

    def _signature(self, sign: model.Signature, dated: str, first: int, last: int) -> None:
        lines = [(0, dated, "text"), (1, sign.lead, "text"), (2, sign.role, "text")]
        lines += [(6, sign.name_line, "name" if sign.name else "text"), (7, sign.number, "text")]
        if "\n" in dated:
            self.sheet.set_row(self.row, 27)
        for offset, text, look in lines:
            if text:
                self._string(self.row + offset, first, text, look, "center", 10, last)

    def _edges(self, count: int) -> list[tuple[int, int]]:
        """Share the columns over *count* boxes of about the same width."""
        count = min(count, len(self.widths))
        edges: list[tuple[int, int]] = []
        total, first, taken = sum(self.widths), 0, 0.0
        for column, width in enumerate(self.widths):
            taken += width
            left = len(self.widths) - column - 1
            box = len(edges)
            if box < count - 1 and (taken >= total * (box + 1) / count or left == count - box - 1):
                edges.append((first, column))
                first = column + 1
        return [*edges, (first, len(self.widths) - 1)]

    def _proof(self, address: str) -> None:
        self.row += 1
        picture = io.BytesIO()
        segno.make(address, error="m", micro=False).save(picture, kind="png", scale=3, border=1)
        self._across(f"Periksa keaslian dokumen ini: {address}", size=9)
        self.sheet.set_row(self.row, 56)  # one row for the whole picture, which no page break can cut
        self.sheet.insert_image(
            self.row,
            0,
            "qr.png",
            {
                "image_data": picture,
                "x_scale": 0.7,
                "y_scale": 0.7,
                "description": "Kode QR ke halaman pemeriksaan dokumen",
            },
        )
        self.row += 1

    # ---- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: model.Table) -> None:
        if table.caption:
            self._across(table.caption, "bold")
        top = self.row
        self._head(table)
        if len(table.leaves) == len(self.widths) and table is self._longest():
            self.sheet.repeat_rows(top, self.row - 1)
            self.sheet.freeze_panes(self.row, 0)
        start = self.row
        tall = continued(table.rows)
        columns = table.leaves
        for index, row in enumerate(table.rows):
            self._row(row, index, start, columns, tall, table.tall)
        self.row = start + len(table.rows)

    def _longest(self) -> model.Table:
        return max(self.document.tables, key=lambda table: len(table.rows))

    def _head(self, table: model.Table) -> None:
        style = self.styles.get("head", "center", 9)
        for cell in table.head():
            row = self.row + cell.row
            if cell.rowspan > 1 or cell.colspan > 1:
                lower, right = row + cell.rowspan - 1, cell.column + cell.colspan - 1
                self.sheet.merge_range(row, cell.column, lower, right, model.clean(cell.label), style)
            else:
                self.sheet.write_string(row, cell.column, model.clean(cell.label), style)
                room = self.widths[cell.column]
                if len(cell.label) > room:
                    self.sheet.set_row(row, min(90.0, 13 * (1 + math.ceil(len(cell.label) / room))))
        self.row += model.depth(table.columns)
        if table.has_letters:
            for column, leaf in enumerate(table.leaves):
                self.sheet.write_string(self.row, column, leaf.letter, self.styles.get("letter", "center", 8))
            self.row += 1

    def _row(
        self,
        row: model.Row,
        index: int,
        start: int,
        columns: Sequence[model.Column],
        tall: dict[tuple[int, int], int],
        roomy: bool,
    ) -> None:
        look = "empty" if row.kind == "empty" else "plain" if row.kind == "item" else "strong"
        spans = dict(row.spans)
        formulas = self._formulas(row, start + index, start)
        height = self._height(row, index, tall)
        self.sheet.set_row(start + index, max(height, 26.0) if roomy else height)
        column = 0
        while column < len(row.cells):
            width, value = spans.get(column, 1), row.cells[column]
            lines = tall.get((index, column), 1)
            kind, side = columns[column].kind, columns[column].side
            if width > 1:
                side = "right" if row.kind in ("subtotal", "total") else "left"
            if not (row.continues and value is None):
                if width > 1 or lines > 1:
                    place = (start + index, column, start + index + lines - 1, column + width - 1)
                    self.sheet.merge_range(*place, "", self.styles.get(look, side, 9))
                self._value(start + index, column, value, look, kind, side, formulas.get(column, ""))
            column += width

    def _height(self, row: model.Row, index: int, tall: dict[tuple[int, int], int]) -> float:
        """Return the points a row needs: no program measures merged or repeated cells by itself."""
        spans = dict(row.spans)
        needed = 1
        for column, value in enumerate(row.cells):
            if isinstance(value, str):
                lines = lines_of(value, sum(self.widths[column : column + spans.get(column, 1)]), 9)
                needed = max(needed, math.ceil(lines / tall.get((index, column), 1)))
        return min(409.0, needed * 12.0 + 3)

    @staticmethod
    def _formulas(row: model.Row, here: int, start: int) -> dict[int, str]:
        made = {}
        for total in row.sums:
            name = xl_col_to_name(total.column)
            ranges = (f"{name}{start + a + 1}" + (f":{name}{start + b + 1}" if b > a else "") for a, b in total.rows)
            if total.rows:
                made[total.column] = f"=SUM({','.join(ranges)})"
        for product in row.products:
            left, right = xl_col_to_name(product.left), xl_col_to_name(product.right)
            made[product.column] = f"=ROUND({left}{here + 1}*{right}{here + 1},0)"
        return made

    def _value(self, row: int, column: int, value: model.Value, look: str, kind: str, side: str, formula: str) -> None:
        if isinstance(value, str | bool) or value is None:
            self._string(row, column, model.cell_text(value), look, side)
            return
        number = (
            _RUPIAH
            if kind == "rupiah"
            else _NUMBER
            if isinstance(value, Decimal)
            else _RUPIAH
            if kind == "number"
            else ""
        )
        style = self.styles.get(look, side, 9, number)
        if formula:
            self.sheet.write_formula(row, column, formula, style, value if isinstance(value, int) else float(value))
        else:
            self.sheet.write_number(row, column, value if isinstance(value, int) else float(value), style)
