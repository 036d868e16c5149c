"""Sign-in by any name: user name, e-mail or phone, with a password."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from rembuk.accounts.models import Person


class AnyNameBackend(BaseBackend):
    """Lets an active person in by password. Gives no permissions: those come from assignments alone."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        if not username or password is None:
            return None
        person = Person.objects.by_any_name(username)
        if person is None:
            # The same work as for a known name, so that time does not tell who has an account.
            Person().set_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: UUID) -> Person | None:
        person = Person.objects.filter(pk=user_id).first()
        return person if person is not None and person.is_active else None
