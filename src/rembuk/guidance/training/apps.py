"""The room `training` as Django knows it."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.training"
    label = "training"
