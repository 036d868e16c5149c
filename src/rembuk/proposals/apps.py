"""The room `proposals` as Django knows it."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.proposals"
    label = "proposals"
