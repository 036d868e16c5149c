"""Files from outside as pages of a bundle: opened with care, fitted to paper, each page stamped with its number."""

import io
from collections.abc import Sequence
from typing import Final

import pikepdf
from PIL import Image, ImageOps

from rembuk.core.documents.bundle import Piece

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
MERGED: Final = frozenset({PDF, JPEG, PNG, WEBP})
A4: Final = (595.28, 841.89)
FOOT, EDGE = 30.0, 12.0
"""Points kept free for the stamp at the foot, and at the other edges."""
MOST_PAGES = 400


class UnreadableError(Exception):
    """A file that cannot become pages; the message is the reason in words."""


def opened(pieces: Sequence[Piece]) -> pikepdf.Pdf:
    """Return the files of one paper as one PDF. Raises: UnreadableError."""
    first, *rest = (opened_piece(one.data, one.kind) for one in pieces)
    for more in rest:
        first.pages.extend(more.pages)
    if len(first.pages) > MOST_PAGES:
        raise UnreadableError(f"lebih dari {MOST_PAGES} halaman; unduh sendiri dari arsip")
    return first


def opened_piece(data: bytes, kind: str) -> pikepdf.Pdf:
    """Return a file as a PDF of its own. kind: content type. Raises: UnreadableError."""
    if kind not in MERGED:
        raise UnreadableError("berkas Word atau Excel tidak disatukan; ada sendiri di arsip")
    try:
        pdf = pikepdf.open(io.BytesIO(data)) if kind == PDF else pictured(data)
        count = len(pdf.pages)
    except pikepdf.PasswordError:
        raise UnreadableError("berkas PDF terkunci kata sandi") from None
    except (pikepdf.PdfError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise UnreadableError("berkas rusak dan tidak bisa dibaca") from None
    if not count:
        raise UnreadableError("berkas PDF tidak punya halaman")
    return pdf


def pictured(data: bytes) -> pikepdf.Pdf:
    """Return a picture as a PDF of one page; an upright JPEG keeps its bytes."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        turned = picture.getexif().get(0x0112, 1) != 1
        if picture.format == "JPEG" and picture.mode in ("RGB", "L") and not turned:
            picture.load()
            size, mode, raw = picture.size, picture.mode, data
        else:
            flat = ImageOps.exif_transpose(picture).convert("RGB")
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=85)
            size, mode, raw = flat.size, "RGB", out.getvalue()
    pdf = pikepdf.new()
    width, height = A4 if size[0] <= size[1] else (A4[1], A4[0])
    scale = min(width / size[0], height / size[1])
    across, up = size[0] * scale, size[1] * scale
    page = pdf.add_blank_page(page_size=(width, height))
    image = pikepdf.Stream(pdf, raw)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = size[0], size[1], 8
    image.ColorSpace = pikepdf.Name.DeviceRGB if mode == "RGB" else pikepdf.Name.DeviceGray
    image.Filter = pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=pdf.make_indirect(image)))
    left, low = (width - across) / 2, (height - up) / 2
    page.Contents = pdf.make_stream(f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {low:.2f} cm /Scan Do Q".encode())
    return pdf


def stamped(target: pikepdf.Pdf, source: pikepdf.Pdf, *, label: str, total: int) -> None:
    """Append every page of *source* to *target*, made small enough for a stamp at the foot. total: pages of the bundle.

    Signatures and notes that lie over a page are drawn into it first, so that none is lost.
    """
    flatten(source)
    for page in source.pages:
        wide = turned_width(page) > turned_height(page)
        width, height = (A4[1], A4[0]) if wide else A4
        number = len(target.pages) + 1
        target.add_blank_page(page_size=(width, height))
        made = target.pages[-1]
        made.add_overlay(page, pikepdf.Rectangle(EDGE, FOOT, width - EDGE, height - EDGE))
        mark = stamp(width, height, label, f"Halaman {number} dari {total}")
        made.add_overlay(mark.pages[0], None)


def flatten(source: pikepdf.Pdf) -> None:
    try:
        source.generate_appearance_streams()
        source.flatten_annotations("all")
    except (pikepdf.PdfError, ValueError, TypeError):
        return  # a damaged note must not keep the page itself out


def turned_width(page: pikepdf.Page) -> float:
    return side_of(page, across=True)


def turned_height(page: pikepdf.Page) -> float:
    return side_of(page, across=False)


def side_of(page: pikepdf.Page, *, across: bool) -> float:
    """Return width or height of a page as it is looked at."""
    box = pikepdf.Rectangle(page.trimbox)
    turned = int(page.get("/Rotate", 0)) % 180 == 90
    return float(box.width if across != turned else box.height)


def stamp(width: float, height: float, label: str, number: str) -> pikepdf.Pdf:
    """Return one page with the stamp alone: which annex at the left, the page number at the right."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
    )
    right = width - EDGE - 4.0 * len(number)
    room = int((right - EDGE - 12) / 3.9)
    short = label if len(label) <= room else f"{label[: room - 3]}..."
    page.Contents = pdf.make_stream(
        b"q 0.4 w %d %d m %d %d l S BT /F 7.5 Tf 1 0 0 1 %d 14 Tm (%b) Tj 1 0 0 1 %d 14 Tm (%b) Tj ET Q"
        % (EDGE, FOOT - 5, width - EDGE, FOOT - 5, EDGE, escaped(short), right, escaped(number))
    )
    return pdf


def escaped(text: str) -> bytes:
    """Return words as a PDF string of the Windows Latin alphabet; a sign outside of it becomes a question mark."""
    plain = text.encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
