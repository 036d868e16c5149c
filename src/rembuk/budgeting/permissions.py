"""Who may run, adopt and read allocations. Source: roles, 2.1, "Scores, ballots, allocation run"."""

from typing import TYPE_CHECKING, cast

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.budgeting.models import AllocationRun

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
RUNNERS = frozenset({Role.TIM, Role.FAS, Role.SDK})
CHAIRS = frozenset({Role.KAD, Role.BPD})


def chairs_the_hall(hat: Hat, target: Placed) -> bool:
    """Return whether the role chairs the meeting of the run: BPD a Musdes, the village head all else."""
    meeting = cast("AllocationRun", target).meeting
    kind = MEETING_KINDS.get(meeting.kind) if meeting is not None else None
    return hat.role == (Role.BPD if kind is not None and kind.formal and kind.chair == "BPD" else Role.KAD)


BUDGETERS = frozenset({Role.SDK, Role.KAU})

CHAIR_NOTE = "BPD untuk Musdes, kepala desa untuk Musrenbang dan rancangan"
ROWS = (
    Permission("budgeting.list", READERS, "Membuka daftar prioritas dan pagu di wilayahnya"),
    Permission("budgeting.read", READERS, "Membaca hasil alokasi dan alasannya", upward=True),
    Permission("budgeting.run", RUNNERS, "Menghitung alokasi"),
    Permission(
        "budgeting.adopt",
        CHAIRS,
        "Mengesahkan hasil alokasi atas nama musyawarah",
        guard=chairs_the_hall,
        guard_note=CHAIR_NOTE,
    ),
    Permission(
        "budgeting.override",
        CHAIRS,
        "Mencatat keputusan musyawarah yang berbeda dari hitungan",
        guard=chairs_the_hall,
        guard_note=CHAIR_NOTE,
    ),
    Permission("budgeting.link", RUNNERS, "Mengikat usulan: mensyaratkan atau menggantikan usulan lain"),
    Permission("budgeting.answer", CHAIRS | {Role.SDK}, "Menjawab usulan yang tidak terpilih"),
    Permission("budgeting.list_apbdes", READERS, "Membuka daftar APB Desa di wilayahnya", upward=True),
    Permission("budgeting.read_apbdes", READERS, "Membaca APB Desa, barisnya, dan selisihnya dengan RKP", upward=True),
    Permission("budgeting.hand_over", BUDGETERS, "Menyerahkan RKP Desa ke penyusunan APB Desa"),
    Permission("budgeting.import_apbdes", BUDGETERS, "Memasukkan baris APB Desa dari berkas"),
    Permission(
        "budgeting.step_apbdes",
        frozenset({Role.SDK, Role.KAD}),
        "Mencatat langkah APB Desa: kesepakatan, evaluasi, penetapan",
    ),
    Permission(
        "budgeting.evaluate_apbdes",
        frozenset({Role.CAM, Role.PTP, Role.TVK, Role.STF, Role.KBD, Role.KDP, Role.SEK, Role.BUP}),
        "Mencatat tanda terima dan hasil evaluasi APB Desa dari meja evaluasi",
    ),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``budgeting.<act>`` to *target*."""
    return TABLE.allows(hat, f"budgeting.{act}", target)
