"""The room `portal` as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.portal"
    label = "portal"
