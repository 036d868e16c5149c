"""Words for people: refusals, why a proposal takes no part, and what would change its place."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.law import reasons

UNCHECKED = "BELUM-DIPERIKSA"
AUTHORITY_UNKNOWN = "WENANG-TANYA"

SENTENCES: Mapping[str, str | Promise] = {
    "cycle-closed": gettext_lazy("Siklus RKP %(year)s sudah ditutup. Tidak ada yang berubah."),
    "run-meeting-elsewhere": gettext_lazy(
        "Musyawarah itu bukan milik siklus ini atau sudah dibatalkan. Pilih yang lain."
    ),
    "run-without-voices": gettext_lazy(
        "Belum ada suara dan belum ada skor, jadi belum ada yang dapat menanggung bagiannya. Tidak ada yang berubah. "
        "Pilih cara yang menurut peringkat, atau catat dulu skor atau suara musyawarah."
    ),
    "run-without-ceilings": gettext_lazy(
        "Belum ada pagu %(year)s yang berlaku. Terbitkan pagu atau pakai pagu sementara, lalu hitung lagi."
    ),
    "run-without-proposals": gettext_lazy(
        "Belum ada usulan yang siap dihitung; %(count)s usulan masih menunggu diperiksa atau ditanyakan kewenangannya."
    ),
    "run-impossible": gettext_lazy("Pagu dan aturan tahun ini tidak bisa dipenuhi sekaligus. Tidak ada yang dihitung."),
    "run-altered": gettext_lazy(
        "Hasil %(digest)s tidak cocok lagi dengan sidiknya, jadi tidak dipakai. Beri tahu administrator."
    ),
    "run-faulty": gettext_lazy("Pemeriksaan ulang menemukan kesalahan: %(faults)s. Hasil ini tidak bisa disahkan."),
    "run-stale": gettext_lazy(
        "Usulan, skor, atau pagu berubah sejak hasil ini dihitung. Hitung lagi, lalu sahkan yang baru."
    ),
    "override-direction": gettext_lazy("Pilihan '%(read)s' tidak dikenal. Pilih masuk, tidak masuk, atau batalkan."),
    "override-reason-missing": gettext_lazy(
        "Tulis alasan musyawarah dalam satu kalimat. Alasan ini dibaca pengusul. Tidak ada yang berubah."
    ),
    "override-reason-long": gettext_lazy("Alasan terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "override-unknown-proposal": gettext_lazy("Usulan itu tidak ikut dalam hitungan ini. Tidak ada yang berubah."),
    "run-what-if": gettext_lazy(
        "Pagu pengandaian (%(sources)s) tidak sama dengan surat pagu, jadi pilihan ini hanya untuk melihat-lihat. "
        "Kembalikan pagunya, lalu bawa ke musyawarah."
    ),
    "link-kind": gettext_lazy("Ikatan '%(read)s' tidak dikenal. Pilih mensyaratkan atau menggantikan."),
    "link-reason-missing": gettext_lazy("Tulis alasan ikatan dalam satu kalimat. Tidak ada yang disimpan."),
    "link-reason-long": gettext_lazy("Alasan terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "link-itself": gettext_lazy("Satu usulan tidak bisa diikat dengan dirinya sendiri. Pilih dua usulan."),
    "link-elsewhere": gettext_lazy("Salah satu usulan itu bukan dari siklus ini. Tidak ada yang disimpan."),
    "link-circle": gettext_lazy(
        "Ikatan ini memutar: %(path)s. Tidak satu pun bisa masuk lebih dulu. Tidak ada yang disimpan."
    ),
    "link-contradicts": gettext_lazy(
        "Kedua usulan ini sudah diikat sebaliknya: yang satu mensyaratkan, jadi tidak bisa juga menggantikan. "
        "Lepaskan ikatan itu dulu."
    ),
    "no-adopted-run": gettext_lazy("Belum ada hasil yang disahkan musyawarah, jadi belum ada yang dijawab."),
}

OUTSIDE: Mapping[str, str | Promise] = {
    UNCHECKED: gettext_lazy("Belum diperiksa Sekdes."),
    AUTHORITY_UNKNOWN: gettext_lazy("Belum dicatat siapa yang berwenang."),
    reasons.BEYOND_AUTHORITY: gettext_lazy("Di luar kewenangan desa; diteruskan lewat DU-RKP."),
    reasons.NOT_FEASIBLE: gettext_lazy("Pemeriksaan lapangan: tidak layak."),
    reasons.SET_BY_MEETING: gettext_lazy("Musyawarah memutuskan tidak memasukkannya."),
    reasons.PREREQUISITE_MISSING: gettext_lazy("Menunggu usulan lain yang tidak ikut dihitung."),
}

ORDER_NOTES: Mapping[str, str | Promise] = {
    "ranking": gettext_lazy("Urutan menurut peringkat yang disahkan musyawarah."),
    "scores": gettext_lazy("Urutan menurut skor musyawarah (C1 sampai C5)."),
    "default": gettext_lazy("Belum ada musyawarah yang memberi skor; dipakai urutan bawaan, bukan urutan hukum."),
}

RULE_NAMES: Mapping[str, str | Promise] = {
    "greedy": gettext_lazy("Nilai tertinggi"),
    "greedy-per-rupiah": gettext_lazy("Nilai per rupiah"),
    "mes": gettext_lazy("Bagian setara"),
    "phragmen": gettext_lazy("Beban setara (Phragmén)"),
    "optimum": gettext_lazy("Nilai terbaik seluruhnya (optimum)"),
    "mes-repair": gettext_lazy("Bagian setara, lalu dirapikan menurut aturan"),
}
RULE_NOTES: Mapping[str, str | Promise] = {
    "greedy": gettext_lazy("Menurut peringkat dari atas; yang tidak muat dilewati."),
    "greedy-per-rupiah": gettext_lazy("Nilai dibagi biaya; banyak usulan murah bisa menang dari satu yang mahal."),
    "mes": gettext_lazy("Uang dibagi sama kepada pemberi suara; usulan dibayar bersama oleh pendukungnya."),
    "phragmen": gettext_lazy("Setiap usulan membebani pendukungnya; yang bebannya paling ringan masuk lebih dulu."),
    "optimum": gettext_lazy("Semua susunan dibandingkan; yang jumlah nilainya terbesar dan menurut aturan dipilih."),
    "mes-repair": gettext_lazy("Hasil bagian setara digeser sesedikit mungkin sampai semua aturan terpenuhi."),
}
UTILITY_NAMES: Mapping[str, str | Promise] = {
    "": gettext_lazy("yang cocok dengan isian"),
    "cost": gettext_lazy("biaya usulan yang didukung"),
    "cardinality": gettext_lazy("jumlah usulan yang didukung"),
    "points": gettext_lazy("angka yang diberikan"),
    "borda": gettext_lazy("urutan pilihan (Borda)"),
}
COMPLETION_NAMES: Mapping[str, str | Promise] = {
    "utilitarian": gettext_lazy("menurut dukungan per rupiah"),
    "add1u": gettext_lazy("bagian tiap orang dinaikkan bertahap, lalu menurut dukungan per rupiah"),
    "none": gettext_lazy("tidak diisi"),
}
VOTER_NAMES: Mapping[str, str | Promise] = {
    "head": gettext_lazy("satu pemberi suara, satu suara"),
    "hamlet": gettext_lazy("dusun menurut jumlah jiwa"),
}
BASIS_NAMES: Mapping[str, str | Promise] = {
    "order": gettext_lazy("urutan saja"),
    "scores": gettext_lazy("angka C1 sampai C5 dari kelompok penilai"),
    "ballots": gettext_lazy("suara yang diberikan di musyawarah"),
}
CRITERION_NAMES: Mapping[str, str | Promise] = {
    "C1": gettext_lazy("Dirasakan banyak orang"),
    "C2": gettext_lazy("Parah atau mendesak"),
    "C3": gettext_lazy("Menghambat penghasilan"),
    "C4": gettext_lazy("Sering berulang"),
    "C5": gettext_lazy("Ada cara memecahkannya"),
}

CODE_NAMES: Mapping[str, str | Promise] = {
    reasons.CHOSEN: gettext_lazy("terpilih"),
    reasons.SET_BY_MEETING: gettext_lazy("keputusan musyawarah"),
    reasons.CEILING_USED_UP: gettext_lazy("pagu habis"),
    reasons.DEARER_THAN_SOURCES: gettext_lazy("lebih mahal dari pagu"),
    reasons.RULE_ROW: gettext_lazy("dibatasi aturan"),
    reasons.EXCLUDED: gettext_lazy("tergantikan"),
    reasons.PREREQUISITE_MISSING: gettext_lazy("menunggu syarat"),
    reasons.COST_UNREADABLE: gettext_lazy("biaya kosong"),
}


def floor_title(hamlet: str, percent: int) -> str:
    """Return what the elastic row of a hamlet asks for."""
    return _("%(hamlet)s paling sedikit %(percent)s %% dari bagiannya menurut jumlah jiwa") % {
        "hamlet": hamlet,
        "percent": percent,
    }


def outside_words(code: str) -> str:
    """Return why a proposal takes no part; an unknown code names itself."""
    return str(OUTSIDE.get(code, code))


def code_name(code: str) -> str:
    """Return a reason code in two or three words."""
    return str(CODE_NAMES.get(code, code))


COLUMNS: Mapping[str, str | Promise] = {
    "one": gettext_lazy("usulan"),
    "other": gettext_lazy("usulan lainnya"),
    "rule": gettext_lazy("cara menghitung"),
    "adopted_at": gettext_lazy("disahkan"),
    "adopted_by": gettext_lazy("disahkan oleh"),
    "adoption_note": gettext_lazy("catatan pengesahan"),
    "superseded_at": gettext_lazy("digantikan"),
    "made_at": gettext_lazy("dihitung"),
}
