"""How the program holds on to its database."""

import pytest
from django.db.utils import ConnectionHandler

from rembuk.config import env

pytestmark = pytest.mark.django_db


def test_a_thread_keeps_its_sqlite_connection_from_one_request_to_the_next(tmp_path):
    """A new connection reads the whole schema with its triggers first, which costs more than most pages."""
    database = ConnectionHandler({"default": env.sqlite(tmp_path / "rembuk.sqlite3")})["default"]
    database.ensure_connection()
    first = database.connection

    database.close_if_unusable_or_obsolete()  # what Django does when a request begins and ends

    assert database.connection is first
    database.close()
