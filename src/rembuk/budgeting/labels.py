"""Words for people: refusals, why a proposal takes no part, and what would change its place."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.core.allocation import Decision
from rembuk.core.law import reasons
from rembuk.core.money import format_rupiah

UNCHECKED = "BELUM-DIPERIKSA"
AUTHORITY_UNKNOWN = "WENANG-TANYA"

SENTENCES: Mapping[str, str | Promise] = {
    "cycle-closed": gettext_lazy("Siklus RKP %(year)s sudah ditutup. Tidak ada yang berubah."),
    "run-meeting-elsewhere": gettext_lazy(
        "Musyawarah itu bukan milik siklus ini atau sudah dibatalkan. Pilih yang lain."
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
    "no-adopted-run": gettext_lazy("Belum ada hasil yang disahkan musyawarah, jadi belum ada yang dijawab."),
}

OUTSIDE: Mapping[str, str | Promise] = {
    UNCHECKED: gettext_lazy("Belum diperiksa Sekdes."),
    AUTHORITY_UNKNOWN: gettext_lazy("Belum dicatat siapa yang berwenang."),
    reasons.BEYOND_AUTHORITY: gettext_lazy("Di luar kewenangan desa; diteruskan lewat DU-RKP."),
    reasons.NOT_FEASIBLE: gettext_lazy("Pemeriksaan lapangan: tidak layak."),
    reasons.SET_BY_MEETING: gettext_lazy("Musyawarah memutuskan tidak memasukkannya."),
}

ORDER_NOTES: Mapping[str, str | Promise] = {
    "ranking": gettext_lazy("Urutan menurut peringkat yang disahkan musyawarah."),
    "scores": gettext_lazy("Urutan menurut skor musyawarah (C1 sampai C5)."),
    "default": gettext_lazy("Belum ada musyawarah yang memberi skor; dipakai urutan bawaan, bukan urutan hukum."),
}

RULE_NAMES: Mapping[str, str | Promise] = {
    "greedy": gettext_lazy("menurut peringkat; yang tidak muat dilewati"),
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


def outside_words(code: str) -> str:
    """Return why a proposal takes no part; an unknown code names itself."""
    return str(OUTSIDE.get(code, code))


def code_name(code: str) -> str:
    """Return a reason code in two or three words."""
    return str(CODE_NAMES.get(code, code))


def remedy(decision: Decision, row_titles: Mapping[str, str]) -> str:
    """Return what would bring a proposal in: the amount that is missing, or the rule in its way."""
    lacking = format_rupiah(decision.missing)
    sources = ", ".join(decision.blocked_sources)
    if decision.code == reasons.COST_UNREADABLE:
        return _("Isi biayanya dengan satu angka, lalu hitung lagi.")
    if decision.code == reasons.RULE_ROW:
        rules = ", ".join(row_titles.get(row, row) for row in decision.blocked_rows)
        return _("Masuk bila %(lacking)s bisa dibayar sumber lain; yang membatasi: %(rules)s.") % {
            "lacking": lacking,
            "rules": rules or _("aturan penggunaan dana"),
        }
    if decision.missing and decision.cost and decision.missing < decision.cost:
        left = format_rupiah(decision.cost - decision.missing)
        return _("Masuk bila %(sources)s bertambah %(lacking)s, atau biayanya paling banyak %(left)s.") % {
            "sources": sources,
            "lacking": lacking,
            "left": left,
        }
    if decision.missing:
        return _("Masuk bila %(sources)s bertambah %(lacking)s.") % {
            "sources": sources or _("pagu"),
            "lacking": lacking,
        }
    if decision.code == reasons.PREREQUISITE_MISSING:
        return _("Masuk bila kegiatan yang disyaratkan terpilih lebih dulu.")
    return ""


COLUMNS: Mapping[str, str | Promise] = {
    "rule": gettext_lazy("cara menghitung"),
    "adopted_at": gettext_lazy("disahkan"),
    "adopted_by": gettext_lazy("disahkan oleh"),
    "adoption_note": gettext_lazy("catatan pengesahan"),
    "superseded_at": gettext_lazy("digantikan"),
    "made_at": gettext_lazy("dihitung"),
}
