"""The only reader of the environment; refuses odd values by name.

REMBUK_DATA     folder of the database, files and key
REMBUK_MODE     demo | kerja | latihan | balai | uji
DATABASE_URL    postgresql://... ; without it SQLite in the data folder
REMBUK_HOSTS    comma-separated host names that may be asked for
REMBUK_HTTPS    1 when the program stands behind HTTPS, sendiri when it speaks HTTPS itself (set by serve --https)
REMBUK_QUEUE    how many requests may wait in each web process before the next is sent away
REMBUK_MAIL     smtp://name:password@host:587?from=address (smtps:// for TLS at once); without it no e-mail is sent
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
MOST_WAITING = 100_000
MODES = ("demo", "kerja", "latihan", "balai", "uji")


class BadEnvironmentError(SystemExit):
    """An environment variable holds a value that Rembuk does not understand."""

    def __init__(self, name: str, value: str, accepted: str) -> None:
        super().__init__(f"rembuk: {name}={value!r} tidak dikenal; yang diterima: {accepted}")


def mode() -> str:
    value = os.environ.get("REMBUK_MODE", "kerja")
    if value not in MODES:
        raise BadEnvironmentError("REMBUK_MODE", value, ", ".join(MODES))
    return value


def data_folder() -> Path:
    """Return where the database, the files and the key lie; the folder may not exist yet."""
    value = os.environ.get("REMBUK_DATA")
    return Path(value).expanduser().resolve() if value else ROOT / "data" / mode()


def secret_key() -> str:
    """Return the key of this data folder, making it on first use (0600)."""
    path = data_folder() / "kunci"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def hosts() -> list[str]:
    value = os.environ.get("REMBUK_HOSTS", "")
    return [host.strip() for host in value.split(",") if host.strip()] or ["127.0.0.1", "localhost", "[::1]"]


def https() -> bool:
    """Return whether readers come by HTTPS, whoever speaks it."""
    value = os.environ.get("REMBUK_HTTPS", "0")
    if value not in ("0", "1", "sendiri"):
        raise BadEnvironmentError("REMBUK_HTTPS", value, "0, 1, sendiri")
    return value != "0"


def queue() -> int:
    """Return how many requests may wait in each web process before the next one is answered with 503."""
    value = os.environ.get("REMBUK_QUEUE", "2500")
    if not value.isascii() or not value.isdigit() or int(value) > MOST_WAITING:
        raise BadEnvironmentError("REMBUK_QUEUE", value, f"0 sampai {MOST_WAITING}")
    return int(value)


def behind_proxy() -> bool:
    """Return whether another server speaks HTTPS for this one and says so in its headers."""
    return https() and os.environ["REMBUK_HTTPS"] == "1"


def mail() -> dict[str, object]:
    """Return Django's settings for sending e-mail; without REMBUK_MAIL nothing is ever sent."""
    url = os.environ.get("REMBUK_MAIL", "")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "DEFAULT_FROM_EMAIL": ""}
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    sender = unquote(query.get("from", ""))
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise BadEnvironmentError("REMBUK_MAIL", parts.scheme, "smtp://nama:sandi@host:587?from=alamat@contoh.id")
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DEFAULT_FROM_EMAIL": sender,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        # A relay on the same machine has no certificate; everything else is encrypted.
        "EMAIL_USE_TLS": not at_once and parts.hostname not in ("127.0.0.1", "localhost"),
        "EMAIL_TIMEOUT": 20,
    }


def database() -> dict[str, object]:
    """Return Django's description of the database: PostgreSQL by DATABASE_URL, else SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return sqlite(data_folder() / "rembuk.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadEnvironmentError("DATABASE_URL", parts.scheme, "postgresql://nama:sandi@host:port/basisdata")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # Django's pool and CONN_MAX_AGE exclude each other
        # As many as the lanes and streams of `config.front` may want at once.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16}},
    }


def sqlite(path: Path) -> dict[str, object]:
    """Describe a SQLite file with the settings under which 50 writers had no failure."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # A new connection reads the whole schema with its hundreds of triggers first: 25 to 45 ms of CPU each time.
        "CONN_MAX_AGE": 300,
        "OPTIONS": {
            "timeout": 20,
            # IMMEDIATE makes every atomic() a writer: no slow work inside one.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }
