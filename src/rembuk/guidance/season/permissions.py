"""Who may do what with the season's schedule. Source: list of actors, rows "Forum + facilitation"."""

from rembuk.core.hat import DISTRICT_ROLES, DPMD_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

PLANNERS = frozenset({Role.KBD, Role.STF})
READERS = DPMD_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_OFFICE_ROLES | {Role.BPD, Role.FAS, Role.BAP}
ROWS = (
    Permission("season.list", READERS, "Membuka daftar musim Musrenbangdes"),
    Permission("season.read", READERS, "Membaca jadwal musim: tim, desa, hari", upward=True),
    Permission("season.setup", PLANNERS, "Menyiapkan musim: desa, tim, narasumber, perjalanan, aturan"),
    Permission("season.plan", PLANNERS, "Menyusun, menggeser dan memperbaiki jadwal"),
    Permission("season.publish", PLANNERS, "Menerbitkan jadwal ke fasilitasi Musrenbangdes"),
    Permission("season.feed", title="Mengambil kalender (ICS) dengan alamat rahasia", public=True),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``season.<act>`` to *target*."""
    return TABLE.allows(hat, f"season.{act}", target)
