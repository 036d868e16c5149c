"""Words of this room: states, steps, groups, reasons and refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: Mapping[str, Words] = {
    "draft": _("draf"),
    "sent": _("terkirim"),
    "checked": _("diperiksa Sekdes"),
    "discussed": _("dibahas"),
    "ranked": _("diperingkat"),
    "planned": _("masuk rencana"),
    "forwarded": _("diteruskan"),
    "shelved": _("disimpan"),
    "declined": _("tidak diterima"),
    "merged": _("digabung"),
    "withdrawn": _("ditarik"),
}
STATE_SENTENCES: Mapping[str, Words] = {
    "draft": _("Masih draf. Belum terkirim ke desa."),
    "sent": _("Sudah diterima desa. Menunggu dilihat Sekretaris Desa."),
    "checked": _("Sudah dilihat Sekretaris Desa. Menunggu dibahas dalam musyawarah."),
    "discussed": _("Sudah dibahas dalam musyawarah. Menunggu skor dan peringkat."),
    "ranked": _("Sudah diberi skor. Menunggu pembagian pagu."),
    "planned": _("Dipilih masuk rencana desa."),
    "forwarded": _("Di luar wewenang desa. Diteruskan ke atas lewat DU-RKP."),
    "shelved": _("Belum terpilih. Disimpan dan ditawarkan lagi tahun berikutnya."),
    "declined": _("Tidak diterima, dengan alasan di bawah."),
    "merged": _("Digabung dengan usulan lain."),
    "withdrawn": _("Ditarik oleh pengusulnya."),
}
STATE_CHIPS: Mapping[str, str] = {
    "draft": "next",
    "sent": "due",
    "checked": "next",
    "discussed": "next",
    "ranked": "next",
    "planned": "ok",
    "forwarded": "paused",
    "shelved": "paused",
    "declined": "late",
    "merged": "paused",
    "withdrawn": "paused",
}
EVENTS: Mapping[str, Words] = {
    "send": _("dikirim"),
    "give_back": _("dikembalikan ke penulisnya"),
    "check": _("dilihat Sekretaris Desa"),
    "field_check": _("diperiksa di lapangan"),
    "discuss": _("dibahas"),
    "rank": _("diberi skor dan peringkat"),
    "plan": _("masuk rencana"),
    "forward": _("diteruskan ke atas"),
    "shelve": _("disimpan untuk tahun berikutnya"),
    "decline": _("tidak diterima"),
    "merge": _("digabung"),
    "unmerge": _("gabungan dibatalkan"),
    "withdraw": _("ditarik"),
    "drop": _("keluar dari rencana, disimpan"),
    "receipt": _("tanda terima baru dibuat"),
    "carry": _("diajukan lagi untuk tahun berikutnya"),
    "joined": _("menerima gabungan"),
    "show": _("tampil untuk umum karena tiga hari kerja lewat; nama disamarkan, foto belum tampil"),
    "cover": _("kata-kata untuk umum diperbaiki"),
    "support": _("dukungan dicatat"),
}
GROUPS: Mapping[str, Words] = {
    "ADAT": _("tokoh adat"),
    "AGAMA": _("tokoh agama"),
    "TOMAS": _("tokoh masyarakat"),
    "PENDIDIK": _("pendidik"),
    "SENI": _("seni dan budaya"),
    "WILAYAH": _("warga dusun/RT/RW"),
    "TANI": _("petani dan buruh tani"),
    "NELAYAN": _("nelayan dan buruh nelayan"),
    "PERAJIN": _("perajin"),
    "PEREMPUAN": _("perempuan"),
    "ANAK": _("anak"),
    "MISKIN": _("rumah tangga miskin"),
    "DIFABEL": _("penyandang disabilitas"),
    "KADERKES": _("kader kesehatan"),
    "LINGKUNGAN": _("pegiat lingkungan"),
    "PEMUDA": _("pemuda dan pelajar"),
    "ORSOS": _("lembaga kemasyarakatan"),
    "LANSIA": _("lanjut usia"),
}
PROPOSER_KINDS: Mapping[str, Words] = {
    "hamlet": _("musyawarah dusun"),
    "rt": _("ketua atau warga RT"),
    "group": _("kelompok"),
    "resident": _("warga"),
    "office": _("pemerintah desa"),
    "bpd": _("BPD"),
}
HOUSEHOLDS: Mapping[str, Words] = {
    "one": _("satu rumah atau satu orang"),
    "2-5": _("2–5 rumah"),
    "6-20": _("6–20 rumah"),
    "21-50": _("21–50 rumah"),
    "51+": _("lebih dari 50 rumah"),
}
AUTHORITIES: Mapping[str, Words] = {
    "unknown": _("belum ditanyakan"),
    "village": _("wewenang desa"),
    "higher": _("di atas wewenang desa"),
}
FIT_CRITERIA: Mapping[str, Words] = {
    "sdgs": _("Kesesuaian dengan SDGs Desa"),
    "regency": _("Kesesuaian dengan rencana kabupaten"),
    "resources": _("Ketersediaan sumber daya"),
}
FIELDS: Mapping[int, Words] = {
    1: _("Penyelenggaraan pemerintahan"),
    2: _("Pelaksanaan pembangunan"),
    3: _("Pembinaan kemasyarakatan"),
    4: _("Pemberdayaan masyarakat"),
    5: _("Bencana, darurat, mendesak"),
}
INPUTS: Mapping[str, Words] = {
    "title": _("usulan kegiatan"),
    "problem": _("masalah"),
    "hamlet": _("dusun"),
    "rt": _("RT"),
    "location_text": _("lokasi"),
    "volume": _("volume"),
    "unit": _("satuan"),
    "cost": _("biaya"),
    "beneficiaries_male": _("penerima manfaat laki-laki"),
    "beneficiaries_female": _("penerima manfaat perempuan"),
    "beneficiaries_poor": _("penerima manfaat A-RTM"),
    "groups": _("kelompok"),
    "sdgs": _("SDGs Desa"),
    "activity_code": _("kode kegiatan"),
    "sources_allowed": _("sumber dana"),
    "authority": _("wewenang"),
    "authority_note": _("keterangan wewenang"),
    "proposer_kind": _("asal usulan"),
    "proposer_group": _("nama kelompok"),
    "proposer_name": _("nama pengusul"),
    "proposer_contact": _("nomor HP pengusul"),
    "hide_proposer": _("nama disembunyikan"),
    "latitude": _("lintang"),
    "longitude": _("bujur"),
    "is_physical": _("pembangunan fisik"),
    "single_source": _("satu sumber saja"),
    "year": _("tahun anggaran"),
    "households": _("jumlah rumah"),
    "email": _("surel"),
    "name": _("nama"),
    "birth_year": _("tahun lahir"),
    "count": _("jumlah pendukung"),
    "on_date": _("tanggal"),
}
SENTENCES: Mapping[str, Words] = {
    "proposal-key-taken": _(
        "Usulan ini sudah tersimpan dengan isi lain. Yang tersimpan tidak berubah; buka usulan itu untuk mengubahnya."
    ),
    "proposal-not-editable": _("Usulan ini sudah mendapat jawaban, jadi isinya tidak bisa diubah lagi."),
    "proposal-incomplete": _("Usulan belum bisa disimpan. Yang Anda ketik masih ada; perbaiki yang ditandai."),
    "proposal-no-cycle": _(
        "Desa ini belum punya siklus perencanaan yang terbuka. Buka siklus dulu, lalu kirim lagi. Draf Anda aman."
    ),
    "reason-missing": _("Pilih kode alasan dan tulis satu kalimat alasan. Tidak ada yang berubah."),
    "reason-does-not-fit": _("Kode alasan %(reason_code)s tidak berlaku untuk keputusan ini. Tidak ada yang berubah."),
    "proposal-merge-self": _("Usulan tidak bisa digabung dengan dirinya sendiri atau dengan usulan desa lain."),
    "proposal-merge-target": _("Usulan tujuan sudah digabung, ditarik atau tidak diterima. Pilih usulan lain."),
    "proposal-not-merged": _("Usulan ini tidak sedang digabung."),
    "proposal-authority-word": _(
        "Tulis siapa pemilik atau pengelolanya menurut siapa, misalnya “jalan kabupaten, kata Kadus Hulu”."
    ),
    "prefilter-authority-unknown": _(
        "Wewenangnya belum ditanyakan. Catat dulu milik siapa menurut siapa, lalu isi saringan B. "
        "Tidak ada yang berubah."
    ),
    "prefilter-goes-up": _(
        "Usulan ini di luar wewenang desa, jadi tidak dinilai. Jalannya diteruskan ke DU-RKP. Tidak ada yang berubah."
    ),
    "prefilter-scores": _("Isi ketiga nilai saringan B, masing-masing 1 sampai 5. Tidak ada yang berubah."),
    "proposal-code-unknown": _("Kode kegiatan %(read)s tidak ada dalam daftar. Pilih dari daftar."),
    "proposal-verdict-unknown": _("Hasil pemeriksaan harus layak, tidak layak, atau data belum cukup."),
    "proposal-note-needed": _("Tulis apa yang dilihat di lapangan, satu kalimat cukup."),
    "proposal-check-photo": _(
        "Berkas “%(name)s” bukan foto JPG, PNG atau WEBP yang bisa dibaca. Hasil pemeriksaan belum tersimpan; "
        "pilih foto lain atau simpan tanpa foto."
    ),
    "proposal-date-unread": _("Tanggal “%(read)s” tidak terbaca. Tulis misalnya 2026-09-30."),
    "proposal-date-future": _("Tanggal pemeriksaan tidak boleh sesudah hari ini."),
    "proposal-not-carried": _("Hanya usulan tahun lalu yang belum terpilih yang bisa diajukan lagi."),
    "proposal-carried-already": _("Usulan ini sudah diajukan lagi sebagai %(number)s."),
    "proposal-photo-limit": _("Satu usulan memuat paling banyak %(limit)d foto. Hapus satu dulu."),
    "proposal-photo-bad": _(
        "Berkas “%(name)s” bukan foto JPG, PNG atau WEBP yang bisa dibaca. Isian lain tetap tersimpan."
    ),
    "proposal-photo-large": _("Foto “%(name)s” terlalu besar. Paling besar %(limit)d MB. Isian lain tetap tersimpan."),
    "import-duplicate": _("Berkas ini sudah pernah diunggah untuk desa dan tahun ini. Tidak ada yang disimpan lagi."),
    "import-empty": _("Tidak ada baris usulan yang terbaca di lembar ini. Pilih lembar lain atau pakai berkas contoh."),
    "import-no-title": _("Pilih kolom yang berisi usulan kegiatan. Tanpa kolom itu baris tidak bisa dibaca."),
    "import-nothing-to-save": _("Tidak ada baris yang bisa disimpan. Perbaiki berkasnya, lalu unggah lagi."),
    "import-done": _("Daftar ini sudah disimpan. Tidak ada yang disimpan dua kali."),
    "import-too-many": _(
        "Berkas berisi %(count)d baris; paling banyak %(limit)d baris sekali unggah. Bagi menjadi beberapa berkas."
    ),
    "idea-group": _("Kelompok itu tidak bermusyawarah sendiri. Pilih salah satu kelompok di daftar."),
    "idea-not-feasible": _("Tindakan itu belum dinyatakan layak oleh musyawarah. Tidak ada yang berubah."),
    "photo-unread": _("Foto “%(name)s” tidak terbaca sebagai foto JPG, PNG atau WEBP. Isian lain tetap ada."),
    "door-busy": _(
        "Dari sambungan ini baru saja masuk banyak kiriman. Isian Anda masih ada di halaman ini; "
        "tunggu sebentar (paling lama %(minutes)d menit), lalu kirim lagi. Yang sudah terkirim aman."
    ),
    "resident-has-no-draft": _(
        "Pengusulnya warga tanpa akun, jadi usulan ini tidak bisa dikembalikan. Perbaiki kata-katanya sendiri atau "
        "hubungi pengusulnya."
    ),
    "photo-verdict": _("Pilih dulu boleh tampil atau tidak. Tidak ada yang berubah."),
    "look-answered": _("Usulan ini sudah ditutup atau ditarik. Tidak ada yang berubah."),
    "look-not-resident": _("Usulan ini tidak datang dari warga lewat halaman umum. Tidak ada yang berubah."),
    "look-title": _("Judul belum diisi. Tulis satu baris pendek tanpa nama orang."),
    "support-closed": _("Usulan ini sudah mendapat jawaban, jadi dukungan baru tidak dicatat lagi. Terima kasih."),
    "support-twice": _("Dukungan Anda untuk usulan ini sudah tercatat. Satu orang satu dukungan; terima kasih."),
    "support-device": _(
        "Dari HP ini sudah ada dukungan untuk usulan ini. Anggota keluarga lain bisa mendukung lewat daftar tanda "
        "tangan di ketua RT."
    ),
    "support-count": _("Tulis jumlah orang yang mendukung, angka bulat mulai 1. Tidak ada yang tersimpan."),
    "support-date": _("Tulis tanggalnya, paling lambat hari ini. Tidak ada yang tersimpan."),
    "support-photo": _("Lampirkan foto daftar tanda tangannya (JPG, PNG atau WEBP). Tidak ada yang tersimpan."),
    "support-same-list": _("Foto daftar ini sudah pernah dicatat untuk usulan ini. Tidak ada yang dihitung dua kali."),
    "receipt-unknown": _("Kode itu tidak dikenal. Periksa lagi sepuluh huruf dan angkanya."),
    "receipt-wait": _("Terlalu banyak percobaan dari alamat ini. Tunggu 15 menit, lalu coba lagi."),
}
PROBLEMS: Mapping[str, Words] = {
    "required": _("%(field)s belum diisi."),
    "too-long": _("%(field)s berisi %(count)s huruf; paling panjang %(limit)s. Pendekkan; yang lain tetap tersimpan."),
    "markup": _("%(field)s memuat kode HTML (“%(read)s”). Tulis dengan kalimat biasa."),
    "control": _("%(field)s memuat tanda yang tidak bisa disimpan. Ketik ulang tanpa tanda itu."),
    "not-a-number": _("%(field)s “%(read)s” bukan angka. Tulis misalnya 86 atau 86,5."),
    "not-whole": _("%(field)s “%(read)s” bukan jumlah orang. Tulis angka bulat, misalnya 142."),
    "too-large": _("%(field)s “%(read)s” terlalu besar."),
    "unknown-hamlet": _("Tidak ada dusun “%(read)s” di desa ini. Yang ada: %(known)s."),
    "unknown-rt": _("Tidak ada RT “%(read)s” di desa ini."),
    "rt-elsewhere": _("RT %(read)s tidak berada di dusun yang dipilih."),
    "unknown-code": _("Kode kegiatan “%(read)s” tidak ada dalam daftar. Kosongkan atau pilih dari daftar."),
    "unknown-source": _("Sumber dana “%(read)s” tidak dikenal. Yang diterima: %(known)s."),
    "unknown-group": _("Kelompok “%(read)s” tidak dikenal."),
    "unknown-goal": _("SDGs Desa “%(read)s” tidak ada. Tulis angka 1 sampai 18."),
    "unknown-choice": _("%(field)s “%(read)s” tidak dikenal."),
    "bad-point": _("Titik peta tidak terbaca. Tulis lintang dan bujur dalam derajat, misalnya -0,25 dan 116,3."),
    "authority-word": _("Tulis siapa yang memastikan wewenang itu dan siapa pemiliknya."),
    "hamlet-not-yours": _("Anda hanya bisa mengusulkan untuk dusun atau RT sendiri."),
    "uang-kata": _("Biaya “%(read)s” tidak terbaca. Tulis 12500000 atau 12.500.000."),
    "uang-tanggal": _("Biaya “%(read)s” terbaca sebagai tanggal. Tulis 12500000 atau 12.500.000."),
    "uang-pecahan": _("Biaya “%(read)s” memuat pecahan rupiah. Tulis rupiah utuh."),
    "uang-banyak": _("Biaya “%(read)s” memuat lebih dari satu jumlah. Tulis satu jumlah saja."),
    "uang-pemisah": _("Biaya “%(read)s” memuat spasi di antara angka. Tulis 12500000 atau 12.500.000."),
    "uang-dua-arti": _("Biaya “%(read)s” bisa berarti dua hal. Tulis dengan titik ribuan: %(other)s."),
    "uang-terlalu-besar": _("Biaya “%(read)s” terlalu besar."),
    "uang-negatif": _("Biaya “%(read)s” kurang dari nol. Tulis jumlah nol atau lebih."),
    "bad-phone": _("Nomor HP “%(read)s” tidak terbaca. Tulis misalnya 0812 3456 7890, atau kosongkan."),
    "bad-email": _("Alamat surel “%(read)s” tidak terbaca. Tulis misalnya nama@contoh.id, atau kosongkan."),
    "bad-year": _("Tahun lahir “%(read)s” tidak terbaca. Tulis empat angka, misalnya 1985."),
    "too-young": _("Dukungan daring mulai umur 17. Gagasan anak disampaikan lewat pemandu sebagai usulan kelompok."),
    "cell-error": _("%(field)s berisi galat lembar kerja %(read)s. Perbaiki rumusnya, lalu unggah lagi."),
}


def state_name(state: str) -> str:
    """Return the word for a state of a proposal."""
    return str(STATES.get(state, state))


def input_name(name: str) -> str:
    """Return what a field is called on paper."""
    return str(INPUTS.get(name, name))


def problem_sentence(code: str, field: str, values: Mapping[str, object]) -> str:
    """Word one unreadable input; the field's name begins with a capital."""
    name = input_name(field)
    words = str(PROBLEMS.get(code, _("%(field)s tidak terbaca.")))
    return words % {"read": "", "field": name[:1].upper() + name[1:], **values}


PHOTO_VERDICTS: Mapping[str, Words] = {
    "nobody": _("Tampilkan: tidak ada orang yang bisa dikenali"),
    "agreed": _("Tampilkan: ada orang dewasa, semuanya setuju"),
    "people": _("Jangan: ada orang yang belum setuju, atau anak"),
    "private": _("Jangan: isi rumah, atau kertas bernama"),
    "unclear": _("Jangan: tidak jelas, atau bukan tempatnya"),
}
"""What is said of a photo before anybody may see it; see core.workflow.photo_looks."""

COLUMNS: Mapping[str, Words] = {
    "verdict": _("hasil melihat foto"),
    "showing": _("tampil untuk umum"),
    "shown": _("boleh dilihat umum"),
    "original_title": _("judul asli"),
    "original_problem": _("masalah, kata asli"),
    "original_location": _("tempat, kata asli"),
    "households": _("jumlah rumah"),
    "look_due": _("paling lambat dilihat"),
    "count": _("jumlah"),
    "on_date": _("tanggal"),
    "file": _("berkas"),
    "person_digest": _("tanda orang"),
    "device_digest": _("tanda perangkat"),
}
