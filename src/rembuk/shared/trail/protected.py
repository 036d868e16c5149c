"""Rows that nothing may change any more, held by the database itself: an enacted plan version and all that hangs on it.

    version = protect(RkpdesVersion, when="{row}.enacted_at IS NOT NULL", may_change=("amended_by",))
    item = protect_inside(PlanItem, "version", version)
    protect_inside(RabLine, "item", item)

Named in ``AppConfig.ready()``. A row whose condition holds can be neither changed (but for *may_change*) nor deleted.
What lies inside it can be neither inserted, changed nor deleted, nor moved in. Every try ends in an IntegrityError.
The condition is plain SQL that both databases read, ``{row}`` standing for the row.
"""

from dataclasses import dataclass

from django.db import models

from rembuk.shared.trail.audited import column_of


@dataclass(frozen=True, slots=True)
class Protected:
    """One protected table: with its own condition (*when*), or frozen together with *parent*, found through *via*."""

    model: type[models.Model]
    table: str
    key: str
    when: str = ""
    may_change: tuple[str, ...] = ()
    parent: "Protected | None" = None
    via: str = ""

    def frozen(self, row: str, depth: int = 0) -> str:
        """Return SQL that is true when *row* (``OLD``, ``NEW`` or an alias) must not change."""
        if self.parent is None:
            return f"({self.when.format(row=row)})"
        alias = f"p{depth}"
        return (
            f'EXISTS (SELECT 1 FROM "{self.parent.table}" {alias} '  # noqa: S608
            f'WHERE {alias}."{self.parent.key}" = {row}."{self.via}" '
            f"AND {self.parent.frozen(alias, depth + 1)})"
        )


_protected: dict[str, Protected] = {}


def protect(model: type[models.Model], *, when: str, may_change: tuple[str, ...] = ()) -> Protected:
    """Freeze the rows of *model* for which *when* holds. may_change: fields that still may (state, successor)."""
    if "{row}" not in when:
        raise ValueError("the condition must name {row}")
    columns = tuple(column_of(model, name) for name in may_change)
    meta = model._meta
    rule = Protected(model, meta.db_table, str(meta.pk.column), when, columns)
    _protected[rule.table] = rule
    return rule


def protect_inside(
    model: type[models.Model], field: str, parent: Protected, *, may_change: tuple[str, ...] = ()
) -> Protected:
    """Freeze the rows of *model* whose foreign key *field* points to a frozen row of *parent*."""
    columns = tuple(column_of(model, name) for name in may_change)
    meta = model._meta
    rule = Protected(
        model, meta.db_table, str(meta.pk.column), may_change=columns, parent=parent, via=column_of(model, field)
    )
    _protected[rule.table] = rule
    return rule


def protected_tables() -> list[Protected]:
    """Return the protected tables, ordered by name."""
    return [_protected[table] for table in sorted(_protected)]


def forget(table: str) -> None:
    """Take *table* out again (tests that make their own tables)."""
    _protected.pop(table, None)
