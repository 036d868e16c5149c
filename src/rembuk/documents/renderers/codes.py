"""QR codes of papers: the address that verifies one, and the bare code for the foot of every page."""

import io

import segno


def qr_svg(address: str, border: int = 1) -> str:
    """Return the QR code of *address* as SVG. border: quiet modules around it."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=border, scale=4))


def qr_png(address: str, border: int = 1) -> io.BytesIO:
    """Return the QR code of *address* as a PNG picture. border: quiet modules around it."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=6, border=border)
    return picture


def bare_code(address: str) -> str:
    """Return the code alone from the address that verifies a paper: the smallest QR, for the foot of every page."""
    return address.rstrip("/").rpartition("/")[2].replace("-", "")
