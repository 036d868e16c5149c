"""The room `hall` as Django knows it: the studio and its projector, a surface without tables of its own."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """Registers the words of this surface."""

    name = "rembuk.hall"
    label = "hall"
