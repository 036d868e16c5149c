"""The sentence for every refusal of a file: the line, what was read there, and what would be accepted."""

from collections.abc import Mapping

from rembuk.core.errors import RembukError

_ROW = "Berkas {file}, baris {row}: "
_LONGEST = 240
_NUMBER = "Yang diterima: angka tanpa pemisah ribuan, misalnya 1500000 atau 3009585.74."

SENTENCES: Mapping[str, str] = {
    "berkas-tak-ada": "Berkas {file} tidak ditemukan. Periksa nama dan foldernya.",
    "berkas-tak-terbaca": "Berkas {file} tidak dapat dibuka ({read}). Periksa izin bacanya.",
    "pb-gzip": "Berkas {file} rusak: isi gzip tidak dapat dibuka sampai akhir. Unduh atau salin ulang berkasnya.",
    "pb-besar": "Berkas {file} mengembang lebih dari {accepted} MB bila dibuka; tidak dibaca.",
    "pb-bukan-teks": "Berkas {file} bukan teks UTF-8. Yang diterima: berkas Pabulib (.pb), boleh dimampatkan gzip.",
    "pb-kutip": _ROW + "tanda kutip tidak ditutup atau sel terlalu panjang.",
    "pb-bagian": "Berkas {file} tidak memuat bagian {read}. Yang diterima: META, PROJECTS, lalu VOTES.",
    "pb-bagian-asing": _ROW + "terbaca “{read}” sebelum bagian mana pun. Yang diterima: META di baris pertama.",
    "pb-bagian-dobel": _ROW + "bagian {read} sudah ada sebelumnya. Yang diterima: satu bagian {read}.",
    "pb-kolom": _ROW + "kolom {read} tidak ada di judul bagian {section}. Yang terbaca: {found}.",
    "pb-meta": "Bagian META berkas {file} tidak memuat {read}. Tambahkan satu baris {read};nilai.",
    "pb-jenis": "Berkas {file}: vote_type terbaca “{read}”. Yang diterima: {accepted}.",
    "pb-angka": _ROW + "{what} terbaca “{read}”. " + _NUMBER,
    "pb-minus": _ROW + "{what} terbaca “{read}”. Yang diterima: angka nol atau lebih.",
    "pb-usulan-kosong": _ROW + "project_id kosong. Beri setiap usulan satu tanda.",
    "pb-usulan-koma": _ROW + "project_id “{read}” memuat koma, pemisah antarsuara. Beri tanda tanpa koma.",
    "pb-usulan-dobel": _ROW + "project_id “{read}” sudah dipakai di baris {other}. Beri tanda yang berbeda.",
    "pb-usulan-tak-ada": "Bagian PROJECTS berkas {file} kosong. Isi sedikitnya satu usulan.",
    "pb-kolom-kurang": _ROW + "hanya {read} sel. Yang diterima: sel sampai kolom {accepted}.",
    "pb-suara-asing": _ROW + "suara menyebut “{read}”, yang tidak ada di PROJECTS. Yang diterima: {accepted}.",
    "pb-suara-dobel": _ROW + "suara menyebut “{read}” dua kali. Yang diterima: tiap usulan sekali.",
    "pb-poin-jumlah": _ROW
    + "suara menyebut {read} usulan dengan {found} nilai. Yang diterima: satu nilai tiap usulan.",
    "json-bukan-teks": "Berkas {file} bukan teks UTF-8. Yang diterima: JSON atau Pabulib (.pb).",
    "json-rusak": "Berkas {file} rusak di baris {row}, huruf ke-{column}: di situ JSON tidak utuh.",
    "json-dalam": "Berkas {file} bersarang terlalu dalam; tidak dibaca.",
    "json-angka": "Berkas {file} memuat bilangan yang terlalu panjang; tidak dibaca.",
    "json-kunci": "Berkas {file}, {where}: kunci “{read}” tidak dikenal. Yang diterima: {accepted}.",
    "json-kunci-dobel": "Berkas {file}: kunci “{read}” tertulis dua kali dalam satu objek. Hapus salah satunya.",
    "json-kurang": "Berkas {file}, {where}: kunci “{read}” belum ada dan wajib diisi.",
    "json-nilai": "Berkas {file}, {where}: terbaca {read}. Yang diterima: {accepted}.",
    "pb-tak-muat": "Masalah ini memuat {read}, yang tidak dapat ditulis sebagai Pabulib. Simpan sebagai JSON.",
    "pb-kosong": "Masalah ini belum memuat usulan, jadi tidak ada yang dapat ditulis.",
}


def sentence_of(error: RembukError) -> str:
    """Return the Indonesian sentence for *error*; long values are shortened, an unknown code is printed as it is."""
    template = SENTENCES.get(error.code)
    if template is None:
        return error.code
    values = {key: " ".join(str(value).split()) for key, value in error.values.items()}
    return template.format_map(
        {key: text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..." for key, text in values.items()}
    )
