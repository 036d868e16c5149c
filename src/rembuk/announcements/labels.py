"""Words of this room: states, refusals, columns."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: Mapping[str, Words] = {
    "coming": _("belum berlaku"),
    "running": _("berlaku"),
    "over": _("sudah lewat"),
    "ended": _("dicabut"),
}
STATE_CHIPS: Mapping[str, str] = {"coming": "next", "running": "ok", "over": "paused", "ended": "late"}
SENTENCES: Mapping[str, Words] = {
    "announcement-empty": _("Judul dan isi pengumuman perlu diisi. Tidak ada yang diumumkan."),
    "announcement-long": _("Isian terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "announcement-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2027-03-15."),
    "announcement-days": _("Hari terakhir mendahului hari pertama, atau sudah lewat. Periksa kedua tanggal."),
    "announcement-far": _("Pengumuman berlaku paling lama satu tahun. Pilih hari terakhir yang lebih dekat."),
    "announcement-reason": _("Tulis satu kalimat mengapa pengumuman ini dicabut. Tidak ada yang berubah."),
    "announcement-over": _("Pengumuman ini sudah lewat atau sudah dicabut. Tidak ada yang berubah."),
    "announcement-key": _("Pengumuman ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
}
COLUMNS: Mapping[str, Words] = {
    "text": _("isi"),
    "from_date": _("berlaku dari"),
    "until_date": _("berlaku sampai"),
    "published_at": _("diumumkan"),
    "made_by": _("dibuat oleh"),
    "made_by_role": _("jabatan pembuat"),
    "ended_at": _("dicabut"),
    "ended_reason": _("alasan dicabut"),
}
