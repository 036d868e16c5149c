"""Names of people for rooms that come before `accounts`; the account model is the one that the settings name."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth import get_user_model


def names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return the names of the people with these ids in one query; unknown ones are left out."""
    wanted = set(ids)
    return dict(get_user_model().objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
