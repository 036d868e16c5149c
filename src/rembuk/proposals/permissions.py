"""Who may do what with a proposal. Source: roles of the programme, planning objects."""

from uuid import UUID

from rembuk.core.hat import FACILITATOR_ROLES, VILLAGE_OFFICE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

PROPOSERS = VILLAGE_OFFICE_ROLES | {Role.BPD, Role.LKD, Role.RTK, Role.KPMD, Role.FAS}
READERS = (
    PROPOSERS
    | FACILITATOR_ROLES
    | {Role.KDP, Role.KBD, Role.STF, Role.CAM, Role.PTP, Role.TVK, Role.VRF, Role.TPK, Role.OPD, Role.BAP, Role.INS}
)
DECIDERS = frozenset({Role.KAD, Role.SDK})
MEETING = VILLAGE_OFFICE_ROLES | {Role.BPD, Role.FAS}
LISTS = frozenset({Role.SDK, Role.KAU, Role.TIM, Role.KAD, Role.FAS, Role.KPMD})
SMALL_PLACE = frozenset({Role.RTK, Role.LKD})
OPEN_STATES = frozenset({"draft", "sent", "checked", "discussed", "ranked"})
PUBLIC_STATES = frozenset({"checked", "discussed", "ranked", "planned", "forwarded", "shelved", "declined", "merged"})
SHOWN_STATES = PUBLIC_STATES | {"sent"}
"""States in which a proposal may stand on a public page: as it was sent only where nobody looked in time."""


def written_by(hat: Hat, target: Placed) -> bool:
    author: UUID | None = getattr(target, "created_by", None)
    return author is not None and author == hat.person_id


def may_read(hat: Hat, target: Placed) -> bool:
    """A draft belongs to its author and the village office; an agency reads what was sent up to it."""
    state = getattr(target, "state", None)
    if state is None:
        return True
    if hat.role == Role.OPD:
        return bool(state == "forwarded")
    if state == "draft":
        return written_by(hat, target) or hat.role in VILLAGE_OFFICE_ROLES | FACILITATOR_ROLES
    return True


def in_own_part(hat: Hat, target: Placed) -> bool:
    """A head of RT or of a group below the village proposes for the own RT or hamlet, not for the whole village."""
    if not (hat.place.hamlet or hat.place.rt):
        return True
    return bool(target.place.hamlet or target.place.rt)


def may_edit(hat: Hat, target: Placed) -> bool:
    """A draft: its author, the village office, a facilitator who helps. Later: the village office, until answered."""
    state = getattr(target, "state", "draft")
    if state == "draft":
        return written_by(hat, target) or hat.role in VILLAGE_OFFICE_ROLES | FACILITATOR_ROLES
    return state in OPEN_STATES and hat.role in VILLAGE_OFFICE_ROLES


def may_add_photo(hat: Hat, target: Placed) -> bool:
    """Whoever may edit; and the author of one that nobody has looked at yet: its photos may travel behind it."""
    return may_edit(hat, target) or (written_by(hat, target) and getattr(target, "state", "") == "sent")


def may_take_back(hat: Hat, target: Placed) -> bool:
    return written_by(hat, target) or hat.role == Role.SDK


def did_not_draft(hat: Hat, target: Placed) -> bool:
    return not written_by(hat, target)


def is_public(_hat: Hat | None, target: Placed) -> bool:
    """From the secretary's look on, or when it did not come in time; never what is closed."""
    state, showing = getattr(target, "state", ""), getattr(target, "showing", "state")
    return showing != "closed" and (state in PUBLIC_STATES or (state == "sent" and showing == "open"))


ROWS = (
    Permission("proposals.list", READERS, "Membuka daftar usulan", upward=True),
    Permission(
        "proposals.view",
        READERS,
        "Membuka satu usulan",
        guard=may_read,
        guard_note="draf hanya penulis, pemerintah desa, pendamping; OPD hanya yang diteruskan",
        upward=True,
    ),
    Permission("proposals.see_proposer", VILLAGE_OFFICE_ROLES, "Melihat nama dan nomor pengusul", upward=True),
    Permission(
        "proposals.create",
        PROPOSERS,
        "Membuat usulan",
        guard=in_own_part,
        guard_note="di bawah desa: hanya dusun atau RT sendiri",
        upward=True,
    ),
    Permission(
        "proposals.edit",
        PROPOSERS | FACILITATOR_ROLES,
        "Mengubah usulan",
        guard=may_edit,
        guard_note="draf: penulis, pemerintah desa, pendamping; sesudah terkirim: pemerintah desa sampai ada jawaban",
        upward=True,
    ),
    Permission(
        "proposals.photo",
        PROPOSERS | FACILITATOR_ROLES,
        "Melampirkan foto usulan",
        guard=may_add_photo,
        guard_note="seperti mengubah; penulisnya juga sesudah terkirim, sampai diperiksa",
        upward=True,
    ),
    Permission(
        "proposals.submit",
        PROPOSERS,
        "Mengirim usulan",
        guard=may_edit,
        guard_note="penulis atau pemerintah desa",
        upward=True,
    ),
    Permission("proposals.receipt", VILLAGE_OFFICE_ROLES, "Membuat tanda terima baru"),
    Permission("proposals.check", frozenset({Role.SDK}), "Memeriksa usulan yang masuk"),
    Permission(
        "proposals.look",
        frozenset({Role.SDK}),
        "Menyaring usulan warga sebelum tampil untuk umum",
        note="menyamarkan nama, memilih foto, menutup bantuan untuk satu orang",
    ),
    Permission("proposals.reject_abuse", frozenset({Role.SDK}), "Menolak usulan warga sebagai penyalahgunaan"),
    Permission("proposals.count_support", MEETING, "Mencatat dukungan yang dihitung di musyawarah"),
    Permission(
        "proposals.list_support",
        frozenset({Role.SDK, Role.RTK}),
        "Mencatat daftar dukungan bertanda tangan",
        upward=True,
        note="dengan foto daftarnya, yang tidak pernah tampil untuk umum",
    ),
    Permission("proposals.give_back", frozenset({Role.SDK}), "Mengembalikan usulan ke penulisnya"),
    Permission(
        "proposals.field_check",
        frozenset({Role.VRF}),
        "Memeriksa di lapangan",
        guard=did_not_draft,
        guard_note="bukan penulis usulan itu",
    ),
    Permission("proposals.confirm_code", VILLAGE_OFFICE_ROLES | {Role.FAS}, "Memastikan kode kegiatan"),
    Permission("proposals.set_authority", VILLAGE_OFFICE_ROLES, "Mencatat siapa yang berwenang"),
    Permission(
        "proposals.set_prefilter", frozenset({Role.TIM, Role.SDK, Role.KAU, Role.FAS}), "Mengisi saringan B satu usulan"
    ),
    Permission("proposals.discuss", MEETING, "Mencatat usulan dibahas musyawarah"),
    Permission("proposals.rank", MEETING, "Mencatat peringkat musyawarah"),
    Permission("proposals.plan", MEETING, "Memasukkan usulan ke rencana"),
    Permission("proposals.shelve", MEETING, "Menyimpan usulan untuk tahun berikutnya"),
    Permission("proposals.forward", DECIDERS, "Meneruskan usulan ke atas"),
    Permission("proposals.decline", DECIDERS, "Menjawab usulan: tidak diterima"),
    Permission(
        "proposals.withdraw",
        PROPOSERS,
        "Menarik usulan",
        guard=may_take_back,
        guard_note="penulis, atau Sekdes atas permintaan pengusul",
        upward=True,
    ),
    Permission("proposals.merge", MEETING - {Role.BPD}, "Menggabung usulan"),
    Permission("proposals.drop", MEETING, "Mengeluarkan usulan dari rencana"),
    Permission(
        "proposals.carry", MEETING | {Role.KPMD, Role.LKD, Role.RTK}, "Mengajukan lagi usulan tahun lalu", upward=True
    ),
    Permission(
        "proposals.grid",
        LISTS | SMALL_PLACE,
        "Mengetik daftar usulan dari kertas",
        upward=True,
        note="di bawah desa: hanya untuk dusun atau RT sendiri",
    ),
    Permission(
        "proposals.collect",
        LISTS | SMALL_PLACE,
        "Mencatat gagasan dusun dan kelompok untuk RPJM Desa",
        upward=True,
        note="di bawah desa: hanya untuk dusun sendiri",
    ),
    Permission("proposals.import", LISTS - {Role.KPMD}, "Mengimpor daftar usulan"),
    Permission("proposals.track", title="Melihat status dengan kode tanda terima", public=True),
    Permission(
        "proposals.public",
        title="Halaman usulan untuk umum",
        public=True,
        note="hanya sesudah dilihat Sekdes atau tiga hari kerja kemudian, tanpa nama",
    ),
    Permission("proposals.public_photo", title="Foto usulan untuk umum", public=True, note="hanya yang dipilih Sekdes"),
    Permission(
        "proposals.public_new",
        title="Mengusulkan tanpa akun",
        public=True,
        note="warga; nama hanya dilihat pemerintah desa",
    ),
    Permission("proposals.public_paper", title="Mencetak formulir usulan", public=True),
    Permission(
        "proposals.public_support",
        title="Mendukung usulan tanpa akun",
        public=True,
        note="warga; satu kali tiap orang dan tiap HP, tidak menambah nilai",
    ),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``proposals.<act>`` to *target*."""
    return TABLE.allows(hat, f"proposals.{act}", target)
