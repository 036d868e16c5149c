"""Sentences for what can go wrong with files, papers and jobs, and titles of acts that no table row carries."""

from django.utils.translation import gettext_lazy as _

from rembuk.shared import wording

wording.register(
    {
        "file-too-large": _(
            "Berkas lebih besar dari %(megabytes)s MB. Kecilkan dulu, lalu unggah lagi. Tidak ada yang disimpan."
        ),
        "file-empty": _("Berkas kosong. Pilih berkas yang benar, lalu unggah lagi."),
        "file-kind": _("Jenis berkas ini tidak diterima. Yang diterima: foto JPG, PNG, WebP, serta PDF, DOCX, XLSX."),
        "file-broken": _(
            "Berkas rusak atau terpotong. Buat ulang berkasnya, lalu unggah lagi. Tidak ada yang disimpan."
        ),
        "file-bomb": _("Isi berkas membengkak jauh melebihi ukurannya, jadi ditolak. Simpan ulang dari programnya."),
        "file-macro": _("Berkas berisi makro, jadi ditolak. Simpan ulang sebagai DOCX atau XLSX tanpa makro."),
        "file-too-many-pixels": _("Gambar terlalu besar: lebih dari 60 juta titik. Kecilkan dulu, lalu unggah lagi."),
        "file-lost": _(
            "Berkas ini tidak ditemukan lagi di penyimpanan. Beri tahu administrator; catatannya masih ada."
        ),
        "file-altered": _("Berkas ini sudah berubah sejak disimpan, jadi tidak dibuka. Beri tahu administrator."),
        "paper-format": _("Bentuk %(format)s tidak ada. Yang ada: pdf, docx, xlsx."),
        "paper-altered": _(
            "Isi dokumen %(verify_code)s tidak cocok lagi dengan sidiknya, jadi tidak dibuka. Beri tahu administrator."
        ),
        "job-key-reused": _(
            "Pekerjaan yang sama sedang berjalan dengan isi lain. Tunggu sampai selesai, lalu coba lagi."
        ),
    }
)
