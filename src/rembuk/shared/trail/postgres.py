"""The trail on PostgreSQL: triggers that read settings of the running transaction, and the wrapper that sets them.

Who acts is sent with ``set_config(..., true)`` just before the first write of a transaction, so it does not matter
whether ``acting`` or ``atomic`` was entered first, and nothing outlives the transaction (which a pool needs). A
write outside any transaction is wrapped into one. A savepoint rolled back takes the setting along: it is sent again.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from rembuk.shared.trail.audited import Audited
from rembuk.shared.trail.context import Acting, current
from rembuk.shared.trail.protected import Protected
from rembuk.shared.trail.triggers import FROZEN, KEPT, NOBODY, TRAIL_TABLES, Columns, Trigger

READS = ("SELECT", "SAVEPOINT", "RELEASE", "SHOW", "SET", "DECLARE", "FETCH", "CLOSE", "EXPLAIN", "BEGIN", "COMMIT")
SET_ACTOR = (
    "SELECT set_config('rembuk.act', %s, true), set_config('rembuk.person', %s, true), "
    "set_config('rembuk.hat', %s, true), set_config('rembuk.request', %s, true), set_config('rembuk.regency', %s, true)"
)

WRITER = f"""
CREATE OR REPLACE FUNCTION rembuk_trail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  personal text[] := TG_ARGV[1]::text[];
  ignored text[] := TG_ARGV[2]::text[];
  was jsonb;
  now_is jsonb;
  old_part jsonb;
  new_part jsonb;
  object_key text;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - ignored; object_key := was ->> TG_ARGV[0]; END IF;
  IF TG_OP <> 'DELETE' THEN now_is := to_jsonb(NEW) - ignored; object_key := now_is ->> TG_ARGV[0]; END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(n.key, was -> n.key), jsonb_object_agg(n.key, n.value) INTO old_part, new_part
      FROM jsonb_each(now_is) n WHERE n.value IS DISTINCT FROM was -> n.key;
    IF new_part IS NULL THEN RETURN NULL; END IF;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT jsonb_object_agg(key, value) INTO new_part FROM jsonb_each(now_is) WHERE value <> 'null'::jsonb;
  ELSE
    SELECT jsonb_object_agg(key, value) INTO old_part FROM jsonb_each(was) WHERE value <> 'null'::jsonb;
  END IF;
  IF array_length(personal, 1) > 0 THEN
    old_part := rembuk_veil(old_part, personal, TG_TABLE_NAME, object_key);
    new_part := rembuk_veil(new_part, personal, TG_TABLE_NAME, object_key);
  END IF;
  INSERT INTO trail_entry (table_name, object_id, operation, act, person, hat, request_id, regency, at, before, after)
  VALUES (TG_TABLE_NAME, object_key, TG_OP, coalesce(nullif(current_setting('rembuk.act', true), ''), '{NOBODY}'),
    coalesce(current_setting('rembuk.person', true), ''), coalesce(current_setting('rembuk.hat', true), ''),
    coalesce(current_setting('rembuk.request', true), ''), coalesce(current_setting('rembuk.regency', true), ''),
    clock_timestamp(), old_part, new_part);
  RETURN NULL;
END $$;
"""  # noqa: S608
VEIL = """
CREATE OR REPLACE FUNCTION rembuk_veil(part jsonb, personal text[], at_table text, object_key text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  name text;
  salt text;
  digest text;
BEGIN
  IF part IS NULL THEN RETURN NULL; END IF;
  FOREACH name IN ARRAY personal LOOP
    IF part ->> name IS NOT NULL THEN
      salt := replace(gen_random_uuid()::text, '-', '');
      digest := encode(sha256(convert_to(salt || ':' || (part ->> name), 'UTF8')), 'hex');
      INSERT INTO trail_personal (digest, table_name, object_id, column_name, salt, value)
      VALUES (digest, at_table, object_key, name, salt, part ->> name);
      part := jsonb_set(part, ARRAY[name], jsonb_build_object('digest', digest));
    END IF;
  END LOOP;
  RETURN part;
END $$;
"""
# Only the test settings ever set rembuk.flush; see flush.py.
KEEPER = f"""
CREATE OR REPLACE FUNCTION rembuk_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') AND current_setting('rembuk.flush', true) = 'uji' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' AND (pg_trigger_depth() > 1 OR current_setting('rembuk.record', true) = 'ya') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
FUNCTIONS = WRITER + VEIL + KEEPER


class Pen:
    """What this connection last told the database about who acts."""

    def __init__(self) -> None:
        self.told: Acting | None = None
        self.sure = True
        self.flushing = False

    def wrapper(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Run one statement, telling the database first who acts when the statement may write."""
        connection = context["connection"]
        raw = connection.connection
        if raw is not None and int(raw.info.transaction_status) == 0:  # nothing has run in this transaction yet
            self.told, self.sure = None, True
        # A union is written in brackets; it reads all the same.
        word = sql.lstrip(" \n\t(")[:10].upper() if isinstance(sql, str) else ""
        if word.startswith("ROLLBACK"):
            self.sure = False
            return execute(sql, params, many, context)
        acting = current()
        if word.startswith(READS) or (self.sure and self.told == acting):
            return execute(sql, params, many, context)
        if connection.in_atomic_block or not connection.get_autocommit():
            self._tell(connection, acting)
            return execute(sql, params, many, context)
        with transaction.atomic(using=connection.alias):
            self._tell(connection, acting)
            return execute(sql, params, many, context)

    def _tell(self, connection: BaseDatabaseWrapper, acting: Acting | None) -> None:
        values = (
            (acting.act, str(acting.person_id), acting.hat, acting.request_id, acting.regency) if acting else ("",) * 5
        )
        with connection.cursor() as cursor:
            cursor.execute(SET_ACTOR, values)
        self.told, self.sure = acting, True


def equip(connection: BaseDatabaseWrapper) -> Pen:
    """Let every statement of *connection* pass by the wrapper, once."""
    known = getattr(connection, "rembuk_pen", None)
    pen = known if isinstance(known, Pen) else Pen()
    pen.told, pen.sure = None, True
    if pen.wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, pen.wrapper)
    connection.rembuk_pen = pen  # type: ignore[attr-defined]
    return pen


def columns(connection: BaseDatabaseWrapper) -> Columns:
    """Return the columns that each table has today, in one query: (name, whether it holds bytes)."""
    found: Columns = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type = 'bytea' FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        )
        for table, name, is_bytes in cursor.fetchall():
            found.setdefault(table, []).append((name, is_bytes))
    return found


INSTALLED = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT t.tgisinternal AND t.tgname LIKE 'rembuk\\_%' AND n.nspname = current_schema() AND t.tgenabled <> 'D'"
)


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of Rembuk's triggers that this database has and that are switched on."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        return {row[0] for row in cursor.fetchall()}


def drop(connection: BaseDatabaseWrapper, names: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED.replace(" AND t.tgenabled <> 'D'", ""))
        for name, table in cursor.fetchall():
            if name in names:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Make the functions that the triggers call."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)


def audit_triggers(rule: Audited, columns: Sequence[tuple[str, bool]]) -> list[Trigger]:
    """Return the trigger that writes the trail of one table, and the one that refuses to empty it unseen."""
    # Quoted, so that a column called name is not taken for the place of the trigger's name.
    personal, ignored = ("{" + ",".join(f'"{name}"' for name in names) + "}" for names in (rule.personal, rule.ignore))
    return [
        Trigger(
            rule.table,
            "trail",
            f'CREATE TRIGGER "{{name}}" AFTER INSERT OR UPDATE OR DELETE ON "{rule.table}" FOR EACH ROW '
            f"EXECUTE FUNCTION rembuk_trail('{rule.key}', '{personal}', '{ignored}')",
            WRITER + VEIL,
        ),
        _no_truncate(rule.table),
    ]


def keep_triggers() -> list[Trigger]:
    """Return the triggers that let the trail only grow, and only by the triggers above."""
    made = []
    for table in TRAIL_TABLES:
        operations = "INSERT OR UPDATE OR DELETE" if table == "trail_entry" else "UPDATE OR DELETE"
        made.append(_keep(table, operations))
        made.append(_no_truncate(table))
    made.append(_keep("trail_personal", "UPDATE"))
    return made


def _keep(table: str, operations: str) -> Trigger:
    sql = f'CREATE TRIGGER "{{name}}" BEFORE {operations} ON "{table}" FOR EACH ROW EXECUTE FUNCTION rembuk_keep()'
    return Trigger(table, "keep", sql, KEEPER)


def _no_truncate(table: str) -> Trigger:
    sql = f'CREATE TRIGGER "{{name}}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION rembuk_keep()'
    return Trigger(table, "keep", sql, KEEPER)


def frozen_triggers(rule: Protected, columns: Sequence[tuple[str, bool]]) -> list[Trigger]:
    """Return the triggers that keep frozen rows as they are.

    The parents are read FOR SHARE, so that a row cannot slip in while another transaction enacts the plan.
    """
    function = f"rembuk_frozen_{rule.table}"[:63]
    fixed = [f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name, _ in columns if name not in rule.may_change]
    changed = " OR ".join(fixed)
    body = f"""
CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held boolean := false;
  moved boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT ({changed}) THEN RETURN NEW; END IF;
  END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') THEN {_judge(rule, "OLD", "held")} END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN {_judge(rule, "NEW", "moved") if rule.parent else ""} END IF;
  IF held OR moved THEN
    RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
    operations = "INSERT OR UPDATE OR DELETE" if rule.parent else "UPDATE OR DELETE"
    sql = (
        f'CREATE TRIGGER "{{name}}" BEFORE {operations} ON "{rule.table}" FOR EACH ROW EXECUTE FUNCTION "{function}"()'
    )
    return [Trigger(rule.table, "frozen", body + sql, ""), _no_truncate(rule.table)]


def _judge(rule: Protected, row: str, into: str) -> str:
    if rule.parent is None:
        return f"{into} := coalesce({rule.when.format(row=row)}, false);"
    joins, parent, depth = [], rule.parent, 0
    while parent.parent is not None:
        depth += 1
        joins.append(
            f'JOIN "{parent.parent.table}" p{depth} ON p{depth}."{parent.parent.key}" = p{depth - 1}."{parent.via}"'
        )
        parent = parent.parent
    return (
        f"SELECT coalesce({parent.when.format(row=f'p{depth}')}, false) INTO {into} "  # noqa: S608
        f'FROM "{rule.parent.table}" p0 {" ".join(joins)} WHERE p0."{rule.parent.key}" = {row}."{rule.via}" FOR SHARE; '
        f"{into} := coalesce({into}, false);"
    )
