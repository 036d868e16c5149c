"""A request as the server tells it, in the words of WSGI that Django reads."""

import sys
from typing import IO, Any


def environ_of(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """Return the WSGI environment of a request whose body was read whole into *body*, which is rewound."""
    size = body.tell()
    body.seek(0)
    host, port = address_of(scope.server)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address_of(scope.client)[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority:  # HTTP/2 names the host so
        environ["HTTP_HOST"] = scope.authority
    environ.update(headers_of(scope.headers.items()))
    environ["CONTENT_LENGTH"] = str(size)
    return environ


def headers_of(items: list[tuple[str, str]]) -> dict[str, str]:
    """Return the headers by their WSGI names; one that is sent twice is joined.

    A name with an underscore is left out: it would pass for the same name with a hyphen, which a proxy has checked.
    """
    found: dict[str, str] = {}
    for name, value in items:
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        if key in found:
            value = f"{found[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        found[key] = value
    return found


def address_of(text: str) -> tuple[str, str]:
    """Split ``host:port``; an IPv6 host loses its brackets."""
    host, _colon, port = text.rpartition(":")
    return host.strip("[]"), port
