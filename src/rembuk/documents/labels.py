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
    "stage-unknown": _("Tahap %(stage)s tidak dikenal. Yang ada: K1 sampai K17 dan R1 sampai R12."),
    "bundle-empty": _("Belum ada satu pun dokumen untuk bundel ini. Buat musyawarah, tim, atau rencananya lebih dulu."),
    "bundle-no-cycles": _("Belum ada desa yang punya siklus %(plan)s untuk %(year)s. Buka siklusnya di Tahapan."),
    "bundle-plan": _('Rencana "%(typed)s" tidak dikenal. Pilih RKP Desa atau RPJM Desa.'),
    "bundle-year": _('Tahun "%(typed)s" tidak terbaca. Tulis empat angka, misalnya 2027.'),
    "bundle-key": _("Formulir ini sudah usang. Muat ulang halamannya, lalu kirim lagi."),
    "bundle-runs": _("Pesanan ini sedang berjalan. Tunggu sampai selesai, atau hentikan dulu."),
    "scan-none": _("Belum ada berkas yang dipilih. Pilih foto atau pindaian lembar bertanda tangan."),
    "scan-too-many": _("%(count)s berkas sekaligus terlalu banyak; paling banyak %(most)s. Unggah bertahap."),
    "scan-kind": _("%(name)s bukan JPG, PNG, atau PDF. Tidak ada berkas yang disimpan; pilih lagi."),
    "scan-paper-elsewhere": _("Dokumen itu bukan milik siklus ini. Pilih dari daftar; tidak ada yang berubah."),
    "scan-other-village": _("Kode di lembar ini milik desa lain. Unggah di desa itu; di sini sisihkan saja."),
    "scan-other-cycle": _("Kode di lembar ini milik tahun lain. Unggah di siklus tahun itu; di sini sisihkan saja."),
    "scan-again": _("Lembar yang sama sudah terlampir pada dokumen itu."),
    "scan-choose": _("Pilih dulu dokumennya dari daftar."),
    "scan-reason": _("Tulis alasannya, supaya orang lain tahu mengapa lembar ini disisihkan."),
    "scan-stale": _("Lembar ini baru saja diurus orang lain. Muat ulang mejanya."),
    "rktl-empty": _("RKTL belum punya satu langkah pun. Isi paling sedikit satu baris."),
    "rktl-too-many": _("%(count)s langkah terlalu banyak; paling banyak %(most)s."),
    "rktl-nameless": _("Baris %(rows)s belum punya uraian kegiatan. Isi, atau kosongkan seluruh barisnya."),
    "rktl-stale": _("RKTL ini baru saja diubah orang lain. Muat ulang, lalu ulangi perubahan Anda."),
    "letter-kind": _("Jenis surat %(kind)s tidak dikenal. Pilih dari daftar."),
    "letter-missing": _("Belum terisi: %(fields)s. Tidak ada yang disimpan."),
    "letter-number-used": _("Nomor %(number)s sudah dipakai untuk %(title)s. Tulis nomor lain."),
    "letter-elsewhere": _("Surat itu milik siklus lain. Muat ulang halamannya, lalu tulis lagi."),
    "letter-stale": _("Surat ini baru saja diubah orang lain. Muat ulang, lalu ulangi perubahan Anda."),
    "wording-kind": _("Redaksi %(kind)s tidak dikenal. Pilih dari daftar."),
    "wording-refused": _("Redaksi belum disimpan. Perbaiki dulu yang berikut."),
    "wording-stale": _("Redaksi ini baru saja diubah orang lain. Muat ulang, lalu ulangi perubahan Anda."),
    "stage-empty": _("Tahap %(stage)s belum punya berkas. Buat dokumennya, atau unggah buktinya lebih dulu."),
}

SUBJECT_NAMES = {
    "assessment": _("pengkajian keadaan desa"),
    "rpjm": _("RPJM Desa"),
    "letter": _("surat atau keputusan"),
    "team": _("tim"),
    "meeting": _("musyawarah"),
    "cycle": _("siklus perencanaan"),
    "plan": _("rencana"),
    "item": _("kegiatan"),
    "review": _("evaluasi dokumen"),
    "certificate": _("sertifikat"),
    "report": _("laporan bulanan"),
}

SCAN_PROBLEMS = {
    "": "",
    "no-code": _("kodenya tidak terbaca"),
    "foreign-code": _("kode QR di lembar ini bukan kode Rembuk"),
    "two-codes": _("ada dua kode dokumen di satu lembar"),
    "unknown-code": _("kodenya tidak ada di arsip"),
    "other-village": _("kodenya milik desa lain; unggah di desa itu"),
    "other-cycle": _("kodenya milik tahun lain; unggah di siklus tahun itu"),
    "unreadable": _("berkasnya rusak, terkunci, atau terlalu tebal"),
}

WORDING_PROBLEMS = {
    "unknown": _("Baris %(line)s: isian %(what)s tidak dikenal. Yang ada: %(allowed)s."),
    "braces": _("Baris %(line)s: kurung kurawal tidak berpasangan. Tulis isian seperti {desa}, tanpa tanda lain."),
    "empty": _("Redaksi masih kosong. Tulis paling sedikit satu baris, atau kembali ke redaksi bawaan."),
    "long": _("Baris %(line)s terlalu panjang (%(what)s huruf). Pecah jadi beberapa baris."),
    "many": _("%(what)s baris terlalu banyak; paling banyak 40."),
}
ISSUERS = {"village": _("Pemerintah Desa"), "bpd": _("BPD"), "regency": _("DPMD")}
