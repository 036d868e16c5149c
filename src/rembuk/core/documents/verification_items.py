"""The items by which camat and DPMD check a draft (F34), as data: EV-RPJM, EV-RKP, EV-APB.

The lists are this program's own, built from what the regulations ask a plan to hold. An item whose rule was not read in
the official text says so in its note, and the sheet prints it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Result = Literal["CONFORM", "CONFORM_WITH_NOTES", "NOT_CONFORM", "NA"]
Certainty = Literal["S", "K", "?"]
ListCode = Literal["EV-RPJM", "EV-RKP", "EV-APB"]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item. certainty: S seen, K known, ? to be read before it decides anything."""

    number: int
    words: str
    certainty: Certainty = "K"


def _listed(*words: str, unsure: tuple[int, ...] = ()) -> tuple[CheckItem, ...]:
    return tuple(CheckItem(n, text, "?" if n in unsure else "K") for n, text in enumerate(words, 1))


CHECK_LISTS: Final[Mapping[ListCode, tuple[CheckItem, ...]]] = {
    "EV-RPJM": _listed(
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
    ),
    "EV-RKP": _listed(
        "Rancangan Perdes ada",
        "Undangan dan berita acara Musdes perencanaan dan Musrenbang Desa ada",
        "Daftar hadir memisahkan laki-laki dan perempuan",
        "SK tim tepat waktu, beranggota 7 sampai 11 orang, ada perempuan",
        "Evaluasi tahun lalu ada",
        "Pagu menurut sumber disertai suratnya",
        "Tiap kegiatan berasal dari RPJM Desa atau menyebut alasan hukumnya",
        "Keluaran, volume, lokasi, penerima manfaat, waktu, biaya, sumber, pola, dan pelaksana terisi",
        "Jumlah biaya tidak melebihi pagu",
        "Prioritas Dana Desa dan prioritas Bupati tercakup",
        "RAB dan desain prasarana ada dan sudah diverifikasi",
        "Ada kegiatan untuk warga miskin, perempuan, anak, dan penyandang disabilitas",
        "Daftar usulan yang belum diterima disertai alasan",
        "DU-RKP Desa terlampir",
        "Tidak tumpang tindih dengan program RT, bantuan keuangan, dan rencana OPD",
        "Padat karya tunai dipakai bila diwajibkan",
        "Operasi dan pemeliharaan disebut",
        "Kesepakatan BPD ada",
        "Sudah diumumkan, atau rencana pengumumannya ada",
        "Sudah ditinjau sesudah RKPD ditetapkan",
    ),
    "EV-APB": _listed(
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
    ),
}
"""List -> its items, numbered from 1."""

LIST_TITLES: Final[Mapping[ListCode, str]] = {
    "EV-RPJM": "Rancangan RPJM Desa",
    "EV-RKP": "Rancangan RKP Desa",
    "EV-APB": "Rancangan APB Desa",
}
UNREAD = "Aturannya belum dibaca dari naskah resmi; cocokkan dulu sebelum dipakai memutus."
"""Printed beside an item whose certainty is ``?``."""
