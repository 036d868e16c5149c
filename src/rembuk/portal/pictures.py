"""Photos of works in the size in which a list shows them."""

import io

from PIL import Image

EDGE = (480, 360)
QUALITY = 68


def small(data: bytes) -> bytes:
    """Return a stored photo as a JPEG that fits 480 x 360, without hidden data."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("RGB", EDGE)
        plain = picture.convert("RGB")
        plain.thumbnail(EDGE)
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
