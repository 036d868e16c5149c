"""From which machine a try to sign in comes, and for how long that is remembered."""

from ipaddress import ip_address

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest

KEPT_DAYS = 90


def client_address(request: HttpRequest) -> str | None:
    """Return the address that a lock counts by, or None when there is none (a socket file).

    Behind the HTTPS proxy every request comes from the proxy, so the last address that the proxy itself added counts;
    earlier ones in the header are the client's own claim. Without a proxy the header is not believed at all.
    """
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        named = _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2])
        if named:
            return named
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


def forget_sign_ins() -> int:
    """Delete what is known of sign-ins older than ninety days; returns how many rows."""
    return int(AxesProxyHandler.reset_logs(age_days=KEPT_DAYS))
