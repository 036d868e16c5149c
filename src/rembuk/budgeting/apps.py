"""The room `budgeting` as Django knows it."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.budgeting"
    label = "budgeting"
