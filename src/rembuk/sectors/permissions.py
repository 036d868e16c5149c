"""Who may do what with technical support. Source: list of actors, row "Technical request"."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import DPMD_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.sectors.models import SupportRequest

DRAFTERS = frozenset({Role.SDK, Role.KAU, Role.TIM})
CAMAT = frozenset({Role.CAM})
ANSWERERS = frozenset({Role.OPD, Role.BAP, Role.STF})
"""The agency; Bappeda stands in for one without anybody, and DPMD's staff key in an answer that came by letter."""
READERS = (
    DPMD_ROLES | FACILITATOR_ROLES | VILLAGE_OFFICE_ROLES | {Role.CAM, Role.PTP, Role.BPD, Role.OPD, Role.BAP, Role.INS}
)


def of_the_agency(hat: Hat, target: Placed) -> bool:
    """An agency sees and answers what was asked of it; a hat without a named agency sees every one."""
    request = cast("SupportRequest", target)
    return hat.role is not Role.OPD or hat.agency in ("", request.agency)


AGENCY_NOTE = "perangkat daerah hanya yang ditujukan kepadanya"
ROWS = (
    Permission("sectors.list", READERS, "Membuka daftar dukungan teknis"),
    Permission(
        "sectors.read", READERS, "Membaca permintaan dukungan teknis", guard=of_the_agency, guard_note=AGENCY_NOTE
    ),
    Permission("sectors.draft", DRAFTERS | {Role.KAD}, "Menulis permintaan dukungan teknis"),
    Permission("sectors.send", frozenset({Role.KAD}), "Mengirim permintaan dengan surat kepala desa"),
    Permission("sectors.check", CAMAT, "Memeriksa permintaan dan meneruskannya, atau mengembalikannya"),
    Permission(
        "sectors.answer",
        ANSWERERS,
        "Menerima, menolak, menjadwalkan, dan menyerahkan hasil",
        guard=of_the_agency,
        guard_note=AGENCY_NOTE,
    ),
    Permission("sectors.take", frozenset({Role.KAD, Role.SDK}), "Menerima hasil dukungan teknis"),
    Permission("sectors.clinic_days", READERS, "Membuka daftar klinik RAB", upward=True),
    Permission("sectors.hold_clinic", ANSWERERS, "Menetapkan hari klinik RAB dan mengisi antreannya"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``sectors.<act>`` to *target*."""
    return TABLE.allows(hat, f"sectors.{act}", target)
