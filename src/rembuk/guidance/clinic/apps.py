"""The room `clinic` as Django knows it."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.clinic"
    label = "clinic"
