"""Words for people: stages of a ceiling, names of sources, refusals of this room."""

from django.utils.translation import gettext_lazy as _

from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.lists import funding_sources
from rembuk.shared.menu import Entry
from rembuk.shared.wording import register

STAGE_NOTES = {
    "provisional": _("Sementara: angka akhir tahun sebelumnya, menunggu surat pagu"),
    "indicative": _("Pagu indikatif menurut surat kabupaten"),
    "revised": _("Perubahan atas pagu sebelumnya"),
    "final": _("Pagu final"),
}

CERTAINTY_WORDS = CERTAINTY_LABELS

MENU_ENTRY = Entry(
    key="priorities",
    title=_("Prioritas & pagu"),
    short=_("Prioritas"),
    icon="scales",
    url_name="funding:list",
    act="funding.list",
    order=40,
)

register(
    {
        "source-unknown": _(
            "Baris %(row)s: sumber dana '%(read)s' tidak dikenal. Tulis salah satu: %(accepted)s. "
            "Tidak ada yang disimpan."
        ),
        "ceiling-negative": _(
            "Baris %(row)s: pagu %(source)s bernilai minus. Tulis 0 atau lebih. Tidak ada yang disimpan."
        ),
        "ceiling-not-yours": _(
            "Pagu %(source)s dicatat dari surat kabupaten, bukan oleh desa. Desa mencatat %(accepted)s. "
            "Tidak ada yang disimpan."
        ),
        "ceiling-twice": _("Pagu %(source)s tertulis dua kali dalam satu catatan. Gabungkan. Tidak ada yang disimpan."),
        "letter-missing": _("Tulis nomor dan tanggal surat pagu. Tidak ada yang disimpan."),
        "letter-in-future": _("Tanggal surat %(date)s belum tiba. Tulis tanggal pada suratnya."),
        "nothing-entered": _("Belum ada satu angka pun yang diisi. Nol juga angka: tulis 0 kalau memang nol."),
        "nothing-to-issue": _("Tidak ada pagu yang menunggu diterbitkan. Tidak ada yang berubah."),
        "no-figures-before": _(
            "Belum ada angka pagu tahun anggaran %(year)s untuk dipakai sementara. "
            "Isi angkanya sendiri, atau catat suratnya."
        ),
        "real-ceiling-there": _("Pagu %(year)s desa ini sudah diterbitkan, jadi tidak perlu pagu sementara."),
        "ceiling-stage-odd": _("Jenis pagu '%(read)s' tidak dikenal. Tidak ada yang disimpan."),
        "sheet-no-columns": _(
            "Kolom %(missing)s tidak ditemukan. Judul yang dibaca: %(read)s. Berkas contoh bisa diunduh di halaman ini."
        ),
        "sheet-expired": _(
            "Berkas ini sudah lewat sehari atau bukan milik Anda. Unggah lagi; belum ada yang disimpan."
        ),
        "year-odd": _("Tahun %(year)s di luar yang bisa direncanakan. Pilih tahun 2000 sampai 2100."),
    }
)


def source_name(code: str) -> str:
    """Return the name of a funding source; an unknown code names itself."""
    source = funding_sources().get(code)
    return source.name if source is not None else code
