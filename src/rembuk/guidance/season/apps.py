"""The room `season` as Django knows it."""

from django.apps import AppConfig


class SeasonConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.season"
    label = "season"
