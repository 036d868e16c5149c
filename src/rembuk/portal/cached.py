"""Pages kept in memory until something of their village changes, and the door of public pages that uses them.

A page is kept for visitors only: whoever is signed in sees their own head of the page. Its key holds the address, the
language, the day and the village's number (see `versions`), so that a change shows at once; a page also grows old by
itself after some minutes, since meetings pass. Browsers ask again every time and are told 304 where nothing is new.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from rembuk.portal import versions
from rembuk.portal.queries.villages import village_by_code
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page

KEPT_SECONDS = 600.0
MOST_PAGES = 4_000
"""More than the pages of 193 villages; squeezed they are 6 kB each."""
LONGEST_ADDRESS = 300
SQUEEZED_FROM = 500
Key = tuple[Any, ...]
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as bytes. squeezed: they are gzip, as nearly every browser takes them. until: on the process's clock."""

    body: bytes
    squeezed: bool
    content_type: str
    etag: str
    headers: tuple[tuple[str, str], ...]
    until: float


class Shelf:
    """The pages that a process keeps, the least used ones leave first. Safe for threads."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._most = most

    def find(self, key: Key) -> Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is None:
                return None
            if kept.until < time.monotonic():
                del self._pages[key]
                return None
            self._pages.move_to_end(key)
            return kept

    def keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._pages[key] = kept
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


shelf = Shelf()


def visitor(request: HttpRequest) -> bool:
    """Return whether the request is of somebody for whom every page is the same: no session, no message waiting."""
    cookies = request.COOKIES
    return (
        request.method in ("GET", "HEAD")
        and hat_of(request) is None
        and settings.SESSION_COOKIE_NAME not in cookies
        and "messages" not in cookies
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def answered(request: HttpRequest, number: int, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the page kept under this address and *number*, or make and keep it.

    number: of the village, or of all, asked before the page is made: what is read afterwards is never older.
    """
    if not visitor(request):
        return make()
    key = (request.scheme, request.get_host(), request.get_full_path(), get_language(), clock.today(), number)
    kept = shelf.find(key)
    if kept is None:
        made = make()
        if made.status_code != 200 or made.streaming or made.cookies:
            return made
        kept = kept_of(made)
        shelf.keep(key, kept)
    return told(request, kept)


def kept_of(made: HttpResponse) -> Kept:
    body = made.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    squeezed = len(body) >= SQUEEZED_FROM and is_text(made)
    body = gzip.compress(body, 6, mtime=0) if squeezed else body
    names = ("Content-Disposition", "Cache-Control")
    headers = tuple((name, made.headers[name]) for name in names if name in made.headers)
    return Kept(body, squeezed, made.headers["Content-Type"], etag, headers, time.monotonic() + KEPT_SECONDS)


def is_text(made: HttpResponse) -> bool:
    return not made.headers["Content-Type"].startswith(("image/", "application/pdf"))


def told(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return a fresh response of a kept page, or 304 where the browser has it."""
    squeeze = kept.squeezed and "gzip" in request.headers.get("Accept-Encoding", "")
    body = gzip.decompress(kept.body) if kept.squeezed and not squeeze else kept.body
    response = HttpResponse(body, content_type=kept.content_type)
    for name, value in kept.headers:
        response.headers[name] = value
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["ETag"] = kept.etag
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    answer = get_conditional_response(request, etag=kept.etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def village_page(act: str = "portal.village") -> Callable[[View], View]:
    """Mark a view ``(request, village, ...)`` as a public page of the village whose code stands in its address."""

    def mark(view: View) -> View:
        @page(act)
        @wraps(view)
        def door(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
            village = village_by_code(code)
            if village is None:
                return unknown(request, code)
            return answered(request, versions.of(village.pk), lambda: view(request, village, **more))

        return door

    return mark


def regency_page(act: str = "portal.regency") -> Callable[[View], View]:
    """Mark a view ``(request, regency, ...)`` as a public page about all villages of a regency."""

    def mark(view: View) -> View:
        @page(act)
        @wraps(view)
        def door(request: HttpRequest, regency: str, **more: Any) -> HttpResponse:
            found = Regency.objects.filter(pk=regency).first()
            if found is None:
                return unknown(request, regency)
            return answered(request, versions.of_all(), lambda: view(request, found, **more))

        return door

    return mark


def unknown(request: HttpRequest, code: str) -> HttpResponse:
    """Say kindly that no place has this code, and lead on."""
    return render(request, "portal/unknown.html", {"code": code[:20]}, status=404)
