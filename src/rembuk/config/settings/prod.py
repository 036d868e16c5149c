"""Settings of a real office: the base, tightened behind HTTPS."""

from rembuk.config import env
from rembuk.config.settings.base import *  # noqa: F403

AXES_CLIENT_IP_CALLABLE = "rembuk.accounts.addresses.client_address"

if env.https():
    SECURE_HSTS_SECONDS = 180 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.hosts()]
