"""The room `portal` as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What anybody may read without signing in."""

    name = "rembuk.portal"
    label = "portal"

    def ready(self) -> None:
        # The rows must be in the table before the first request.
        from rembuk.portal import permissions  # noqa: F401
