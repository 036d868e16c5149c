"""The room `accounts` as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.accounts"
    label = "accounts"
