"""The letters and decisions of an RPJM Desa (F35, F36) as data; {tahun} stands for its period, as ``2027-2034``.

The wording is Rembuk's own. Source: Permendagri 114/2014 Pasal 19-28; Permendagri 111/2014; PP 43/2014 Pasal 84.
"""

from typing import Final

from rembuk.core.documents.legal_basis import (
    DEVELOPMENT_GUIDE,
    MEETING_RULE,
    PLANNING_GUIDE,
    REGULATION_GUIDE,
    VILLAGE_LAW,
    VILLAGE_RULE,
)
from rembuk.core.documents.letter_model import LetterField, LetterKind

_PLAN: Final = "Rencana Pembangunan Jangka Menengah Desa (RPJM Desa) Tahun {tahun}"
_NUMBER = LetterField("nomor_perdes", "Nomor Perdes", "2 Tahun 2027")
_WHEN = (
    LetterField("hari_musyawarah", "Hari dan tanggal", "Senin, 1 Maret 2027"),
    LetterField("pukul", "Pukul", "09.00 WITA"),
    LetterField("tempat", "Tempat", "Balai Desa"),
)
_AGENDA = LetterField("agenda", "Agenda, satu per baris", "Pembahasan laporan pengkajian", required=False, long=True)

_DECISIONS = (
    LetterKind(
        "rpjm-panitia-musdes",
        "F35",
        "Keputusan BPD tentang panitia Musyawarah Desa perencanaan RPJM Desa",
        "Panitia Musyawarah Desa Perencanaan RPJM Desa Tahun {tahun}",
        "bpd",
        "decision",
        ("R4",),
        (
            "Membentuk panitia Musyawarah Desa perencanaan RPJM Desa Tahun {tahun} dengan susunan seperti lampiran.",
            "Panitia menyiapkan undangan, tempat, bahan, dan daftar hadir, serta membantu pimpinan musyawarah.",
            "Panitia bertanggung jawab kepada Ketua BPD dan bubar setelah berita acara ditandatangani.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa laporan hasil pengkajian keadaan Desa dibahas dan disepakati dalam Musyawarah Desa yang "
            "diselenggarakan BPD;",
            "bahwa agar musyawarah berjalan tertib perlu dibentuk panitia;",
            "bahwa berdasarkan huruf a dan huruf b perlu menetapkan Keputusan BPD tentang panitia Musyawarah Desa.",
        ),
        legal_basis=(VILLAGE_LAW, VILLAGE_RULE, MEETING_RULE),
        members=True,
        cycle="rpjm",
        source="Permendagri 114/2014 Pasal 20",
    ),
    LetterKind(
        "rpjm-pokok-pikiran",
        "F35",
        "Pokok pikiran BPD tentang RPJM Desa",
        "Pokok Pikiran BPD tentang RPJM Desa Tahun {tahun}",
        "bpd",
        "points",
        ("R4", "R5"),
        (
            "Setelah menggali aspirasi warga dan mencermati laporan hasil pengkajian keadaan Desa, BPD Desa {desa} "
            "menyampaikan pokok pikiran untuk RPJM Desa Tahun {tahun} sebagai berikut.",
        ),
        fields=(LetterField("pokok", "Pokok pikiran, satu per baris", "Utamakan air bersih.", long=True),),
        points="pokok",
        cycle="rpjm",
    ),
    LetterKind(
        "rpjm-panitia-musrenbang",
        "F35",
        "Keputusan Kepala Desa tentang panitia Musrenbang RPJM Desa",
        "Panitia Musyawarah Perencanaan Pembangunan Desa untuk RPJM Desa Tahun {tahun}",
        "village",
        "decision",
        ("R7",),
        (
            "Membentuk panitia Musrenbang Desa untuk RPJM Desa Tahun {tahun} dengan susunan sebagaimana lampiran.",
            "Panitia menyiapkan undangan, tempat, bahan, daftar hadir, dan rancangan tata tertib.",
            "Biaya yang timbul dibebankan pada Anggaran Pendapatan dan Belanja Desa.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa rancangan RPJM Desa Tahun {tahun} dibahas dan disepakati dalam musyawarah perencanaan pembangunan "
            "Desa;",
            "bahwa berdasarkan huruf a perlu dibentuk panitia dengan Keputusan Kepala Desa.",
        ),
        legal_basis=(VILLAGE_LAW, VILLAGE_RULE, PLANNING_GUIDE, DEVELOPMENT_GUIDE),
        members=True,
        cycle="rpjm",
        source="Permendagri 114/2014 Pasal 25",
    ),
    LetterKind(
        "rpjm-tata-tertib",
        "F35",
        "Tata tertib Musrenbang RPJM Desa",
        "Tata Tertib Musyawarah Perencanaan Pembangunan Desa untuk RPJM Desa Tahun {tahun}",
        "village",
        "points",
        ("R7",),
        (
            "Musyawarah berpegang pada tata tertib berikut, yang disepakati peserta sebelum pembahasan dimulai.",
            "Peserta adalah undangan dan warga yang mendaftar; pendamping dan tamu berbicara tetapi tidak memilih.",
            "Musyawarah sah bila dihadiri sekurang-kurangnya {kuorum} undangan.",
            "Setiap peserta berhak berbicara; giliran dijaga agar perempuan dan kelompok rentan ikut didengar.",
            "Kegiatan dibahas per bidang untuk seluruh masa RPJM Desa, lalu disepakati tahun pelaksanaannya.",
            "Keputusan diambil dengan mufakat. Bila tidak tercapai, dengan suara lebih dari setengah yang hadir dan "
            "berhak memilih.",
            "Hasilnya ditulis dalam berita acara yang ditandatangani pimpinan, notulis, Kepala Desa, dan wakil warga.",
        ),
        fields=(LetterField("kuorum", "Kuorum menurut Perdes Tata Tertib", "dua pertiga"),),
        cycle="rpjm",
        source="Permendesa PDTT 16/2019 Pasal 31",
    ),
    LetterKind(
        "rpjm-kesepakatan",
        "F35",
        "Keputusan BPD tentang kesepakatan rancangan Perdes RPJM Desa",
        "Kesepakatan Rancangan Peraturan Desa tentang RPJM Desa Tahun {tahun}",
        "bpd",
        "decision",
        ("R9",),
        (
            f"Menyepakati Rancangan Peraturan Desa {{desa}} tentang {_PLAN} untuk ditetapkan menjadi Peraturan Desa.",
            "Ketua BPD menyampaikan rancangan yang disepakati kepada Kepala Desa paling lambat 7 (tujuh) hari sejak "
            "tanggal kesepakatan.",
            "Keputusan ini berlaku sejak tanggal ditetapkan.",
        ),
        considerations=(
            "bahwa rancangan Peraturan Desa tentang RPJM Desa Tahun {tahun} telah dibahas bersama Kepala Desa pada "
            "{hari_musyawarah};",
            "bahwa berdasarkan huruf a perlu menetapkan Keputusan BPD tentang kesepakatan rancangan tersebut.",
        ),
        legal_basis=(VILLAGE_LAW, VILLAGE_RULE, REGULATION_GUIDE, PLANNING_GUIDE),
        fields=(LetterField("hari_musyawarah", "Hari dan tanggal pembahasan", "Kamis, 1 April 2027"),),
        cycle="rpjm",
        source="PP 43/2014 Pasal 84",
    ),
)

_INVITATIONS = (
    LetterKind(
        "rpjm-undangan-musdes",
        "F36",
        "Surat undangan Musyawarah Desa perencanaan RPJM Desa",
        "Undangan Musyawarah Desa perencanaan RPJM Desa Tahun {tahun}",
        "bpd",
        "letter",
        ("R4",),
        (
            "Kami mengundang Bapak/Ibu/Saudara hadir dalam Musyawarah Desa perencanaan RPJM Desa Tahun {tahun} pada "
            "{hari_musyawarah}, pukul {pukul}, di {tempat}.",
            "Musyawarah membahas dan menyepakati laporan hasil pengkajian keadaan Desa, arah kebijakan, dan rencana "
            "prioritas kegiatan.",
        ),
        addressee="Bapak/Ibu/Saudara undangan Musyawarah Desa",
        fields=(*_WHEN, _AGENDA),
        points="agenda",
        copies=("Camat.",),
        cycle="rpjm",
        invites="MUSDES_P",
        source="Permendagri 114/2014 Pasal 20-22",
    ),
    LetterKind(
        "rpjm-undangan-musrenbang",
        "F36",
        "Surat undangan Musrenbang RPJM Desa",
        "Undangan Musrenbang RPJM Desa Tahun {tahun}",
        "village",
        "letter",
        ("R7",),
        (
            "Kami mengundang Bapak/Ibu/Saudara hadir dalam musyawarah perencanaan pembangunan Desa untuk membahas dan "
            "menyepakati rancangan RPJM Desa Tahun {tahun} pada {hari_musyawarah}, pukul {pukul}, di {tempat}.",
        ),
        addressee="Bapak/Ibu/Saudara undangan Musrenbang Desa",
        fields=(*_WHEN, _AGENDA),
        points="agenda",
        copies=("Camat;", "Ketua BPD."),
        cycle="rpjm",
        invites="MUSREN",
        source="Permendagri 114/2014 Pasal 25-26",
    ),
    LetterKind(
        "rpjm-undangan-pengesahan",
        "F36",
        "Surat undangan Musyawarah Desa pengesahan RPJM Desa",
        "Undangan Musyawarah Desa pengesahan RPJM Desa Tahun {tahun}",
        "bpd",
        "letter",
        ("R9",),
        (
            "Kami mengundang Bapak/Ibu/Saudara hadir dalam Musyawarah Desa pengesahan RPJM Desa Tahun {tahun} pada "
            "{hari_musyawarah}, pukul {pukul}, di {tempat}.",
            "Musyawarah membahas dan menyepakati rancangan Peraturan Desa tentang RPJM Desa.",
        ),
        addressee="Bapak/Ibu/Saudara undangan Musyawarah Desa",
        fields=(*_WHEN, _AGENDA),
        points="agenda",
        copies=("Camat.",),
        cycle="rpjm",
        invites="MUSDES_E",
        source="Permendesa PDTT 21/2020 Pasal 34 huruf f dan 49",
    ),
)

_LETTERS = (
    LetterKind(
        "rpjm-laporan-pkd",
        "F36",
        "Surat pengantar laporan pengkajian keadaan Desa",
        "Penyampaian laporan hasil pengkajian keadaan Desa",
        "village",
        "letter",
        ("R3C",),
        (
            "Bersama ini kami sampaikan laporan hasil pengkajian keadaan Desa {desa} untuk penyusunan RPJM Desa Tahun "
            "{tahun}.",
            "Kami mohon BPD menyelenggarakan Musyawarah Desa untuk membahas laporan tersebut.",
        ),
        addressee="Ketua BPD Desa {desa}",
        attached=True,
        cycle="rpjm",
        source="Permendagri 114/2014 Pasal 19",
    ),
    LetterKind(
        "rpjm-persetujuan",
        "F36",
        "Catatan persetujuan rancangan RPJM Desa",
        "Persetujuan rancangan RPJM Desa Tahun {tahun}",
        "village",
        "letter",
        ("R6",),
        (
            "Kami telah memeriksa rancangan RPJM Desa Tahun {tahun} yang disusun tim dan menyetujuinya untuk dibahas "
            "dalam Musrenbang Desa.",
        ),
        addressee="Ketua Tim Penyusun RPJM Desa",
        fields=(LetterField("catatan", "Catatan, satu per baris", "Perjelas lokasi.", required=False, long=True),),
        points="catatan",
        cycle="rpjm",
        source="Permendagri 114/2014 Pasal 24",
    ),
    LetterKind(
        "rpjm-pengantar-camat",
        "F36",
        "Surat pengantar rancangan RPJM Desa kepada Camat",
        "Penyampaian rancangan Peraturan Desa tentang RPJM Desa Tahun {tahun}",
        "village",
        "letter",
        ("R8",),
        (
            f"Bersama ini kami sampaikan rancangan akhir {_PLAN} Desa {{desa}} beserta rancangan Peraturan Desanya.",
            "Kami mohon rancangan tersebut dicermati sebelum disahkan dalam Musyawarah Desa yang direncanakan pada "
            "{hari_musyawarah}.",
        ),
        addressee="Camat {kecamatan}",
        fields=(LetterField("hari_musyawarah", "Rencana Musdes pengesahan", "Kamis, 1 April 2027"),),
        attached=True,
        copies=("Ketua BPD.",),
        cycle="rpjm",
        source="praktik pemeriksaan rancangan di kecamatan",
    ),
    LetterKind(
        "rpjm-pengantar-perdes",
        "F36",
        "Surat pengantar dan permohonan klarifikasi Perdes RPJM Desa",
        "Penyampaian Peraturan Desa tentang RPJM Desa Tahun {tahun} untuk diklarifikasi",
        "village",
        "letter",
        ("R10",),
        (
            f"Bersama ini kami sampaikan Peraturan Desa {{desa}} Nomor {{nomor_perdes}} tentang {_PLAN} yang "
            "diundangkan pada {tanggal_undang}, untuk diklarifikasi.",
        ),
        addressee="Bupati {kabupaten} melalui Camat {kecamatan}",
        fields=(_NUMBER, LetterField("tanggal_undang", "Tanggal diundangkan", "9 April 2027")),
        attached=True,
        copies=("Ketua BPD.",),
        cycle="rpjm",
        source="PP 43/2014 Pasal 84; Permendagri 111/2014",
    ),
    LetterKind(
        "rpjm-hasil-klarifikasi",
        "F36",
        "Surat hasil klarifikasi Perdes RPJM Desa",
        "Hasil klarifikasi Peraturan Desa {desa} tentang RPJM Desa Tahun {tahun}",
        "regency",
        "letter",
        ("R11",),
        (
            f"Kami telah mengklarifikasi Peraturan Desa {{desa}} Nomor {{nomor_perdes}} tentang {_PLAN} yang kami "
            "terima pada {tanggal_terima}.",
            "Hasilnya: {hasil}.",
        ),
        addressee="Kepala Desa {desa}",
        fields=(
            _NUMBER,
            LetterField("tanggal_terima", "Tanggal diterima", "14 April 2027"),
            LetterField("hasil", "Hasil klarifikasi", "sesuai dengan ketentuan yang lebih tinggi"),
        ),
        copies=("Camat;", "Ketua BPD."),
        cycle="rpjm",
        source="Permendagri 111/2014",
    ),
)

RPJM_LETTERS: Final = (*_DECISIONS, *_INVITATIONS, *_LETTERS)
"""In the order in which the page lists them."""
