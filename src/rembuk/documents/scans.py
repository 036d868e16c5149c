"""Photographs and scans of papers: cut into pages, and the code on each page read. No Django, no archive."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from rembuk.documents.renderers.attachments import JPEG, PDF, UnreadableError, opened_piece

MOST_PAGES: Final = 300
DOTS_PER_INCH = 200
QR_ONLY: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
SHARP_EDGE = 2600
"""Pixels along the longer side from which a second look at the double size would bring nothing."""
_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page: its own file and what its codes say. codes: of Rembuk, in capitals; other: texts of other codes."""

    number: int
    data: bytes
    kind: str
    codes: tuple[str, ...]
    other: tuple[str, ...]


def scanned_pages(data: bytes, kind: str) -> Iterator[ScannedPage]:
    """Yield the pages of a picture or a PDF with the codes on them. Raises: UnreadableError before the first page."""
    if kind != PDF:
        codes, other = codes_on(picture_of(data))
        yield ScannedPage(1, data, kind, codes, other)
        return
    with opened_piece(data, kind) as whole:
        if len(whole.pages) > MOST_PAGES:
            raise UnreadableError(f"lebih dari {MOST_PAGES} halaman")
        for number in range(1, len(whole.pages) + 1):
            alone = one_page(whole, number)
            codes, other = codes_on(picture_of_pdf(alone))
            yield ScannedPage(number, alone, PDF, codes, other)


def one_page(whole: pikepdf.Pdf, number: int) -> bytes:
    """Return one page of a PDF as a PDF of its own; the same page gives the same bytes."""
    alone = pikepdf.new()
    alone.pages.append(whole.pages[number - 1])
    out = io.BytesIO()
    alone.save(out, deterministic_id=True)
    return out.getvalue()


def picture_of(data: bytes) -> Image.Image:
    """Return an upright picture in grey. Raises: UnreadableError."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            return ImageOps.exif_transpose(picture).convert("L")
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise UnreadableError("gambar rusak dan tidak bisa dibaca") from None


def picture_of_pdf(data: bytes, dots_per_inch: int = DOTS_PER_INCH) -> Image.Image:
    """Return the first page of a PDF as a grey picture. Raises: UnreadableError."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            page = pdf[0]
            longest = max(page.get_size()) or 1.0
            scale = min(dots_per_inch / 72, 4000 / longest)
            drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
            return drawn.convert("L")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        raise UnreadableError("halaman PDF tidak bisa dibaca") from None


def preview_of(data: bytes, kind: str, edge: int = 900) -> bytes:
    """Return a small JPEG of a page for the screen. Raises: UnreadableError."""
    picture = picture_of_pdf(data, 100) if kind == PDF else picture_of(data)
    picture.thumbnail((edge, edge))
    out = io.BytesIO()
    picture.save(out, JPEG.partition("/")[2], quality=70)
    return out.getvalue()


def codes_on(picture: Image.Image) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of Rembuk on a page, and the texts of other QR codes; both sorted, each once.

    Looks at the whole page first, then closer: with stretched contrast, and at its four overlapping quarters enlarged.
    """
    other: set[str] = set()
    for look in looks(picture):
        texts = [found.text for found in zxingcpp.read_barcodes(look, formats=QR_ONLY)]
        codes = {code for code in map(code_in, texts) if code}
        other |= {text for text in texts if not code_in(text)}
        if codes:
            return tuple(sorted(codes)), tuple(sorted(other))
    return (), tuple(sorted(other))


def looks(picture: Image.Image) -> Iterator[Image.Image]:
    yield picture
    even = ImageOps.autocontrast(picture, cutoff=2)
    yield even
    if max(even.size) < SHARP_EDGE:
        yield even.resize((even.width * 2, even.height * 2))
    width, height = even.size
    for left in (0.0, 0.4):
        for top in (0.0, 0.4):
            part = even.crop(
                (int(left * width), int(top * height), int((left + 0.6) * width), int((top + 0.6) * height))
            )
            yield part.resize((part.width * 2, part.height * 2))


def code_in(text: str) -> str:
    """Return the code in what a QR says: the last part of an address that verifies, or the bare code; else empty."""
    path, slash, last = text.strip().rstrip("/").rpartition("/")
    if slash and not path.endswith("/periksa"):
        return ""
    code = last.replace("-", "").upper()
    return code if _CODE.fullmatch(code) else ""
