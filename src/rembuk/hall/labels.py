"""Words of the hall: refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SENTENCES: Mapping[str, Words] = {
    "meeting-at-hall": _(
        "Catatan musyawarah ini sedang di balai: dibawa %(who)s, terkunci sampai %(until)s. Hasilnya pulang dari "
        "laptop balai. Tidak ada yang berubah di sini. Bila laptopnya hilang, Kepala Bidang DPMD bisa melepas kuncinya."
    ),
    "hall-pin": _("PIN balai harus enam angka dan tidak mudah ditebak (bukan 000000 atau 123456)."),
    "hall-pins-equal": _("PIN ketua sidang harus lain dari PIN petugas."),
    "hall-meeting-over": _("Musyawarah ini sudah selesai atau dibatalkan, jadi tidak bisa dibawa ke balai."),
    "hall-invite-first": _("Undang pesertanya dulu di sini, lalu bawa musyawarahnya ke balai. Tidak ada yang berubah."),
    "hall-nobody-chosen": _("Belum ada orang yang dipilih. Centang namanya, lalu tekan lagi; tidak ada yang berubah."),
    "hall-no-hat": _("Hanya orang dengan penugasan di desa ini yang bisa membawa paketnya."),
    "hall-taken": _("Musyawarah ini sudah dibawa %(who)s sampai %(until)s. Tidak ada yang berubah."),
    "hall-not-out": _("Musyawarah ini tidak sedang di balai. Tidak ada yang berubah."),
    "hall-reason": _("Tulis alasannya dalam satu kalimat. Kunci tetap terpasang."),
    "hall-not-a-package": _("Berkas ini bukan paket balai Rembuk. Unduh lagi dari halaman musyawarahnya."),
    "hall-altered": _(
        "Paket ini berubah sejak dibuat peladen, jadi tidak dibuka. Unduh lagi dari halaman musyawarahnya; "
        "jangan membuka lalu menyimpan isinya."
    ),
    "hall-other-version": _(
        "Paket dibuat Rembuk %(theirs)s, laptop ini memakai %(ours)s. Samakan dulu: perbarui program di laptop "
        "selagi ada internet, lalu unduh paketnya lagi."
    ),
    "hall-other-village": _("Paket ini milik %(name)s (%(owner)s), bukan %(asked)s. Unduh paket desa yang benar."),
    "hall-expired": _("Paket ini berlaku sampai %(until)s. Bawa lagi musyawarahnya dari peladen untuk paket baru."),
    "hall-other-key": _(
        "Paket ini ditandatangani peladen lain (%(found)s) daripada paket sebelumnya (%(known)s). Cocokkan sidik itu "
        "dengan yang tampil di halaman musyawarah. Bila memang benar, jalankan lagi dengan --kunci %(found)s."
    ),
    "hall-arrival-name": _("Tulis nama lengkap Anda."),
    "hall-arrival-sex": _("Pilih laki-laki atau perempuan."),
    "hall-arrival-element": _("Pilih unsur yang Anda wakili."),
    "hall-arrival-gone": _("Pemberitahuan ini sudah ditangani. Muat ulang halaman."),
    "hall-too-many": _("Terlalu banyak pemberitahuan yang menunggu. Minta petugas mencatat dulu."),
    "hall-no-vote-right": _("%(name)s tidak punya hak suara di musyawarah ini, jadi tidak mendapat slip."),
    "hall-slip-given": _("%(name)s sudah mendapat slip. Satu orang satu slip."),
    "hall-box-missing": _("Kotak suara untuk dusun itu belum dibuka."),
    "hall-box-closed": _("Pemungutan suara senyap sudah ditutup. Tidak ada suara yang ditambahkan."),
    "hall-box-open": _("Tutup dulu pemungutan suaranya, baru hasilnya dimasukkan ke hitungan."),
    "hall-box-empty": _("Belum ada suara di kotak mana pun, jadi tidak ada yang dimasukkan."),
    "hall-box-nothing": _("Belum ada usulan di meja, jadi belum ada yang bisa dipilih."),
    "hall-slip-unknown": _("Kode slip itu tidak dikenal. Periksa enam hurufnya; suara Anda belum tersimpan."),
    "hall-slip-used": _("Slip ini sudah dipakai: suaranya sudah tersimpan dan tidak bisa diubah."),
    "hall-too-many-marks": _("Anda memilih %(given)s usulan, paling banyak %(most)s. Kurangi, lalu kirim lagi."),
    "hall-mark-unknown": _("Ada usulan yang tidak di meja. Muat ulang halaman, lalu pilih lagi."),
    "hall-counter": _("Tulis nama penghitungnya."),
    "hall-counter-same": _("Penghitung kedua harus orang lain dari %(name)s."),
    "hall-not-in-hall": _("Halaman ini hanya ada pada laptop di balai."),
    "hall-last-broken": _("Berkas terakhir ini tidak utuh. Pakai salinan lain, atau laptop yang pertama."),
    "hall-late": _(
        "Hasil ini datang dari balai sesudah kuncinya lepas (%(reason)s). Bandingkan dengan yang ditulis sementara itu."
    ),
}

COLUMNS: Mapping[str, Words] = {
    "taken_by": _("dibawa oleh"),
    "taken_at": _("dibawa pada"),
    "until": _("terkunci sampai"),
    "assignment_key": _("penugasan"),
    "person_key": _("orang"),
    "public_key": _("kunci paket"),
    "digest": _("sidik berkas"),
    "program": _("versi program"),
    "released_at": _("kunci dilepas"),
    "released_by": _("dilepas oleh"),
    "released_reason": _("alasan dilepas"),
    "returned_at": _("pulang"),
    "late": _("pulang sesudah kunci lepas"),
    "came_home": _("berkas hasil"),
    "invitation": _("undangan"),
    "attendance": _("kehadiran"),
    "counter": _("penghitung"),
    "voters": _("pemilih"),
    "totals": _("jumlah titik"),
}
