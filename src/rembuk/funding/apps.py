"""The room `funding` as Django knows it."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.funding"
    label = "funding"
