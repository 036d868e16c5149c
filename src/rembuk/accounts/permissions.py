"""Who may do what with people and assignments, and which level makes which."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from rembuk.core.hat import VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.accounts.models import Assignment

_STAFF = VILLAGE_ROLES - {Role.KAD, Role.BPD}
_BELOW_HEAD = frozenset(Role) - {Role.ADM, Role.BUP, Role.SEK, Role.KDP}

GRANTS: Mapping[Role, frozenset[Role]] = {
    Role.ADM: frozenset(Role),
    Role.KDP: _BELOW_HEAD,
    Role.KBD: _BELOW_HEAD - {Role.KBD},
    Role.STF: _BELOW_HEAD - {Role.KBD, Role.STF},
    Role.CAM: frozenset({Role.KAD, Role.BPD, Role.PTP, Role.TVK}) | _STAFF,
    Role.KAD: _STAFF,
}
"""The level above makes the level below: role -> roles it may invite, end, and print a code for."""

APPROVERS = frozenset({Role.ADM, Role.KDP, Role.KBD})
"""What these make counts at once; what the others make is a proposal until one of these agrees."""

PROPOSERS = frozenset(GRANTS)
READERS = PROPOSERS | {Role.PTP, Role.SDK}


def may_grant(hat: Hat, role: Role) -> bool:
    """Return whether *hat* may make, end and help accounts of *role*; place is asked apart."""
    return role in GRANTS.get(hat.role, frozenset())


def _below(hat: Hat, target: Placed) -> bool:
    assignment = cast("Assignment", target)
    return may_grant(hat, Role(assignment.role)) and assignment.person_id != hat.person_id


def _by_another(hat: Hat, target: Placed) -> bool:
    assignment = cast("Assignment", target)
    return _below(hat, target) and assignment.proposed_by != hat.person_id


_BELOW_NOTE = "tingkat di bawahnya, dan bukan diri sendiri"
_OWN = "cukup sudah masuk, tanpa peran"

TABLE.add(
    [
        Permission("accounts.sign_in", public=True, title="Masuk"),
        Permission("accounts.use_code", public=True, title="Memakai kode sekali pakai"),
        Permission(
            "accounts.second_factor", public=True, title="Kode kedua saat masuk", note="sesudah kata sandi benar"
        ),
        Permission(
            "accounts.demo_sign_ins", public=True, title="Daftar masuk data contoh", note="hanya demo dan latihan"
        ),
        Permission("accounts.sign_out", public=True, title="Keluar"),
        Permission("accounts.me", public=True, title="Akun saya", note=_OWN),
        Permission("accounts.change_password", public=True, title="Mengganti kata sandi sendiri", note=_OWN),
        Permission("accounts.second_factor_setup", public=True, title="Memasang kode kedua sendiri", note=_OWN),
        Permission("accounts.recovery_codes", public=True, title="Kode cadangan sendiri", note=_OWN),
        Permission("accounts.switch_hat", public=True, title="Ganti peran", note=_OWN),
        Permission("accounts.list_people", READERS, title="Melihat daftar orang dan penugasan"),
        Permission("accounts.see_assignment", READERS, title="Melihat satu penugasan"),
        Permission("accounts.export_people", PROPOSERS, title="Mengunduh daftar orang"),
        Permission(
            "accounts.invite_person",
            PROPOSERS,
            title="Mengundang orang dan memberi penugasan",
            note="Staf DPMD, camat, dan kepala desa mengusulkan; yang lain langsung berlaku",
        ),
        Permission(
            "accounts.approve_assignment",
            APPROVERS,
            title="Menyetujui atau menolak penugasan yang diusulkan",
            guard=_by_another,
            guard_note=f"{_BELOW_NOTE}, dan bukan usulannya sendiri",
        ),
        Permission(
            "accounts.end_assignment", PROPOSERS, title="Mengakhiri penugasan", guard=_below, guard_note=_BELOW_NOTE
        ),
        Permission(
            "accounts.make_code",
            PROPOSERS,
            title="Mencetak kode undangan atau kode atur ulang",
            guard=_below,
            guard_note=_BELOW_NOTE,
        ),
        Permission(
            "accounts.suspend_person",
            APPROVERS,
            title="Membekukan atau mengaktifkan akun",
            guard=_below,
            guard_note=_BELOW_NOTE,
        ),
        Permission(
            "accounts.drop_second_factor",
            APPROVERS,
            title="Melepas kode kedua orang yang kehilangan gawai",
            guard=_below,
            guard_note=_BELOW_NOTE,
        ),
        Permission("accounts.import_people", APPROVERS | {Role.STF}, title="Membuat banyak akun dari berkas"),
    ]
)
