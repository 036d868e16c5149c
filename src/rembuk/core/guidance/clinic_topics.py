"""Which topic a question to the Klinik Desa is about, told by its words, so that nobody chooses at a full counter.

A proposal only: whoever answers may change it. The words are design, taken from what villages usually ask.
"""

from collections.abc import Mapping
from typing import Final

from rembuk.core.guidance.clinic import OTHER_TOPIC
from rembuk.core.guidance.finding_help import stems

_WORDS: Final[Mapping[str, str]] = {
    "K1": "urutan dokumen dasar hukum aturan permendagri permendesa pasal undang",
    "K2": "data indeks idm sdgs kesenjangan profil",
    "K3": "musyawarah musdes musdus musrenbang musrenbangdes perempuan rentan undangan kuorum peserta notulen hadir",
    "K4": "pkd sketsa kalender musim transek pohon masalah pra pengkajian",
    "K5": "peringkat prioritas kriteria skor bobot",
    "K6": "rpjm rpjmdes visi misi periode",
    "K7": "rkp rkpdes matriks keluaran target volume satuan paket sasaran",
    "K8": "rab gambar harga satuan upah bahan kayu semen beton ulin desain tukang ongkos titian",
    "K9": "apb apbdes siskeudes rekening belanja kode anggaran silpa",
    "K10": "kewenangan du durkp provinsi jalan kabupaten dinas pokir camat",
    "K11": "perdes perkades peraturan tanda tangan ditandatangani lembaran diundangkan klarifikasi plt pj",
    "K12": "publikasi diumumkan papan informasi website baliho tanggapan",
    "K13": "aplikasi rembuk sandi unggah tombol login layar akun lupa kode ponsel",
    "K14": "pagu turun berubah perubahan potong dipotong berkurang revisi",
}
_STEMS: Final[Mapping[str, frozenset[str]]] = {topic: frozenset(stems(words)) for topic, words in _WORDS.items()}


def guess_topic(question: str) -> str:
    """Return the topic whose words the question uses most, the first of several; LAIN when it uses none."""
    asked = frozenset(stems(question))
    score = {topic: len(asked & words) for topic, words in _STEMS.items()}
    best = max(score, key=lambda topic: score[topic])
    return best if score[best] else OTHER_TOPIC


def topic_of(chosen: str, question: str) -> str:
    """Return what was chosen, or what the question tells when nothing was."""
    return chosen or guess_topic(question)
