"""The checklists of a facilitated forum: before, during, after, and the measures that let everybody take part.

A version that answers refer to never changes: another wording or another item is a new version, and a forum keeps the
version it began with. Source: the programme's guide to facilitating a Musrenbangdes (design, after the FPPM guide of
2008); an article is named only where the item is law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Phase = Literal["before", "during", "after", "inclusion"]
PHASES: Final[tuple[Phase, ...]] = ("before", "during", "after", "inclusion")
Value = Literal["yes", "no", "na"]
VALUES: Final[tuple[Value, ...]] = ("yes", "no", "na")


@dataclass(frozen=True, slots=True)
class Item:
    """One item. must: the phase's gate asks for it.

    fact: name of what the system knows and answers by itself, empty where only people know. by_hand: may be ticked
    although the fact does not (yet) say so. na: may be answered "tidak berlaku". evidence: what shows it, for people.
    """

    code: str
    phase: Phase
    text: str
    must: bool = False
    fact: str = ""
    by_hand: bool = True
    na: bool = False
    help: str = ""
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One frozen version with the day from which new forums use it."""

    version: int
    valid_from: date
    items: tuple[Item, ...]

    def of_phase(self, phase: Phase) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.phase == phase)

    def item(self, code: str) -> Item | None:
        """Return the item with that code, None if this version has none."""
        return next((item for item in self.items if item.code == code), None)


def known(code: str, phase: Phase, text: str, fact: str, **more: Any) -> Item:
    """A must-have that only the system's own records can answer."""
    return Item(code, phase, text, must=True, fact=fact, by_hand=False, **more)


_GUIDE = "Panduan penyelenggaraan Musrenbang Desa (FPPM, 2008); sasaran pembinaan"
_BEFORE: Final = (
    known(
        "B01",
        "before",
        "SK tim penyusun sudah terbit",
        "decree",
        evidence="nomor dan tanggal SK",
        source="Permendagri 114/2014",
    ),
    known("B02", "before", "Pemandu dua atau tiga orang, paling sedikit satu perempuan", "team", source=_GUIDE),
    known(
        "B03",
        "before",
        "Tanggal sudah pasti, sama dengan undangan, dan pemandu tidak bertugas di tempat lain hari itu",
        "date",
    ),
    known(
        "B04",
        "before",
        "Surat pagu sudah di tangan, atau keterlambatannya diakui",
        "ceiling",
        help="Bila surat pagu terlambat dari kabupaten, ajukan kelonggaran; itu bukan kesalahan desa.",
        evidence="surat pagu atau kelonggaran yang diakui",
        source="Permendesa PDTT 21/2020 Pasal 40",
    ),
    known(
        "B05",
        "before",
        "Petikan RPJM Desa untuk tahun ini dan kegiatan yang belum selesai",
        "rpjm",
        evidence="baris RPJM Desa tahun rencana",
    ),
    known("B06", "before", "Evaluasi RKP tahun lalu", "evaluation", evidence="formulir evaluasi (F25)"),
    known(
        "B07",
        "before",
        "Rancangan RKP Desa dan rancangan RAB kegiatan besar",
        "draft",
        evidence="rancangan RKP dengan RAB kegiatan fisik",
    ),
    known(
        "B08",
        "before",
        "Usulan RT dan dusun terkumpul dan berkode kegiatan",
        "proposals",
        evidence="daftar usulan berkode",
    ),
    Item(
        "B09",
        "before",
        "Musyawarah perempuan (Musrena) sebelum forum",
        fact="women_session",
        help="Catat sebagai musyawarah kelompok, atau isi catatan diskusi kelompok (FGD) di sini.",
        evidence="catatan FGD atau berita acara kelompok",
    ),
    Item("B10", "before", "Sesi anak dan pemuda", fact="youth_session", evidence="catatan FGD"),
    Item("B11", "before", "Sesi penyandang disabilitas", fact="disabled_session", na=True, evidence="catatan FGD"),
    Item("B12", "before", "Sesi masyarakat adat", fact="adat_session", na=True, evidence="catatan FGD"),
    known(
        "B13",
        "before",
        "Daftar unsur bernama; undangan terkirim paling lambat 7 hari sebelumnya",
        "invitations",
        help="Tujuh hari adalah sasaran pembinaan. Batas sahnya musyawarah ada di tata tertib desa.",
        evidence="daftar undangan dan tanggal surat",
        source=_GUIDE,
    ),
    Item(
        "B14",
        "before",
        "Pengumuman di tempat yang dilihat warga tanpa telepon",
        help="Misalnya masjid, gereja, dermaga, sekolah, warung.",
        evidence="foto pengumuman",
    ),
    Item("B15", "before", "Tempat terjangkau kursi roda, atau paling sedikit dekat dermaga"),
    Item("B16", "before", "Penerjemah atau penutur Kutai, Dayak, atau Bugis bila perlu", na=True),
    Item("B17", "before", "Anggaran perahu, transport, dan konsumsi tersedia"),
    Item("B18", "before", "Pojok anak, supaya orang tua bisa ikut penuh"),
    Item("B19", "before", "Perangkat daerah dan Camat diundang", fact="guests"),
    Item("B20", "before", "Laptop, pencetak, listrik, dan cadangan kertas"),
    Item("B21", "before", "Agenda dan tata tertib disepakati", fact="agenda"),
    Item("B22", "before", "Kriteria peringkat disepakati sebelum forum"),
)
_DURING: Final = (
    known("D01", "during", "Dibuka, dihitung, dan kuorum disebutkan", "opened", evidence="jam mulai dan daftar hadir"),
    Item("D02", "during", "Pagu dan batas-batasnya dijelaskan", must=True, help="Tunjukkan lembar bekal pemandu."),
    Item("D03", "during", "Pelaksanaan tahun lalu dilaporkan"),
    Item("D04", "during", "Data ditunjukkan: kesenjangan Indeks Desa"),
    Item("D05", "during", "Kerja kelompok per bidang, kelompok perempuan tersendiri"),
    Item("D06", "during", "Setiap kelompok melapor"),
    Item(
        "D07",
        "during",
        "Peringkat dengan kriteria tertulis",
        must=True,
        fact="ranking",
        help="Mendesak, jumlah penerima, kemiskinan, biaya, kewenangan, kesiapan, kaitan RPJM Desa.",
    ),
    Item("D08", "during", "Kewenangan desa dipisahkan dari DU-RKP", must=True, fact="upward"),
    Item("D09", "during", "Perbedaan pendapat ditangani; pendapat sedikit orang dicatat"),
    Item("D10", "during", "Yang berbicara dihitung, laki-laki dan perempuan", must=True, fact="speaking"),
    Item(
        "D11", "during", "Utusan ke Musrenbang Kecamatan dipilih, paling sedikit satu perempuan", evidence="nama utusan"
    ),
    Item("D12", "during", "Hasil dibacakan", must=True),
    known("D13", "during", "Berita acara ditandatangani", "signed", evidence="nomor dan tanggal berita acara"),
)
_AFTER: Final = (
    known(
        "A01",
        "after",
        "Berita acara, daftar hadir, dan notulen diunggah paling lambat 7 hari",
        "papers",
        evidence="pindaian berita acara, daftar hadir, notulen",
        source=_GUIDE,
    ),
    Item(
        "A02",
        "after",
        "Setiap usulan punya jawaban dan alasannya",
        must=True,
        fact="answers",
        evidence="status usulan",
    ),
    Item("A03", "after", "Hasil dipasang di papan pengumuman", evidence="foto papan"),
    Item("A04", "after", "Matriks RKP Desa diperbaiki sesuai hasil"),
    Item("A05", "after", "Daftar usulan ke atas (DU-RKP) disusun", fact="upward"),
    Item("A06", "after", "Hal yang harus ditindaklanjuti dicatat"),
    Item("A07", "after", "Tanggapan lima peserta yang diundi", fact="reactions"),
    Item("A08", "after", "Catatan pemandu", fact="note"),
)
_INCLUSION: Final = (
    Item("I01", "inclusion", "Waktunya dipilih perempuan", na=True),
    Item("I02", "inclusion", "Ada sesi kedua sesudah jam kerja", na=True),
    Item("I03", "inclusion", "Undangan menyebut nama"),
    Item("I04", "inclusion", "Kursi disediakan untuk kelompok yang biasanya di belakang"),
    Item("I05", "inclusion", "Ada kelompok tersendiri bagi yang segan bicara"),
    Item("I06", "inclusion", "Giliran bicara diatur"),
    Item("I07", "inclusion", "Bahasa sederhana"),
    Item("I08", "inclusion", "Bahan berhuruf besar"),
    Item("I09", "inclusion", "Ongkos utusan dusun jauh ditanggung", na=True),
    Item("I10", "inclusion", "Memilih tanpa dilihat orang lain"),
)

VERSIONS: Final[Mapping[int, Checklist]] = {
    1: Checklist(1, date(2026, 1, 1), _BEFORE + _DURING + _AFTER + _INCLUSION),
}


def checklist_on(day: date) -> Checklist:
    """Return the version that a forum begun on *day* uses: the newest that is valid, else the first."""
    begun = [each for each in VERSIONS.values() if each.valid_from <= day]
    return max(begun, key=lambda each: each.version) if begun else VERSIONS[min(VERSIONS)]


def checklist(version: int) -> Checklist:
    """Return a version by its number. Raises: KeyError."""
    return VERSIONS[version]
