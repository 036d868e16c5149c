"""Words of the sectors: states, steps, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.support_requests import Event, State

Words = str | Promise

STATES: Mapping[str, Words] = {
    State.DRAFT.value: _("rancangan"),
    State.SENT.value: _("di Camat"),
    State.CAMAT_CHECKED.value: _("di perangkat daerah"),
    State.ACCEPTED_OPD.value: _("diterima"),
    State.DECLINED.value: _("ditolak"),
    State.SCHEDULED.value: _("dijadwalkan"),
    State.DONE.value: _("hasil diserahkan"),
    State.ACCEPTED_BY_VILLAGE.value: _("hasil diterima desa"),
    State.CLOSED.value: _("selesai"),
}
STATE_CHIPS: Mapping[str, str] = {
    State.DRAFT.value: "next",
    State.SENT.value: "due",
    State.CAMAT_CHECKED.value: "due",
    State.ACCEPTED_OPD.value: "due",
    State.DECLINED.value: "late",
    State.SCHEDULED.value: "due",
    State.DONE.value: "ok",
    State.ACCEPTED_BY_VILLAGE.value: "ok",
    State.CLOSED.value: "ok",
}
HOLDERS: Mapping[str, Words] = {"camat": _("Camat"), "agency": _("perangkat daerah")}
EVENTS: Mapping[str, Words] = {
    "draft": _("menulis permintaan"),
    Event.SEND.value: _("mengirim dengan surat"),
    Event.CHECK.value: _("Camat memeriksa dan meneruskan"),
    Event.RETURN.value: _("Camat mengembalikan"),
    Event.ACCEPT.value: _("menerima"),
    Event.DECLINE.value: _("menolak"),
    Event.SCHEDULE.value: _("menetapkan hari"),
    Event.MOVE.value: _("memindahkan hari"),
    Event.FINISH.value: _("menyerahkan hasil"),
    Event.TAKE.value: _("desa menerima hasil"),
    Event.CLOSE.value: _("menutup"),
}
MARK_NAMES: Mapping[str, Words] = {"ok": _("sesuai"), "fix": _("perbaiki"), "na": _("tidak berlaku")}
SENTENCES: Mapping[str, Words] = {
    "support-step": _("Langkah ini tidak bisa dilakukan pada permintaan yang keadaannya sekarang. Muat ulang halaman."),
    "support-kind": _("Pilih jenis dukungan dari daftar."),
    "support-agency": _("Pilih perangkat daerah dari daftar."),
    "support-item": _("Kegiatan itu tidak ada dalam rencana desa ini. Pilih dari daftar."),
    "support-missing": _("Tulis %(field)s. Tidak ada yang disimpan."),
    "support-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "support-key-taken": _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
    "support-sent": _(
        "Permintaan yang sudah dikirim tidak diubah. Minta Camat mengembalikannya bila perlu dilengkapi."
    ),
    "support-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2027-03-15."),
    "support-day-past": _("Hari %(date)s sudah lewat. Pilih hari ini atau sesudahnya."),
    "support-day-future": _("Tanggal surat %(date)s belum tiba."),
    "support-decline-code": _("Pilih alasan penolakan; desa berhak mengetahuinya."),
    "support-result": _("Lampirkan berkas hasil, atau tulis hasilnya dalam kalimat."),
    "support-marks": _("Beri tanda pada tiap butir pemeriksaan RAB. Belum: %(items)s."),
    "support-fix-note": _("Butir yang harus diperbaiki perlu catatan: %(items)s."),
    "support-clinic-full": _(
        "Klinik ini memuat %(quota)s permintaan, yang dipilih %(count)s. Kurangi, atau buat hari lain."
    ),
    "support-clinic-none": _("Pilih sekurangnya satu permintaan."),
    "support-clinic-other": _("Permintaan %(title)s ditujukan kepada perangkat daerah lain."),
    "support-quota": _("Jumlah tempat “%(read)s” tidak terbaca. Tulis angka 1 sampai 300."),
}
COLUMNS: Mapping[str, Words] = {
    "attachment": _("lampiran"),
    "request": _("permintaan"),
    "agency": _("perangkat daerah"),
    "need": _("yang diminta"),
    "kind": _("jenis"),
    "letter_number": _("nomor surat"),
    "letter_date": _("tanggal surat"),
    "sent_at": _("waktu dikirim"),
    "checked_at": _("waktu diperiksa Camat"),
    "accepted_at": _("waktu diterima"),
    "officer": _("petugas"),
    "decline_code": _("kode alasan"),
    "decline_reason": _("alasan penolakan"),
    "scheduled_date": _("hari pelaksanaan"),
    "clinic_day": _("hari klinik"),
    "done_at": _("waktu hasil diserahkan"),
    "result": _("berkas hasil"),
    "result_note": _("catatan hasil"),
    "marks": _("butir pemeriksaan"),
    "day": _("hari"),
    "venue": _("tempat"),
    "quota": _("jumlah tempat"),
    "words": _("kata-kata"),
    "by_label": _("oleh"),
}
