"""Who may do what with the annual plan and the commitments. Source: list of actors, rows "Guidance plan", "Commitment".

The Kabid hands the plan in and the Kepala DPMD decides; the roles beside them in a row act only while that seat is
empty, which the service asks (accounts.standing_in). A place below the regency reads what concerns it.
"""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.guidance.programme.models import Commitment, PlanActivity

STAFF = frozenset({Role.KBD, Role.STF})
LEADERS = frozenset({Role.KDP, Role.SEK, Role.BUP})
OVERSEERS = LEADERS | STAFF | {Role.BAP, Role.INS}
"""Roles that read the whole plan with its money."""
DISTRICT = frozenset({Role.CAM, Role.PTP, Role.TVK})
VILLAGE = VILLAGE_OFFICE_ROLES | {Role.BPD}
READERS = OVERSEERS | DISTRICT | FACILITATOR_ROLES | VILLAGE | {Role.OPD}
SUBMITTERS = frozenset({Role.KBD, Role.KDP, Role.SEK})
PROMISE_READERS = OVERSEERS | {Role.OPD, Role.CAM, Role.KAD}
PROVERS = STAFF | {Role.BUP, Role.OPD}


def sees_promise(hat: Hat, target: Placed) -> bool:
    """Who oversees sees every commitment; an agency, a Camat, a village head see their own."""
    commitment = cast("Commitment", target)
    if hat.role in OVERSEERS:
        return True
    own_agency = hat.role is Role.OPD and bool(hat.agency) and hat.agency == commitment.agency
    return own_agency or hat.person_id in (commitment.promiser_person_id, commitment.owner_person_id)


def concerns(hat: Hat, target: Placed) -> bool:
    """Who oversees sees every activity; a place sees those meant for it, an agency those it promised. One query."""
    activity = cast("PlanActivity", target)
    if hat.role in OVERSEERS:
        return True
    if hat.role is Role.OPD:
        promise = activity.commitment
        promised = promise is not None and bool(hat.agency) and promise.agency == hat.agency
        return promised or activity.owner_person_id == hat.person_id or activity.owner_role == Role.OPD.value
    if hat.place.village:
        return activity.targets.filter(village_id=hat.place.village).exists()
    if hat.place.district:
        return activity.targets.filter(village__district_id=hat.place.district).exists()
    return True


OWN = "semua, atau komitmen dinas atau diri sendiri"
ROWS = (
    Permission("programme.list", READERS, "Membuka rencana pembinaan tahunan", upward=True),
    Permission(
        "programme.read", READERS, "Membaca rencana pembinaan: seluruhnya, atau yang menyangkut wilayahnya", upward=True
    ),
    Permission(
        "programme.activity",
        READERS,
        "Membaca satu kegiatan pembinaan",
        guard=concerns,
        guard_note="semua, atau yang menyangkut wilayah atau dinasnya",
        upward=True,
    ),
    Permission("programme.coverage", OVERSEERS, "Membaca cakupan rencana: kecamatan, bulan, desa yang terlewat"),
    Permission("programme.create", STAFF, "Membuat rencana pembinaan tahunan, juga dari salinan tahun lalu"),
    Permission("programme.edit", STAFF, "Menyusun rencana: tujuan, kegiatan, sasaran, anggaran, desa tak dicakup"),
    Permission("programme.submit", SUBMITTERS, "Mengajukan rencana (pengganti bila Kabid kosong)"),
    Permission(
        "programme.decide", LEADERS, "Menyetujui atau mengembalikan rencana (pengganti bila Kepala DPMD kosong)"
    ),
    Permission("programme.run", STAFF | {Role.KDP}, "Memulai, merevisi, dan menutup rencana; menutup kegiatan"),
    Permission("programme.money", OVERSEERS, "Membaca anggaran dan realisasi pembinaan"),
    Permission("programme.pay", STAFF, "Mencatat realisasi keuangan dan kaitan kegiatan"),
    Permission("programme.versions", OVERSEERS, "Membaca versi rencana dan perbedaannya"),
    Permission("programme.promises", PROMISE_READERS, "Membuka daftar komitmen", upward=True),
    Permission(
        "programme.promise_read",
        PROMISE_READERS,
        "Membaca satu komitmen",
        guard=sees_promise,
        guard_note=OWN,
        upward=True,
    ),
    Permission("programme.promise", STAFF | {Role.KDP, Role.BUP}, "Mencatat komitmen"),
    Permission("programme.promise_edit", STAFF, "Mengubah komitmen yang belum dinilai"),
    Permission(
        "programme.prove", PROVERS, "Memasukkan bukti komitmen", guard=sees_promise, guard_note="komitmen dinas sendiri"
    ),
    Permission("programme.judge", LEADERS | {Role.KBD}, "Menilai komitmen, atau menariknya dengan alasan"),
    Permission("programme.publish", frozenset({Role.KDP}), "Menerbitkan komitmen untuk umum"),
    Permission("programme.public_promises", title="Membaca komitmen yang diterbitkan", public=True),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``programme.<act>`` to *target*."""
    return TABLE.allows(hat, f"programme.{act}", target)
