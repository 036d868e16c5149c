"""Words of comments on a draft."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMENT_STATES: Mapping[str, Promise] = {
    "new": _("menunggu dilihat"),
    "shown": _("menunggu dijawab"),
    "hidden": _("disembunyikan"),
    "answered": _("sudah dijawab"),
}
COMMENT_CHIPS: Mapping[str, str] = {"new": "due", "shown": "due", "hidden": "paused", "answered": "ok"}
COMMENT_SENTENCES: Mapping[str, Promise] = {
    "new": _("Menunggu dilihat Sekretaris Desa."),
    "shown": _("Tampil di halaman rancangan, menunggu jawaban tim penyusun."),
    "hidden": _("Tidak ditampilkan."),
    "answered": _("Sudah dijawab tim penyusun."),
}
COLUMNS_OF_COMMENTS = {
    "window": _("masa tanggapan"),
    "opened_at": _("dibuka"),
    "last_day": _("hari terakhir"),
    "subject": _("yang ditanggapi"),
    "item_name": _("nama kegiatan"),
    "came_at": _("masuk"),
    "typed": _("seperti diketik"),
    "closed": _("tidak tampil satu per satu"),
    "look_due": _("paling lambat dilihat"),
    "looked_at": _("dilihat"),
    "hidden_reason": _("alasan disembunyikan"),
    "answer": _("jawaban"),
    "answered_at": _("dijawab"),
    "contact": _("nomor HP"),
    "email": _("surel"),
}
SENTENCES = {
    "comment-not-approved": _(
        "Rancangan ini belum disetujui Kepala Desa atau Musrenbangnya sudah digelar. Tidak ada yang berubah."
    ),
    "comment-last-day": _("Hari terakhir paling cepat %(days)d hari dari sekarang. Tidak ada yang berubah."),
    "comment-closed": _("Masa tanggapan sudah berakhir, jadi tulisan Anda tidak terkirim."),
    "comment-empty": _("Tulis dulu isinya. Tidak ada yang dikirim."),
    "comment-long": _("Tulisan %(count)d huruf, paling panjang %(limit)d. Ringkas dulu; tidak ada yang dikirim."),
    "comment-item": _("Kegiatan itu tidak ada di daftar. Pilih dari daftar; tulisan Anda masih ada."),
    "comment-twice": _("Anda sudah menanggapi bagian ini. Tanggapan yang pertama tetap tersimpan."),
    "comment-device": _(
        "Sudah %(count)d tanggapan dari HP ini untuk bagian yang sama. Pakai HP lain, atau sampaikan di kantor desa."
    ),
    "comment-key-taken": _("Isian ini sudah terkirim dengan tulisan lain. Muat ulang halaman, lalu kirim lagi."),
    "comment-not-shown": _("Tanggapan ini belum dilihat Sekretaris Desa. Lihat dulu, baru dijawab."),
}
