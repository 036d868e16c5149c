"""Who may do what with works. Source: roles, activity implementers (TPK) and the village office."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.works.models import Work

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
OFFICE = frozenset({Role.SDK, Role.KAU})
WORKERS = OFFICE | {Role.TPK}


def still_open(hat: Hat, target: Placed) -> bool:
    """A closed work is a record: nothing is added to it."""
    return not cast("Work", target).closed


OPEN_NOTE = "pekerjaan belum ditutup"
ROWS = (
    Permission("works.list", READERS, "Membuka daftar pelaksanaan di wilayahnya", upward=True),
    Permission("works.read", READERS, "Membaca pelaksanaan: realisasi, kemajuan, serah terima", upward=True),
    Permission("works.open", OFFICE, "Membuka pekerjaan dari APB Desa"),
    Permission(
        "works.edit", OFFICE, "Mengubah pelaksana dan kontrak pekerjaan", guard=still_open, guard_note=OPEN_NOTE
    ),
    Permission("works.pay", OFFICE, "Mencatat dan mencoret realisasi keuangan", guard=still_open, guard_note=OPEN_NOTE),
    Permission("works.report", WORKERS, "Mencatat kemajuan fisik dan fotonya", guard=still_open, guard_note=OPEN_NOTE),
    Permission(
        "works.look_photo",
        frozenset({Role.SDK}),
        "Melihat foto pekerjaan sebelum tampil untuk umum",
        note="tanpa keputusan ini foto tidak tampil",
    ),
    Permission("works.obstacle", WORKERS, "Mencatat kendala pekerjaan", guard=still_open, guard_note=OPEN_NOTE),
    Permission(
        "works.close",
        OFFICE | {Role.KAD},
        "Menutup pekerjaan dengan berita acara serah terima",
        guard=still_open,
        guard_note=OPEN_NOTE,
    ),
    Permission("works.maintain", OFFICE, "Menawarkan pemeliharaan untuk RKP berikutnya"),
    Permission("works.evaluate", OFFICE | {Role.TIM}, "Membawa realisasi ke evaluasi RKP (F25)"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``works.<act>`` to *target*."""
    return TABLE.allows(hat, f"works.{act}", target)
