"""Words for people: refusals and jobs of this room."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "paper-unknown": _("Dokumen %(form)s belum dibuat oleh Rembuk. Unggah berkasnya sebagai bukti tahap."),
    "paper-empty": _("Belum ada isi untuk dokumen ini. Lengkapi datanya lebih dulu; tidak ada yang berubah."),
    "paper-values": _("Data dokumen ini belum bisa dicetak: %(reason)s. Perbaiki datanya; tidak ada yang berubah."),
    "paper-pdf-too-slow": _(
        "PDF belum jadi dalam %(seconds)s detik. Datanya aman; unduh DOCX atau XLSX, atau coba lagi."
    ),
    "paper-pdf-refused": _("PDF tidak bisa disusun dari data ini. Datanya aman; unduh DOCX atau XLSX."),
    "paper-pdf-stopped": _("Pembuatan PDF terhenti. Datanya aman; coba lagi, atau unduh DOCX atau XLSX."),
    "stage-unknown": _("Tahap %(stage)s tidak dikenal. Yang ada: K1 sampai K17."),
    "bundle-empty": _("Belum ada satu pun dokumen untuk bundel ini. Buat musyawarah, tim, atau rencananya lebih dulu."),
    "bundle-no-cycles": _("Belum ada desa yang punya siklus RKP %(year)s. Buka siklusnya di halaman Tahapan."),
    "bundle-year": _('Tahun "%(typed)s" tidak terbaca. Tulis empat angka, misalnya 2027.'),
    "bundle-key": _("Formulir ini sudah usang. Muat ulang halamannya, lalu kirim lagi."),
    "bundle-runs": _("Pesanan ini sedang berjalan. Tunggu sampai selesai, atau hentikan dulu."),
    "stage-empty": _("Tahap %(stage)s belum punya berkas. Buat dokumennya, atau unggah buktinya lebih dulu."),
}

SUBJECT_NAMES = {
    "team": _("tim"),
    "meeting": _("musyawarah"),
    "cycle": _("siklus RKP"),
    "plan": _("rencana"),
    "item": _("kegiatan"),
}
