"""Who may do what with teams, the RPJM register, plan items, estimates, checks and the Perdes. Source: roles, 2.1."""

from rembuk.core.hat import DISTRICT_ROLES, FACILITATOR_ROLES, REGENCY_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed
from rembuk.core.workflow.plan_states import EDITABLE

READERS = REGENCY_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES
DRAFTERS = frozenset({Role.SDK, Role.KAU, Role.TIM})
MEETING = DRAFTERS | {Role.KAD, Role.BPD, Role.FAS}
RECEIVERS = frozenset({Role.KBD, Role.STF})
TEAM_MAKERS = frozenset({Role.KAD, Role.SDK})
EDITABLE_STATES = frozenset(state.value for state in EDITABLE)


def not_a_drafter(hat: Hat, target: Placed) -> bool:
    """The two-person rule: who wrote the item or its estimate never checks it."""
    person = str(hat.person_id)
    drafted_by = getattr(target, "drafted_by", None)
    return person not in getattr(target, "drafters", ()) and str(drafted_by) != person


ROWS = (
    Permission("plans.list", READERS, "Membuka daftar rencana di wilayahnya", upward=True),
    Permission("plans.read", READERS, "Membaca rencana, RAB, pemeriksaan dan temuannya", upward=True),
    Permission(
        "plans.public", title="Membaca RKP Desa yang sudah ditetapkan", public=True, note="hanya sesudah Perdes"
    ),
    Permission("plans.public_draft", title="Membaca rancangan RKP Desa yang dibuka untuk tanggapan", public=True),
    Permission(
        "plans.public_comment",
        title="Menanggapi rancangan RKP Desa tanpa akun",
        public=True,
        note="warga; satu kali tiap orang untuk tiap kegiatan",
    ),
    Permission("plans.open_comments", DRAFTERS, "Membuka rancangan untuk tanggapan warga"),
    Permission("plans.close_comments", DRAFTERS, "Menutup masa tanggapan lebih awal"),
    Permission("plans.read_comments", DRAFTERS | {Role.KAD, Role.BPD}, "Membaca tanggapan warga"),
    Permission("plans.look_comment", frozenset({Role.SDK}), "Menampilkan atau menyembunyikan tanggapan warga"),
    Permission("plans.answer_comment", DRAFTERS, "Menjawab tanggapan warga"),
    Permission("plans.edit_team", TEAM_MAKERS, "Membentuk tim penyusun dan tim verifikasi"),
    Permission("plans.edit_rpjmdes", DRAFTERS, "Mendaftarkan RPJM Desa yang berlaku"),
    Permission("plans.read_received", READERS, "Melihat RPJM Desa yang masuk sebagai berkas", upward=True),
    Permission("plans.hand_in_rpjmdes", DRAFTERS | RECEIVERS, "Menyerahkan berkas RPJM Desa yang sudah ada"),
    Permission("plans.sort_rpjmdes", RECEIVERS, "Menentukan desa pemilik berkas RPJM Desa"),
    Permission("plans.confirm_received", DRAFTERS, "Mengonfirmasi isi berkas menjadi RPJM Desa terdaftar"),
    Permission("plans.open", DRAFTERS | {Role.FAS, Role.KAD, Role.BPD}, "Membuka rancangan RKP atau RPJM Desa"),
    Permission("plans.edit", DRAFTERS, "Mengubah kegiatan dan RAB"),
    Permission("plans.apply_selection", MEETING, "Memasukkan hasil alokasi yang disepakati ke rencana"),
    Permission(
        "plans.check_item",
        frozenset({Role.VRF}),
        "Mengisi lembar pemeriksaan teknis (F29)",
        guard=not_a_drafter,
        guard_note="bukan penyusun kegiatan atau RAB itu",
    ),
    Permission("plans.verify", frozenset({Role.VRF}), "Menyatakan pemeriksaan teknis selesai"),
    Permission("plans.edit_evaluation", DRAFTERS, "Mengisi evaluasi RKP tahun sebelumnya"),
    Permission("plans.edit_du", DRAFTERS, "Menyusun DU-RKP Desa"),
    Permission("plans.agree_du", DRAFTERS | {Role.KAD, Role.BPD}, "Mencatat kesepakatan DU-RKP Desa"),
    Permission("plans.submit_du", TEAM_MAKERS, "Mengirim DU-RKP Desa lewat Camat dan mencatat tanda terimanya"),
    Permission(
        "plans.answer_du",
        TEAM_MAKERS | {Role.CAM, Role.BAP, Role.STF, Role.KBD},
        "Mencatat jawaban atas DU-RKP Desa dari suratnya",
    ),
    Permission("plans.approve", frozenset({Role.KAD}), "Menyetujui rancangan RKP atau RPJM Desa"),
    Permission("plans.return", frozenset({Role.KAD, Role.BPD}), "Mengembalikan rancangan dengan alasan"),
    Permission("plans.revise", DRAFTERS, "Mengerjakan lagi rancangan yang dikembalikan"),
    Permission("plans.hold_musrenbang", DRAFTERS | {Role.KAD, Role.FAS}, "Membuka rancangan untuk hasil Musrenbang"),
    Permission(
        "plans.edit_changes",
        DRAFTERS | {Role.FAS},
        "Mencatat dan menjawab kesepakatan Musrenbang",
    ),
    Permission("plans.finalise", DRAFTERS | {Role.KAD}, "Menyelesaikan rancangan akhir"),
    Permission(
        "plans.edit_perdes",
        frozenset({Role.SDK}),
        "Menyusun rancangan Perdes RKP Desa",
    ),
    Permission("plans.agree", frozenset({Role.BPD}), "Mencatat kesepakatan BPD"),
    Permission("plans.enact", frozenset({Role.KAD, Role.SDK}), "Menetapkan dan mengundangkan Perdes RKP/RPJM Desa"),
    Permission("plans.amend", TEAM_MAKERS, "Membuka perubahan RKP Desa yang berlaku"),
    Permission("plans.deliver", frozenset({Role.BPD, Role.SDK}), "Mencatat penyerahan rancangan Perdes ke Kepala Desa"),
    Permission("plans.sign", frozenset({Role.KAD, Role.SDK}), "Mencatat tanda tangan Kepala Desa pada Perdes"),
    Permission(
        "plans.send", frozenset({Role.KAD, Role.SDK}), "Mencatat pengiriman Perdes ke Bupati dan tanda terimanya"
    ),
    Permission(
        "plans.clarify",
        frozenset({Role.KAD, Role.SDK, Role.CAM, Role.HKM, Role.KBD, Role.STF}),
        "Mencatat hasil klarifikasi Perdes atau pembatalannya",
    ),
    Permission("plans.read_perdes_rules", READERS, "Membaca jam dan aturan Perdes", upward=True),
    Permission("plans.set_perdes_rules", frozenset({Role.KBD}), "Mengatur arti diam dalam klarifikasi Perdes"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``plans.<act>`` to *target*."""
    return TABLE.allows(hat, f"plans.{act}", target)
