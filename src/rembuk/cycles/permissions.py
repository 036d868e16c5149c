"""Who may do what with a cycle, its stages, evidence and excuses. Source: roles, planning objects."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed
from rembuk.core.workflow.rpjm_stages import ALL_STAGES

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
RECORDERS = frozenset({Role.SDK, Role.TIM, Role.KAU, Role.KAD, Role.BPD})
DECIDERS = frozenset({Role.KAD, Role.BPD})
VERIFIERS = frozenset({Role.PTP, Role.STF})

MUSDES_STAGES = frozenset(code for code, stage in ALL_STAGES.items() if stage.actors == ("BPD",))
"""Stages that are a Musdes: the chair of the BPD decides them, the village head all others."""


def decides_stage(hat: Hat, target: Placed) -> bool:
    """Return whether the stage is one that this role decides."""
    stage = getattr(target, "stage", "")
    return hat.role == (Role.BPD if stage in MUSDES_STAGES else Role.KAD)


def not_the_one_who_completed(hat: Hat, target: Placed) -> bool:
    return getattr(target, "completed_by", None) != hat.person_id


def not_the_one_who_added(hat: Hat, target: Placed) -> bool:
    return getattr(target, "added_by", None) != hat.person_id


def not_the_one_who_proposed(hat: Hat, target: Placed) -> bool:
    return getattr(target, "proposed_by", None) != hat.person_id


ROWS = (
    Permission("cycles.read", READERS, "Membaca tahapan dan bukti siklus", upward=True),
    Permission("cycles.list", READERS, "Membuka daftar siklus desa di wilayahnya"),
    Permission("cycles.open_cycle", frozenset({Role.SDK, Role.TIM, Role.STF, Role.KBD}), "Membuka siklus RKP"),
    Permission(
        "cycles.open_rpjm",
        frozenset({Role.SDK, Role.TIM, Role.KAD, Role.STF, Role.KBD}),
        "Membuka siklus RPJM sesudah pelantikan Kepala Desa",
    ),
    Permission("cycles.add_evidence", RECORDERS, "Mengunggah bukti tahapan"),
    Permission("cycles.withdraw_evidence", RECORDERS, "Menarik bukti yang keliru"),
    Permission(
        "cycles.verify_evidence",
        VERIFIERS,
        "Memeriksa bukti",
        guard=not_the_one_who_added,
        guard_note="bukan yang mengunggahnya",
    ),
    Permission(
        "cycles.complete_stage",
        DECIDERS,
        "Menyatakan tahapan selesai",
        guard=decides_stage,
        guard_note="BPD untuk Musdes (K1, K11, R4, R9), kepala desa untuk tahapan lain",
    ),
    Permission("cycles.recheck_stage", RECORDERS | VERIFIERS, "Memeriksa ulang syarat tahapan"),
    Permission(
        "cycles.confirm_stage",
        VERIFIERS,
        "Mengonfirmasi tanggal tahapan dari surat yang ditandatangani",
        guard=not_the_one_who_completed,
        guard_note="bukan yang menyatakan selesai",
    ),
    Permission(
        "cycles.return_stage",
        VERIFIERS | DECIDERS | {Role.KBD, Role.CAM},
        "Mengembalikan tahapan dengan alasan",
    ),
    Permission("cycles.propose_excuse", frozenset({Role.SDK, Role.KAD, Role.PTP}), "Mengajukan kelonggaran waktu"),
    Permission(
        "cycles.decide_excuse",
        frozenset({Role.KBD, Role.STF}),
        "Memutuskan kelonggaran waktu",
        guard=not_the_one_who_proposed,
        guard_note="bukan yang mengajukannya",
    ),
    Permission("cycles.read_excuses", READERS, "Membaca daftar kelonggaran di wilayahnya"),
    Permission("cycles.read_holidays", READERS, "Membaca hari libur", upward=True),
    Permission("cycles.set_holiday", frozenset({Role.STF, Role.KBD}), "Mengatur hari libur kabupaten"),
    Permission("cycles.read_procedure", READERS, "Membaca profil prosedur kabupaten", upward=True),
    Permission("cycles.set_procedure", frozenset({Role.KBD}), "Mengatur profil prosedur kabupaten"),
)

TABLE.add(ROWS)
