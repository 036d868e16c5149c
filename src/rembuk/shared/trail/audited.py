"""Which tables the trail covers. Each room names its own in ``AppConfig.ready()``:

    def ready(self) -> None:
        from rembuk.proposals import models
        audit(models.Proposal, personal=("proposer_name", "proposer_phone"), ignore=("search_text",))

Every insert, update and delete of such a table, also by ``bulk_create``, ``update()`` and raw SQL, then leaves one
trail row with the changed columns. *personal* fields stand in it only as a salted digest. A change of *ignore* fields
alone leaves no row (counters, search texts, large copies).
"""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Audited:
    """One audited table; *personal* and *ignore* are column names."""

    model: type[models.Model]
    table: str
    key: str
    personal: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


STAMPS = ("changed_at", "last_login")
_audited: dict[str, Audited] = {}


def audit(model: type[models.Model], *, personal: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> None:
    """Let the trail cover *model*; naming it again replaces the entry.

    personal, ignore: field names. The stamps ``changed_at`` and ``last_login`` are always ignored.
    Raises: FieldDoesNotExist if the model has no such field.
    """
    meta = model._meta
    stamps = {field.name for field in meta.local_concrete_fields if field.name in STAMPS}
    ignore = tuple({*ignore, *stamps})
    _audited[meta.db_table] = Audited(
        model=model,
        table=meta.db_table,
        key=str(meta.pk.column),
        personal=tuple(column_of(model, name) for name in personal),
        ignore=tuple(sorted(column_of(model, name) for name in ignore)),
    )


def column_of(model: type[models.Model], name: str) -> str:
    """Return the column behind the field *name*. Raises: FieldDoesNotExist, ValueError if the field has no column."""
    column = getattr(model._meta.get_field(name), "column", None)
    if not column:
        raise ValueError(f"{model.__name__}.{name} has no column")
    return str(column)


def audited_tables() -> list[Audited]:
    """Return the audited tables, ordered by name."""
    return [_audited[table] for table in sorted(_audited)]


def find(table: str) -> Audited | None:
    """Return the entry of *table*, if it is audited."""
    return _audited.get(table)


def forget(table: str) -> None:
    """Take *table* out again (tests that make their own tables)."""
    _audited.pop(table, None)
