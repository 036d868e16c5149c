"""The test runner empties all tables between tests; only the test settings let the trail go with them.

Without ``TRAIL_FLUSH_ALLOWED = True`` in the settings nothing here is ever put in place: on SQLite
``rembuk_flushing()`` stays 0, on PostgreSQL nobody sets ``rembuk.flush``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def allow(connection: BaseDatabaseWrapper) -> None:
    """Let the flush of the test runner pass on *connection*, if the settings say so."""
    if not getattr(settings, "TRAIL_FLUSH_ALLOWED", False) or hasattr(connection.ops, "rembuk_flush"):
        return
    plain: Callable[[Iterable[str]], None] = connection.ops.execute_sql_flush

    def flush(sql_list: Iterable[str]) -> None:
        pen: Any = connection.rembuk_pen  # type: ignore[attr-defined]
        with transaction.atomic(using=connection.alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('rembuk.flush', 'uji', true)")
            pen.flushing = True
            try:
                plain(sql_list)
            finally:
                pen.flushing = False

    connection.ops.execute_sql_flush = flush  # type: ignore[method-assign]
    connection.ops.rembuk_flush = True  # type: ignore[attr-defined]
