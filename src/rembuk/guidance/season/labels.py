"""Words of the season: refusals, parts of the cost, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SENTENCES: Mapping[str, Words] = {
    "season-form": _("Formulir ini tidak utuh. Buka lagi halamannya, lalu isi sekali lagi."),
    "season-no-file": _("Pilih berkasnya dahulu. Tidak ada yang disimpan."),
    "season-file-large": _("Berkas lebih dari %(limit)s MB. Tidak ada yang disimpan."),
    "season-missing": _("Tulis %(field)s. Tidak ada yang disimpan."),
    "season-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "season-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2027-03-15."),
    "season-number": _("Isian %(field)s “%(read)s” tidak terbaca. Tulis angka %(least)s sampai %(most)s."),
    "season-days-turned": _("Hari terakhir mendahului hari pertama. Periksa keduanya."),
    "season-long": _("Musim paling panjang %(weeks)s minggu. Bagi menjadi dua musim."),
    "season-water": _("Pilih keadaan air: normal atau surut."),
    "season-no-forum": _(
        "Belum ada desa yang menunggu forum tahun kerja %(year)s. Minta dahulu forumnya di halaman Fasilitasi."
    ),
    "season-closed-reason": _("Baris “%(read)s”: tulis tanggal, spasi, lalu alasannya."),
    "season-team-twice": _("Tim bernama %(name)s sudah ada di musim ini."),
    "season-speaker-twice": _("Narasumber %(name)s sudah ada di musim ini."),
    "season-sex": _("Pilih L atau P untuk %(name)s."),
    "season-member-twice": _("%(name)s tertulis dua kali dalam tim ini."),
    "season-person": _("Orang itu tidak ditemukan. Pilih lagi dari daftar, atau tulis namanya."),
    "season-person-not-here": _(
        "Belum punya penugasan di kabupaten ini pada awal musim: %(names)s. Tugaskan dahulu, atau tulis namanya saja."
    ),
    "season-no-member": _("Tim perlu sedikitnya satu anggota."),
    "season-many-members": _("Paling banyak %(limit)s anggota dalam satu tim."),
    "season-team-planned": _("Tim %(name)s sudah ada dalam jadwal, jadi tidak dihapus. Tutup hari-harinya saja."),
    "season-half-fixed": _("Jadwal tetap perlu tim dan tanggalnya; isi keduanya atau kosongkan keduanya."),
    "season-travel-columns": _("Berkas ini tidak punya kolom dari, ke, dan menit. Kolom lain: sungai, searah."),
    "season-travel-long": _("Berkas ini memuat %(count)s baris, paling banyak %(limit)s."),
    "season-travel-rows": _("Ada %(count)s baris yang belum bisa dibaca. Tidak ada yang disimpan."),
    "season-no-coordinates": _(
        "Letak ini belum diketahui: %(names)s. Pangkalan ditulis dengan nama kecamatan atau desa."
    ),
    "season-no-travel": _("Tabel waktu tempuh belum ada untuk keadaan air ini. Impor, atau minta perkiraannya."),
    "season-not-ready": _("Musim ini belum dapat disusun: %(count)s hal harus diperbaiki. Tidak ada yang berubah."),
    "season-plan-published": _("Jadwal yang terbit tidak digeser langsung. Mulai rancangan dari jadwal ini."),
    "season-plan-changed": _("Jadwal ini berubah sejak Anda membukanya. Lihat lagi, lalu terbitkan."),
    "season-plan-replaced": _("Jadwal ini sudah diganti jadwal yang lebih baru, jadi tidak diterbitkan lagi."),
    "season-plan-empty": _("Jadwal ini belum memuat satu forum pun yang bisa diterbitkan."),
    "season-plan-unsound": _("Musim berubah sejak jadwal ini dibuat; tidak lagi muat: %(names)s. Perbaiki dahulu."),
    "season-day-outside": _("Hari %(day)s di luar musim atau akhir pekan."),
    "season-conflict": _("Forum ini tidak bisa dipindahkan ke sana. Tidak ada yang berubah."),
    "season-no-visit": _("Desa itu tidak ada dalam jadwal ini."),
    "season-trouble-long": _("Gangguan %(count)s hari terlalu panjang; paling banyak %(limit)s hari sekaligus."),
    "season-trouble-nothing": _("Pilih desa, tim, atau narasumber yang terkena."),
}
PARTS: Mapping[str, Words] = {
    "travel": _("perjalanan"),
    "nights": _("menginap"),
    "travel_days": _("hari perjalanan"),
    "saturdays": _("pulang hari Sabtu"),
    "preference": _("jauh dari hari yang diminta"),
    "split": _("kecamatan dibagi banyak tim"),
    "load": _("beban tidak rata"),
    "late": _("lebih lambat di musim"),
    "unserved": _("desa belum terjadwal"),
}
CLOSED: Mapping[str, Words] = {"di luar rentang musim": _("di luar rentang musim"), "hari libur": _("hari libur")}
"""Reasons that the program gives itself for a day on which nobody works; others were typed by people."""
WEEKDAYS: Mapping[int, Words] = {
    0: _("Senin"),
    1: _("Selasa"),
    2: _("Rabu"),
    3: _("Kamis"),
    4: _("Jumat"),
}
POLICY_NAMES: Mapping[str, Words] = {
    "district_cap": _("Forum sehari yang bisa dihadiri satu kecamatan"),
    "notice_days": _("Hari kerja paling sedikit sebelum tanggal baru"),
    "reserve_days": _("Hari cadangan di akhir musim"),
    "forum": _("Lama forum (menit)"),
    "rest_after": _("Narasumber istirahat esoknya bila menempuh lebih dari (menit)"),
    "travel_day": _("Perjalanan paling lama sehari (menit)"),
}
COLUMNS: Mapping[str, Words] = {
    "season": _("musim"),
    "plan_year": _("tahun kerja"),
    "water": _("keadaan air"),
    "seat": _("tempat berangkat narasumber"),
    "shared_boats": _("perahu bersama"),
    "shared_seats": _("kursi perahu bersama"),
    "policy": _("aturan"),
    "base": _("pangkalan"),
    "skills": _("bahasa"),
    "boat_seats": _("kursi perahu"),
    "max_days": _("batas hari"),
    "team": _("tim"),
    "remote": _("lewat telepon atau video"),
    "skill": _("bahasa"),
    "speaker": _("narasumber"),
    "market": _("hari pasar"),
    "earliest": _("paling awal"),
    "earliest_reason": _("alasan paling awal"),
    "preferred": _("hari yang diminta"),
    "priority": _("prioritas"),
    "minutes": _("menit"),
    "fixed_team": _("tim tetap"),
    "fixed_date": _("tanggal tetap"),
    "wish": _("permintaan desa"),
    "day": _("hari"),
    "reason": _("alasan"),
    "source": _("sumber"),
    "estimated": _("perkiraan"),
    "parent": _("jadwal asal"),
    "travel": _("tabel perjalanan"),
    "seed": _("benih"),
    "rounds": _("putaran"),
    "input_hash": _("sidik masukan"),
    "score": _("angka jadwal"),
    "cause": _("sebab"),
    "made_at": _("dibuat"),
    "published_at": _("terbit"),
    "plan": _("jadwal"),
}
