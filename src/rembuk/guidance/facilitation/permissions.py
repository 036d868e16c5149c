"""Who may do what with facilitated forums. Source: roles, row "Forum + facilitation"."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.guidance.facilitation.models import Facilitation

READERS = (
    VILLAGE_ROLES
    | DISTRICT_ROLES
    | FACILITATOR_ROLES
    | {Role.BUP, Role.SEK, Role.KDP, Role.KBD, Role.STF, Role.BAP, Role.INS, Role.OPD}
)
DPMD = frozenset({Role.KBD, Role.STF})
TEAM_OF_DISTRICT = frozenset({Role.PTP, Role.TVK})
PLANNERS = DPMD | TEAM_OF_DISTRICT | {Role.PDK, Role.KAD, Role.SDK}
"""They ask for a forum and fix its day and its team; above the village for many at once."""
FILLERS = DPMD | TEAM_OF_DISTRICT | FACILITATOR_ROLES | {Role.FAS, Role.SDK, Role.KAU, Role.TIM, Role.KPMD}
VERIFIERS = DPMD | TEAM_OF_DISTRICT | {Role.CAM}
GUIDING = FACILITATOR_ROLES | TEAM_OF_DISTRICT | DPMD | {
    Role.FAS, Role.CAM, Role.KDP, Role.KPMD, Role.LKD, Role.OPD, Role.BAP,
}  # fmt: skip
"""They may be in a team by their account; where, their assignment says."""
OFFICE_READERS = VERIFIERS | FACILITATOR_ROLES | {Role.FAS, Role.KAD, Role.SDK, Role.KAU, Role.TIM, Role.BPD, Role.INS}


def still_open(_hat: Hat, target: Placed) -> bool:
    """A closed forum is a record."""
    return not cast("Facilitation", target).closed


def not_of_the_team(hat: Hat, target: Placed) -> bool:
    """Whoever guided a forum does not verify its evidence. One query."""
    return not cast("Facilitation", target).guides.filter(person_id=hat.person_id).exists()


_OPEN = "forum belum ditutup"
_OTHER = "bukan anggota tim forum itu"


def while_open(act: str, roles: frozenset[Role], title: str) -> Permission:
    return Permission(f"facilitation.{act}", roles, title, guard=still_open, guard_note=_OPEN)


ROWS = (
    Permission("facilitation.list", READERS, "Membuka daftar dan papan Musrenbang terfasilitasi", upward=True),
    Permission("facilitation.read", READERS, "Membuka satu forum: tim, daftar periksa, bukti", upward=True),
    Permission("facilitation.brief", OFFICE_READERS, "Membaca lembar bekal pemandu", upward=True),
    Permission("facilitation.request", PLANNERS, "Meminta forum difasilitasi"),
    while_open("schedule", PLANNERS, "Menetapkan, memindah, dan menunda hari forum"),
    while_open("team", PLANNERS, "Menyusun tim pemandu"),
    while_open("fill", FILLERS, "Mengisi daftar periksa, hitungan bicara, alat, FGD, tanggapan, catatan"),
    while_open("make_ready", FILLERS | PLANNERS, "Menyatakan forum siap bila syarat wajibnya lengkap"),
    while_open("override", VERIFIERS, "Menyatakan siap dengan alasan walau ada syarat wajib yang terbuka"),
    Permission(
        "facilitation.verify",
        VERIFIERS,
        "Memverifikasi bukti forum",
        guard=not_of_the_team,
        guard_note=_OTHER,
    ),
    Permission(
        "facilitation.close", VERIFIERS, "Menutup forum sesudah tindak lanjutnya", guard=still_open, guard_note=_OPEN
    ),
    Permission(
        "facilitation.bundle", OFFICE_READERS, "Mengunduh berkas bukti forum", note="memuat daftar hadir bernama"
    ),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``facilitation.<act>`` to *target*."""
    return TABLE.allows(hat, f"facilitation.{act}", target)
