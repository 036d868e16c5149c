"""Three villages in two kecamatan, and the people of the regency who plan and decide."""

import pytest

from factories import people, places
from rembuk.core.hat import Role


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def villages(db):
    return places.melintang(), places.enggelam(), places.perian()


@pytest.fixture
def posts(villages):
    """Role -> assignment, for signing in."""
    return {role.value: people.holder(role) for role in (Role.KBD, Role.STF, Role.KDP)}


@pytest.fixture
def hats(posts):
    """Role -> hat, for the services."""
    return {role: post.hat() for role, post in posts.items()}
