"""The room `evaluation` as Django knows it."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.evaluation"
    label = "evaluation"
