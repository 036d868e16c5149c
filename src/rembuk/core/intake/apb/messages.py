"""Sentences of reading budgets: what was read, and what would be accepted."""

from collections.abc import Mapping

from rembuk.core.intake import messages

_AMOUNT = "Tulis satu angka rupiah utuh, misalnya 48233000, 48.233.000 atau Rp48.233.000,-."
SENTENCES: Mapping[str, str] = {
    "apb-kolom": "Kolom {read} tidak ada di lembar {sheet}. Yang diperlukan: uraian (nama kegiatan) dan anggaran.",
    "apb-kosong": "Tidak satu pun kegiatan belanja terbaca di lembar {sheet}.",
    "apb-kode": "kode kegiatan “{read}” tidak ada di daftar. Yang diterima: {accepted}.",
    "apb-kode-banyak": "kode “{read}” bukan satu kode kegiatan. Tulis satu kode, misalnya 2.3.10.",
    "apb-rekening": "kode rekening “{read}” tidak ada di daftar Permendagri 20/2018; jumlahnya tetap dihitung.",
    "apb-sumber": "sumber dana “{read}” tidak dikenal. Yang diterima: {accepted}.",
    "apb-sumber-kosong": "sumber dana kosong. Tulis salah satu: {accepted}.",
    "apb-tanpa-sumber": "lembar ini tidak punya kolom sumber dana. Tambahkan kolomnya, berisi salah satu: {accepted}.",
    "apb-sumber-campur": "dibiayai {read} tanpa jumlah per sumber; tulis satu baris untuk tiap sumber supaya terbagi.",
    "apb-jumlah-kosong": "anggaran kosong. " + _AMOUNT + " Nol ditulis 0.",
    "apb-jumlah": "anggaran terbaca “{read}”, bukan satu angka rupiah. " + _AMOUNT,
    "apb-pecahan": "anggaran “{read}” memuat pecahan rupiah. Bulatkan, misalnya menjadi {accepted}.",
    "apb-negatif": "anggaran “{read}” bernilai minus. " + _AMOUNT,
    "apb-galat": "sel anggaran berisi galat {read}. Perbaiki rumusnya atau tulis angkanya.",
    "apb-nol": "anggaran nol; dicatat nol.",
    "apb-tak-sama": (
        "anggaran kegiatan {printed}, rincian rekeningnya {computed}. Samakan keduanya: perbaiki salah satu baris."
    ),
    "apb-nama": "nama kegiatan kosong. Tulis nama kegiatannya di kolom uraian.",
    "apb-panjang": "nama kegiatan {read} huruf; paling banyak {accepted}. Ringkas namanya.",
}


def sentence(code: str, values: Mapping[str, object]) -> str:
    """Return the Indonesian sentence for *code*, of this list or of all files."""
    if code in SENTENCES:
        return SENTENCES[code].format_map({key: short(value) for key, value in values.items()})
    return messages.sentence(code, values)


def short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
