"""Photos and scans made small: no hidden data, no bombs, the time of capture kept."""

import io
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.utils.timezone import get_current_timezone
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from rembuk.core.errors import BadInputError

PHOTO_EDGE, PHOTO_BYTES = 1280, 200 * 1000
SCAN_EDGE, SCAN_BYTES = 2480, 1000 * 1000
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A JPEG without hidden data, and when the camera says that it was taken."""

    data: bytes
    captured_at: datetime | None


def shrink(data: bytes, *, scan: bool = False) -> Shrunk:
    """Return *data* as a small JPEG: 1,280 px and 200 kB for a photo, 2,480 px and 1 MB for a scanned paper.

    Raises: BadInputError if it is no picture, broken, or has more pixels than a camera makes.
    """
    edge, limit = (SCAN_EDGE, SCAN_BYTES) if scan else (PHOTO_EDGE, PHOTO_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadInputError("file-too-many-pixels")
                captured_at = capture_time(picture)
                # A JPEG can be decoded straight to a smaller size.
                picture.draft("RGB", (edge * 2, edge * 2))
                small = ImageOps.exif_transpose(picture)
                small.thumbnail((edge, edge))
                return Shrunk(_encode(_flat(small), limit), captured_at)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadInputError("file-too-many-pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadInputError("file-broken") from error


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        layered = picture.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _encode(picture: Image.Image, limit: int) -> bytes:
    while True:
        for quality in (82, 72, 60, 45, 30):
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= limit:
                return out.getvalue()
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def capture_time(picture: Image.Image) -> datetime | None:
    """Return when the camera says the picture was taken; without an offset it is the regency's time."""
    try:
        inner = picture.getexif().get_ifd(ExifTags.IFD.Exif)
        text = str(inner.get(ExifTags.Base.DateTimeOriginal, ""))
        taken = datetime.strptime(text.strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=get_current_timezone())
        offset = str(inner.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ")
        if offset:
            sign = -1 if offset.startswith("-") else 1
            hours, minutes = offset.lstrip("+-").split(":")
            taken = taken.replace(tzinfo=timezone(sign * timedelta(hours=int(hours), minutes=int(minutes))))
        return taken.astimezone(UTC)
    except (ValueError, KeyError, OSError, SyntaxError):
        return None
