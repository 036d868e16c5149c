"""Rows of the database as JSON and back, every column as it stands: stamps to the microsecond, keys, versions."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from rembuk.hall.tables import TABLES, Table, rows_of
from rembuk.shared.trail.install import install, uninstall

BATCH = 200


def member_of(table: Table) -> str:
    """Return the name of a table's member in the package."""
    return f"rows/{table.model._meta.label_lower}.json"


def packed(village_id: str) -> dict[str, bytes]:
    """Return the members that hold the rows of a village. One query for each table."""
    return {member_of(table): text_of(table, rows_of(table, village_id)) for table in TABLES}


def text_of(table: Table, rows: Iterable[models.Model]) -> bytes:
    fields = table.model._meta.concrete_fields
    lines = [[written(table, each, row) for each in fields] for row in rows]
    content = {"columns": [each.attname for each in fields], "rows": lines}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def written(table: Table, column: Any, row: models.Model) -> Any:
    if column.attname in table.emptied:
        return table.emptied[column.attname]
    if column.attname in table.dropped:
        return None
    value = getattr(row, column.attname)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (UUID, Decimal)) else value


def unpacked(table: Table, data: bytes) -> list[models.Model]:
    """Return the rows of a member. Raises: ValueError, ValidationError for what is no row of this table."""
    content = json.loads(data)
    columns = {each.attname: each for each in table.model._meta.concrete_fields}
    if content["columns"] != list(columns):
        raise ValueError(table.model._meta.label)
    made = []
    for line in content["rows"]:
        values = {}
        for name, value in zip(content["columns"], line, strict=True):
            column: Any = columns[name]
            plain = value is None or isinstance(column, models.JSONField)
            values[name] = (
                value
                if plain
                else column.target_field.to_python(value)
                if column.remote_field
                else (column.to_python(value))
            )
        made.append(table.model(**values))
    return made


def plant(members: dict[str, bytes]) -> int:
    """Write the rows of a package into an empty database and return how many.

    The triggers stand aside meanwhile: these rows have their trail at home, and the trail of the hall begins with what
    is done in the hall. All or nothing.
    """
    count = 0
    uninstall(connection)
    try:
        with transaction.atomic():
            for table in TABLES:
                for row in unpacked(table, members[member_of(table)]):
                    # raw: no stamp is set anew
                    row.save_base(raw=True, force_insert=True)
                    count += 1
    finally:
        install(connection)
    return count
