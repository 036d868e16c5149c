"""Who may do what at the desk of evaluations. Source: roles, "Document evaluation"; rules of behaviour 5 and 8."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import (
    DISTRICT_ROLES,
    FACILITATOR_ROLES,
    REGENCY_ROLES,
    VILLAGE_OFFICE_ROLES,
    VILLAGE_ROLES,
    Hat,
    Role,
)
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.guidance.evaluation.models import Review

READERS = (
    (REGENCY_ROLES - {Role.OPD, Role.TRN}) | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_OFFICE_ROLES | {Role.BPD}
)
SUBMITTERS = frozenset({Role.SDK, Role.KAU, Role.TIM})
DISTRICT_DESK = frozenset({Role.CAM, Role.PTP, Role.TVK})
REGENCY_DESK = frozenset({Role.KBD, Role.STF})
REVIEWERS = DISTRICT_DESK | REGENCY_DESK
SIGNERS = frozenset({Role.CAM, Role.KDP, Role.SEK, Role.BUP})


def on_my_desk(hat: Hat, target: Placed) -> bool:
    """Return whether the draft lies with the hat's office, and the person is not too close to the village."""
    review = cast("Review", target)
    here = hat.role in REGENCY_DESK or not review.at_regency
    return here and not review.is_recused(hat.person_id)


def not_what_i_drafted(hat: Hat, target: Placed) -> bool:
    """Two-person rule: a drafted result is signed by somebody else, who is not too close to the village either."""
    review = cast("Review", target)
    here = hat.role is not Role.CAM or not review.at_regency
    return here and review.drafted_by != hat.person_id and not review.is_recused(hat.person_id)


def signed_for_villages(hat: Hat, target: Placed) -> bool:
    """Return whether the sheet may be read: a village reads what was found only once it is signed."""
    return not hat.place.village or bool(getattr(target, "signed", True))


DESK_NOTE = "berkas di mejanya sendiri, dan tidak menyatakan benturan kepentingan"
ROWS = (
    Permission("evaluation.list", READERS, "Membuka antrean evaluasi dokumen di wilayahnya", upward=True),
    Permission("evaluation.read", READERS, "Membaca evaluasi; catatan penilai terbaca Desa sesudah ditandatangani"),
    Permission(
        "evaluation.read_sheet",
        REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES,
        "Membaca lembar verifikasi (F34) dan surat hasilnya",
        guard=signed_for_villages,
        guard_note="Desa: sesudah ditandatangani",
        upward=True,
    ),
    Permission("evaluation.submit", SUBMITTERS, "Mengajukan rancangan untuk diperiksa atau dievaluasi"),
    Permission("evaluation.self_check", SUBMITTERS | {Role.KAD}, "Mengisi cek mandiri Desa"),
    Permission("evaluation.read_self_check", VILLAGE_OFFICE_ROLES | {Role.BPD}, "Membaca cek mandiri Desanya"),
    Permission(
        "evaluation.register",
        REVIEWERS,
        "Mendaftarkan rancangan, atau mengembalikan yang belum lengkap",
        guard=on_my_desk,
        guard_note=DESK_NOTE,
    ),
    Permission(
        "evaluation.assess", REVIEWERS, "Menilai butir dan menyusun hasil", guard=on_my_desk, guard_note=DESK_NOTE
    ),
    Permission("evaluation.recuse", REVIEWERS, "Menyatakan benturan kepentingan, lalu penilai lain mengambil alih"),
    Permission(
        "evaluation.forward",
        frozenset({Role.CAM, Role.PTP, Role.TVK}),
        "Meneruskan rancangan yang sudah diverifikasi ke DPMD",
        guard=on_my_desk,
        guard_note=DESK_NOTE,
    ),
    Permission(
        "evaluation.sign",
        SIGNERS,
        "Menandatangani hasil evaluasi",
        guard=not_what_i_drafted,
        guard_note="bukan penyusun hasilnya",
        note="APB Desa: Camat hanya bila didelegasikan Perbup",
    ),
    Permission("evaluation.read_settings", READERS, "Membaca delegasi dan standar layanan evaluasi", upward=True),
    Permission("evaluation.set", frozenset({Role.KBD, Role.KDP}), "Mengatur delegasi dan standar layanan evaluasi"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``evaluation.<act>`` to *target*."""
    return TABLE.allows(hat, f"evaluation.{act}", target)
