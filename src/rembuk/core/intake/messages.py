"""The sentence for every refusal and note of reading files: what was read, and what would be accepted.

Templates are Indonesian and take named values, so a page can hand them to its translation before filling them in.
"""

from collections.abc import Mapping

from rembuk.core.errors import RembukError

_AMOUNT = "Tulis satu angka rupiah utuh, misalnya 1250000, 1.250.000 atau Rp1.250.000,-."

SENTENCES: Mapping[str, str] = {
    # Files
    "berkas-tak-ada": "Berkas {read} tidak ditemukan. Periksa nama dan foldernya.",
    "berkas-tak-terbaca": "Berkas {file} tidak dapat dibuka ({read}). Periksa izin bacanya.",
    "berkas-besar": "Berkas {file} berukuran {read} MB; batasnya {accepted} MB. Hapus gambar dan lembar lain.",
    "berkas-kosong": "Berkas {file} kosong. Pilih berkas .xlsx atau .csv yang berisi.",
    "berkas-makro": "Berkas {file} memuat makro, jadi tidak dibuka. Simpan ulang sebagai .xlsx tanpa makro.",
    "berkas-xls-lama": "Berkas {file} berformat Excel lama atau dikunci sandi. Simpan ulang sebagai .xlsx tanpa sandi.",
    "berkas-sandi": "Berkas {file} dikunci kata sandi. Simpan ulang tanpa sandi.",
    "berkas-pdf": "Berkas {file} adalah PDF, bukan lembar kerja. Yang diterima: {accepted}.",
    "berkas-gambar": "Berkas {file} adalah gambar, bukan lembar kerja. Yang diterima: {accepted}.",
    "berkas-arsip": "Berkas {file} adalah arsip. Keluarkan dulu isinya. Yang diterima: {accepted}.",
    "berkas-dokumen": "Berkas {file} adalah dokumen teks, bukan lembar kerja. Yang diterima: {accepted}.",
    "berkas-html": "Berkas {file} sebenarnya halaman web (HTML). Buka lalu simpan ulang sebagai .xlsx atau .csv.",
    "berkas-jenis-lain": "Berkas {file} berakhiran {read}. Yang diterima: {accepted}.",
    "berkas-bukan-docx": "Isi berkas {file} bukan dokumen Word. Simpan ulang sebagai .docx.",
    "berkas-tanpa-tabel": "Berkas {file} tidak memuat tabel.",
    "berkas-bukan-xlsx": "Isi berkas {file} bukan lembar kerja Excel. Simpan ulang sebagai .xlsx atau .csv.",
    "berkas-salah-nama": "Isi berkas {file} lembar kerja Excel, tetapi berakhiran {read}. Beri akhiran {accepted}.",
    "berkas-bom": "Berkas {file} mengembang terlalu besar bila dibuka ({read} MB; batas {accepted} MB); tidak dibuka.",
    "berkas-rusak": "Berkas {file} rusak dan tidak dapat dibaca. Buka di Excel atau LibreOffice, lalu simpan ulang.",
    "berkas-bukan-teks": "Berkas {file} bukan teks CSV. Simpan ulang sebagai CSV UTF-8.",
    "berkas-tanpa-lembar": "Berkas {file} tidak memuat lembar yang terlihat.",
    "csv-rusak": "Berkas {file} rusak di sekitar baris {row}: tanda kutip tidak ditutup atau sel terlalu panjang.",
    "lembar-besar": "Lembar {sheet} berukuran {read}; batasnya {accepted}. Bagi menjadi beberapa berkas.",
    "lembar-kosong": "Lembar {sheet} pada berkas {file} kosong.",
    "lembar-tak-ada": "Lembar {read} tidak ada di {file}. Lembar yang ada: {accepted}.",
    "kolom-usulan-tak-ada": (
        "Tidak ada kolom usulan di {file} (lembar yang dibaca: {read}). "
        "Beri satu kolom judul Usulan, Uraian atau Kegiatan."
    ),
    "usulan-tak-ada": "Tidak satu pun baris di {file} terbaca sebagai usulan.",
    # Money
    "uang-kosong": "biaya kosong. " + _AMOUNT,
    "uang-kata": "biaya terbaca “{read}”, bukan angka. " + _AMOUNT,
    "uang-tanggal": "biaya terbaca sebagai tanggal “{read}”. " + _AMOUNT,
    "uang-pecahan": "biaya “{read}” memuat pecahan rupiah. " + _AMOUNT,
    "uang-rentang": "biaya ditulis sebagai kisaran “{read}”. " + _AMOUNT,
    "uang-banyak": "biaya memuat lebih dari satu angka: “{read}”. " + _AMOUNT,
    "uang-pemisah": "biaya “{read}” memakai pemisah yang tidak pasti. " + _AMOUNT,
    "uang-dua-arti": "biaya “{read}” bisa berarti dua angka. Tulis {other} atau angka yang dimaksud.",
    "uang-terlalu-besar": "biaya “{read}” melebihi seribu triliun rupiah. " + _AMOUNT,
    "uang-negatif": "biaya “{read}” bernilai minus. " + _AMOUNT,
    "uang-galat": "sel biaya berisi galat {read}. Perbaiki rumusnya atau tulis angkanya.",
    # Proposals
    "usulan-kosong": "teks usulan kosong, padahal baris ini berisi {read}. Tulis usulannya.",
    "usulan-galat": "sel usulan berisi galat {read}. Tulis usulannya.",
    "usulan-bukan-teks": "usulan terbaca “{read}”, bukan kalimat. Tulis apa yang diusulkan.",
    "usulan-panjang": "teks usulan {read} huruf; paling banyak {accepted}. Ringkas usulannya.",
    "usulan-sangat-panjang": "diterima; teksnya {read} huruf dan dicetak utuh. Sebaiknya diringkas.",
    "biaya-kosong": "diterima; biaya kosong, jadi belum dapat dipilih.",
    "biaya-kisaran": "diterima; biaya masih kisaran “{read}”, jadi belum dapat dipilih.",
    "biaya-nol": "diterima; biaya tertulis nol, jadi belum dapat dipilih.",
    "sumber-tak-dikenal": "sumber dana “{read}” tidak dikenal dan diabaikan. Kode yang dikenal: {accepted}.",
    "kode-tak-dikenal": "kode kegiatan “{read}” tidak ada di daftar dan diabaikan.",
    "jumlah-orang-tak-terbaca": "jumlah penerima “{read}” tidak terbaca dan diabaikan. Tulis angka saja.",
    "biaya-sambungan": "baris sambungan; {read} ditambahkan pada usulan di baris {other}.",
    "sel-galat": "sel berisi galat {read} dan dianggap kosong.",
    # Ceilings
    "pagu-tak-ada": "Tidak satu pun pagu terbaca di {file}. Kolom yang diperlukan: sumber, jumlah.",
    "pagu-kolom": "Kolom {read} tidak ada di {file}. Kolom yang diperlukan: sumber, jumlah (dan bila perlu untuk).",
    "pagu-sumber": "kode sumber “{read}” tidak dikenal. Kode yang diterima: {accepted}.",
    "pagu-kosong": "jumlah pagu {source} kosong. " + _AMOUNT + " Nol ditulis 0.",
    "pagu-negatif": "jumlah pagu {source} minus: “{read}”. " + _AMOUNT,
    "pagu-bukan-angka": "jumlah pagu {source} terbaca “{read}”, bukan satu angka rupiah. " + _AMOUNT,
    "pagu-nol": "Pagu {source} nol: dicatat sebagai nol, jadi tidak membiayai apa pun.",
    "pagu-dobel": "pagu {source} sudah tertulis di baris {other}. Gabungkan, atau isi kolom untuk.",
    # Scores
    "skor-kolom": "Kolom {read} tidak ada di {file}. Kolom yang diperlukan: baris, C1, C2, C3, C4, C5.",
    "skor-baris": "baris “{read}” bukan baris usulan yang diterima.",
    "skor-dobel": "usulan di baris {read} sudah diberi skor di baris {other}.",
    "skor-nilai": "skor {criterion} terbaca “{read}”. Yang diterima: angka 1 sampai 5.",
    "skor-tak-ada": "Tidak satu pun skor terbaca di {file}.",
    # Last year's plan
    "rkp-tak-ada": "Tidak satu pun kegiatan terbaca di {file} sebagai RKP tahun lalu.",
    # The medium-term plan
    "rpjm-kegiatan-kosong": "nama kegiatan terbaca “{read}”, bukan kalimat. Tulis kegiatannya.",
    "rpjm-galat": "sel kegiatan berisi galat {read}. Tulis kegiatannya.",
    "rpjm-tahun-kosong": "tidak ada tahun pelaksanaan. Beri tanda di bawah tahunnya, atau tulis misalnya 2024-2026.",
    "rpjm-tahun-luar": "tahun {read} di luar periode {first}-{last}. Tulis tahun di dalamnya, atau ubah periodenya.",
    "rpjm-periode-tak-ada": "periode RPJM tidak tertulis di lembar. Isi tahun awal dan akhirnya di halaman ini.",
    "rpjm-jumlah-beda": "jumlah tertulis {read}, tetapi anggaran per tahunnya berjumlah {summed}. Samakan keduanya.",
    "rpjm-biaya-kosong": "diterima; biaya kosong.",
    "rpjm-satu-anggaran": "diterima; satu anggaran untuk {years} tahun. Bagi per tahun bila sudah diketahui.",
    "rpjm-jumlah-lembar": "lembar mencetak jumlah {read}, sedangkan baris-barisnya berjumlah {counted}.",
    "rpjm-tak-ada": "Tidak satu pun kegiatan terbaca di {file} sebagai matriks RPJM Desa.",
    # Places
    "desa-tak-dikenal": "Kode desa {read} tidak ada di daftar wilayah. Contoh yang diterima: 64.02.02.2006.",
    "bukan-desa": "Kode {read} adalah {name} ({kind}), bukan desa. Contoh yang diterima: 64.02.02.2006.",
}


ROLE_NAMES: Mapping[str, str] = {
    "text": "usulan",
    "location": "lokasi",
    "region": "wilayah",
    "hamlet": "dusun/RT",
    "volume": "volume",
    "unit": "satuan",
    "cost": "biaya",
    "men": "penerima LK",
    "women": "penerima PR",
    "poor": "A-RTM",
    "beneficiaries": "penerima manfaat",
    "source": "sumber dana",
    "code": "kode kegiatan",
    "proposer": "pengusul",
    "year": "tahun",
    "status": "status",
    "field": "bidang",
    "schedule": "waktu",
    "pattern": "pola pelaksanaan",
}
"""What a person calls the roles of columns."""


def sentence(code: str, values: Mapping[str, object]) -> str:
    """Return the Indonesian sentence for *code*; long values are shortened. An unknown code is printed as it is."""
    template = SENTENCES.get(code)
    if template is None:
        return code
    return template.format_map(_Shown({key: _short(value) for key, value in values.items()}))


def sentence_of(error: RembukError) -> str:
    """Return the Indonesian sentence for *error*."""
    return sentence(error.code, error.values)


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 120 else f"{text[:117]}..."
