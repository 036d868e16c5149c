"""The room `mentoring` as Django knows it."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.mentoring"
    label = "mentoring"
