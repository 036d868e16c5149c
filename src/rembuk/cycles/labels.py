"""Words for people: refusals of this room and names of its states."""

from django.utils.translation import gettext_lazy as _

from rembuk.shared.wording import register

STATE_NAMES = {
    "done": _("selesai"),
    "due": _("sudah waktunya"),
    "late": _("terlambat"),
    "paused": _("dijeda"),
    "next": _("nanti"),
}

register(
    {
        "stage-blocked": _(
            "Tahapan belum bisa dinyatakan selesai. Semua yang kurang ada di bawah; tidak ada yang berubah."
        ),
        "stage-not-done": _("Tahapan ini belum selesai, jadi belum ada yang bisa dikonfirmasi atau dikembalikan."),
        "stage-already-done": _("Tahapan ini sudah selesai pada %(done_date)s. Tidak ada yang berubah."),
        "stage-unknown": _("Tahapan %(stage)s tidak dikenal. Tidak ada yang berubah."),
        "done-date-missing": _("Tulis tanggal tahapan ini terjadi, seperti pada surat yang ditandatangani."),
        "done-date-in-future": _("Tanggal %(date)s belum tiba. Tulis tanggal kejadiannya menurut surat."),
        "reason-missing": _("Tulis alasannya dalam satu kalimat. Isian lain tetap tersimpan di halaman ini."),
        "evidence-needs-content": _("Pilih berkas yang diunggah, atau surat buatan Rembuk. Tidak ada yang berubah."),
        "evidence-needs-date": _("Tulis tanggal dokumen. Tidak ada yang berubah."),
        "evidence-date-in-future": _("Tanggal dokumen %(date)s belum tiba. Tulis tanggal pada suratnya."),
        "evidence-withdrawn": _("Bukti ini sudah ditarik. Tidak ada yang berubah."),
        "evidence-already-verified": _("Bukti ini sudah diperiksa. Tidak ada yang berubah."),
        "cycle-exists": _("Siklus RKP %(budget_year)s desa ini sudah dibuka. Tidak ada yang berubah."),
        "cycle-year-odd": _("Tahun %(year)s di luar yang bisa direncanakan. Pilih tahun 2000 sampai 2100."),
        "excuse-decided": _("Kelonggaran ini sudah diputuskan. Tidak ada yang berubah."),
        "excuse-dates": _("Tanggal selesai jeda lebih awal dari tanggal mulainya. Perbaiki tanggalnya."),
        "holiday-exists": _("Tanggal %(day)s sudah tercatat sebagai hari libur."),
        "procedure-bad": _("Pengaturan tidak terbaca: %(detail)s. Tidak ada yang berubah."),
    }
)
