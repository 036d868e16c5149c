"""Who may do what with the things that belong to no single room."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.shared.models import Job
    from rembuk.shared.trail.kinds import TrailTarget

OUTSIDERS = frozenset({Role.WGA, Role.DPR, Role.PRV, Role.AUD})
INSIDERS = frozenset(Role) - OUTSIDERS
"""Everybody with an office or a task; residents and readers from outside see what is public."""


def asked_by_oneself(hat: Hat, target: Placed) -> bool:
    return cast("Job", target).asked_by == hat.person_id


def may_see_the_thing(hat: Hat, target: Placed) -> bool:
    trail = cast("TrailTarget", target)
    return TABLE.allows(hat, trail.kind.act, trail.thing)


TABLE.add(
    [
        Permission("health.read", public=True, title="Keadaan program"),
        Permission("notices.read", signed_in=True, title="Membaca kabar sendiri"),
        Permission("notices.mark", signed_in=True, title="Menandai kabar sendiri sudah dibaca"),
        Permission(
            "trail.read",
            roles=INSIDERS,
            title="Membaca jejak",
            guard=may_see_the_thing,
            guard_note="boleh melihat bendanya",
            upward=True,
            note="nilai pribadi hanya untuk kantor desa dan DPMD",
        ),
        Permission(
            "files.read",
            roles=INSIDERS,
            title="Mengunduh berkas",
            upward=True,
            note="berkas desa: semua peran di desa itu dan di atasnya",
        ),
        Permission(
            "jobs.read",
            roles=frozenset(Role),
            title="Melihat kemajuan pekerjaan",
            guard=asked_by_oneself,
            guard_note="diminta sendiri",
        ),
        Permission(
            "jobs.cancel",
            roles=frozenset(Role),
            title="Membatalkan pekerjaan",
            guard=asked_by_oneself,
            guard_note="diminta sendiri",
        ),
    ]
)
