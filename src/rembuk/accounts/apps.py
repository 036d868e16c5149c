"""The room `accounts` as Django knows it."""

from dataclasses import replace

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Models can be imported only now.
        from allauth.mfa.models import Authenticator
        from django.utils.translation import gettext_lazy as _

        from rembuk.accounts import addresses, labels, models, permissions, queries, services  # noqa: F401  (labels and permissions register themselves)
        from rembuk.shared import daily, menu
        from rembuk.shared.trail import audit, kinds

        audit(models.Person, personal=("name", "username", "email", "phone"), ignore=("password",))
        audit(models.Assignment)
        audit(models.OneTimeCode, ignore=("digest",))
        audit(Authenticator, ignore=("data", "last_used_at"))
        daily.register("accounts.end_unused", services.end_unused_accounts)
        daily.register("accounts.forget_sign_ins", lambda _today: addresses.forget_sign_ins())
        kinds.register(
            "penugasan",
            models.Assignment,
            finder=queries.assignment_by_id,
            act="accounts.see_assignment",
            also=queries.rows_of_assignment,
        )

        people = menu.Entry("people", _("Orang & peran"), "people", "accounts:people", "accounts.list_people", order=85)
        menu.register(replace(people, main=False, waiting=queries.waiting))
