"""The room `accounts` as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.accounts import labels, permissions  # noqa: F401  (rows of permission and sentences register themselves)
        from rembuk.shared import menu

        menu.register(
            menu.Entry(
                "people", _("Orang & peran"), "people", "accounts:people", "accounts.list_people", order=85, main=False
            )
        )
