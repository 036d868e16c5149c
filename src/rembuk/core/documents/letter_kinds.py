"""The kinds of F35 and F36 as data: who issues each, what it is about, how Rembuk words it, what a person fills in."""

from collections.abc import Mapping
from typing import Final, Literal

from rembuk.core.documents.legal_basis import (
    DEVELOPMENT_GUIDE,
    MEETING_RULE,
    PLANNING_GUIDE,
    REGULATION_GUIDE,
    VILLAGE_LAW,
    VILLAGE_RULE,
)
from rembuk.core.documents.letter_model import LetterField, LetterKind
from rembuk.core.documents.result_letter import RESULT_WORDINGS
from rembuk.core.documents.rpjm_letters import RPJM_LETTERS
from rembuk.core.documents.wording import PERIOD, Wording, wordings

_MEETING_LAW = (VILLAGE_LAW, VILLAGE_RULE, MEETING_RULE)
_PLAN_LAW = (VILLAGE_LAW, VILLAGE_RULE, PLANNING_GUIDE, DEVELOPMENT_GUIDE)

_DECISIONS = (
    LetterKind(
        "bpd-panitia-musdes",
        "F35",
        "Keputusan BPD tentang panitia Musyawarah Desa",
        "Panitia Musyawarah Desa Perencanaan Tahun {tahun}",
        "bpd",
        "decision",
        ("K1",),
        (
            "Membentuk panitia Musyawarah Desa Perencanaan Tahun {tahun} dengan susunan sebagaimana lampiran.",
            "Panitia menyiapkan undangan, tempat, bahan, dan daftar hadir, serta membantu pimpinan musyawarah.",
            "Panitia bertanggung jawab kepada Ketua BPD dan bubar setelah berita acara ditandatangani.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa BPD menyelenggarakan Musyawarah Desa untuk membahas perencanaan pembangunan Desa Tahun {tahun};",
            "bahwa agar musyawarah berjalan tertib perlu dibentuk panitia;",
            "bahwa berdasarkan huruf a dan huruf b perlu menetapkan Keputusan BPD tentang panitia Musyawarah Desa.",
        ),
        legal_basis=_MEETING_LAW,
        members=True,
    ),
    LetterKind(
        "bpd-pandangan",
        "F35",
        "Pandangan resmi BPD tentang perencanaan Desa",
        "Pandangan Resmi BPD tentang Perencanaan Pembangunan Desa Tahun {tahun}",
        "bpd",
        "points",
        ("K1", "K6"),
        (
            "Setelah menggali aspirasi warga dan mengawasi pelaksanaan pembangunan, BPD Desa {desa} menyampaikan "
            "pandangan untuk perencanaan Tahun {tahun} sebagai berikut.",
        ),
        fields=(LetterField("pokok", "Pokok pandangan, satu per baris", "Utamakan titian RT 02.", long=True),),
        points="pokok",
    ),
    LetterKind(
        "bpd-kesepakatan",
        "F35",
        "Keputusan BPD tentang kesepakatan rancangan Perdes RKP Desa",
        "Kesepakatan Rancangan Peraturan Desa tentang RKP Desa Tahun {tahun}",
        "bpd",
        "decision",
        ("K11",),
        (
            "Menyepakati Rancangan Peraturan Desa {desa} tentang Rencana Kerja Pemerintah Desa Tahun {tahun} untuk "
            "ditetapkan menjadi Peraturan Desa.",
            "Ketua BPD menyampaikan rancangan yang disepakati kepada Kepala Desa paling lambat 7 (tujuh) hari sejak "
            "tanggal kesepakatan.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa rancangan Peraturan Desa tentang RKP Desa Tahun {tahun} telah dibahas bersama Kepala Desa pada "
            "{hari_musyawarah};",
            "bahwa berdasarkan huruf a perlu menetapkan Keputusan BPD tentang kesepakatan rancangan tersebut.",
        ),
        legal_basis=(VILLAGE_LAW, VILLAGE_RULE, REGULATION_GUIDE, PLANNING_GUIDE),
        fields=(LetterField("hari_musyawarah", "Hari dan tanggal pembahasan", "Senin, 21 September 2026"),),
        source="PP 43/2014 Pasal 84",
    ),
    LetterKind(
        "kades-panitia-musrenbang",
        "F35",
        "Keputusan Kepala Desa tentang panitia Musrenbang Desa",
        "Panitia Musyawarah Perencanaan Pembangunan Desa Tahun {tahun}",
        "village",
        "decision",
        ("K9",),
        (
            "Membentuk panitia Musrenbang Desa Tahun {tahun} dengan susunan sebagaimana lampiran.",
            "Panitia menyiapkan undangan, tempat, bahan, daftar hadir, dan rancangan tata tertib.",
            "Biaya yang timbul dibebankan pada Anggaran Pendapatan dan Belanja Desa.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa rancangan RKP Desa Tahun {tahun} dibahas dalam musyawarah perencanaan pembangunan Desa;",
            "bahwa berdasarkan huruf a perlu dibentuk panitia dengan Keputusan Kepala Desa.",
        ),
        legal_basis=_PLAN_LAW,
        members=True,
    ),
    LetterKind(
        "tata-tertib",
        "F35",
        "Tata tertib Musrenbang Desa",
        "Tata Tertib Musyawarah Perencanaan Pembangunan Desa Tahun {tahun}",
        "village",
        "points",
        ("K9",),
        (
            "Musyawarah berpegang pada tata tertib berikut, yang disepakati peserta sebelum pembahasan dimulai.",
            "Peserta adalah undangan dan warga yang mendaftar; pendamping dan tamu berbicara tetapi tidak memilih.",
            "Musyawarah sah bila dihadiri sekurang-kurangnya {kuorum} undangan.",
            "Setiap peserta berhak berbicara; giliran dijaga agar perempuan dan kelompok rentan ikut didengar.",
            "Keputusan diambil dengan mufakat. Bila tidak tercapai, dengan suara lebih dari setengah yang hadir dan "
            "berhak memilih.",
            "Hasilnya ditulis dalam berita acara yang ditandatangani pimpinan, notulis, Kepala Desa, dan wakil warga.",
        ),
        fields=(LetterField("kuorum", "Kuorum menurut Perdes Tata Tertib", "dua pertiga"),),
        source="Permendesa PDTT 16/2019 Pasal 31",
    ),
)

_LETTERS = (
    LetterKind(
        "surat-pagu",
        "F36",
        "Surat pagu indikatif Desa",
        "Pagu indikatif Desa Tahun Anggaran {tahun}",
        "regency",
        "letter",
        ("K3",),
        (
            "Untuk penyusunan RKP Desa Tahun {tahun}, bersama ini kami sampaikan pagu indikatif Desa {desa} menurut "
            "sumbernya sebagaimana tabel di bawah.",
            "Angka ini adalah perkiraan dan disesuaikan setelah pagu akhir ditetapkan.",
        ),
        addressee="Kepala Desa {desa}",
        copies=("Bupati (sebagai laporan);", "Camat."),
        table="ceilings",
        source="Permendagri 114/2014 Pasal 35",
    ),
    LetterKind(
        "surat-terlambat",
        "F36",
        "Pemberitahuan keterlambatan pagu indikatif",
        "Pemberitahuan keterlambatan pagu indikatif Desa Tahun Anggaran {tahun}",
        "regency",
        "letter",
        ("K3",),
        (
            "Pagu indikatif Desa Tahun Anggaran {tahun} belum dapat kami sampaikan sampai batas waktunya karena "
            "{sebab}.",
            "Perencanaan Desa {desa} agar tetap berjalan dengan pagu sementara. Pagu indikatif kami sampaikan paling "
            "lambat {perkiraan}.",
        ),
        addressee="Kepala Desa {desa}",
        fields=(
            LetterField("sebab", "Sebab keterlambatan", "alokasi dari provinsi belum terbit"),
            LetterField("perkiraan", "Paling lambat disampaikan", "31 Agustus 2026"),
        ),
        copies=("Bupati (sebagai laporan);", "Camat."),
        source="Permendagri 114/2014 Pasal 37",
    ),
    LetterKind(
        "pengantar-perdes",
        "F36",
        "Surat pengantar Perdes RKP Desa",
        "Penyampaian Peraturan Desa tentang RKP Desa Tahun {tahun}",
        "village",
        "letter",
        ("K13",),
        (
            "Bersama ini kami sampaikan Peraturan Desa {desa} Nomor {nomor_perdes} tentang Rencana Kerja Pemerintah "
            "Desa Tahun {tahun} yang diundangkan pada {tanggal_undang}, untuk diklarifikasi.",
        ),
        addressee="Bupati {kabupaten} melalui Camat {kecamatan}",
        fields=(
            LetterField("nomor_perdes", "Nomor Perdes", "4 Tahun 2026"),
            LetterField("tanggal_undang", "Tanggal diundangkan", "28 September 2026"),
        ),
        attached=True,
        copies=("Ketua BPD.",),
        source="PP 43/2014 Pasal 84; Permendagri 111/2014",
    ),
    LetterKind(
        "pengantar-du",
        "F36",
        "Surat pengantar DU-RKP Desa",
        "Penyampaian Daftar Usulan RKP Desa Tahun {tahun}",
        "village",
        "letter",
        ("K15",),
        (
            "Bersama ini kami sampaikan Daftar Usulan RKP Desa Tahun {tahun} Desa {desa} hasil Musrenbang Desa, berisi "
            "{jumlah_usulan} kegiatan di luar kewenangan atau kemampuan Desa.",
            "Kami mohon daftar ini dibahas dalam Musrenbang Kecamatan dan hasilnya disampaikan kepada Desa.",
        ),
        addressee="Bupati {kabupaten} melalui Camat {kecamatan}",
        attached=True,
        copies=("Ketua BPD.",),
        source="Permendagri 114/2014 Pasal 51",
    ),
    LetterKind(
        "hasil-klarifikasi",
        "F36",
        "Surat hasil klarifikasi Perdes",
        "Hasil klarifikasi Peraturan Desa {desa}",
        "regency",
        "letter",
        ("K13",),
        (
            "Kami telah mengklarifikasi Peraturan Desa {desa} Nomor {nomor_perdes} tentang Rencana Kerja Pemerintah "
            "Desa Tahun {tahun} yang kami terima pada {tanggal_terima}.",
            "Hasilnya: {hasil}.",
        ),
        addressee="Kepala Desa {desa}",
        fields=(
            LetterField("nomor_perdes", "Nomor Perdes", "4 Tahun 2026"),
            LetterField("tanggal_terima", "Tanggal diterima", "5 Oktober 2026"),
            LetterField("hasil", "Hasil klarifikasi", "sesuai dengan ketentuan yang lebih tinggi"),
        ),
        copies=("Camat;", "Ketua BPD."),
        source="Permendagri 111/2014",
    ),
    LetterKind(
        "jawaban-du",
        "F36",
        "Surat jawaban DU-RKP Desa",
        "Jawaban atas Daftar Usulan RKP Desa Tahun {tahun}",
        "regency",
        "letter",
        ("K15",),
        (
            "Menjawab Daftar Usulan RKP Desa Tahun {tahun} Desa {desa}, kami sampaikan hasil pembahasannya.",
            "{keterangan}",
        ),
        addressee="Kepala Desa {desa}",
        fields=(LetterField("keterangan", "Keterangan", "Usulan yang diterima masuk RKPD tahun berikutnya."),),
        copies=("Camat;", "Bappeda."),
        table="answers",
        source="Permendagri 114/2014 Pasal 51 ayat (5) dan (6)",
    ),
)

LETTERS: Final[Mapping[str, LetterKind]] = {one.kind: one for one in (*_DECISIONS, *_LETTERS, *RPJM_LETTERS)}
"""Every kind, in the order in which the page lists them."""


MORE_PLACEHOLDERS: Final[Mapping[str, Mapping[str, str]]] = {"pengantar-du": {"jumlah_usulan": "12"}}
"""Kind -> placeholders that are counted when it is printed, with their preview."""


def kinds_of(cycle: Literal["rkp", "rpjm"]) -> tuple[LetterKind, ...]:
    """Return the kinds that a cycle of this kind writes, in the order of the page."""
    return tuple(one for one in LETTERS.values() if one.cycle == cycle)


def letter_wordings() -> tuple[Wording, ...]:
    """Return the texts of letters and decisions that a regency may edit; a kind without a part has no text of it."""
    found: list[Wording] = []
    for one in LETTERS.values():
        group: Literal["Keputusan dan pandangan BPD", "Surat"] = (
            "Surat" if one.form == "F36" else "Keputusan dan pandangan BPD"
        )
        own = {**one.samples, **MORE_PLACEHOLDERS.get(one.kind, {}), **(PERIOD if one.cycle == "rpjm" else {})}
        if one.considerations:
            found.append(Wording(f"{one.kind}:menimbang", f"{one.title}: Menimbang", group, one.considerations, own))
        if one.legal_basis:
            found.append(Wording(f"{one.kind}:mengingat", f"{one.title}: Mengingat", group, one.legal_basis, own))
        part = "Diktum" if one.shape == "decision" else "Isi"
        found.append(Wording(f"{one.kind}:isi", f"{one.title}: {part}", group, one.body, own))
    return tuple(found)


WORDINGS: Final[Mapping[str, Wording]] = wordings((*letter_wordings(), *RESULT_WORDINGS))
"""Every text that a regency may edit, by kind."""
