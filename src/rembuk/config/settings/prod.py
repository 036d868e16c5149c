"""Settings of a real office: the base, tightened behind HTTPS."""

from rembuk.config import env
from rembuk.config.settings.base import *  # noqa: F403

AXES_CLIENT_IP_CALLABLE = "rembuk.accounts.addresses.client_address"

# With a certificate of the office's own there is no HSTS: it would take the door on plain http away as well.
if env.behind_proxy():
    SECURE_HSTS_SECONDS = 180 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.hosts()]
