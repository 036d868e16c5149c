"""Who may announce something in a village's name."""

from rembuk.core.hat import Role
from rembuk.core.permissions import TABLE, Permission

ANNOUNCERS = frozenset({Role.SDK, Role.KAD, Role.BPD})
TABLE.add(
    [
        Permission(
            "announcements.publish",
            ANNOUNCERS,
            "Mengumumkan kepada warga, dan mencabutnya",
            note="nama orang disamarkan",
        ),
    ]
)
