"""The visit sheet (lembar kunjungan): its parts, and the checklist of each stage as versioned, frozen data.

A checklist that was answered once never changes: an answer keeps code and version, and a change of words makes a new
version. Only the parts (a) last promises, (h) findings and (j) signatures must be filled; the sheet takes ten minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ANSWERS: Final = ("yes", "no", "na")
PROMISE_ANSWERS: Final = ("open", "working", "done")
"""What the visitor saw of a promise: nothing yet, under way, done."""
MODES: Final = ("onsite", "clinic", "remote")
PURPOSES: Final = ("stage", "follow_up", "coaching", "request", "data")
PARTS: Final[Mapping[str, bool]] = MappingProxyType(
    {letter: letter in "ahj" for letter in ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")}
)
"""Letter of a part -> whether it must be filled."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question answered Y, N or not applicable. must: without a yes the stage cannot go on."""

    code: str
    text: str
    help: str = ""
    must: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The questions of one stage in one version."""

    stage: str
    version: str
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        """Return one question by its code."""
        return next((item for item in self.items if item.code == code), None)


def _list(stage: str, *rows: tuple[str, str, bool]) -> Checklist:
    items = tuple(Item(f"{stage}-{number}", text, help_, must) for number, (text, help_, must) in enumerate(rows, 1))
    return Checklist(stage, "2026-1", items)


_VERSIONS: Final[tuple[Checklist, ...]] = (
    _list(
        "K1",
        ("Musdes perencanaan sudah diundang oleh BPD?", "Surat undangan dan daftar yang diundang.", True),
        ("Semua unsur masyarakat diundang, termasuk perempuan dan kelompok rentan?", "Lihat daftar undangan.", False),
        ("Evaluasi RKP tahun lalu siap dibawa ke Musdes?", "Lembar evaluasi.", False),
        ("Berita acara dan daftar hadir sudah ditandatangani?", "Lihat kertasnya.", True),
    ),
    _list(
        "K2",
        ("SK tim penyusun sudah terbit dengan nomor dan tanggal?", "Lihat SK.", True),
        ("Jumlah anggota sesuai aturan dan ada anggota perempuan?", "Hitung di lampiran SK.", True),
        ("Rencana kerja tim sudah dibagi menurut orang dan tanggal?", "RKTL.", False),
    ),
    _list(
        "K3",
        ("Surat pagu indikatif sudah diterima?", "Catat nomor dan tanggal surat.", True),
        ("Bila terlambat, alasan terlambatnya sudah dicatat?", "Kelonggaran di halaman tahapan.", False),
    ),
    _list(
        "K4",
        ("Pagu tiap sumber sudah dicatat sesuai surat?", "Bandingkan dengan suratnya.", True),
        ("Belanja tetap sudah dihitung lebih dulu?", "Penghasilan tetap, operasional, BPD.", False),
    ),
    _list(
        "K5",
        ("Usulan semua dusun dan RT sudah masuk?", "Lihat daftar usulan menurut dusun.", True),
        ("Kegiatan RPJM Desa untuk tahun ini sudah dicermati?", "Lihat kutipan RPJM Desa.", True),
        ("Usulan sudah diperiksa di lapangan?", "Lihat hasil pemeriksaan.", False),
        ("Ada musyawarah khusus perempuan atau kelompok rentan?", "Catatan atau foto.", False),
    ),
    _list(
        "K6",
        ("Rancangan RKP memuat lokasi, volume, sasaran, biaya dan sumber?", "Lihat matriks.", True),
        ("Setiap kegiatan punya rujukan RPJM atau alasan hukumnya?", "Kolom rujukan.", True),
        ("RAB dan gambar kegiatan fisik sudah ada?", "Lihat berkas.", False),
        ("Jumlah rencana tidak melebihi pagu?", "Lihat bilah pagu.", True),
    ),
    _list(
        "K7",
        ("Kegiatan fisik sudah diperiksa tim verifikasi?", "Lembar pemeriksaan.", True),
        ("Pemeriksa bukan penyusun RAB yang sama?", "Bandingkan nama.", True),
    ),
    _list(
        "K8",
        ("Kepala desa sudah membaca dan menyetujui rancangan?", "Lihat persetujuannya.", True),
        ("Catatan kepala desa sudah ditindaklanjuti?", "Lihat catatan.", False),
    ),
    _list(
        "K9",
        ("Undangan dan pengumuman Musrenbangdes sudah disampaikan tujuh hari sebelumnya?", "Lihat tanggalnya.", False),
        ("Rancangan RKP dibagikan dan pagu dijelaskan?", "Tanya dua peserta.", True),
        ("Peserta perempuan dan wakil RT bicara?", "Lihat notulen.", False),
        ("Berita acara, daftar hadir dan foto lengkap?", "Lihat berkas.", True),
    ),
    _list(
        "K10",
        ("Kesepakatan Musrenbang sudah dimasukkan ke rancangan akhir?", "Bandingkan berita acara.", True),
        ("Usulan yang tidak diambil sudah diberi alasan?", "Lihat daftar usulan.", True),
    ),
    _list(
        "K11",
        ("BPD sudah menerima rancangan akhir sebelum Musdes?", "Tanda terima.", False),
        ("Kesepakatan BPD sudah bernomor dan bertanggal?", "Lihat suratnya.", True),
    ),
    _list(
        "K12",
        ("Perdes RKP sudah ditandatangani dan diundangkan?", "Nomor dan tanggal.", True),
        ("RKP sudah diumumkan di papan atau laman?", "Lihat papannya.", True),
    ),
    _list(
        "K13",
        ("RKP sudah dikirim kepada Bupati lewat Camat?", "Surat pengantar.", True),
        ("Tanda terima disimpan?", "Lihat tanda terima.", False),
    ),
    _list(
        "K14",
        ("Rancangan APB Desa memakai kegiatan RKP?", "Bandingkan kodenya.", True),
        ("Rancangan Perdes APB sudah disepakati BPD?", "Surat kesepakatan.", True),
        ("Catatan evaluasi sudah ditindaklanjuti?", "Surat hasil evaluasi.", False),
    ),
    _list(
        "K15",
        ("Daftar usulan RKP sudah dikirim ke kecamatan?", "Surat pengantar.", True),
        ("Setiap usulan punya lokasi, volume dan perkiraan biaya?", "Lihat daftarnya.", False),
    ),
    _list(
        "K16",
        ("RKP sudah dibandingkan dengan RKPD dan hasil Musrenbang kecamatan?", "Lihat catatannya.", False),
        ("Perubahan yang perlu sudah disepakati?", "Berita acara.", False),
    ),
    _list(
        "K17",
        ("Realisasi dan foto kemajuan dicatat?", "Lihat halaman pelaksanaan.", False),
        ("Pelaksana kegiatan tahu volume dan waktu yang dijanjikan?", "Tanya pelaksana.", False),
        ("Kendala dan tindak lanjut ditulis?", "Lihat catatan kendala.", False),
    ),
    _list(
        "UMUM",
        ("Perangkat desa tahu tahapan berikutnya dan tenggatnya?", "Tanya sekretaris desa.", False),
        ("Dokumen perencanaan tersimpan rapi dan mudah ditemukan?", "Minta satu dokumen.", False),
        ("Papan informasi memuat rencana dan anggaran tahun ini?", "Lihat papannya.", False),
    ),
)
GENERAL: Final = "UMUM"

CHECKLISTS: Final[Mapping[tuple[str, str], Checklist]] = MappingProxyType(
    {(each.stage, each.version): each for each in _VERSIONS}
)
"""(stage, version) -> checklist; a new version is added beside the old ones."""


def checklist_for(stage: str, version: str = "") -> Checklist:
    """Return the checklist of a stage, the newest version unless one is named; of an unknown stage the general one.

    Raises: KeyError for a version that never was.
    """
    known = stage if any(code == stage for code, _version in CHECKLISTS) else GENERAL
    if version:
        return CHECKLISTS[known, version]
    return max((each for (code, _v), each in CHECKLISTS.items() if code == known), key=lambda each: each.version)
