"""Who may do what with trainings, scores and certificates. Source: roles, batch, own enrolment, certificate."""

from rembuk.core.hat import DISTRICT_ROLES, DPMD_ROLES, FACILITATOR_ROLES, VILLAGE_ROLES, Hat, Role
from rembuk.core.permissions import TABLE, Permission, Placed

STAFF = frozenset({Role.KBD, Role.STF})
TEACHERS = STAFF | {Role.TRN}
OFFICE = frozenset({Role.KAD, Role.SDK, Role.KAU, Role.TIM, Role.BPD})
DISTRICT_HELP = frozenset({Role.CAM, Role.PTP, Role.TVK})
PROPOSERS = STAFF | OFFICE | DISTRICT_HELP
NOMINATORS = STAFF | {Role.KAD, Role.CAM, Role.PTP}
READERS = (
    DPMD_ROLES | DISTRICT_ROLES | FACILITATOR_ROLES | VILLAGE_ROLES | {Role.BUP, Role.SEK, Role.TRN, Role.INS, Role.OPD}
)
SCORE_READERS = TEACHERS | {Role.PTP, Role.TVK}
OUTCOME_READERS = SCORE_READERS | {Role.CAM, Role.KAD}
IMPACT_READERS = DPMD_ROLES | {Role.TRN, Role.BUP, Role.SEK, Role.INS}
OBSERVERS = frozenset({Role.PTP, Role.TVK, Role.CAM})
RATERS = frozenset({Role.PTP, Role.TVK, Role.CAM, Role.STF, Role.KBD})
NEED_READERS = DPMD_ROLES | DISTRICT_HELP | {Role.KAD, Role.TRN}
SIGNERS = frozenset({Role.KDP, Role.SEK, Role.BUP})
CERTIFICATE_READERS = STAFF | {Role.KDP, Role.SEK, Role.BUP, Role.CAM, Role.PTP, Role.TVK, Role.INS, Role.KAD}


ROWS = (
    Permission("training.list", READERS, "Membuka daftar pelatihan", upward=True),
    Permission("training.read", READERS, "Membaca satu angkatan pelatihan", upward=True),
    Permission("training.mine", signed_in=True, title="Membaca pelatihan, hasil, dan sertifikat sendiri"),
    Permission("training.propose", PROPOSERS, "Mengusulkan angkatan pelatihan", upward=True),
    Permission("training.edit", STAFF, "Menyusun angkatan: jadwal, satuan, sesi, pelatih"),
    Permission("training.step", STAFF, "Memindahkan angkatan ke langkah berikutnya"),
    Permission("training.stop", STAFF | {Role.KDP}, "Menunda atau membatalkan angkatan"),
    Permission("training.nominate", NOMINATORS, "Mencalonkan peserta dari wilayahnya", upward=True),
    Permission("training.decide", STAFF, "Menerima, menolak, atau memasukkan calon ke daftar tunggu"),
    Permission("training.participants", TEACHERS, "Membuka daftar peserta dengan nilainya"),
    Permission("training.attend", TEACHERS, "Mencatat kehadiran dan menampilkan kode pintu"),
    Permission("training.check_in", signed_in=True, title="Mencatat kehadiran sendiri dengan kode pintu"),
    Permission("training.bank", TEACHERS, "Membuka bank soal dengan kuncinya"),
    Permission("training.edit_bank", STAFF, "Memuat dan mengimpor bank soal"),
    Permission("training.tests", TEACHERS, "Menyusun tes, kertas soal, kunci, dan mengetik hasil kertas"),
    Permission("training.take", signed_in=True, title="Mengerjakan tes dan lembar reaksi sebagai peserta"),
    Permission(
        "training.card",
        public=True,
        title="Mengerjakan tes dan lembar reaksi dengan kode kartu peserta",
        note="hanya milik pemegang kartu, tiap lembar sekali",
    ),
    Permission("training.impact", IMPACT_READERS, "Membaca desa terlatih dan belum terlatih berdampingan (L4)"),
    Permission("training.results", TEACHERS | {Role.KDP}, "Membaca hasil angkatan: reaksi, belajar, perilaku, dampak"),
    Permission("training.scores", SCORE_READERS, "Membaca nilai perorangan di wilayahnya"),
    Permission("training.outcomes", OUTCOME_READERS, "Membaca lulus atau belum perorangan di wilayahnya"),
    Permission("training.observe", OBSERVERS, "Mengamati perilaku peserta di desanya (L3)"),
    Permission("training.teaching", TEACHERS, "Menilai praktik mengajar calon pelatih (ToT)"),
    Permission("training.needs", NEED_READERS, "Membaca matriks kebutuhan pelatihan di wilayahnya"),
    Permission("training.rate_self", signed_in=True, title="Menilai kemampuan sendiri"),
    Permission("training.rate", RATERS, "Menilai kemampuan orang di wilayahnya"),
    Permission("training.certificates", CERTIFICATE_READERS, "Membuka daftar sertifikat di wilayahnya"),
    Permission("training.prepare", STAFF, "Menyiapkan sertifikat dan surat keterangan"),
    Permission("training.sign", SIGNERS, "Menandatangani sertifikat (pengganti bila Kepala DPMD kosong)"),
    Permission("training.revoke", STAFF | {Role.KDP}, "Mencabut sertifikat dan menandai perlu penyegaran"),
    Permission("training.check", public=True, title="Memeriksa keaslian sertifikat"),
    Permission("training.credits", STAFF, "Mengimpor sertifikat dari luar sebagai kredit"),
    Permission("training.trainers", DPMD_ROLES | {Role.TRN, Role.INS}, "Membuka daftar pelatih"),
    Permission("training.curriculum", STAFF, "Mengubah satuan kurikulum"),
    Permission("training.rules", DPMD_ROLES, "Membaca angka-angka pelatihan kabupaten"),
    Permission("training.edit_rules", frozenset({Role.KBD}), "Mengubah angka-angka pelatihan kabupaten"),
)
TABLE.add(ROWS)


def allows(hat: Hat | None, act: str, target: Placed) -> bool:
    """Return whether *hat* may do ``training.<act>`` to *target*."""
    return TABLE.allows(hat, f"training.{act}", target)
