"""The items by which Camat and DPMD check a draft (F34 and the desk), as data: EV-RPJM, EV-RKP, EV-APB.

The lists are this program's own, built from what the regulations ask a plan to hold. An item whose rule was not read in
the official text says so in its note, and the sheet prints it. A version that a desk has used is never changed: another
wording is another version, and a review keeps the version that it began with.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Certainty = Literal["S", "K", "?"]
ListCode = Literal["EV-RPJM", "EV-RKP", "EV-APB"]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item. certainty: S seen, K known, ? to be read before it decides anything. plain: as a question to a village.

    hint: what helps a village to answer the question.
    """

    number: int
    words: str
    certainty: Certainty = "K"
    plain: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One wording of a list. since: first day on which a draft handed in is checked by it."""

    code: ListCode
    version: str
    since: date
    items: tuple[CheckItem, ...]

    def item(self, number: int) -> CheckItem:
        """Return the item with this number. Raises: KeyError."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)


def _listed(*words: str, unsure: tuple[int, ...] = ()) -> tuple[CheckItem, ...]:
    return tuple(CheckItem(n, text, "?" if n in unsure else "K") for n, text in enumerate(words, 1))


def _asked(*rows: tuple[str, str, str]) -> tuple[CheckItem, ...]:
    return tuple(CheckItem(n, words, "K", plain, hint) for n, (words, plain, hint) in enumerate(rows, 1))


_RPJM = _listed(
    "Rancangan Perdes dan kesepakatan BPD ada",
    "Masa RPJM Desa sama dengan masa jabatan Kepala Desa",
    "Visi dan misi terhubung dengan kegiatan",
    "Pengkajian keadaan Desa memuat hasil dusun dan RT",
    "Berita acara Musdes dan Musrenbang Desa ada",
    "SK tim penyusun memuat anggota perempuan",
    "Tabel penyelarasan dengan RPJMD kabupaten ada",
    "Kesenjangan menurut Indeks Desa atau SDGs Desa disebut",
    "Kelima bidang terisi",
    "Tiap kegiatan punya lokasi, volume, sasaran, tahun, biaya, sumber, dan pola pelaksanaan",
    "Tidak ada kegiatan di luar kewenangan Desa",
    "Bencana, lingkungan, dan kelompok rentan tercakup",
    "Rencana tata ruang dipatuhi",
    "Jumlah cocok dengan rinciannya",
    "Bila hanya masa yang diperpanjang, aturan perubahannya diikuti",
)
_RKP = _asked(
    (
        "Rancangan Perdes ada",
        "Apakah rancangan Perdes RKP Desa sudah ditulis?",
        "Cukup rancangan; nomor dan tanda tangan menyusul.",
    ),
    (
        "Undangan dan berita acara Musdes perencanaan dan Musrenbang Desa ada",
        "Apakah undangan dan berita acara Musdes dan Musrenbang sudah lengkap?",
        "Berita acara yang sudah ditandatangani, bukan konsepnya.",
    ),
    (
        "Daftar hadir memisahkan laki-laki dan perempuan",
        "Apakah daftar hadir menyebut berapa laki-laki dan berapa perempuan?",
        "Hitung lagi jumlah perempuan di daftar hadir Musrenbang.",
    ),
    (
        "SK tim tepat waktu, beranggota 7 sampai 11 orang, ada perempuan",
        "Apakah SK tim penyusun terbit tepat waktu, 7 sampai 11 orang, dan ada perempuannya?",
        "Batas waktunya akhir Juni.",
    ),
    (
        "Evaluasi tahun lalu ada",
        "Apakah pelaksanaan RKP tahun lalu sudah dievaluasi?",
        "Lembar F25: apa yang jadi, apa yang tidak, dan mengapa.",
    ),
    (
        "Pagu menurut sumber disertai suratnya",
        "Apakah pagu setiap sumber dana ada surat atau dasarnya?",
        "Nomor surat pagu dari kabupaten; PAD dan swadaya dari Desa sendiri.",
    ),
    (
        "Tiap kegiatan berasal dari RPJM Desa atau menyebut alasan hukumnya",
        "Apakah setiap kegiatan ada di RPJM Desa, atau ditulis alasannya kalau tidak ada?",
        "Kegiatan tanpa asal biasanya karena keadaan darurat atau perintah pusat.",
    ),
    (
        "Keluaran, volume, lokasi, penerima manfaat, waktu, biaya, sumber, pola, dan pelaksana terisi",
        "Apakah setiap kegiatan sudah ditulis berapa, di mana, untuk siapa, kapan, biayanya, dan siapa pelaksananya?",
        "Lihat kolom yang masih kosong di tabel rencana.",
    ),
    (
        "Jumlah biaya tidak melebihi pagu",
        "Apakah jumlah biaya masih dalam pagu setiap sumber?",
        "Jumlah per sumber, bukan hanya jumlah seluruhnya.",
    ),
    (
        "Prioritas Dana Desa dan prioritas Bupati tercakup",
        "Apakah prioritas Dana Desa dan prioritas Bupati tahun itu sudah masuk?",
        "Lihat aturan Dana Desa tahun anggaran dan surat Bupati.",
    ),
    (
        "RAB dan desain prasarana ada dan sudah diverifikasi",
        "Apakah bangunan sudah punya gambar dan RAB yang diperiksa tim verifikasi?",
        "Lembar F29 untuk setiap bangunan.",
    ),
    (
        "Ada kegiatan untuk warga miskin, perempuan, anak, dan penyandang disabilitas",
        "Apakah ada kegiatan untuk warga miskin, perempuan, anak, dan penyandang disabilitas?",
        "Sebutkan kegiatannya; penerima manfaat ditulis jumlahnya saja, tanpa nama.",
    ),
    (
        "Daftar usulan yang belum diterima disertai alasan",
        "Apakah usulan yang belum masuk sudah dijawab alasannya?",
        "Warga yang mengusulkan berhak tahu mengapa.",
    ),
    (
        "DU-RKP Desa terlampir",
        "Apakah daftar usulan ke kabupaten (DU-RKP) sudah dilampirkan?",
        "Kegiatan yang bukan kewenangan Desa.",
    ),
    (
        "Tidak tumpang tindih dengan program RT, bantuan keuangan, dan rencana OPD",
        "Apakah sudah diperiksa: tidak ada kegiatan yang juga dibiayai program lain?",
        "Bandingkan dengan program RT, bantuan keuangan, dan rencana dinas.",
    ),
    (
        "Padat karya tunai dipakai bila diwajibkan",
        "Apakah pekerjaan fisik memakai tenaga warga (padat karya tunai) bila diwajibkan?",
        "Bila tahun itu tidak diwajibkan, jawab tidak berlaku.",
    ),
    (
        "Operasi dan pemeliharaan disebut",
        "Apakah sudah ditulis siapa yang merawat dan dari mana biayanya?",
        "Untuk bangunan baru dan bangunan lama.",
    ),
    (
        "Kesepakatan BPD ada",
        "Apakah BPD sudah menyepakati rancangan?",
        "Keputusan atau berita acara BPD.",
    ),
    (
        "Sudah diumumkan, atau rencana pengumumannya ada",
        "Apakah rancangan sudah diumumkan, atau sudah direncanakan kapan diumumkan?",
        "Papan pengumuman, masjid, dermaga, atau situs Desa.",
    ),
    (
        "Sudah ditinjau sesudah RKPD ditetapkan",
        "Apakah rancangan sudah dicocokkan lagi setelah RKPD kabupaten ditetapkan?",
        "Bila RKPD belum ditetapkan, jawab tidak berlaku.",
    ),
)
_APB = _listed(
    "Rancangan Perdes dan rancangan Perkades penjabaran ada",
    "Disampaikan paling lambat 3 hari sesudah disepakati bersama",
    "Kesepakatan BPD ada",
    "Perdes RKP Desa terlampir",
    "Tiap baris belanja terhubung dengan RKP Desa dan nilainya cocok",
    "Pendapatan sama dengan pagu terakhir",
    "Batas belanja penghasilan tetap, tunjangan, dan operasional BPD dipatuhi",
    "Kode rekening dan kegiatan menurut Siskeudes",
    "Belanja, pendapatan, dan pembiayaan seimbang",
    "Penjumlahan benar",
    "RAB tiap kegiatan ada",
    "Tidak ada belanja yang dilarang",
    "Porsi wajib tahun itu terpenuhi, misalnya ketahanan pangan dan BLT bila diatur",
    "Cadangan keadaan darurat ada",
    "Catatan evaluasi lalu ditindaklanjuti",
    unsure=(2, 7),
)

LIST_VERSIONS: Final[tuple[ListVersion, ...]] = (
    ListVersion("EV-RPJM", "1", date(2026, 1, 1), _RPJM),
    ListVersion("EV-RKP", "1", date(2026, 1, 1), _RKP),
    ListVersion("EV-APB", "1", date(2026, 1, 1), _APB),
)
"""Every wording that was ever in use, the older before the newer of the same list."""

CHECK_LISTS: Final[Mapping[ListCode, tuple[CheckItem, ...]]] = {row.code: row.items for row in LIST_VERSIONS}
"""List -> the items of its newest version, numbered from 1."""

LIST_TITLES: Final[Mapping[ListCode, str]] = {
    "EV-RPJM": "Rancangan RPJM Desa",
    "EV-RKP": "Rancangan RKP Desa",
    "EV-APB": "Rancangan APB Desa",
}
UNREAD = "Aturannya belum dibaca dari naskah resmi; cocokkan dulu sebelum dipakai memutus."
"""Printed beside an item whose certainty is ``?``."""


def list_on(code: ListCode, day: date) -> ListVersion:
    """Return the version by which a draft handed in on *day* is checked; the oldest for a day before all of them."""
    rows = [row for row in LIST_VERSIONS if row.code == code]
    return max((row for row in rows if row.since <= day), key=lambda row: row.since, default=rows[0])


def list_version(code: str, version: str) -> ListVersion:
    """Return the version that a review began with. Raises: KeyError."""
    for row in LIST_VERSIONS:
        if (row.code, row.version) == (code, version):
            return row
    raise KeyError(f"{code} {version}")


def digest_of(row: ListVersion) -> str:
    """Return the SHA-256 of the words of a version, by which a test holds a used one fast."""
    words = [[item.number, item.words, item.certainty, item.plain, item.hint] for item in row.items]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
