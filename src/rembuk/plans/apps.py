"""The room `plans` as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.plans"
    label = "plans"
