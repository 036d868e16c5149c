"""Who may do what at the Klinik Desa. Source: list of actors, row "Clinic ticket"; a guard says what place cannot."""

from typing import TYPE_CHECKING, cast

from rembuk.core.guidance.clinic import REFERRALS
from rembuk.core.hat import FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

if TYPE_CHECKING:
    from rembuk.guidance.clinic.models import Ticket

VILLAGE_READERS = VILLAGE_OFFICE_ROLES | {Role.BPD}
OWN_ONLY = frozenset({Role.LKD, Role.RTK, Role.KPMD})
"""Roles that see the questions they asked themselves and no others."""
CLERKS = FACILITATOR_ROLES | {Role.PTP, Role.CAM, Role.KBD, Role.STF}
READERS = VILLAGE_READERS | CLERKS | {Role.TVK}
CONSULTED = frozenset(role for roles in REFERRALS.values() for role in roles) - READERS
"""Roles that see what was sent on to them."""
ASKERS = VILLAGE_READERS | OWN_ONLY


def sees(hat: Hat, target: Placed) -> bool:
    """A village and its helpers see the questions of their place; others what they asked or what was sent to them."""
    ticket = cast("Ticket", target)
    if hat.role in READERS:
        return True
    if hat.role in CONSULTED:
        return hat.role in REFERRALS.get(ticket.referred_to, frozenset())
    return ticket.asked_by == hat.person_id


def answers(hat: Hat, target: Placed) -> bool:
    """Nobody answers the question they asked; whoever was consulted answers what was sent to them."""
    ticket = cast("Ticket", target)
    own = ticket.asked_by == hat.person_id and ticket.channel == "online"
    return not own and sees(hat, target)


def asked(hat: Hat, target: Placed) -> bool:
    """The asker says whether the answer helps, or who wrote the question down for them, or the village's office."""
    ticket = cast("Ticket", target)
    return ticket.asked_by == hat.person_id or hat.role in VILLAGE_READERS


ROWS = (
    Permission("clinic.list", READERS | OWN_ONLY | CONSULTED, "Membuka daftar pertanyaan Klinik Desa"),
    Permission(
        "clinic.read",
        READERS | OWN_ONLY | CONSULTED,
        "Membaca pertanyaan dan jawabannya",
        guard=sees,
        guard_note="pertanyaan sendiri, desa sendiri, atau yang diteruskan kepadanya",
    ),
    Permission("clinic.ask", ASKERS, "Bertanya kepada Klinik Desa"),
    Permission("clinic.log", CLERKS, "Mencatat pertanyaan yang datang langsung atau lewat telepon"),
    Permission("clinic.assign", CLERKS, "Mengambil pertanyaan", guard=answers, guard_note="bukan pertanyaan sendiri"),
    Permission("clinic.retopic", CLERKS, "Mengganti topik pertanyaan"),
    Permission("clinic.refer", CLERKS, "Meneruskan pertanyaan", guard=answers, guard_note="bukan pertanyaan sendiri"),
    Permission(
        "clinic.answer",
        CLERKS | CONSULTED,
        "Menjawab pertanyaan",
        guard=answers,
        guard_note="bukan pertanyaan sendiri; yang dimintai jawaban hanya yang diteruskan kepadanya",
    ),
    Permission(
        "clinic.confirm",
        ASKERS | CLERKS,
        "Menyatakan jawaban membantu, atau bertanya lagi",
        guard=asked,
        guard_note="penanya, pencatat, atau kantor desanya",
    ),
    Permission("clinic.promote", frozenset({Role.KBD, Role.STF}), "Menjadikan jawaban tanya-jawab umum tanpa nama"),
    Permission(
        "clinic.summary",
        frozenset({Role.KDP, Role.KBD, Role.STF, Role.CAM, Role.PTP, Role.INS}),
        "Membaca ringkasan Klinik Desa: jumlah, topik, ketepatan waktu",
    ),
    Permission("clinic.faq", title="Membaca tanya-jawab", public=True),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``clinic.<act>`` to *target*."""
    return TABLE.allows(hat, f"clinic.{act}", target)
