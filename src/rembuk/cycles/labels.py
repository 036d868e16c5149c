"""Words for people: refusals of this room and names of its states."""

from django.utils.translation import gettext_lazy as _

from rembuk.shared.menu import Entry
from rembuk.shared.wording import register

STATE_NAMES = {
    "done": _("selesai"),
    "due": _("sudah waktunya"),
    "late": _("terlambat"),
    "paused": _("dijeda"),
    "next": _("nanti"),
}

MENU_ENTRIES = (
    Entry("excuses", _("Kelonggaran"), "paused", "cycles:excuses", "cycles.decide_excuse", order=36, main=False),
    Entry("evidence", _("Bukti"), "photo", "cycles:evidence_list", "cycles.verify_evidence", order=35, main=False),
    Entry(
        "procedure", _("Prosedur & libur"), "gear", "cycles:own_procedure", "cycles.set_holiday", order=82, main=False
    ),
)

STAGE_SHORT = {
    "K1": _("Musdes perencanaan"),
    "K2": _("Tim RKP"),
    "K3": _("Pagu diterima"),
    "K4": _("Pagu diselaraskan"),
    "K5": _("RPJM ditinjau"),
    "K6": _("Rancangan"),
    "K7": _("Verifikasi teknis"),
    "K8": _("Persetujuan kades"),
    "K9": _("Musrenbang"),
    "K10": _("Rancangan akhir"),
    "K11": _("Musdes pengesahan"),
    "K12": _("Perdes ditetapkan"),
    "K13": _("Dikirim ke Bupati"),
    "K14": _("APB Desa"),
    "K15": _("DU-RKP dikirim"),
    "K16": _("Selaras RKPD"),
    "K17": _("Pelaksanaan"),
}

FAMILY_NAMES = {
    "A": _("A: lampiran Permendagri 114/2014"),
    "B": _("B: lampiran Permendesa PDTT 21/2020"),
}

STAGE_TITLES = {
    "K1": _("Musdes perencanaan"),
    "K2": _("Tim penyusun dibentuk"),
    "K3": _("Pagu indikatif diterima"),
    "K4": _("Pagu diselaraskan"),
    "K5": _("RPJM Desa dicermati, usulan diperingkat"),
    "K6": _("Rancangan RKP Desa disusun"),
    "K7": _("Pemeriksaan teknis"),
    "K8": _("Disetujui Kepala Desa"),
    "K9": _("Musrenbang Desa"),
    "K10": _("Rancangan akhir"),
    "K11": _("Musdes pengesahan"),
    "K12": _("Perdes RKP Desa ditetapkan"),
    "K13": _("Perdes dikirim ke Bupati"),
    "K14": _("Diserahkan ke APB Desa"),
    "K15": _("DU-RKP Desa disampaikan"),
    "K16": _("Diselaraskan dengan RKPD"),
    "K17": _("Pelaksanaan"),
}

DUTY_TITLES = {
    "K1": _("Selenggarakan Musdes perencanaan"),
    "K2": _("Bentuk tim penyusun RKP"),
    "K3": _("Catat surat pagu indikatif"),
    "K4": _("Selaraskan pagu dan program masuk desa"),
    "K5": _("Cermati RPJM dan peringkatkan usulan"),
    "K6": _("Susun rancangan RKP dan RAB"),
    "K7": _("Lengkapi pemeriksaan teknis"),
    "K8": _("Setujui atau kembalikan rancangan"),
    "K9": _("Selenggarakan Musrenbang Desa"),
    "K10": _("Susun rancangan akhir dan rancangan Perdes"),
    "K11": _("Selenggarakan Musdes pengesahan"),
    "K12": _("Tetapkan Perdes RKP Desa"),
    "K13": _("Kirim Perdes ke Bupati lewat camat"),
    "K14": _("Serahkan RKP ke APB Desa"),
    "K15": _("Kirim DU-RKP lewat camat"),
    "K16": _("Selaraskan RKP dengan RKPD"),
    "K17": _("Catat pelaksanaan kegiatan"),
}

register(
    {
        "stage-blocked": _(
            "Tahapan belum bisa dinyatakan selesai. Semua yang kurang ada di bawah; tidak ada yang berubah."
        ),
        "stage-not-done": _("Tahapan ini belum selesai, jadi belum ada yang bisa dikonfirmasi atau dikembalikan."),
        "stage-already-done": _("Tahapan ini sudah selesai pada %(done_date)s. Tidak ada yang berubah."),
        "stage-unknown": _("Tahapan %(stage)s tidak dikenal. Tidak ada yang berubah."),
        "done-date-missing": _("Tulis tanggal tahapan ini terjadi, seperti pada surat yang ditandatangani."),
        "done-date-in-future": _("Tanggal %(date)s belum tiba. Tulis tanggal kejadiannya menurut surat."),
        "reason-missing": _("Tulis alasannya dalam satu kalimat. Isian lain tetap tersimpan di halaman ini."),
        "evidence-needs-content": _("Pilih berkas yang diunggah, atau surat buatan Rembuk. Tidak ada yang berubah."),
        "evidence-needs-date": _("Tulis tanggal dokumen. Tidak ada yang berubah."),
        "evidence-date-in-future": _("Tanggal dokumen %(date)s belum tiba. Tulis tanggal pada suratnya."),
        "evidence-withdrawn": _("Bukti ini sudah ditarik. Tidak ada yang berubah."),
        "evidence-already-verified": _("Bukti ini sudah diperiksa. Tidak ada yang berubah."),
        "cycle-exists": _("Siklus RKP %(budget_year)s desa ini sudah dibuka. Tidak ada yang berubah."),
        "cycle-year-odd": _("Tahun %(year)s di luar yang bisa direncanakan. Pilih tahun 2000 sampai 2100."),
        "excuse-decided": _("Kelonggaran ini sudah diputuskan. Tidak ada yang berubah."),
        "excuse-dates": _("Tanggal selesai jeda lebih awal dari tanggal mulainya. Perbaiki tanggalnya."),
        "holiday-exists": _("Tanggal %(day)s sudah tercatat sebagai hari libur."),
        "procedure-bad": _("Pengaturan tidak terbaca: %(detail)s. Tidak ada yang berubah."),
    }
)
