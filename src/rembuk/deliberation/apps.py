"""The room `deliberation` as Django knows it."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.deliberation"
    label = "deliberation"
