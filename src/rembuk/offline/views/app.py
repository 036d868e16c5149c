"""The shell of the field app: one page, its modules, its words and the worker that keeps them on the phone.

Nothing here holds data of a person or a village; packages and envelopes have their own doors.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, override

from rembuk.offline.words import WORDS
from rembuk.shared.web import hat_of, page

SOURCES: Final = files("rembuk.offline") / "static" / "offline"
KINDS: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
WORKER: Final = "worker.js"
STYLES: Final = (
    "rembuk/rembuk.css",
    "rembuk/more.css",
    "deliberation/ballots.css",
    "rembuk/icons.svg",
    "rembuk/mark.svg",
)


@page("offline.app")
def shell(request: HttpRequest) -> HttpResponse:
    """Answer the page of the app, the same for everybody: who is signed in is asked later."""
    response = render(request, "offline/app.html", shown())
    response["Cache-Control"] = "no-cache"
    return response


@page("offline.app")
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker. Its text names the version, so that a new program is a new worker.

    With ``?tanpa=kirim`` it comes without the module that sends in the background, for browsers whose workers know no
    modules.
    """
    lines = [f"const VERSION = {json.dumps(edition())};", f"const SHELL = {json.dumps(addresses())};"]
    if request.GET.get("tanpa") != "kirim":
        lines.insert(0, f"import {{ sendAll }} from {json.dumps(module_address('sync.js'))};")
    else:
        lines.append("const sendAll = null;")
    text = "\n".join(lines) + "\n" + (SOURCES / WORKER).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type=KINDS["js"])
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = reverse("offline:app")
    return response


@page("offline.app")
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer what a phone wants to know before it puts the app on its first screen."""
    home = reverse("offline:app")
    data = {
        "id": home,
        "name": gettext("Rembuk lapangan"),
        "short_name": "Rembuk",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#f4eee1",
        "theme_color": "#0b5d4e",
        "icons": [{"src": static("rembuk/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(data, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@page("offline.app")
def session(request: HttpRequest) -> HttpResponse:
    """Answer who is signed in and the token for what the app sends in that person's name; never kept anywhere."""
    hat = hat_of(request)
    person = {"id": str(hat.person_id), "name": str(request.user)} if hat is not None else None
    data = {"person": person, "csrf": get_token(request), "version": edition()}
    return JsonResponse(data, headers={"Cache-Control": "no-store"})


@page("offline.app")
def words(request: HttpRequest, language: str) -> HttpResponse:
    """Answer the words of one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return HttpResponse(words_text(language), content_type="application/json", headers={"Cache-Control": "no-cache"})


@page("offline.app")
def module(request: HttpRequest, version: str, name: str, kind: str) -> HttpResponse:
    """Answer one module or the stylesheet of the present version; another version lives only on phones."""
    asked = f"{name}.{kind}"
    if version != edition() or asked not in names():
        raise Http404
    text = (SOURCES / asked).read_bytes()
    return HttpResponse(
        text, content_type=KINDS[kind], headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def shown() -> dict[str, object]:
    return {
        "version": edition(),
        "main": module_address("main.js"),
        "style": module_address("app.css"),
        "icons": static("rembuk/icons.svg"),
        "languages": [code for code, _name in settings.LANGUAGES],
    }


def module_address(name: str) -> str:
    stem, _dot, kind = name.rpartition(".")
    return reverse("offline:module", kwargs={"version": edition(), "name": stem, "kind": kind})


def addresses() -> list[str]:
    """Return everything a phone keeps, the page first."""
    return [
        reverse("offline:app"),
        reverse("offline:manifest"),
        *(reverse("offline:words", kwargs={"language": code}) for code, _name in settings.LANGUAGES),
        *(module_address(name) for name in names()),
        *(static(path) for path in STYLES),
    ]


def words_text(language: str) -> str:
    with override(language):
        return json.dumps({key: str(words) for key, words in WORDS.items()}, ensure_ascii=False)


@cache
def names() -> tuple[str, ...]:
    """Return the files of the app but for the worker's own text, in the order of their names."""
    found = (entry.name for entry in SOURCES.iterdir() if entry.name.endswith((".js", ".css")))
    return tuple(sorted(name for name in found if name != WORKER))


@cache
def edition() -> str:
    """Return twelve letters made from everything the shell consists of: another byte is another version."""
    digest = hashlib.sha256()
    for name in (*names(), WORKER):
        digest.update(name.encode() + b"\0" + (SOURCES / name).read_bytes())
    for path in STYLES:
        found = finders.find(path)
        digest.update(path.encode() + b"\0" + (Path(found).read_bytes() if isinstance(found, str) else b""))
    for code, _name in settings.LANGUAGES:
        with override(code):
            digest.update(render_to_string("offline/app.html").encode() + words_text(code).encode())
    return digest.hexdigest()[:12]
