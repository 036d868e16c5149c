"""Words of this room: kinds, states, sections and refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

KINDS: Mapping[str, Words] = {
    "MUSDUS": _("Musyawarah dusun"),
    "MUSKEL": _("Musyawarah kelompok"),
    "MUSDES_P": _("Musdes perencanaan"),
    "MUSREN": _("Musrenbang Desa"),
    "MUSDES_E": _("Musdes pengesahan"),
    "MUSREN_X": _("Musrenbang khusus perubahan"),
    "MUSDES_B": _("Musdes penerima BLT"),
    "REMBUK": _("Rembuk stunting"),
}
CONVENERS: Mapping[str, Words] = {
    "BPD": _("diundang dan dipimpin BPD"),
    "KAD": _("diundang dan dipimpin kepala desa"),
    "TIM": _("diadakan tim penyusun bersama warga"),
}
STATES: Mapping[str, Words] = {
    "planned": _("direncanakan"),
    "invited": _("sudah diundang"),
    "running": _("berlangsung"),
    "adjourned": _("ditunda"),
    "closed": _("selesai, belum ditandatangani"),
    "signed": _("berita acara ditandatangani"),
    "cancelled": _("dibatalkan"),
}
STATE_CHIPS: Mapping[str, str] = {
    "planned": "next",
    "invited": "next",
    "running": "due",
    "adjourned": "paused",
    "closed": "due",
    "signed": "ok",
    "cancelled": "paused",
}
CHANNEL_NAMES: Mapping[str, Words] = {
    "surat": _("surat"),
    "whatsapp": _("WhatsApp"),
    "telepon": _("telepon"),
    "lisan": _("lisan"),
}
SECTION_NAMES: Mapping[str, Words] = {
    "basis": _("Dasar"),
    "material": _("Materi, satu baris satu pokok"),
    "discussion": _("Jalannya musyawarah"),
    "closing": _("Catatan penutup"),
}
RECORDED_NAMES: Mapping[str, Words] = {"lot": _("Undian"), "allocation": _("Pilihan kegiatan")}
"""Sections of the minutes that the program writes, so nobody edits them as text."""

SIGNATURE_NAMES: Mapping[str, Words] = {
    "chair": _("pimpinan musyawarah"),
    "notes": _("sekretaris atau notulis"),
    "head": _("Kepala Desa"),
    "community": _("wakil masyarakat"),
}
ELEMENT_NAMES: Mapping[str, Words] = {
    "PEMDES": _("Pemerintah Desa"),
    "BPD": _("BPD"),
    "LPM": _("LPM"),
    "KPMD": _("KPMD"),
    "RT": _("Ketua RT"),
    "PEREMPUAN": _("Kelompok perempuan"),
    "MISKIN": _("Kelompok masyarakat miskin"),
    "DIFABEL": _("Kelompok berkebutuhan khusus"),
    "TANI": _("Petani dan buruh tani"),
    "NELAYAN": _("Nelayan dan buruh nelayan"),
    "PERAJIN": _("Perajin"),
    "ADAT": _("Tokoh adat"),
    "AGAMA": _("Tokoh agama"),
    "TOMAS": _("Tokoh masyarakat"),
    "PENDIDIK": _("Tokoh pendidikan"),
    "SENI": _("Tokoh seni dan budaya"),
    "WILAYAH": _("Wakil wilayah (dusun/RT/RW)"),
    "ANAK": _("Forum dan pemerhati anak"),
    "KADERKES": _("Kader kesehatan"),
    "LINGKUNGAN": _("Pegiat lingkungan"),
    "PEMUDA": _("Pemuda atau pelajar"),
    "ORSOS": _("Organisasi sosial dan lembaga lain"),
    "LANSIA": _("Warga lanjut usia"),
    "BUMDES": _("BUM Desa"),
    "KDMP": _("Koperasi Desa Merah Putih"),
    "PD": _("Pendamping Desa"),
    "CAMAT": _("Kecamatan"),
    "DPMD": _("DPMD"),
    "OPD": _("Perangkat daerah"),
    "DPRD": _("DPRD"),
    "TNI_POLRI": _("TNI/Polri"),
    "UNDANGAN": _("Undangan lain"),
}
"""In the order in which an attendance list offers them; the codes are those of `core.law.elements`."""

BALLOT_GROUPS: Mapping[str, Words] = {
    "": _("semua warga"),
    "perempuan": _("perempuan"),
    "pemuda": _("pemuda"),
    "lansia": _("lansia"),
    "tani": _("petani dan buruh tani"),
    "nelayan": _("nelayan dan buruh nelayan"),
    "adat": _("masyarakat adat"),
    "miskin": _("keluarga kurang mampu"),
    "difabel": _("warga difabel"),
}
"""Groups that may vote apart; but for the first, codes of elements in lower case."""

NO_HAMLET = _("Tanpa dusun")
METHOD_NAMES: Mapping[str, Words] = {
    "dots": _("Titik"),
    "papers": _("Kertas centang"),
    "points": _("Kertas bernilai"),
}

LINE_REFUSALS: Mapping[str, Words] = {
    "line-word": _("“%(read)s” bukan nomor. Tulis nomor usulan dipisah spasi, misalnya 1 4 7."),
    "line-pair": _("“%(read)s” tidak terbaca. Tulis nomor:nilai, misalnya 1:5 4:3."),
    "line-number": _("nomor %(read)s tidak ada di meja."),
    "line-twice": _("nomor %(read)s tertulis dua kali."),
    "line-most": _("berisi %(read)s, padahal jatahnya %(limit)s."),
    "line-points": _("nilai %(read)s terlalu besar, paling banyak %(limit)s."),
    "line-copies": _("banyaknya kertas %(read)s tidak bisa. Tulis x1 sampai x%(limit)s."),
    "line-empty": _("tidak ada nomornya. Tulis - untuk kertas kosong."),
    "line-too-many": _("paling banyak %(limit)s baris sekali simpan."),
}
"""What is wrong with one line of typed ballots, after the number of the line."""

SHELTERED_WORDS = _("Wakil kelompok")

SENTENCES: Mapping[str, Words] = {
    "meeting-kind": _("Jenis musyawarah %(kind)s tidak dikenal. Pilih dari daftar. Tidak ada yang berubah."),
    "meeting-state": _("Ini tidak bisa dilakukan pada keadaan musyawarah sekarang. Tidak ada yang berubah."),
    "meeting-cycle-closed": _("Siklus RKP ini sudah ditutup, jadi musyawarah baru tidak bisa ditambahkan."),
    "meeting-key-taken": _("Musyawarah dengan kunci ini sudah ada dengan isi lain. Buka halaman baru, lalu ulangi."),
    "meeting-kind-fixed": _(
        "Undangan sudah jalan, jadi jenis musyawarah tidak bisa diganti. Batalkan, lalu buat baru."
    ),
    "meeting-agenda-missing": _("Tulis agendanya, satu baris satu pokok. Isian lain tetap ada di halaman ini."),
    "meeting-location-missing": _("Tulis tempat musyawarahnya. Isian lain tetap ada di halaman ini."),
    "meeting-time-missing": _("Tulis tanggal dan jam musyawarahnya. Isian lain tetap ada di halaman ini."),
    "meeting-hamlet-missing": _("Pilih dusun desa ini untuk musyawarah dusun."),
    "meeting-group-missing": _("Tulis nama kelompoknya, misalnya kelompok perempuan nelayan."),
    "meeting-element": _("Unsur %(element)s tidak dikenal. Pilih dari daftar. Tidak ada yang berubah."),
    "meeting-reason-missing": _("Tulis alasannya dalam satu kalimat. Tidak ada yang berubah."),
    "meeting-rules-bad": _("Pengaturan tidak terbaca: %(detail)s. Tidak ada yang berubah."),
    "meeting-rules-source": _("Angka berbeda dari bawaan. Tulis nomor Perdes Tata Tertib yang menjadi dasarnya."),
    "invitees-too-many": _("Daftar berisi %(count)s baris, paling banyak %(limit)s. Tidak ada yang disimpan."),
    "invitees-unread": _(
        "%(count)s baris tidak terbaca: baris %(lines)s. Tulis nama; unsur; jabatan. Belum ada yang disimpan."
    ),
    "invitees-nobody": _("Belum ada yang diundang. Tempel daftar nama, atau isi jumlah undangan."),
    "invitation-channel": _("Cara mengundang %(channel)s tidak dikenal. Pilih dari daftar."),
    "invitation-date-missing": _("Tulis tanggal undangan. Isian lain tetap ada di halaman ini."),
    "invitation-date-in-future": _("Tanggal undangan %(date)s belum tiba. Tulis tanggal undangan dikirim."),
    "attendance-name": _("Tulis nama orang yang hadir. Tidak ada yang berubah."),
    "attendance-sex": _("Pilih L atau P untuk %(name)s. Tidak ada yang berubah."),
    "attendance-key-taken": _("Baris hadir ini sudah tersimpan dengan isi lain. Muat ulang halaman, lalu periksa."),
    "tally-count": _("Jumlah L %(male)s dan P %(female)s tidak bisa. Tulis angka 0 sampai %(limit)s."),
    "meeting-time-in-future": _("Waktu itu belum tiba. Tulis waktu kejadiannya."),
    "meeting-ends-before-start": _("Waktu selesai lebih awal dari waktu mulai. Perbaiki waktunya."),
    "adjourn-until": _("Waktu lanjut harus sesudah waktu ditunda. Perbaiki waktunya."),
    "adjourn-hours": _(
        "Pada hari yang sama paling lama ditunda %(hours)s jam. Pilih waktu yang lebih dekat atau tanggal baru."
    ),
    "adjourn-days": _("Tanggal baru paling lama %(days)s hari sesudahnya. Pilih tanggal yang lebih dekat."),
    "meeting-too-early": _("Sidang kedua baru bisa dibuka pada %(day)s. Tidak ada yang berubah."),
    "note-empty": _("Tulis pokok pembicaraannya. Tidak ada yang berubah."),
    "note-key-taken": _("Catatan ini sudah tersimpan dengan isi lain. Muat ulang halaman, lalu periksa."),
    "decision-empty": _("Tulis keputusannya. Tidak ada yang berubah."),
    "decision-key-taken": _("Keputusan ini sudah tersimpan dengan isi lain. Muat ulang halaman, lalu periksa."),
    "votes-do-not-fit": _(
        "Suara berjumlah %(votes)s, padahal yang berhak %(voters)s orang. Hitung lagi. Tidak ada yang berubah."
    ),
    "minutes-section": _("Bagian %(section)s tidak ada dalam berita acara. Tidak ada yang berubah."),
    "minutes-signed": _("Berita acara sudah ditandatangani, jadi isinya tetap. Tidak ada yang berubah."),
    "minutes-too-long": _("Teks berisi %(count)s huruf, paling banyak %(limit)s. Pendekkan, lalu simpan lagi."),
    "minutes-stale": _(
        "Orang lain sudah menulis bagian ini sejak Anda membukanya. Tulisan Anda masih ada; satukan, lalu simpan."
    ),
    "meeting-photo-bad": _("%(name)s bukan foto. Pilih JPG, PNG, atau WebP. Tidak ada yang disimpan."),
    "meeting-photo-limit": _("Sudah ada %(limit)s foto. Lepas satu dulu sebelum menambah."),
    "minutes-number-missing": _("Tulis nomor berita acara seperti pada suratnya."),
    "minutes-date-missing": _("Tulis tanggal berita acara seperti pada suratnya."),
    "minutes-date-odd": _("Tanggal berita acara %(date)s tidak cocok: antara hari musyawarah dan hari ini."),
    "meeting-not-valid": _(
        "Berita acara belum bisa dinyatakan ditandatangani. Semua yang kurang ada di bawah; tidak ada yang berubah."
    ),
    "proposal-not-for-table": _(
        "Usulan %(numbers)s tidak bisa dibahas di sini: belum dilihat Sekdes, sudah dijawab, atau belum lolos periksa."
    ),
    "lot-not-running": _("Benih diundi selama musyawarah berlangsung. Buka musyawarah dulu. Tidak ada yang berubah."),
    "lot-seed-missing": _("Tulis benih yang diundi, misalnya enam angka dari mangkuk undian. Tidak ada yang berubah."),
    "lot-seed-bad": _("Benih paling panjang %(limit)s huruf atau angka, tanpa garis tegak. Tidak ada yang berubah."),
    "lot-drawn": _("Benih sudah diundi: %(seed)s. Benih hanya diundi satu kali. Tidak ada yang berubah."),
    "lot-after-ballots": _("Suara sudah pernah dimasukkan, jadi benih %(seed)s tetap. Tidak ada yang berubah."),
    "lot-first": _("Undi dulu benihnya di depan musyawarah, baru suara dimasukkan. Semua isian masih ada."),
    "ballot-hamlet": _("Dusun itu tidak ada di musyawarah ini. Pilih dari daftar. Belum ada yang disimpan."),
    "ballot-group": _("Kelompok %(group)s tidak dikenal. Pilih dari daftar. Belum ada yang disimpan."),
    "ballot-method": _("Cara %(method)s tidak dikenal. Pilih titik, kertas centang, atau kertas bernilai."),
    "ballot-voters": _("Jumlah pemilih terbaca %(voters)s. Tulis 1 sampai %(limit)s. Semua isian masih ada."),
    "ballot-per-voter": _("Jatah satu orang terbaca %(read)s. Tulis 0 bila tanpa batas. Semua isian masih ada."),
    "ballot-twice": _("Satu kertas memuat nomor yang sama dua kali. Periksa kertasnya. Belum ada yang disimpan."),
    "ballot-negative": _("Jumlah titik, kertas, atau nilai tidak bisa kurang dari 0. Belum ada yang disimpan."),
    "ballot-not-tabled": _("Ada usulan yang tidak di meja musyawarah ini. Muat ulang halaman, lalu isi lagi."),
    "ballot-tick": _("Pada kertas centang satu usulan hanya bisa dicentang satu kali. Belum ada yang disimpan."),
    "ballot-dots-together": _("Titik satu dusun dihitung bersama, satu jumlah untuk satu usulan."),
    "ballot-more-papers": _("Ada %(papers)s kertas dari %(voters)s pemilih. Hitung lagi. Semua isian masih ada."),
    "ballot-more-dots": _("Ada %(given)s titik, padahal jatahnya %(most)s. Hitung lagi. Semua isian masih ada."),
    "ballot-more-marks": _("Ada kertas dengan %(given)s tanda, padahal jatahnya %(most)s. Semua isian masih ada."),
    "ballot-more-than-present": _(
        "Pemilih menjadi %(total)s orang, padahal yang hadir dan berhak bersuara %(present)s orang. "
        "Hitung lagi pemilihnya atau lengkapi daftar hadir. Semua isian masih ada."
    ),
    "ballot-stale": _(
        "Orang lain sudah mengubah suara dusun ini sejak Anda membukanya. "
        "Isian Anda masih ada; bandingkan, lalu simpan lagi."
    ),
    "ballot-count-closed": _("Penghitungan sudah ditutup. Buka lagi penghitungannya untuk memperbaiki suara."),
    "ballot-nobody-yet": _("Belum ada suara yang dimasukkan, jadi penghitungan belum bisa ditutup."),
    "ballot-lines": _("%(count)s baris tidak terbaca. Belum ada yang disimpan; semua isian masih ada."),
    "proposal-voted": _("Suara untuk usulan di meja sudah dihitung, jadi tidak ada yang diangkat dari meja."),
    "proposal-scored": _("Usulan ini sudah diberi skor, jadi tidak bisa diangkat dari meja. Kosongkan skornya dulu."),
    "score-group-missing": _("Tulis kelompok penilainya, misalnya kelompok perempuan."),
    "score-date": _("Tulis tanggal penilaian, paling akhir hari ini."),
    "score-scale": _("Skor %(criterion)s terbaca %(read)s. Tulis 1 sampai 5. Belum ada yang disimpan."),
    "score-criteria": _("Satu usulan harus diberi kelima skor, C1 sampai C5. Belum ada yang disimpan."),
    "score-rows": _("%(count)s usulan belum lengkap skornya. Belum ada yang disimpan; semua isian masih ada."),
    "number-unread": _("Jumlah %(read)s tidak terbaca. Tulis angka bulat, misalnya 25. Tidak ada yang berubah."),
    "score-not-tabled": _("Ada usulan yang tidak di meja musyawarah ini. Muat ulang halaman, lalu isi lagi."),
    "score-nobody-yet": _("Belum ada kelompok yang memberi skor, jadi belum ada peringkat untuk disahkan."),
}
