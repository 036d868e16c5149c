"""Who may do what with visits, findings and promises. Source: roles, "Visit, finding" and "Action item"; two persons.

Contracts of facilitators end, so every act that is theirs is one of PTPD, camat and DPMD as well.
"""

from typing import TYPE_CHECKING, cast

from rembuk.core.guidance.findings import Severity
from rembuk.core.guidance.visit_states import WAITING, VisitState
from rembuk.core.hat import DISTRICT_ROLES, DPMD_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.guidance.mentoring.models import ActionItem, MonthlyReport, Visit

VISITORS = FACILITATOR_ROLES | {Role.PTP, Role.TVK, Role.CAM, Role.STF, Role.KBD}
JUDGES = frozenset({Role.PTP, Role.TVK, Role.CAM, Role.STF, Role.KBD})
VILLAGE_READERS = VILLAGE_OFFICE_ROLES | {Role.BPD}
READERS = DPMD_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_READERS | {Role.INS, Role.SEK}
SIGNERS = frozenset({Role.KAD, Role.SDK})
OWNERS = (Role.SDK, Role.KAD, Role.KAU, Role.TIM, Role.BPD, Role.TPK, Role.OPD, Role.PTP, Role.STF)
"""Roles that may owe something, in the order of the list; the usual one first."""
HANDLERS = VILLAGE_OFFICE_ROLES | {Role.BPD, Role.TPK, Role.OPD} | FACILITATOR_ROLES | {Role.PTP, Role.STF}
REPORTERS = FACILITATOR_ROLES | {Role.PTP, Role.TVK, Role.KPMD, Role.FAS}
"""Roles whose people may write a monthly report; who owes one is a setting of the regency."""
CHECKERS = frozenset({Role.PTP, Role.CAM, Role.STF, Role.KBD})
OVERSEERS = CHECKERS | {Role.KDP, Role.TAP}
"""They read the reports of their place; the head of DPMD and the regency's experts without judging them."""
OF_THE_OFFICE = frozenset({Role.PTP, Role.TVK})
HELP_ANSWERERS = frozenset({Role.OPD, Role.STF})
"""The agency that a visit asked; DPMD's staff key in an answer that came by letter."""


def still_waiting(hat: Hat, target: Placed) -> bool:
    """Return whether the visit has still to take place."""
    return VisitState(cast("Visit", target).state) in WAITING


def not_my_report(hat: Hat, target: Placed) -> bool:
    """Two-person rule: a sheet is closed by somebody who did not write it."""
    return cast("Visit", target).reported_by != hat.person_id


def of_the_agency(hat: Hat, agency: str) -> bool:
    """Return whether an office is the one meant; a hat or an item without a named agency leaves it open."""
    return hat.role is not Role.OPD or not hat.agency or agency in ("", hat.agency)


def concerns(hat: Hat, target: Placed) -> bool:
    """Return whether an office outside the chain of guidance is the one that owes; others read by place."""
    item = cast("ActionItem", target)
    return hat.role not in (Role.OPD, Role.TPK) or (item.owner_role == hat.role and of_the_agency(hat, item.agency))


def owes(hat: Hat, target: Placed) -> bool:
    """Return whether the hat is the owner, or the village office that helps its own people hand in."""
    item = cast("ActionItem", target)
    if item.owner_person == hat.person_id or (item.owner_role == hat.role and of_the_agency(hat, item.agency)):
        return True
    in_village = item.owner_role not in (Role.OPD, Role.PTP, Role.STF)
    return in_village and hat.role in VILLAGE_OFFICE_ROLES | FACILITATOR_ROLES


def names_the_agency(hat: Hat, target: Placed) -> bool:
    """Return whether an agency is asked for help on this visit; everybody else reads by place."""
    asked = cast("Visit", target).help_agency
    return hat.role is not Role.OPD or (bool(asked) and of_the_agency(hat, asked))


def help_was_asked(hat: Hat, target: Placed) -> bool:
    """Return whether the visit asks for help, of this agency where the hat is of one."""
    return bool(cast("Visit", target).help_agency) and names_the_agency(hat, target)


def own_or_overseen(hat: Hat, target: Placed) -> bool:
    """A report is its writer's; once it was handed in, those who oversee the place read it."""
    report = cast("MonthlyReport", target)
    return report.person_id == hat.person_id or (hat.role in OVERSEERS and report.submitted_at is not None)


def supervises(hat: Hat, target: Placed) -> bool:
    """Nobody checks their own report, and a member of the district's team none of a colleague's."""
    report = cast("MonthlyReport", target)
    colleague = hat.role is Role.PTP and report.role in OF_THE_OFFICE
    return report.person_id != hat.person_id and not colleague


def independent(hat: Hat, target: Placed) -> bool:
    """Two-person rule: neither owner, nor recorder, nor who handed the evidence in."""
    item = cast("ActionItem", target)
    return hat.person_id not in (item.owner_person, item.recorded_by, item.submitted_by)


def by_rank(hat: Hat, target: Placed) -> bool:
    """A critical item is let go by the head of DPMD; the service asks whether Sekda stands in for an empty seat."""
    critical = cast("ActionItem", target).severity == Severity.CRITICAL
    return hat.role in (Role.KDP, Role.SEK) if critical else hat.role in DPMD_ROLES


WAITING_NOTE = "kunjungan belum berlangsung"
STAND_IN_NOTE = "PTPD, camat dan DPMD menggantikan pendamping bila kosong"
ROWS = (
    Permission("mentoring.visits", READERS | {Role.OPD}, "Membuka daftar kunjungan di wilayahnya"),
    Permission(
        "mentoring.read",
        READERS | {Role.OPD},
        "Membaca lembar kunjungan",
        guard=names_the_agency,
        guard_note="OPD: yang meminta bantuannya",
    ),
    Permission(
        "mentoring.answer_help",
        HELP_ANSWERERS,
        "Menjawab bantuan yang diminta lembar kunjungan",
        guard=help_was_asked,
        guard_note="lembar meminta bantuan; OPD: yang meminta bantuannya",
    ),
    Permission("mentoring.plan", VISITORS, "Merencanakan kunjungan, satu atau satu musim", note=STAND_IN_NOTE),
    Permission(
        "mentoring.move",
        VISITORS,
        "Menjadwal ulang atau membatalkan kunjungan",
        guard=still_waiting,
        guard_note=WAITING_NOTE,
    ),
    Permission(
        "mentoring.confirm",
        SIGNERS | VISITORS,
        "Menyetujui hari kunjungan, atau mencatat persetujuan desa",
        guard=still_waiting,
        guard_note=WAITING_NOTE,
    ),
    Permission("mentoring.report", VISITORS, "Memulai kunjungan dan mengisi lembarnya", note=STAND_IN_NOTE),
    Permission("mentoring.acknowledge", SIGNERS, "Mengakui lembar kunjungan, atau menulis keberatan"),
    Permission("mentoring.sign_paper", VISITORS, "Mengunggah lembar yang ditandatangani di kertas"),
    Permission(
        "mentoring.close",
        JUDGES,
        "Menutup kunjungan sesudah memeriksa tanda tangan atau keberatannya",
        guard=not_my_report,
        guard_note="bukan yang menulis lembarnya",
    ),
    Permission("mentoring.village", READERS, "Membaca ringkasan pendampingan satu desa"),
    Permission("mentoring.items", READERS | {Role.OPD, Role.TPK}, "Membuka daftar temuan dan tindak lanjut"),
    Permission(
        "mentoring.read_item",
        READERS | {Role.OPD, Role.TPK},
        "Membaca temuan dan riwayat tindak lanjutnya",
        guard=concerns,
        guard_note="OPD dan pelaksana: yang menjadi tanggung jawabnya",
    ),
    Permission(
        "mentoring.work",
        HANDLERS,
        "Memulai tindak lanjut dan menyerahkan buktinya",
        guard=owes,
        guard_note="penanggung jawab, atau perangkat desa dan pendamping yang membantunya",
    ),
    Permission(
        "mentoring.verify",
        JUDGES,
        "Memeriksa bukti: menerima atau menolak",
        guard=independent,
        guard_note="bukan pemilik, pencatat, atau penyerah buktinya",
    ),
    Permission("mentoring.reopen", VISITORS, "Membuka lagi yang ternyata belum beres"),
    Permission(
        "mentoring.waive",
        DPMD_ROLES | {Role.SEK},
        "Membebaskan tindak lanjut dengan alasan",
        guard=by_rank,
        guard_note="KRITIS hanya Kepala DPMD; Sekda bila jabatan itu kosong",
    ),
    Permission("mentoring.supersede", JUDGES, "Mengganti tindak lanjut dengan rumusan baru"),
    Permission("mentoring.reports", REPORTERS | OVERSEERS, "Membuka laporan bulanan pendamping"),
    Permission("mentoring.own_report", REPORTERS, "Menyusun dan mengirim laporan bulanan sendiri"),
    Permission("mentoring.handed_in", OVERSEERS, "Melihat siapa yang sudah mengirim laporan bulanan"),
    Permission(
        "mentoring.read_report",
        REPORTERS | OVERSEERS,
        "Membaca laporan bulanan",
        guard=own_or_overseen,
        guard_note="miliknya sendiri, atau yang sudah dikirim di wilayahnya",
    ),
    Permission(
        "mentoring.check_report",
        CHECKERS,
        "Memeriksa laporan bulanan: menerima atau mengembalikan",
        guard=supervises,
        guard_note="bukan miliknya sendiri; PTPD tidak memeriksa rekannya",
    ),
    Permission("mentoring.rules", DPMD_ROLES | VISITORS, "Membaca hari tenggat pendampingan", upward=True),
    Permission("mentoring.set_rules", frozenset({Role.KBD, Role.STF}), "Mengubah hari tenggat dan tenggang desa"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``mentoring.<act>`` to *target*."""
    return TABLE.allows(hat, f"mentoring.{act}", target)
