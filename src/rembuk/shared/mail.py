"""Letters by e-mail, where the office has named a mail server (REMBUK_MAIL). Nothing else in the program sends any."""

from django.conf import settings
from django.core.mail import EmailMessage

LONGEST_SUBJECT = 200


def configured() -> bool:
    """Return whether there is a server to send through."""
    return bool(settings.DEFAULT_FROM_EMAIL)


def send(to: str, subject: str, body: str) -> None:
    """Send one plain letter to one address; call it outside any transaction. Raises: OSError when it did not leave."""
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    EmailMessage(line, body, settings.DEFAULT_FROM_EMAIL, [to]).send()


def site_address(path: str) -> str:
    """Return the full address of a path where no request tells it, by the first host of the settings; else empty."""
    host = next(
        (name for name in settings.ALLOWED_HOSTS if "." in name and not name.startswith(("127.", "*", "."))), ""
    )
    return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{host}{path}" if host else ""
