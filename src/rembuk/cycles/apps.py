"""The room `cycles` as Django knows it."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.cycles"
    label = "cycles"
