"""Sentences of the room `accounts`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.shared import wording

wording.register(
    {
        "place-missing": _("Peran %(role)s perlu tempat: pilih %(level)s. Tidak ada yang disimpan."),
        "place-elsewhere": _("Tempat itu di luar wilayah Anda. Tidak ada yang disimpan."),
        "role-above": _(
            "Peran Anda tidak boleh mengangkat %(role)s; itu urusan tingkat di atasnya. Tidak ada yang disimpan."
        ),
        "not-oneself": _("Tidak seorang pun mengangkat dirinya sendiri. Minta orang lain. Tidak ada yang disimpan."),
        "decree-missing": _(
            "Peran %(role)s perlu nomor SK dan tanggal akhir. Lengkapi keduanya lalu simpan lagi. Isian lain masih ada."
        ),
        "ends-before-start": _("Tanggal akhir lebih dulu daripada tanggal mulai. Perbaiki salah satunya."),
        "assignment-exists": _("%(name)s sudah memegang peran itu di tempat itu sampai tanggal yang tumpang tindih."),
        "name-taken": _("Nama masuk %(username)s sudah dipakai orang lain. Tulis yang lain. Isian lain masih ada."),
        "email-taken": _("Surel %(email)s sudah dipakai akun lain. Tulis yang lain atau kosongkan."),
        "phone-taken": _("Nomor %(phone)s sudah dipakai akun lain. Tulis yang lain atau kosongkan."),
        "already-ended": _("Penugasan ini sudah berakhir. Tidak ada yang berubah."),
        "not-proposed": _("Penugasan ini tidak sedang menunggu persetujuan. Tidak ada yang berubah."),
        "person-ended": _("Akun ini sudah berakhir, jadi tidak bisa diberi kode. Beri penugasan baru lebih dulu."),
        "holds-higher-role": _(
            "%(name)s juga memegang peran di luar wewenang Anda, jadi hanya tingkat di atasnya yang boleh."
        ),
        "code-unknown": _(
            "Kode itu tidak dikenal, sudah dipakai, atau lewat waktunya. Periksa tiap hurufnya, atau minta kode baru."
        ),
        "last-administrator": _(
            "Ini administrator terakhir yang berlaku. Angkat administrator lain dulu. Tidak ada yang berubah."
        ),
        "state-same": _("Akun ini sudah dalam keadaan itu. Tidak ada yang berubah."),
        "roster-columns": _(
            "Kolom %(missing)s tidak ketemu di sepuluh baris pertama. Pakai berkas templat. Tidak ada yang disimpan."
        ),
        "roster-too-long": _("Berkas berisi %(count)d baris; paling banyak %(most)d sekali kirim. Bagi berkasnya."),
        "roster-changed": _(
            "Baris %(row)d tidak lagi bisa disimpan: %(why)s Tidak ada yang disimpan; unggah berkasnya lagi."
        ),
        "adult-only": _("Akun hanya untuk orang berumur 17 tahun ke atas."),
    }
)

LEVEL_NAMES: Mapping[str, str | Promise] = {
    "country": _("seluruh Indonesia"),
    "regency": _("kabupaten"),
    "district": _("kecamatan"),
    "village": _("desa"),
    "hamlet": _("dusun"),
    "rt": _("RT"),
}
