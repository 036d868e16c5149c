"""The page of permissions, written from the table that the program itself asks: `./rembuk manage permissions`."""

from itertools import groupby
from pathlib import Path

from django.conf import settings

from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE, Permission
from rembuk.shared.roles import role_name

PATH = Path(settings.BASE_DIR) / "docs" / "permissions.md"

_HEAD = """# Who may do what

Written by `./rembuk manage permissions` from the rows that the program itself asks; do not edit by hand. A test fails
when this page is behind, and another walks every address with every role at its own and at another place.

A role may do an act where its assignment is valid today and its place covers the place of the thing. Outside that place
the thing answers 404. *semua*: without signing in. *siapa pun yang berperan*: any valid assignment. *ke atas*: also
things of the places above.
"""


def render() -> str:
    """Return the page: the acts by room, then the roles."""
    rows = sorted(TABLE.rows.values(), key=lambda row: row.act)
    parts = [_HEAD]
    for room, acts in groupby(rows, key=lambda row: row.act.partition(".")[0]):
        parts.append(f"## {room}\n\n| Act | What | Who | Further |\n| --- | --- | --- | --- |")
        parts[-1] += "".join(f"\n| `{row.act}` | {_cell(row.title)} | {_who(row)} | {_further(row)} |" for row in acts)
        parts[-1] += "\n"
    parts.append("## Roles\n\n| Code | Role |\n| --- | --- |")
    parts[-1] += "".join(f"\n| {role.value} | {_cell(role_name(role))} |" for role in Role) + "\n"
    return "\n".join(parts)


def _who(row: Permission) -> str:
    if row.public:
        return "*semua*"
    if row.signed_in:
        return "*siapa pun yang berperan*"
    return " ".join(role.value for role in Role if role in row.roles) or "-"


def _further(row: Permission) -> str:
    guard = row.guard_note if row.guard is not None else ""
    return _cell("; ".join(part for part in ("ke atas" if row.upward else "", guard, row.note) if part))


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def write(path: Path = PATH) -> Path:
    """Write the page and return where it lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(), encoding="utf-8")
    return path
