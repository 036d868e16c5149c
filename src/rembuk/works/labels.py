"""Words of works: refusals, fields, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SENTENCES: Mapping[str, Words] = {
    "work-no-budget": _("APB Desa %(year)s belum masuk. Impor dulu baris APB, lalu buka pekerjaannya."),
    "work-unknown-line": _("Baris APB itu tidak ada dalam APB Desa yang berlaku di sini. Muat ulang halaman ini."),
    "work-closed": _("Pekerjaan ini sudah ditutup dengan berita acara serah terima, jadi tidak bisa diubah."),
    "work-unreadable": _("Ada isian yang belum bisa dibaca. Tidak ada yang disimpan."),
    "work-percent": _("Kemajuan “%(read)s” tidak terbaca. Tulis angka 0 sampai 100."),
    "work-percent-back": _(
        "Kemajuan %(percent)s %% lebih kecil dari yang tercatat (%(known)s %%). Tulis alasannya di catatan."
    ),
    "work-photo-missing": _("Kemajuan %(percent)s %% perlu foto. Ambil atau pilih fotonya, lalu simpan lagi."),
    "work-no-photo": _("Laporan ini tidak punya foto. Tidak ada yang berubah."),
    "work-photo-kind": _("Berkas itu bukan foto. Yang diterima: JPG, PNG atau WebP."),
    "work-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2027-03-15."),
    "work-day-missing": _("Tanggal belum diisi. Tidak ada yang disimpan."),
    "work-day-future": _("Tanggal %(date)s belum tiba. Tulis hari kejadiannya."),
    "work-days-turned": _("Tanggal selesai %(due)s mendahului tanggal mulai %(start)s. Periksa keduanya."),
    "work-money": _("Jumlah “%(read)s” tidak terbaca. Tulis rupiah utuh, misalnya 12500000 atau 12.500.000."),
    "work-money-zero": _("Jumlah harus lebih dari nol."),
    "work-source": _("Sumber “%(read)s” tidak dikenal. Pilih salah satu dari daftar."),
    "work-volume": _("Volume “%(read)s” tidak terbaca. Tulis angka, misalnya 120 atau 120,5."),
    "work-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "work-obstacle-missing": _("Tulis kendalanya dalam satu kalimat. Tidak ada yang disimpan."),
    "work-strike-reason": _("Tulis mengapa pembayaran ini dicoret. Tidak ada yang berubah."),
    "work-not-closable": _("Pekerjaan ini belum bisa ditutup. Lengkapi yang disebut di bawah; tidak ada yang berubah."),
    "work-not-closed": _("Pemeliharaan ditawarkan sesudah pekerjaan diserahkan. Tutup dulu pekerjaannya."),
    "work-no-next-cycle": _("Belum ada siklus RKP %(year)s yang terbuka, jadi usulannya belum bisa dibuat."),
    "work-nothing-to-evaluate": _(
        "Belum ada pekerjaan tahun %(year)s di sini, jadi tidak ada yang dibawa ke evaluasi. Isi evaluasinya sendiri."
    ),
    "work-key-taken": _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
}

STATE_CHIPS: Mapping[str, str] = {"open": "due", "closed": "ok", "late": "late", "waiting": "next"}
STATES: Mapping[str, Words] = {
    "waiting": _("belum dibuka"),
    "open": _("dikerjakan"),
    "late": _("terlambat"),
    "closed": _("diserahkan"),
}

COLUMNS: Mapping[str, Words] = {
    "line": _("baris APB"),
    "item": _("kegiatan RKP"),
    "target_volume": _("volume yang dijanjikan"),
    "physical": _("fisik"),
    "implementer": _("pelaksana"),
    "contract_number": _("nomor kontrak atau SPK"),
    "contract_date": _("tanggal kontrak atau SPK"),
    "contract_amount": _("nilai kontrak"),
    "percent": _("kemajuan"),
    "done_volume": _("volume terpasang"),
    "stopped_reason": _("alasan berhenti"),
    "minutes_file": _("berkas berita acara"),
    "keeper": _("pengelola aset"),
    "asset_note": _("keterangan aset"),
    "closed_by": _("ditutup oleh"),
    "maintenance_proposal": _("usulan pemeliharaan"),
    "opened_by": _("dibuka oleh"),
    "work": _("pekerjaan"),
    "paid_date": _("tanggal bayar"),
    "receipt_number": _("nomor bukti"),
    "recorded_by": _("dicatat oleh"),
    "recorded_at": _("dicatat"),
    "struck_at": _("dicoret"),
    "struck_by": _("dicoret oleh"),
    "struck_reason": _("alasan coret"),
    "seen_date": _("tanggal dilihat"),
    "photo": _("foto"),
    "photo_verdict": _("hasil melihat foto"),
    "noted_date": _("tanggal kendala"),
    "delay_days": _("lama tertunda (hari)"),
    "follow_up": _("tindak lanjut"),
    "solved_date": _("tanggal teratasi"),
}
