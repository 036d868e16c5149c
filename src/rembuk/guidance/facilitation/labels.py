"""Words of facilitated forums: states, reasons, positions, the short form, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: Mapping[str, Words] = {
    "requested": _("diminta"),
    "scheduled": _("dijadwalkan"),
    "prep": _("disiapkan"),
    "ready": _("siap"),
    "in_session": _("berlangsung"),
    "adjourned": _("diskors"),
    "held": _("selesai, bukti dikumpulkan"),
    "minutes_draft": _("berita acara disusun"),
    "minutes_signed": _("berita acara ditandatangani"),
    "verified": _("bukti terverifikasi"),
    "closed": _("ditutup"),
    "postponed": _("ditunda"),
}
STATE_CHIPS: Mapping[str, str] = {
    "requested": "next",
    "scheduled": "next",
    "prep": "due",
    "ready": "due",
    "in_session": "due",
    "adjourned": "paused",
    "held": "due",
    "minutes_draft": "due",
    "minutes_signed": "due",
    "verified": "ok",
    "closed": "ok",
    "postponed": "paused",
}
PHASES: Mapping[str, Words] = {
    "before": _("Sebelum"),
    "during": _("Saat forum"),
    "after": _("Sesudah"),
    "inclusion": _("Supaya semua ikut"),
}
PHASE_SLUGS: Mapping[str, str] = {"sebelum": "before", "saat": "during", "sesudah": "after", "inklusi": "inclusion"}
ANSWERS: Mapping[str, Words] = {"yes": _("sudah"), "no": _("belum"), "na": _("tidak berlaku")}
REASONS: Mapping[str, Words] = {
    "weather": _("cuaca"),
    "water": _("air sungai terlalu rendah atau banjir"),
    "funeral": _("kedukaan"),
    "clash": _("bentrok dengan kegiatan lain"),
    "ceiling": _("pagu belum datang"),
    "budget": _("anggaran"),
    "people": _("pemandu atau narasumber berhalangan"),
    "plan": _("rencana musim diterbitkan ulang"),
    "other": _("lainnya"),
}
PIECES: Mapping[str, Words] = {
    "minutes": _("Berita acara bertanda tangan"),
    "attendance": _("Daftar hadir"),
    "photos": _("Paling sedikit dua foto"),
    "notes": _("Notulen"),
}
REACTION_ITEMS: tuple[Words, ...] = (
    _("Saya paham apa yang dibahas"),
    _("Saya bisa bicara bila mau"),
    _("Pendapat saya didengar"),
    _("Hasilnya jelas bagi saya"),
    _("Waktu dan tempatnya cocok"),
)

SENTENCES: Mapping[str, Words] = {
    "forum-closed": _("Forum ini sudah ditutup, jadi tidak bisa diubah."),
    "forum-unknown": _("Forum itu tidak ada. Muat ulang halaman ini; tidak ada yang berubah."),
    "forum-cycles-count": _("Pilih satu sampai %(limit)s siklus; yang dikirim %(count)s."),
    "forum-cycle-unknown": _("Ada siklus yang tidak ada atau bukan siklus RKP tahunan. Tidak ada yang dibuka."),
    "forum-cycle-closed": _("Siklus ini sudah ditutup: %(villages)s. Tidak ada yang dibuka."),
    "forum-plan-count": _("Jadwal memuat %(count)s forum; kirim satu sampai %(limit)s, masing-masing sekali."),
    "forum-day-past": _("%(day)s sudah lewat. Pilih hari ini atau sesudahnya."),
    "forum-day-missing": _("Harinya belum diisi. Tidak ada yang berubah."),
    "forum-day-fixed": _("Harinya sudah ditetapkan %(day)s. Pakai “Pindahkan hari” dan tulis alasannya."),
    "forum-begun": _("Forum ini sudah dimulai, jadi harinya tidak bisa diubah."),
    "forum-reason": _("Pilih alasan dari daftar. Tidak ada yang berubah."),
    "forum-reason-words": _("Untuk “lainnya”, tulis alasannya dalam satu kalimat."),
    "forum-prep-needs-day": _(
        "Persiapannya sedang berjalan, jadi forum dipindah ke hari lain, tidak dilepas. Isi hari barunya."
    ),
    "forum-no-day": _("Hari forum belum ditetapkan. Tetapkan dulu harinya."),
    "forum-not-ready": _("Belum siap: %(count)s syarat wajib masih terbuka. Tidak ada yang berubah."),
    "forum-not-finished": _("Belum bisa ditutup: %(count)s hal wajib masih terbuka. Tidak ada yang berubah."),
    "forum-evidence-missing": _("Bukti belum lengkap: %(count)s hal kurang. Tidak ada yang berubah."),
    "forum-item-unknown": _("Butir %(item)s tidak ada dalam daftar periksa forum ini."),
    "forum-answer": _("Jawaban butir %(item)s tidak terbaca. Pilih salah satu."),
    "forum-item-by-fact": _(
        "“%(text)s” terjawab oleh data, bukan dicentang. Lengkapi datanya lewat tautan di butir itu."
    ),
    "forum-too-early": _("“%(text)s” diisi saat forum berjalan atau sesudahnya. Nyatakan forum siap dulu."),
    "forum-key-taken": _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
    "forum-photo": _("“%(name)s” bukan foto. Yang diterima: JPG, PNG, atau WebP."),
    "guide-key-taken": _("%(name)s sudah ada di tim dengan tugas lain. Lepas dulu, lalu tambahkan lagi."),
    "guide-too-late": _("Forum sudah dimulai, jadi timnya tidak bisa diubah."),
    "guide-too-many": _("Tim paling banyak %(limit)s orang."),
    "guide-unknown": _("Orang itu tidak ditemukan. Pilih dari daftar, atau tulis namanya."),
    "guide-name": _("Tulis nama, atau pilih orang dari daftar."),
    "guide-sex": _("Pilih L atau P untuk %(name)s."),
    "guide-position": _("Pilih tugas dari daftar."),
    "guide-clash": _("Satu orang hanya bisa di satu forum pada satu hari. Tidak ada yang berubah."),
    "guide-not-yet-assigned": _(
        "Penugasan %(name)s untuk %(village)s baru mulai %(start)s, sesudah hari forum %(day)s."
    ),
    "guide-no-longer-assigned": _("Penugasan %(name)s untuk %(village)s berakhir %(end)s, sebelum hari forum %(day)s."),
    "guide-not-assigned": _("%(name)s tidak punya penugasan yang mencakup %(village)s pada %(day)s."),
    "turn-sex": _("Pilih perempuan atau laki-laki."),
    "turn-count": _("Tulis jumlah 1 sampai %(limit)s."),
    "tool-unknown": _("Pilih alat dari daftar."),
    "tool-purpose": _("Tulis untuk apa alat itu dipakai."),
    "tool-table": _("Tabel paling banyak %(rows)s baris dan %(cells)s kolom. Ringkaskan, lalu simpan lagi."),
    "tool-proposal": _("Usulan %(number)s tidak ada di desa ini. Periksa nomornya, atau kosongkan."),
    "group-name": _("Tulis nama kelompoknya."),
    "group-kind": _("Pilih unsur dari daftar, atau kosongkan untuk kelompok campuran."),
    "group-people": _("Tulis berapa laki-laki dan perempuan yang ikut, bersama-sama 1 sampai %(limit)s orang."),
    "group-minutes": _("Tulis lamanya dalam menit, 1 sampai %(limit)s."),
    "group-day": _("Tulis hari diskusinya; hari yang belum tiba tidak diterima."),
    "group-dots": _("Titik pada “%(read)s” tidak terbaca. Tulis gagasan, lalu titik koma, lalu angka."),
    "group-quote-names": _("Kutipan memuat nama peserta: %(names)s. Tulis kutipannya tanpa nama."),
    "reaction-points": _("Isi %(count)s pertanyaan dengan angka 1 sampai 5."),
}

COLUMNS: Mapping[str, Words] = {
    "facilitation": _("forum"),
    "value": _("jawaban"),
    "men": _("laki-laki"),
    "women": _("perempuan"),
    "assignment": _("penugasan"),
    "count": _("jumlah"),
    "plan_reference": _("rencana musim"),
    "checklist": _("versi daftar periksa"),
    "requested_by": _("diminta oleh"),
    "requested_at": _("diminta pada"),
    "override_reason": _("alasan dinyatakan siap"),
    "override_items": _("syarat yang terbuka"),
    "override_by": _("dinyatakan siap oleh"),
    "override_at": _("dinyatakan siap pada"),
    "verified_digest": _("sidik bukti"),
    "other_person": _("orang lain dengan nama sama"),
    "from_day": _("dari hari"),
    "to_day": _("ke hari"),
    "clock_odd": _("jam gawai meleset"),
    "roots": _("akar masalah"),
    "ideas": _("gagasan dan titik"),
    "quotes": _("kutipan tanpa nama"),
    "issues": _("masalah"),
    "points": _("nilai tanggapan"),
    "tool": _("alat"),
    "purpose": _("tujuan"),
    "table": _("tabel hasil"),
}
