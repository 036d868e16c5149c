"""System check: every audited and every protected table has its triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from rembuk.shared.trail.install import missing

_repairing: ContextVar[bool] = ContextVar("rembuk_repairing", default=False)


@contextmanager
def repairing() -> Iterator[None]:
    """Keep the check quiet while ``migrate`` runs, which puts back what is missing."""
    token = _repairing.set(True)
    try:
        yield
    finally:
        _repairing.reset(token)


def tables_without_triggers(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name every table that the trail or the freezing of plans should hold and does not."""
    if _repairing.get():
        return []
    found: list[CheckMessage] = []
    for alias in databases or ():
        tables = sorted({trigger.table for trigger in missing(connections[alias])})
        found += [
            Error(
                f"Tabel {table} tidak punya pemicu jejak di basis data {alias}.",
                hint="Jalankan ./rembuk manage migrate; perubahan tanpa jejak tidak boleh terjadi.",
                id="rembuk.E001",
            )
            for table in tables
        ]
    return found


def connect() -> None:
    """Register the check; it runs where a database may be asked."""
    register(Tags.database)(tables_without_triggers)
