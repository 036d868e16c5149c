"""Who may take a meeting to a hall, let its lock go, and do what in the hall itself."""

from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

TAKERS = frozenset({Role.SDK, Role.TIM, Role.FAS, Role.PTP})
_IN_HALL = "hanya pada laptop di balai"

TABLE.add(
    [
        Permission("hall.take", TAKERS, "Membawa musyawarah ke balai"),
        Permission("hall.release", frozenset({Role.KBD}), "Melepas kunci musyawarah yang sedang di balai"),
        Permission("hall.sign_in", public=True, title="Masuk di balai dengan PIN", note=_IN_HALL),
        Permission("hall.phone", public=True, title="Halaman HP di balai: kehadiran dan suara", note=_IN_HALL),
        Permission("hall.officer", TAKERS, "Petugas balai: kehadiran dari HP, slip, dan hitungan", note=_IN_HALL),
    ]
)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``hall.<act>`` to *target*."""
    return TABLE.allows(hat, f"hall.{act}", target)
