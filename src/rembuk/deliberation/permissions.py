"""Who may do what with a meeting, its attendance, its minutes and its scores. Source: roles, planning objects."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.permissions import TABLE, Permission, Placed

READERS = (
    VILLAGE_ROLES
    | DISTRICT_ROLES
    | FACILITATOR_ROLES
    | {Role.BUP, Role.SEK, Role.KDP, Role.KBD, Role.STF, Role.BAP, Role.INS, Role.OPD}
)
NAME_READERS = (
    VILLAGE_OFFICE_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | {Role.KBD, Role.STF, Role.INS, Role.BPD, Role.FAS}
)
WRITERS = frozenset({Role.SDK, Role.TIM, Role.FAS})
"""They record any meeting; a convener records the meetings it convenes."""

SCORERS = frozenset({Role.TIM, Role.FAS, Role.SDK})
OFFICE = frozenset({Role.SDK, Role.TIM, Role.KAU, Role.KAD})


def kind_of(target: Placed) -> str:
    return str(getattr(target, "kind", ""))


def records_it(hat: Hat, target: Placed) -> bool:
    """A recorder any meeting, the convener its own kinds; the head also the meetings of hamlets and groups."""
    if hat.role in WRITERS or kind_of(target) not in MEETING_KINDS:
        return True
    kind = MEETING_KINDS[kind_of(target)]
    if not kind.formal:
        return hat.role == Role.KAD
    return hat.role.value == kind.convener


def chairs_it(hat: Hat, target: Placed) -> bool:
    """The chair of a formal meeting; the village office for a meeting of a hamlet or group."""
    kind = MEETING_KINDS.get(kind_of(target))
    if kind is None:
        return True
    return hat.role.value == kind.chair if kind.formal else hat.role in OFFICE


_RECORDERS = WRITERS | {Role.KAD, Role.BPD}
_RECORD_NOTE = "Sekdes, tim, pemandu; BPD untuk Musdes, kepala desa untuk Musrenbang dan musyawarah dusun"
_CHAIR_NOTE = "BPD untuk Musdes, kepala desa untuk Musrenbang, pemerintah desa untuk musyawarah dusun dan kelompok"


def recorded(act: str, title: str) -> Permission:
    return Permission(f"deliberation.{act}", _RECORDERS, title, guard=records_it, guard_note=_RECORD_NOTE)


ROWS = (
    Permission("deliberation.list", READERS, "Membuka daftar musyawarah", upward=True),
    Permission("deliberation.read", READERS, "Membuka satu musyawarah, tanpa nama peserta", upward=True),
    Permission("deliberation.see_names", NAME_READERS, "Melihat nama peserta dan undangan", upward=True),
    recorded("create", "Merencanakan musyawarah"),
    recorded("edit", "Mengubah rencana musyawarah"),
    recorded("invite", "Mengundang dan mencatat undangan"),
    recorded("start", "Membuka musyawarah"),
    recorded("attendance", "Mencatat kehadiran"),
    recorded("adjourn", "Menunda dan melanjutkan musyawarah"),
    recorded("notes", "Menulis notulen"),
    recorded("decide", "Mencatat keputusan musyawarah"),
    recorded("minutes", "Menulis berita acara"),
    recorded("photo", "Menyimpan foto musyawarah"),
    recorded("close", "Menutup atau membuka lagi musyawarah"),
    recorded("cancel", "Membatalkan musyawarah"),
    Permission("deliberation.table", SCORERS, "Memilih usulan yang dibahas"),
    Permission("deliberation.score", SCORERS, "Memasukkan skor kelompok penilai"),
    Permission("deliberation.draw_lot", SCORERS, "Mencatat benih undian sebelum suara dihitung"),
    Permission("deliberation.ballot", SCORERS, "Memasukkan suara warga"),
    Permission(
        "deliberation.adopt",
        OFFICE | {Role.BPD},
        "Mengesahkan peringkat atas nama musyawarah",
        guard=chairs_it,
        guard_note=_CHAIR_NOTE,
    ),
    Permission(
        "deliberation.record_choice",
        OFFICE | {Role.BPD},
        "Mencatat pilihan kegiatan dalam berita acara",
        guard=chairs_it,
        guard_note=_CHAIR_NOTE,
    ),
    Permission(
        "deliberation.sign",
        OFFICE | {Role.BPD},
        "Menyatakan berita acara ditandatangani",
        guard=chairs_it,
        guard_note=_CHAIR_NOTE,
    ),
    Permission(
        "deliberation.set_rules", frozenset({Role.SDK, Role.KAD, Role.BPD}), "Mengatur tata tertib musyawarah desa"
    ),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``deliberation.<act>`` to *target*."""
    return TABLE.allows(hat, f"deliberation.{act}", target)
