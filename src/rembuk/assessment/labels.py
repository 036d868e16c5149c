"""Words of this room: lists, tools, kinds and refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SECTIONS: Mapping[str, Words] = {
    "natural": _("Sumber daya alam"),
    "human": _("Sumber daya manusia"),
    "development": _("Sumber daya pembangunan"),
    "social": _("Sumber daya sosial budaya"),
}
TOOLS: Mapping[str, Words] = {
    "sketch": _("Sketsa desa"),
    "seasons": _("Kalender musim"),
    "institutions": _("Bagan kelembagaan"),
    "tree": _("Pohon masalah"),
}
KINDS: Mapping[str, Words] = {
    "problem": _("Masalah"),
    "potential": _("Potensi"),
    "activity": _("Kegiatan"),
    "condition": _("Keadaan"),
}
SEASONS: Mapping[str, Words] = {"change": _("Pancaroba"), "dry": _("Kemarau"), "wet": _("Hujan")}
MARK_WORDS: tuple[Words, ...] = (_("tidak ada"), _("sedikit"), _("sedang"), _("kuat"))
CLOSENESS: Mapping[int, Words] = {
    5: _("sangat dekat"),
    4: _("dekat"),
    3: _("sedang"),
    2: _("jauh"),
    1: _("sangat jauh"),
}
SIZES: Mapping[int, Words] = {1: _("manfaat kecil"), 2: _("manfaat sedang"), 3: _("manfaat besar")}
FIELDS: Mapping[int, Words] = {
    1: _("Pemerintahan"),
    2: _("Pembangunan"),
    3: _("Pembinaan"),
    4: _("Pemberdayaan"),
    5: _("Bencana dan darurat"),
}
PAPERS: Mapping[str, Words] = {
    "F07": _("Data desa"),
    "F08": _("Sketsa desa"),
    "F09": _("Kalender musim"),
    "F10": _("Bagan kelembagaan"),
    "F11": _("Pohon dan inventaris masalah"),
    "F12": _("Pengkajian tindakan dan peringkat"),
    "F13": _("Daftar gagasan"),
    "F14": _("Rekapitulasi usulan"),
    "F15": _("Laporan PKD"),
}
"""Papers that print an assessment."""

SENTENCES: Mapping[str, Words] = {
    "assessment-exists": _("Desa ini sudah punya pengkajian untuk periode yang mulai %(year)s. Buka yang itu."),
    "assessment-years": _("Periode %(start)s sampai %(end)s tidak bisa. Tulis tahun mulai, lalu 6 sampai 9 tahun."),
    "assessment-cycle": _("Siklus itu bukan milik desa ini, atau sudah punya pengkajian."),
    "assessment-delivered": _(
        "Laporan sudah disampaikan kepada BPD, jadi isinya tetap. Tarik penyerahannya dulu bila memang perlu berubah."
    ),
    "assessment-bpd-first": _("Laporan diserahkan kepada Kepala Desa dulu, baru kepada BPD."),
    "assessment-bpd-before": _("Tanggal untuk BPD mendahului tanggal untuk Kepala Desa."),
    "assessment-date": _("Isi tanggal penyerahan, paling lambat hari ini."),
    "assessment-not-filed": _("Daftar ini belum ada isinya. Isi paling sedikit satu angka, lalu sahkan."),
    "assessment-no-previous": _("Belum ada pengkajian sebelumnya untuk disalin."),
    "assessment-copied": _("Daftar sudah berisi angka, jadi tidak ditimpa. Kosongkan dulu bila ingin menyalin."),
    "assessment-text": _("Tulis isinya dulu."),
    "assessment-long": _("Isian “%(field)s” terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "assessment-kind": _("Pilih masalah atau potensi."),
    "assessment-point": _("Letak titik tidak terbaca. Tulis angka 0 sampai 100, dari kiri dan dari atas."),
    "assessment-key": _("Kunci isian sudah dipakai untuk isi lain. Muat ulang halaman lalu isi lagi."),
    "assessment-seasons": _("Pilih satu musim untuk setiap bulan."),
    "assessment-marks": _("Tanda kalender hanya -, *, **, atau ***."),
    "assessment-circle": _("Kedekatan 1 sampai 5 dan besar manfaat 1 sampai 3."),
    "assessment-institution-twice": _("Lembaga bernama “%(name)s” sudah ada di bagan."),
    "assessment-in-use": _("Masih dipakai %(count)s catatan lain. Hapus atau pindahkan catatan itu dulu."),
    "assessment-has-actions": _("Masalah ini sudah dikaji. Hapus dulu tindakannya di halaman pengkajian tindakan."),
    "assessment-proposed": _("Tindakan ini sudah menjadi usulan, jadi tidak bisa dihapus."),
    "assessment-tree-twice": _("Masalah ini sudah punya pohon."),
    "assessment-not-problem": _("Hanya masalah yang dikaji atau diberi pohon."),
    "assessment-potential": _("Potensi yang dipilih tidak ada di pengkajian ini."),
    "assessment-field": _("Bidang hanya 1 sampai 5."),
    "assessment-group": _("Tulis kelompok penilai dulu."),
    "assessment-score": _("%(count)s baris belum lengkap: isi kelima nilai dengan 1 sampai 5, atau kosongkan semua."),
    "assessment-number": _("Baris %(row)s: “%(read)s” tidak terbaca sebagai angka. Tulis 1250 atau 1.250,5."),
    "assessment-name": _("Baris %(row)s: uraian kosong, padahal angkanya ada."),
    "assessment-picture": _("Pilih foto gambarnya dulu (JPG, PNG, atau WebP)."),
    "outline-long": _("Baris %(row)s terlalu panjang, paling banyak %(limit)s huruf."),
    "outline-deep": _("Baris %(row)s terlalu dalam, paling banyak %(limit)s tingkat."),
    "outline-many": _("Ada %(count)s baris, paling banyak %(limit)s."),
}
