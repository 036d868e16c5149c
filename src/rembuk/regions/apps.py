"""The room `regions` as Django knows it."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.regions"
    label = "regions"
