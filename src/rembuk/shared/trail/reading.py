"""Reads the trail of a thing for people: newest first, in words, personal values only for those who may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.hat import DPMD_ROLES, VILLAGE_OFFICE_ROLES, Hat
from rembuk.core.permissions import TABLE
from rembuk.shared import people, roles
from rembuk.shared.templatetags import rembuk as format_tags
from rembuk.shared.trail import words
from rembuk.shared.trail.models import TrailEntry, TrailPersonal
from rembuk.shared.trail.seal import moment

PERSONAL_READERS = VILLAGE_OFFICE_ROLES | DPMD_ROLES
OPERATIONS: Mapping[str, str | Promise] = {
    "INSERT": gettext_lazy("dibuat"),
    "UPDATE": gettext_lazy("diubah"),
    "DELETE": gettext_lazy("dihapus"),
    "NOTE": gettext_lazy("dicatat"),
}
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One column: its name for people, what it was and what it became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the trail in words."""

    at: datetime
    who: str
    name: str
    act: str
    operation: str
    subject: str
    changes: tuple[Change, ...]


def trail_of(
    rows: Mapping[type[models.Model], Sequence[Any]], *, hat: Hat | None, limit: int = 100, before: int | None = None
) -> list[Line]:
    """Return the trail of the given rows, newest first; three queries whatever the number of rows.

    rows: model -> keys. hat: decides whether personal values and names are shown. before: only entries below this id.
    """
    wanted = Q(pk__in=[])
    for model, keys in rows.items():
        texts = {text for key in keys for text in stored_forms(key)}
        wanted |= Q(table_name=model._meta.db_table, object_id__in=texts)
    entries = TrailEntry.objects.filter(wanted).order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    return lines(list(entries[:limit]), {model._meta.db_table: model for model in rows}, hat)


def stored_forms(key: Any) -> set[str]:
    """Return how a key stands in the trail: SQLite keeps a UUID without dashes, PostgreSQL with them."""
    text = str(key)
    return {text, text.replace("-", "")} if isinstance(key, UUID) else {text}


def lines(entries: Sequence[TrailEntry], tables: Mapping[str, type[models.Model]], hat: Hat | None) -> list[Line]:
    """Word *entries*. tables: the model behind each table name."""
    open_to = hat is not None and hat.role in PERSONAL_READERS
    values = personal_values(entries) if open_to else {}
    names = people.names(_ids(entries)) if open_to else {}
    return [
        Line(
            at=entry.at,
            who=hat_words(entry.hat) if entry.hat else _("tanpa pelaku"),
            name=names.get(UUID(entry.person), "") if entry.person else "",
            act=act_title(entry.act),
            operation=str(OPERATIONS.get(entry.operation, entry.operation)),
            subject=words.table_word(tables[entry.table_name]),
            changes=changes(entry, tables[entry.table_name], values),
        )
        for entry in entries
    ]


def _ids(entries: Iterable[TrailEntry]) -> set[UUID]:
    return {UUID(entry.person) for entry in entries if entry.person}


def act_title(act: str) -> str:
    """Return the title of an act from the table of permissions, from the words of the trail, or the act itself."""
    row = TABLE.rows.get(act)
    room = act.partition(".")[0]
    return str(row.title) if row and row.title else str(words.ACT_TITLES.get(act, words.ACT_TITLES.get(room, act)))


def hat_words(hat: str) -> str:
    """Write a stored hat (``SDK Desa Loa Duri Ilir``) with the name of its role."""
    code, _space, place = hat.partition(" ")
    return f"{roles.role_name(code)}, {place}" if place else roles.role_name(code)


def personal_values(entries: Iterable[TrailEntry]) -> dict[str, str]:
    """Return digest -> value for the personal values of *entries* that are not erased."""
    digests = {
        value["digest"]
        for entry in entries
        for part in (entry.before, entry.after)
        for value in (part or {}).values()
        if isinstance(value, dict) and set(value) == {"digest"}
    }
    found = TrailPersonal.objects.filter(digest__in=digests) if digests else TrailPersonal.objects.none()
    return dict(found.values_list("digest", "value"))


def changes(entry: TrailEntry, model: type[models.Model], values: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the changed columns of one entry in words; keys and what only the program needs are left out."""
    was, now_is = entry.before or {}, entry.after or {}
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    found = []
    for column in sorted({*was, *now_is}):
        field = fields.get(column)
        name = field.name if field is not None else column
        if name in words.HIDDEN or (field is not None and (field.primary_key or points_to_key(field))):
            continue
        label = words.column_word(name, field)
        found.append(Change(label, worded(was.get(column), field, values), worded(now_is.get(column), field, values)))
    return tuple(found)


def points_to_key(field: Any) -> bool:
    """Return whether a column holds a key that says nothing to a reader."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(target, models.UUIDField | models.AutoField)


def worded(value: Any, field: Any, values: Mapping[str, str]) -> str:
    """Write one stored value: the word of a choice, ya/tidak, a date, an amount, a personal value or its stand-in."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict) and set(value) == {"digest"}:
        return values.get(value["digest"], _("(data pribadi)"))
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("ya") if value else _("tidak")
    if isinstance(field, models.DateTimeField):
        return format_tags.waktu(moment(value))
    if isinstance(field, models.DateField):
        return format_tags.tanggal(date.fromisoformat(str(value)))
    if isinstance(field, models.BigIntegerField):
        return format_tags.angka(int(value))
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
