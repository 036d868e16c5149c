"""How files leave the program: as a download with a plain name, never run in the site's name."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_name(title: str, fmt: str) -> str:
    """Return a file name that every system takes: the title without signs that mean something to a file system."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", title).strip(" .")[:140] or "dokumen"
    return f"{plain}.{fmt}"


def sent(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Return *data* as a download."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
