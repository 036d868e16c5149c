"""The door on plain http beside an office's https: hands out the authority's certificate and sends everybody over."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from rembuk.cli.certificates import fingerprint

CERTIFICATE, STYLE, PAGE = "/penerbit.crt", "/rembuk.css", "/percaya/"
POLICY = "default-src 'none'; style-src 'self'"
SHEETS = Path(__file__).resolve().parents[1] / "shared" / "static" / "rembuk"


@dataclass(frozen=True, slots=True)
class Given:
    """What one address answers: its kind and its bytes."""

    kind: str
    data: bytes


def open_door(*, host: str, port: int, secure_port: int, names: Sequence[str], authority: Path) -> ThreadingHTTPServer:
    """Listen on *port* in a thread of this process; everything but three addresses leads to https on *secure_port*.

    names: those of the certificate, the first for readers who ask for another. Raises: OSError when the port is taken.
    """
    door = ThreadingHTTPServer((host, port), handler(pages(authority), list(names), secure_port))
    door.daemon_threads = True
    threading.Thread(target=door.serve_forever, name="door", daemon=True).start()
    return door


def pages(authority: Path) -> dict[str, Given]:
    """Return the answers by address; the page in both languages, which are made once."""
    from django.template.loader import render_to_string  # Django is set up only once the command has read its folder
    from django.utils import translation

    made = {
        CERTIFICATE: Given("application/x-x509-ca-cert", authority.read_bytes()),
        STYLE: Given(
            "text/css; charset=utf-8", b"".join((SHEETS / name).read_bytes() for name in ("rembuk.css", "more.css"))
        ),
    }
    for language in ("id", "en"):
        with translation.override(language):
            text = render_to_string(
                "shared/trust.html", {"certificate": CERTIFICATE, "style": STYLE, "fingerprint": fingerprint(authority)}
            )
        made[f"{PAGE}{language}"] = Given("text/html; charset=utf-8", text.encode())
    return made


def handler(given: Mapping[str, Given], names: list[str], secure_port: int) -> type[BaseHTTPRequestHandler]:
    """Return what answers one request."""

    class Door(BaseHTTPRequestHandler):
        """Gives three things away and leads everybody else on; it reads no body and knows no session."""

        server_version, sys_version, timeout = "Rembuk", "", 10

        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if path.path == PAGE:
                self.give(given[PAGE + ("en" if "lang=en" in path.query else "id")])
            elif path.path in given:
                self.give(given[path.path])
            elif path.path == "/":
                self.lead(PAGE)
            else:
                self.lead(f"{self.secure()}{'' if path.path == '/buka/' else self.path}")

        def do_POST(self) -> None:
            # 303: a form sent to the wrong door is not sent again by itself.
            self.lead(f"{self.secure()}{self.path}")

        def secure(self) -> str:
            asked = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
            name = asked if asked in names else names[0]
            return f"https://{f'[{name}]' if ':' in name else name}:{secure_port}"

        def give(self, what: Given) -> None:
            self.send_response(200)
            self.send_header("Content-Type", what.kind)
            self.send_header("Content-Length", str(len(what.data)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(what.data)

        def lead(self, to: str) -> None:
            self.send_response(303)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the addresses of readers are not kept."""

    return Door
