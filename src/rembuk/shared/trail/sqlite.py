"""The trail on SQLite: functions on every connection, and triggers that call them.

A trigger cannot read a temporary table, so it asks functions registered when a connection opens; a program without them
is refused by SQLite, which is wanted. Measured with 27 columns: about 10 microseconds a change (bench).
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from rembuk.shared import clock
from rembuk.shared.trail.audited import Audited
from rembuk.shared.trail.context import current
from rembuk.shared.trail.protected import Protected
from rembuk.shared.trail.triggers import FROZEN, KEPT, NOBODY, TRAIL_TABLES, Columns, Trigger

WATCHERS: list[Callable[[], None]] = []  # the tests look here for services that forget to say who acts


class Pen:
    """What the triggers of one connection ask: who acts, fresh salts, and whether the trail itself is writing."""

    def __init__(self) -> None:
        self.writing = False
        self.flushing = False
        self.seed = b""

    def begin(self) -> int:
        """Let the next insert into the trail pass, with a new seed for its salts. The seed is never stored."""
        self.writing = True
        self.seed = secrets.token_bytes(16)
        return 1

    def consume(self) -> int:
        was, self.writing = self.writing, False
        return int(was)

    def salt(self, side: str, column: str) -> str:
        return hashlib.sha256(self.seed + f"{side}:{column}".encode()).hexdigest()[:32]

    def digest(self, side: str, column: str, value: str) -> str:
        return hashlib.sha256(f"{self.salt(side, column)}:{value}".encode()).hexdigest()

    @staticmethod
    def actor(part: int) -> str:
        acting = current()
        if acting is None:
            if part == 0:
                for watcher in WATCHERS:
                    watcher()
            return NOBODY if part == 0 else ""
        return (acting.act, str(acting.person_id), acting.hat, acting.request_id, acting.regency)[part]

    @staticmethod
    def now() -> str:
        return clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")


def equip(connection: BaseDatabaseWrapper) -> Pen:
    """Register the functions on a fresh connection."""
    pen = Pen()
    functions: tuple[tuple[str, int, Any], ...] = (
        ("rembuk_begin", 0, pen.begin),
        ("rembuk_consume", 0, pen.consume),
        ("rembuk_flushing", 0, lambda: int(pen.flushing)),
        ("rembuk_salt", 2, pen.salt),
        ("rembuk_digest", 3, pen.digest),
        ("rembuk_actor", 1, pen.actor),
        ("rembuk_now", 0, pen.now),
    )
    for name, count, function in functions:
        connection.connection.create_function(name, count, function)
    # Without this, REPLACE would delete rows without firing their triggers.
    connection.connection.execute("PRAGMA recursive_triggers=ON")
    connection.rembuk_pen = pen  # type: ignore[attr-defined]
    return pen


def columns(connection: BaseDatabaseWrapper) -> Columns:
    """Return the columns that each table has today, in one query: (name, whether it holds bytes)."""
    found: Columns = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' ORDER BY m.name, c.cid"
        )
        for table, name, kind in cursor.fetchall():
            found.setdefault(table, []).append((name, kind.upper().startswith("BLOB")))
    return found


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of Rembuk's triggers that this database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rembuk\\_%' ESCAPE '\\'")
        return {row[0] for row in cursor.fetchall()}


def drop(connection: BaseDatabaseWrapper, names: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Nothing but the triggers themselves is kept in a SQLite file."""


def audit_triggers(rule: Audited, columns: Sequence[tuple[str, bool]]) -> list[Trigger]:
    """Return the three triggers that write the trail of one table."""
    seen = [(name, is_bytes) for name, is_bytes in columns if name not in rule.ignore]
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name, _ in seen)
    return [
        _writer(rule, seen, "INSERT", before=False, after=True, when=""),
        _writer(rule, seen, "UPDATE", before=True, after=True, when=f" WHEN {changed}"),
        # Only the test flush deletes without a trace; in production rembuk_flushing() is always 0.
        _writer(rule, seen, "DELETE", before=True, after=False, when=" WHEN NOT rembuk_flushing()"),
    ]


def _writer(
    rule: Audited, columns: Sequence[tuple[str, bool]], operation: str, *, before: bool, after: bool, when: str
) -> Trigger:
    update = before and after
    sides = [side for side, wanted in (("OLD", before), ("NEW", after)) if wanted]
    personal = [
        _personal(rule, name, side, update=update) for name, _ in columns if name in rule.personal for side in sides
    ]
    row = "NEW" if after else "OLD"
    values = (
        f"""'{rule.table}', {row}."{rule.key}", '{operation}', rembuk_actor(0), rembuk_actor(1), rembuk_actor(2), """
        f"rembuk_actor(3), rembuk_actor(4), rembuk_now(), "
        f"{_json(rule, columns, 'OLD', update=update) if before else 'NULL'}, "
        f"{_json(rule, columns, 'NEW', update=update) if after else 'NULL'}"
    )
    return Trigger(
        rule.table,
        "trail",
        f'CREATE TRIGGER "{{name}}" AFTER {operation} ON "{rule.table}" FOR EACH ROW{when} BEGIN\n'  # noqa: S608
        f"SELECT rembuk_begin();\n{''.join(personal)}"
        "INSERT INTO trail_entry (table_name, object_id, operation, act, person, hat, request_id, regency, at, "
        f'"before", "after") VALUES ({values});\nEND',
    )


def _held(name: str, side: str, *, update: bool) -> str:
    return f'OLD."{name}" IS NOT NEW."{name}"' if update else f'{side}."{name}" IS NOT NULL'


def _json(rule: Audited, columns: Sequence[tuple[str, bool]], side: str, *, update: bool) -> str:
    parts = []
    for name, is_bytes in columns:
        cell = f'{side}."{name}"'
        if name in rule.personal:
            digest = f"rembuk_digest('{side}', '{name}', CAST({cell} AS TEXT))"
            value = f"""CASE WHEN {cell} IS NULL THEN 'null' ELSE '{{"digest":"' || {digest} || '"}}' END"""
        else:
            value = f"json_quote({f'hex({cell})' if is_bytes else cell})"
        parts.append(f"""CASE WHEN {_held(name, side, update=update)} THEN ',"{name}":' || {value} ELSE '' END""")
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"


def _personal(rule: Audited, name: str, side: str, *, update: bool) -> str:
    cell, row = f'CAST({side}."{name}" AS TEXT)', "OLD" if side == "OLD" else "NEW"
    return (
        "INSERT INTO trail_personal (digest, table_name, object_id, column_name, salt, value) "
        f"SELECT rembuk_digest('{side}', '{name}', {cell}), '{rule.table}', {row}.\"{rule.key}\", '{name}', "
        f"rembuk_salt('{side}', '{name}'), {cell} "
        f'WHERE {_held(name, side, update=update)} AND {side}."{name}" IS NOT NULL;\n'
    )


def keep_triggers() -> list[Trigger]:
    """Return the triggers that let the trail only grow, and only by the triggers above."""
    made = []
    for table in TRAIL_TABLES:
        made.append(_refuse(table, "UPDATE", "", KEPT, "keep"))
        made.append(_refuse(table, "DELETE", " WHEN NOT rembuk_flushing()", KEPT, "keep"))
        # REPLACE INTO an existing key is a deletion in disguise.
        exists = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)'  # noqa: S608
        guard = f"{exists} OR NOT rembuk_consume()" if table == "trail_entry" else exists
        made.append(_refuse(table, "INSERT", f" WHEN {guard}", KEPT, "keep"))
    made.append(_refuse("trail_personal", "UPDATE", "", KEPT, "keep"))
    return made


def frozen_triggers(rule: Protected, columns: Sequence[tuple[str, bool]]) -> list[Trigger]:
    """Return the triggers that keep frozen rows as they are."""
    fixed = [f'OLD."{name}" IS NOT NEW."{name}"' for name, _ in columns if name not in rule.may_change]
    changed = " OR ".join(fixed)
    held, moved = rule.frozen("OLD"), rule.frozen("NEW")
    touched = f"({held} OR {moved})" if rule.parent else held
    made = [
        _refuse(rule.table, "UPDATE", f" WHEN ({changed}) AND {touched}", FROZEN, "frozen"),
        _refuse(rule.table, "DELETE", f" WHEN {held} AND NOT rembuk_flushing()", FROZEN, "frozen"),
    ]
    if rule.parent:
        made.append(_refuse(rule.table, "INSERT", f" WHEN {moved}", FROZEN, "frozen"))
    return made


def _refuse(table: str, operation: str, when: str, words: str, kind: str) -> Trigger:
    return Trigger(
        table,
        kind,
        f'CREATE TRIGGER "{{name}}" BEFORE {operation} ON "{table}" FOR EACH ROW{when} BEGIN '
        f"SELECT RAISE(ABORT, '{words}'); END",
    )
