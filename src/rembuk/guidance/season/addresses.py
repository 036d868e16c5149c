"""Addresses of calendar feeds: nobody can guess one, whoever holds it may read it."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT = "rembuk.season.feed"


def token_of(kind: str, season_id: UUID, key: str) -> str:
    """Return the secret part of a feed's address. kind: t for a team, d for a village."""
    return signing.dumps([kind, season_id.hex, key], salt=SALT)


def read_token(token: str) -> tuple[str, UUID, str]:
    """Return (kind, season, key) of a token. Raises: BadSignature, ValueError."""
    kind, season_id, key = signing.loads(token, salt=SALT)
    return kind, UUID(season_id), key


def feed_address(kind: str, season_id: UUID, key: str) -> str:
    """Return the path of a feed."""
    return reverse("season:feed", args=(token_of(kind, season_id, key),))
