"""The room `dashboards` as Django knows it."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.dashboards"
    label = "dashboards"
