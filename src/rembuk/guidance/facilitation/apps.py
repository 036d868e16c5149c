"""The room `facilitation` as Django knows it."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.facilitation"
    label = "facilitation"
