"""Words of this room: states, columns, positions and refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: Mapping[str, Words] = {
    "draft": _("rancangan"),
    "returned": _("dikembalikan"),
    "verified": _("sudah diperiksa teknis"),
    "head_approved": _("disetujui Kepala Desa"),
    "musrenbang": _("dibahas Musrenbang"),
    "final": _("rancangan akhir"),
    "agreed": _("disepakati BPD"),
    "enacted": _("ditetapkan"),
}
STATE_CHIPS: Mapping[str, str] = {
    "draft": "next",
    "returned": "late",
    "verified": "next",
    "head_approved": "ok",
    "musrenbang": "due",
    "final": "due",
    "agreed": "ok",
    "enacted": "ok",
}
PERDES_STATES: Mapping[str, Words] = {
    "draft": _("rancangan"),
    "consulted": _("dikonsultasikan"),
    "discussed": _("dibahas"),
    "agreed": _("disepakati"),
    "delivered_to_head": _("disampaikan ke Kepala Desa"),
    "signed": _("ditandatangani"),
    "promulgated": _("diundangkan"),
    "sent_to_regent": _("dikirim ke Bupati"),
    "clear": _("klarifikasi: sesuai"),
    "revise": _("klarifikasi: diperbaiki"),
    "annulled": _("dibatalkan"),
}
PERDES_EVENTS: Mapping[str, Words] = {
    "consult": _("Dikonsultasikan dengan masyarakat"),
    "discuss": _("Dibahas BPD dan Kepala Desa"),
    "agree": _("Disepakati BPD dan Kepala Desa"),
    "deliver": _("Disampaikan BPD ke Kepala Desa"),
    "sign": _("Ditandatangani Kepala Desa"),
    "promulgate": _("Diundangkan dalam Lembaran Desa"),
    "send": _("Dikirim ke Bupati lewat camat"),
    "receive": _("Diterima kantor Bupati"),
    "clear": _("Klarifikasi: sesuai"),
    "lapse": _("Batas waktu lewat, dicatat tidak ada keberatan"),
    "ask_revision": _("Klarifikasi: diminta diperbaiki"),
    "annul": _("Dibatalkan dengan keputusan Bupati"),
    "resend": _("Dikirim lagi sesudah diperbaiki"),
}
PERDES_BUTTONS: Mapping[str, Words] = {
    "deliver": _("Catat penyerahan ke Kepala Desa"),
    "sign": _("Catat tanda tangan"),
    "promulgate": _("Undangkan Perdes"),
    "send": _("Catat pengiriman ke Bupati"),
    "receive": _("Catat tanda terima"),
    "clear": _("Catat: sesuai"),
    "lapse": _("Catat: tidak ada keberatan"),
    "ask_revision": _("Catat: diminta diperbaiki"),
    "annul": _("Catat pembatalan"),
    "resend": _("Catat pengiriman ulang"),
}
PERDES_MISSING: Mapping[str, Words] = {
    "draft": _("Belum ada: konsultasi dengan masyarakat dalam Musrenbang Desa."),
    "consulted": _("Belum ada: pembahasan dan kesepakatan BPD dengan Kepala Desa."),
    "discussed": _("Belum ada: nomor dan tanggal Keputusan BPD."),
    "agreed": _("Belum ada: tanggal Ketua BPD menyerahkan rancangan ke Kepala Desa."),
    "delivered_to_head": _("Belum ada: tanda tangan Kepala Desa dengan nomor dan tanggal Perdes."),
    "signed": _("Belum ada: tanggal pengundangan dan nomor Lembaran Desa."),
    "promulgated": _("Belum ada: surat pengantar ke Bupati lewat camat."),
    "sent_to_regent": _("Belum ada: hasil klarifikasi dengan nomor suratnya."),
    "revise": _("Belum ada: perbaikan yang dikirim lagi."),
}
DU_STATES: Mapping[str, Words] = {
    "DRAFT": _("rancangan"),
    "AGREED_VILLAGE": _("disepakati desa"),
    "SUBMITTED_CAMAT": _("dikirim lewat Camat"),
    "RETURNED": _("dikembalikan"),
    "IN_RKPD": _("masuk RKPD"),
    "DEFERRED": _("ditunda"),
    "REJECTED": _("tidak diterima"),
}
DU_CHIPS: Mapping[str, str] = {
    "DRAFT": "next",
    "AGREED_VILLAGE": "ok",
    "SUBMITTED_CAMAT": "due",
    "RETURNED": "late",
    "IN_RKPD": "ok",
    "DEFERRED": "paused",
    "REJECTED": "late",
}
DU_ANSWERS: Mapping[str, Words] = {
    "take_up": _("Masuk RKPD"),
    "defer": _("Ditunda"),
    "reject": _("Tidak diterima"),
    "return": _("Dikembalikan untuk diperbaiki"),
}
TEAM_KINDS: Mapping[str, Words] = {"drafting": _("Tim penyusun RKP Desa"), "verification": _("Tim verifikasi")}
POSITIONS: Mapping[str, Words] = {
    "patron": _("Pembina"),
    "chair": _("Ketua"),
    "secretary": _("Sekretaris"),
    "member": _("Anggota"),
}
IMPLEMENTER_POSITIONS: Mapping[str, Words] = {
    "chair": _("Ketua"),
    "secretary": _("Sekretaris"),
    "treasurer": _("Bendahara"),
    "member": _("Anggota"),
}
MODES: Mapping[str, Words] = {
    "self_managed": _("Swakelola"),
    "inter_village": _("Kerja sama antar Desa"),
    "third_party": _("Kerja sama pihak ketiga"),
}
FIELDS: Mapping[int, Words] = {
    1: _("Penyelenggaraan pemerintahan desa"),
    2: _("Pelaksanaan pembangunan desa"),
    3: _("Pembinaan kemasyarakatan desa"),
    4: _("Pemberdayaan masyarakat desa"),
    5: _("Penanggulangan bencana, keadaan darurat dan mendesak"),
    0: _("Belum ada kode kegiatan"),
}
SHORT_FIELDS: Mapping[int, Words] = {
    1: _("Pemerintahan"),
    2: _("Pembangunan"),
    3: _("Pembinaan"),
    4: _("Pemberdayaan"),
    5: _("Bencana, darurat"),
    0: _("belum ada kode"),
}
NEEDS: Mapping[str, Words] = {
    "dasar": _("Pelayanan dasar"),
    "infrastruktur": _("Infrastruktur dan lingkungan"),
    "ekonomi": _("Ekonomi pertanian berskala produktif"),
    "tepat_guna": _("Teknologi tepat guna"),
    "ketertiban": _("Ketertiban dan ketenteraman"),
    "budaya_kapasitas": _("Sumber daya alam, adat, budaya dan kapasitas"),
}
RAB_SECTIONS: Mapping[int, Words] = {1: _("Bahan"), 2: _("Alat"), 3: _("Upah"), 4: _("Operasional")}
RAB_CATEGORIES: Mapping[str, Words] = {
    "I-a": _("Bahan hasil pengumpulan tenaga manusia"),
    "I-b": _("Bahan buatan industri"),
    "II-a": _("Alat tangan"),
    "II-b": _("Beli atau sewa mesin dan alat"),
    "III-a": _("Upah konstruksi"),
    "III-b": _("Upah pengumpulan bahan"),
}
PRESENCE: Mapping[str, Words] = {
    "fit": _("ada, memenuhi syarat"),
    "unfit": _("ada, tidak memenuhi"),
    "absent": _("tidak ada"),
}
COLUMNS: Mapping[str, Words] = {
    "activity_code": _("Kode"),
    "name": _("Jenis kegiatan"),
    "location": _("Lokasi"),
    "volume": _("Volume"),
    "unit": _("Satuan"),
    "size": _("Volume"),
    "target": _("Sasaran/manfaat"),
    "beneficiaries_male": _("Penerima manfaat laki-laki"),
    "beneficiaries_female": _("Penerima manfaat perempuan"),
    "beneficiaries_poor": _("Penerima manfaat A-RTM"),
    "schedule": _("Waktu pelaksanaan"),
    "funding": _("Jumlah dan sumber"),
    "amount": _("Jumlah (Rp)"),
    "source": _("Sumber"),
    "delivery_mode": _("Pola pelaksanaan"),
    "partner": _("Mitra kerja sama"),
    "planned_implementer": _("Rencana pelaksana"),
    "sdgs": _("SDGs Desa ke-"),
    "baseline": _("Data eksisting"),
    "yearly_target": _("Target capaian"),
    "need_category": _("Kategori kebutuhan"),
    "dd_focus": _("Fokus Dana Desa"),
    "programme_tag": _("Tanda program"),
    "hamlet_names": _("Dusun"),
    "is_physical": _("Pembangunan fisik"),
    "has_design": _("Gambar desain ada"),
    "rpjmdes_item": _("Baris RPJM Desa"),
    "outside_rpjm_reason": _("Alasan di luar RPJM Desa"),
    "note": _("Keterangan"),
}
PROBLEMS: Mapping[str, Words] = {
    "required": _("%(field)s belum diisi."),
    "too-long": _("%(field)s berisi %(count)s huruf; paling panjang %(limit)s. Pendekkan."),
    "markup": _("%(field)s memuat kode HTML (“%(read)s”). Tulis dengan kalimat biasa."),
    "not-a-number": _("%(field)s “%(read)s” bukan angka. Tulis misalnya 86 atau 86,5."),
    "not-whole": _("%(field)s “%(read)s” bukan jumlah orang. Tulis angka bulat, misalnya 142."),
    "too-large": _("%(field)s “%(read)s” terlalu besar."),
    "unknown-code": _("Kode kegiatan “%(read)s” tidak ada dalam daftar. Tulis misalnya 2.3.11."),
    "unknown-source": _("Sumber dana “%(read)s” tidak dikenal. Yang diterima: %(known)s."),
    "unknown-goal": _("SDGs Desa “%(read)s” tidak ada. Tulis angka 1 sampai 18."),
    "unknown-choice": _("%(field)s “%(read)s” tidak dikenal. Yang diterima: %(known)s."),
    "unknown-rpjm": _("Baris RPJM Desa itu tidak ada dalam RPJM Desa yang aktif."),
    "source-twice": _("Sumber %(read)s tertulis dua kali. Gabungkan menjadi satu jumlah."),
    "uang-kosong": _("%(field)s kosong. Tulis 0 kalau memang nol."),
    "uang-kata": _("%(field)s “%(read)s” tidak terbaca. Tulis 12500000 atau 12.500.000."),
    "uang-tanggal": _("%(field)s “%(read)s” terbaca sebagai tanggal. Tulis 12500000 atau 12.500.000."),
    "uang-pecahan": _("%(field)s “%(read)s” memuat pecahan rupiah. Tulis rupiah utuh."),
    "uang-rentang": _("%(field)s “%(read)s” adalah kisaran. Tulis satu jumlah."),
    "uang-banyak": _("%(field)s “%(read)s” memuat lebih dari satu jumlah. Tulis satu jumlah."),
    "uang-pemisah": _("%(field)s “%(read)s” memuat spasi di antara angka. Tulis 12500000 atau 12.500.000."),
    "uang-dua-arti": _("%(field)s “%(read)s” bisa berarti dua hal. Tulis dengan titik ribuan: %(other)s."),
    "uang-terlalu-besar": _("%(field)s “%(read)s” terlalu besar."),
    "uang-negatif": _("%(field)s “%(read)s” kurang dari nol. Tulis jumlah nol atau lebih."),
    "rab-fraction": _("%(volume)s x %(price)s tidak tepat dalam rupiah utuh. Ubah volume atau harga satuannya."),
    "rows": _("Lembar pemeriksaan berisi 14 baris; setiap baris harus dijawab."),
    "unknown-position": _("Kedudukan “%(read)s” tidak dikenal. Yang diterima: %(known)s."),
    "unknown-element": _("Unsur “%(read)s” tidak dikenal."),
    "sex": _("L/P “%(read)s” tidak terbaca. Tulis L atau P."),
    "year": _("Tahun “%(read)s” tidak terbaca. Tulis misalnya 2027."),
    "year-outside": _("Tahun %(read)s di luar periode RPJM Desa %(start)s-%(end)s."),
    "bad-date": _("%(field)s “%(read)s” tidak terbaca sebagai tanggal."),
    "too-many-lines": _("%(field)s berisi %(count)s butir atau paragraf; paling banyak %(limit)s. Gabungkan sebagian."),
    "cell-error": _("%(field)s berisi galat lembar kerja %(read)s. Perbaiki rumusnya, lalu unggah lagi."),
}
RECEIVED_STEPS: Mapping[str, Words] = {
    "none": _("belum ada berkas"),
    "received": _("diterima"),
    "failed": _("tidak terbaca"),
    "read": _("terbaca, menunggu desa"),
    "registered": _("terdaftar"),
}
RECEIVED_CHIPS: Mapping[str, str] = {
    "none": "late",
    "received": "next",
    "failed": "late",
    "read": "due",
    "registered": "ok",
}
SENTENCES: Mapping[str, Words] = {
    "rpjmdes-file-kind": _("Berkas ini bukan XLSX atau DOCX. Simpan ulang dokumennya, lalu serahkan lagi."),
    "rpjmdes-file-no-village": _("Berkas ini belum tahu milik desa mana. Tentukan desanya dulu."),
    "rpjmdes-file-unread": _("Belum ada kegiatan yang terbaca dari berkas ini. Baca dulu berkasnya."),
    "rpjmdes-file-over": _("Berkas ini sudah %(state)s, jadi tidak berubah lagi."),
    "plan-item-unreadable": _("Belum disimpan. Yang Anda ketik masih ada; perbaiki yang ditandai."),
    "plan-cells-unreadable": _("Tidak ada sel yang disimpan. Perbaiki yang ditandai, lalu tempel lagi."),
    "plan-not-editable": _(
        "Rencana ini berkeadaan “%(state)s”, jadi kegiatannya tidak bisa diubah. Tidak ada yang berubah."
    ),
    "plan-enacted": _(
        "RKP Desa ini sudah ditetapkan dengan Perdes %(number)s dan tidak bisa diubah. "
        "Perubahan hanya lewat Perdes RKP Perubahan."
    ),
    "plan-no-cycle": _("Desa ini belum punya siklus perencanaan yang terbuka. Buka siklus dulu."),
    "plan-stale": _("Orang lain sudah mengubah sel yang sama. Isian Anda belum disimpan; bandingkan lalu pilih."),
    "plan-item-key-taken": _("Kunci kegiatan ini dipakai rencana lain. Tidak ada yang berubah."),
    "plan-item-has-proposal": _(
        "Kegiatan ini berasal dari usulan %(numbers)s. Keluarkan usulannya dengan alasan dulu; tidak ada yang berubah."
    ),
    "plan-blocked": _("Belum bisa. Semua yang menahan ada di bawah; tidak ada yang berubah."),
    "plan-return-reason": _("Tulis alasan pengembalian dalam satu kalimat. Tidak ada yang berubah."),
    "plan-proposal-elsewhere": _("Usulan itu bukan usulan siklus desa ini. Tidak ada yang berubah."),
    "plan-selection-empty-funding": _("Usulan terpilih %(number)s belum punya sumber dana. Tidak ada yang berubah."),
    "rpjmdes-overlap": _("Sudah ada RPJM Desa aktif %(start)s-%(end)s. Akhiri dulu, atau ubah yang itu."),
    "rpjmdes-period": _("Periode %(start)s-%(end)s tidak bisa dipakai. Tahun akhir tidak boleh sebelum tahun awal."),
    "rpjmdes-item-in-use": _("Baris RPJM Desa yang dipakai RKP Desa tidak bisa dihapus: %(names)s."),
    "rpjmdes-number-missing": _("Tulis nomor dan tanggal Perdes RPJM Desa. Tidak ada yang disimpan."),
    "amendment-ground": _("Pilih dasar perubahan. Tanpa dasar, RKP yang berlaku tidak bisa diubah."),
    "amendment-letter-missing": _("Tulis nomor dan tanggal surat dasar perubahan. Tidak ada yang dibuka."),
    "amendment-open": _("Versi %(version)s masih dikerjakan. Satu siklus hanya satu perubahan sekaligus."),
    "amendment-not-in-force": _("Versi ini tidak berlaku lagi. Buka perubahan dari versi yang berlaku."),
    "amendment-not": _("Ini bukan RKP Perubahan. Tidak ada yang berubah."),
    "amendment-reason-missing": _("Tulis alasan mengeluarkan “%(name)s” dalam satu kalimat. Tidak ada yang disimpan."),
    "date-in-future": _("Tanggal %(date)s belum tiba. Tulis tanggal pada suratnya."),
    "team-unreadable": _("Belum disimpan. Perbaiki yang ditandai; isian lain tetap ada."),
    "team-exists": _("Tim ini sudah dibentuk untuk siklus ini. Ubah tim yang ada."),
    "team-decree-missing": _("Tulis nomor dan tanggal SK. Tidak ada yang disimpan."),
    "check-rows-missing": _("Jawab keempat belas baris lembar pemeriksaan. Tidak ada yang disimpan."),
    "check-note-missing": _("Tulis alasan tidak layak dalam satu kalimat. Tidak ada yang disimpan."),
    "check-own-draft": _("Anda ikut menyusun kegiatan ini, jadi orang lain yang memeriksanya."),
    "rab-unreadable": _("RAB belum disimpan. Perbaiki yang ditandai; isian lain tetap ada."),
    "rab-account-unknown": _("Kode rekening “%(read)s” tidak ada dalam daftar."),
    "implementer-unreadable": _("Pelaksana belum disimpan. Perbaiki yang ditandai; isian lain tetap ada."),
    "change-text-missing": _("Tulis apa yang disepakati. Tidak ada yang disimpan."),
    "change-explanation-missing": _("Tulis mengapa kesepakatan itu tidak dimasukkan. Tidak ada yang disimpan."),
    "perdes-number-missing": _("Tulis nomor Perdes. Tidak ada yang berubah."),
    "perdes-dates-missing": _("Tulis tanggal Perdes ditetapkan dan diundangkan. Tidak ada yang berubah."),
    "perdes-dates-order": _(
        "Tanggal tidak berurutan: %(second)s mendahului langkah sebelumnya, %(first)s. Tidak ada yang berubah."
    ),
    "perdes-not-signed-yet": _(
        "Perdes belum ditandatangani dan 15 hari sejak %(delivered)s belum lewat. Tunggu tanda tangan Kepala Desa."
    ),
    "perdes-number-taken": _(
        "Nomor %(number)s sudah dipakai Perdes %(other)s desa ini pada tahun itu. "
        "Pakai nomor lain; tidak ada yang berubah."
    ),
    "perdes-day-missing": _("Tulis tanggal kejadiannya. Tidak ada yang berubah."),
    "perdes-number-of-letter-missing": _("Tulis nomor surat atau keputusannya. Tidak ada yang berubah."),
    "perdes-note-of-letter-missing": _("Tulis apa yang diminta dalam satu kalimat. Tidak ada yang berubah."),
    "perdes-too-early": _("Langkah ini baru terbuka %(opens)s. Tidak ada yang berubah."),
    "perdes-silence": _(
        "Diam belum bisa dicatat sebagai tidak ada keberatan: tanggal terima kantor Bupati belum dicatat, "
        "atau kabupaten menunggu jawaban tertulis. Tidak ada yang berubah."
    ),
    "perdes-received-already": _("Tanggal terima kantor Bupati sudah dicatat. Tidak ada yang berubah."),
    "perdes-step-unknown": _("Langkah Perdes itu tidak dikenal. Tidak ada yang berubah."),
    "bpd-number-missing": _("Tulis nomor dan tanggal Keputusan BPD. Tidak ada yang berubah."),
    "du-nothing-to-agree": _("Tidak ada usulan dalam rancangan. Tambah baris dulu; tidak ada yang berubah."),
    "du-nothing-to-send": _("Tidak ada usulan yang disepakati untuk dikirim. Catat kesepakatan desa dulu."),
    "du-incomplete": _("Belum bisa dikirim. Lengkapi dulu: %(told)s."),
    "du-letter-missing": _("Tulis nomor dan tanggal suratnya. Tidak ada yang berubah."),
    "du-letter-number-taken": _("Surat pengantar nomor %(number)s sudah dicatat untuk DU-RKP ini."),
    "du-letter-before-minutes": _("Tanggal surat pengantar mendahului berita acaranya. Tidak ada yang berubah."),
    "du-day-missing": _("Tulis tanggal pada tanda terima. Tidak ada yang berubah."),
    "du-received-before-sent": _("Tanggal terima mendahului surat pengantarnya. Tidak ada yang berubah."),
    "du-answer-unknown": _("Pilih jawabannya. Tidak ada yang berubah."),
    "du-answer-reason": _("Jawaban ini perlu sebab dan satu kalimat alasan. Tidak ada yang berubah."),
    "du-answer-year": _("Tulis ditunda ke tahun berapa. Tidak ada yang berubah."),
    "du-answer-before-sent": _("Tanggal surat jawaban mendahului surat pengantarnya. Tidak ada yang berubah."),
    "du-not-editable": _("Usulan ini “%(state)s”, jadi isinya tidak bisa diubah. Tidak ada yang berubah."),
    "du-reason-missing": _("Tulis mengapa kegiatan ini di luar kewenangan atau kemampuan desa."),
    "du-proposal-not-forwarded": _("Usulan itu belum diteruskan ke atas. Jawab usulannya dulu di halaman usulan."),
    "du-unreadable": _("DU-RKP belum disimpan. Perbaiki yang ditandai; isian lain tetap ada."),
    "evaluation-unreadable": _("Evaluasi belum disimpan. Perbaiki yang ditandai; isian lain tetap ada."),
    "sheet-no-text": _(
        "Tidak ada kolom kegiatan dalam berkas itu. Beri satu kolom judul Kegiatan. Belum ada yang disimpan."
    ),
    "sheet-nothing": _("Tidak satu pun baris terbaca. Belum ada yang disimpan."),
    "sheet-expired": _("Berkas ini sudah lewat sehari atau bukan milik Anda. Unggah lagi; belum ada yang disimpan."),
}


def state_name(state: str) -> str:
    """Return the word for a state of a plan."""
    return str(STATES.get(state, state))


def column_name(name: str) -> str:
    """Return what a column is called; ``amount:DDS`` names its source too."""
    base, _dot, source = name.partition(":")
    words = str(COLUMNS.get(base, base))
    return f"{words} {source}" if source else words


def problem_sentence(code: str, field: str, values: Mapping[str, object]) -> str:
    """Word one unreadable input."""
    words = str(PROBLEMS.get(code, _("%(field)s tidak terbaca.")))
    return words % {"read": "", "known": "", "other": "", "field": column_name(field), **values}
