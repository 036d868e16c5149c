"""The room `sectors` as Django knows it."""

from django.apps import AppConfig


class SectorsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.sectors"
    label = "sectors"
