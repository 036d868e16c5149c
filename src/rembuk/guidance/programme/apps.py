"""The room `programme` as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.programme"
    label = "programme"
