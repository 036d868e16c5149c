"""Puts the triggers in place after a migration, takes them away before one, and says which are missing.

They must go before a migration: with a trigger in place SQLite refuses to drop a column of its table, and Django's
rebuilding of tables would lose it silently.
"""

from types import ModuleType
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from rembuk.shared.trail import flush, postgres, sqlite
from rembuk.shared.trail.audited import audited_tables
from rembuk.shared.trail.protected import protected_tables
from rembuk.shared.trail.triggers import TRAIL_TABLES, Columns, Trigger


def dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the module that knows the triggers of this database."""
    return sqlite if connection.vendor == "sqlite" else postgres


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return every trigger that this database should have, for the tables that exist in it."""
    spoken = dialect(connection)
    made: dict[str, Trigger] = {}
    tables: Columns = spoken.columns(connection)
    if not all(table in tables for table in (*TRAIL_TABLES, "trail_personal")):
        return []
    triggers: list[Trigger] = list(spoken.keep_triggers())
    for rule in audited_tables():
        if rule.table in tables:
            triggers += spoken.audit_triggers(rule, tables[rule.table])
    for frozen in protected_tables():
        if frozen.table in tables:
            triggers += spoken.frozen_triggers(frozen, tables[frozen.table])
    for trigger in triggers:
        made[trigger.name] = trigger
    return list(made.values())


def install(connection: BaseDatabaseWrapper) -> int:
    """Make the missing triggers and drop outdated ones; returns how many were made; again changes nothing."""
    spoken = dialect(connection)
    have = spoken.installed(connection)
    want = wanted(connection)
    names = {trigger.name for trigger in want}
    spoken.drop(connection, sorted(have - names))
    new = [trigger for trigger in want if trigger.name not in have]
    if new:
        # One transaction: on SQLite each statement of its own would wait for the disk.
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            spoken.prepare(connection)
            for trigger in new:
                cursor.execute(trigger.sql)
    return len(new)


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Drop all of Rembuk's triggers."""
    spoken = dialect(connection)
    with transaction.atomic(using=connection.alias):
        spoken.drop(connection, sorted(spoken.installed(connection)))


def missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers that should be there and are not."""
    have = dialect(connection).installed(connection)
    return [trigger for trigger in wanted(connection) if trigger.name not in have]


def on_connection(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    dialect(connection).equip(connection)
    flush.allow(connection)


def before_migration(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, plan: Any = None, **_: Any) -> None:
    if plan != []:
        uninstall(connections[using])


def after_migration(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    install(connections[using])


def connect(config: AppConfig) -> None:
    """Listen to connections and migrations; called once from the room's ``ready()``."""
    connection_created.connect(on_connection, dispatch_uid="rembuk.trail")
    pre_migrate.connect(before_migration, sender=config, dispatch_uid="rembuk.trail")
    post_migrate.connect(after_migration, sender=config, dispatch_uid="rembuk.trail")
