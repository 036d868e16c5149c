"""Sentences of the room `regions`."""

from django.utils.translation import gettext_lazy as _

from rembuk.shared import wording

wording.register(
    {
        "regency-unknown": _(
            "Kode kabupaten %(read)s tidak ada dalam daftar wilayah resmi. Tulis seperti 64.02. Tidak ada yang berubah."
        ),
        "hamlet-name-taken": _("Desa ini sudah punya dusun bernama %(name)s. Tulis nama lain. Isian lain masih ada."),
        "rt-number-taken": _("Desa ini sudah punya RT %(number)s. Tulis nomor lain. Isian lain masih ada."),
        "rt-in-use": _(
            "RT %(number)s dipakai oleh catatan lain (penugasan atau usulan), jadi tidak dihapus. Ubah saja nomornya."
        ),
        "hamlet-ended": _("Dusun %(name)s sudah diakhiri. Tidak ada yang berubah."),
        "hamlet-elsewhere": _("Dusun itu bukan dusun desa ini. Tidak ada yang berubah."),
        "coordinates-outside": _(
            "Titik %(latitude)s, %(longitude)s di luar Indonesia: lintang -11,5 sampai 6,5, bujur 94,5 sampai 141,5."
        ),
    }
)
