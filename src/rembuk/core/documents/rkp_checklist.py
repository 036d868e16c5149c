"""The papers of a yearly cycle. Source: the checklist of a regency for RKP Desa 2026 (rows 1 to 22).

The enactment papers behind row 22 are this program's own rows. A row with a bare letter lies together with its number.
"""

from typing import Final

from rembuk.core.documents.completeness import Item, Need, PaperSet
from rembuk.core.documents.needs import MINUTES, NOTES, PRESENT, decision, of_meeting

_ITEMS: Final = (
    Item("1", "Berita acara dan daftar hadir pembentukan tim penyusun", of_meeting("K2", MINUTES, PRESENT)),
    Item("2", "SK Tim Penyusun RKP Desa", (Need("F01", ("K2",), "SK tim penyusun", "sk tim"),)),
    Item("3", "Rencana kerja tindak lanjut (RKTL) tim", (Need("F02", ("K2",), "RKTL", "rktl"),)),
    Item("4", "Daftar program dan kegiatan masuk Desa", (Need("F06", ("K4",), "daftar program masuk", "program"),)),
    Item("5", "Data dan informasi rencana pembiayaan", (Need("F21", ("K4",), "rencana pembiayaan", "pembiayaan"),)),
    Item("6", "Daftar prioritas usulan 1 tahun", (Need("F22", ("K5",), "daftar prioritas", "prioritas"),)),
    Item("7", "Daftar usulan dipilah menurut SDGs Desa", (Need("F23", ("K5",), "usulan per SDGs", "sdgs"),)),
    Item("8", "Rencana kerja sama"),
    Item("a", "antar Desa", (Need("F24", ("K5", "K6"), "rencana kerja sama", "antar desa"),)),
    Item("b", "dengan pihak ketiga", (Need("F24", ("K5", "K6"), "rencana kerja sama", "pihak ketiga"),)),
    Item("9", "Rancangan RKP Desa", (Need("F26", ("K6",), "rancangan RKP", "rancangan"),)),
    Item("10", "Evaluasi pelaksanaan RKP Desa sebelumnya", (Need("F25", ("K6",), "evaluasi", "evaluasi"),)),
    Item(
        "11",
        "Desain dan RAB",
        (Need("F27", ("K6", "K7"), "gambar desain", "desain"), Need("F28", ("K6", "K7"), "RAB", "rab")),
    ),
    Item("12", "Daftar usulan RKP Desa (DU-RKP)", (Need("F32", ("K6", "K15"), "DU-RKP", "du-rkp"),)),
    Item("13", "Berita acara hasil penyusunan rancangan RKP Desa", of_meeting("K6", MINUTES)),
    Item("14", "Keputusan BPD tentang panitia Musyawarah Desa", (decision("K1", "keputusan panitia", "panitia"),)),
    Item("15", "Berita acara, notulen, dan daftar hadir Musyawarah Desa", of_meeting("K1", MINUTES, NOTES, PRESENT)),
    Item("16", "Pandangan resmi BPD", (decision("K1", "pandangan resmi", "pandangan"),)),
    Item(
        "17",
        "Rancangan RKP Desa hasil Musyawarah Desa",
        (Need("F26", ("K1", "K8"), "rancangan hasil Musdes", "rancangan", anywhere=False),),
    ),
    Item("18", "Keputusan Kepala Desa tentang panitia Musrenbang", (decision("K9", "SK panitia", "panitia"),)),
    Item("19", "Tata tertib Musrenbang", (decision("K9", "tata tertib", "tata tertib"),)),
    Item(
        "20",
        "Penyusunan prioritas dalam Musrenbang",
        (Need("F22", ("K9",), "urutan prioritas Musrenbang", "prioritas", anywhere=False),),
    ),
    Item("21", "Berita acara, notulen, dan daftar hadir Musrenbang", of_meeting("K9", MINUTES, NOTES, PRESENT)),
    Item(
        "22",
        "Rancangan RKP Desa hasil Musrenbang",
        (Need("F26", ("K10",), "rancangan akhir", "rancangan", anywhere=False),),
    ),
    Item("23", "Berita acara dan daftar hadir Musdes pengesahan", of_meeting("K11", MINUTES, PRESENT)),
    Item(
        "24",
        "Keputusan BPD tentang kesepakatan Perdes RKP Desa",
        (Need("F35", ("K11",), "keputusan BPD", "bpd", anywhere=False),),
    ),
    Item("25", "Perdes RKP Desa", (Need("F19", ("K12",), "Perdes RKP Desa", "perdes", anywhere=False),), front=True),
)

RKP_PAPERS: Final = PaperSet(
    plan="RKP Desa",
    full="Rencana Kerja Pemerintah Desa",
    items=_ITEMS,
    front={"F19": "Peraturan Desa tentang RKP Desa", "F26": "RKP Desa"},
    matrix="F26",
    beside=("F37", "F33", "F20", "F14", "F31", "F29", "F38", "tanggapan-rkp"),
    of_cycle=frozenset({"F14", "F20", "F21", "F22", "F23", "F25", "F32", "F34", "F37", "F38"}),
)
