"""The room `shared` as Django knows it."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.shared"
    label = "shared"
