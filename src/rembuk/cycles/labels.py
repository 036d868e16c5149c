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
    Entry("rpjm", _("RPJM Desa"), "list", "cycles:rpjm_list", "cycles.list", order=52, main=False),
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
    "R1": _("Tim RPJM"),
    "R2": _("Arah kebijakan"),
    "R3A": _("Data Desa"),
    "R3B": _("Gagasan"),
    "R3C": _("Laporan PKD"),
    "R4": _("Musdes perencanaan"),
    "R5": _("Rancangan"),
    "R6": _("Persetujuan kades"),
    "R7": _("Musrenbang"),
    "R8": _("Rancangan akhir"),
    "R9": _("Musdes pengesahan"),
    "R10": _("Perdes ditetapkan"),
    "R11": _("Klarifikasi"),
    "R12": _("Disebarluaskan"),
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
    "R1": _("Tim penyusun RPJM dibentuk"),
    "R2": _("Arah kebijakan diselaraskan"),
    "R3A": _("Data Desa diselaraskan"),
    "R3B": _("Gagasan dusun dan kelompok digali"),
    "R3C": _("Hasil pengkajian dilaporkan"),
    "R4": _("Musdes perencanaan RPJM"),
    "R5": _("Rancangan RPJM Desa disusun"),
    "R6": _("Rancangan RPJM disetujui Kepala Desa"),
    "R7": _("Musrenbang RPJM Desa"),
    "R8": _("Rancangan akhir RPJM Desa"),
    "R9": _("Musdes pengesahan RPJM"),
    "R10": _("Perdes RPJM Desa ditetapkan"),
    "R11": _("Perdes RPJM diklarifikasi"),
    "R12": _("RPJM Desa disebarluaskan"),
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
    "R1": _("Bentuk tim penyusun RPJM"),
    "R2": _("Daftar program yang masuk desa"),
    "R3A": _("Lengkapi Data Desa"),
    "R3B": _("Gali gagasan dusun dan kelompok"),
    "R3C": _("Laporkan hasil pengkajian keadaan desa"),
    "R4": _("Selenggarakan Musdes perencanaan RPJM"),
    "R5": _("Susun rancangan RPJM Desa"),
    "R6": _("Setujui atau kembalikan rancangan RPJM"),
    "R7": _("Selenggarakan Musrenbang RPJM Desa"),
    "R8": _("Susun rancangan akhir RPJM dan rancangan Perdes"),
    "R9": _("Selenggarakan Musdes pengesahan RPJM"),
    "R10": _("Tetapkan Perdes RPJM Desa"),
    "R11": _("Kirim Perdes RPJM dan catat klarifikasinya"),
    "R12": _("Sebarluaskan RPJM Desa"),
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
        "rpjm-cycle-exists": _("Siklus RPJM untuk pelantikan %(inauguration)s sudah dibuka. Tidak ada yang berubah."),
        "inauguration-missing": _("Tulis tanggal pelantikan Kepala Desa, seperti pada berita acara pelantikan."),
        "inauguration-in-future": _("Tanggal pelantikan %(date)s belum tiba. Tulis tanggal pelantikan yang sudah ada."),
        "inauguration-odd": _(
            "Tanggal pelantikan %(date)s terlalu lama. Siklus ini untuk pelantikan sejak 3 Juni 2014."
        ),
        "review-day-missing": _("Tulis tanggal peninjauan RPJM Desa dimulai."),
        "review-in-future": _("Tanggal peninjauan %(date)s belum tiba. Tulis tanggal yang sudah ada."),
        "review-period-odd": _("Periode %(start)s sampai %(end)s bukan 6 sampai 9 tahun. Tidak ada yang dibuka."),
        "rpjm-review-open": _("Perubahan RPJM Desa ini sedang dikerjakan. Selesaikan yang itu dulu."),
        "rpjm-period-odd": _(
            "Periode %(start)s sampai %(end)s tidak cocok. RPJM dimulai pada tahun pelantikan atau setahun sesudahnya "
            "dan berjalan 6 sampai 9 tahun; menurut hukum %(lawful)s tahun."
        ),
        "cycle-year-odd": _("Tahun %(year)s di luar yang bisa direncanakan. Pilih tahun 2000 sampai 2100."),
        "excuse-decided": _("Kelonggaran ini sudah diputuskan. Tidak ada yang berubah."),
        "excuse-dates": _("Tanggal selesai jeda lebih awal dari tanggal mulainya. Perbaiki tanggalnya."),
        "holiday-exists": _("Tanggal %(day)s sudah tercatat sebagai hari libur."),
        "procedure-bad": _("Pengaturan tidak terbaca: %(detail)s. Tidak ada yang berubah."),
    }
)
