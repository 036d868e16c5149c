"""The one permission mechanism: a table of rows (act, roles, guard). Each room declares its rows; this walks them.

A row allows an act to a hat whose role is listed **and** whose place covers the place of the target, if the guard (a
relation between hat and target that place cannot tell, such as "not the drafter of this item") agrees. An act marked
``public`` needs no hat. `docs/permissions.md` and the route walk are made from the same rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from rembuk.core.errors import NotAllowedError
from rembuk.core.hat import Hat, Place, Role


class Placed(Protocol):
    """Anything that lies somewhere."""

    @property
    def place(self) -> Place: ...


Guard = Callable[[Hat, Placed], bool]


@dataclass(frozen=True, slots=True)
class Permission:
    """One row. *note* is the reason a reader of the table needs; *guard_note* says in words what the guard asks."""

    act: str
    roles: frozenset[Role] = frozenset()
    title: str = ""
    public: bool = False
    signed_in: bool = False
    guard: Guard | None = None
    guard_note: str = ""
    upward: bool = (
        False  # the act concerns something above the hat's place, such as a village reading its regency's profile
    )
    note: str = ""


@dataclass
class PermissionTable:
    """All rows of the program, by act. Filled when the rooms are loaded."""

    rows: dict[str, Permission] = field(default_factory=dict)

    def add(self, rows: Iterable[Permission]) -> None:
        for row in rows:
            if row.act in self.rows and self.rows[row.act] != row:
                raise ValueError(f"two permission rows for {row.act}")
            self.rows[row.act] = row

    def allows(self, hat: Hat | None, act: str, target: Placed) -> bool:
        """Return whether *hat* may do *act* to *target*. Raises: KeyError if the act has no row."""
        row = self.rows[act]
        if row.public:
            return True
        if hat is None:
            return False
        if row.signed_in:
            return True
        if hat.role not in row.roles:
            return False
        if not (hat.place.covers(target.place) or (row.upward and target.place.covers(hat.place))):
            return False
        return row.guard is None or row.guard(hat, target)


TABLE = PermissionTable()


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A bare place as a target, for acts that have no object yet (such as creating the first)."""

    place: Place = field(default_factory=Place)


def require(hat: Hat | None, act: str, target: Placed) -> None:
    """Refuse unless allowed. Raises: NotAllowedError with the act and the roles that may."""
    if not TABLE.allows(hat, act, target):
        raise NotAllowedError("not-allowed", act=act, roles=sorted(TABLE.rows[act].roles))
