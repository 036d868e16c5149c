"""Words of evaluations: kinds, states, marks, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.desk_states import DeskResult, DeskState, ItemMark

Words = str | Promise

KINDS: Mapping[str, Words] = {"EV-RPJM": _("RPJM Desa"), "EV-RKP": _("RKP Desa"), "EV-APB": _("APB Desa")}
DESK_NAMES: Mapping[str, Words] = {"EV-RPJM": _("pra-periksa"), "EV-RKP": _("pra-periksa"), "EV-APB": _("evaluasi")}
"""RPJM and RKP Desa are advised on before their enactment; only the APB Desa is evaluated by law."""

STATES: Mapping[str, Words] = {
    DeskState.SUBMITTED: _("baru masuk"),
    DeskState.INCOMPLETE: _("dikembalikan, belum lengkap"),
    DeskState.UNDER_REVIEW: _("sedang diperiksa"),
    DeskState.RESULT_DRAFT: _("menunggu tanda tangan"),
    DeskState.RESULT_SIGNED: _("hasil sudah terbit"),
}
STATE_CHIPS: Mapping[str, str] = {
    DeskState.SUBMITTED: "due",
    DeskState.INCOMPLETE: "paused",
    DeskState.UNDER_REVIEW: "due",
    DeskState.RESULT_DRAFT: "due",
    DeskState.RESULT_SIGNED: "ok",
}
RESULTS: Mapping[str, Words] = {
    DeskResult.CONFORM: _("sesuai"),
    DeskResult.CONFORM_WITH_NOTES: _("sesuai dengan catatan"),
    DeskResult.NOT_CONFORM: _("dikembalikan untuk diperbaiki"),
}
RESULT_CHIPS: Mapping[str, str] = {
    DeskResult.CONFORM: "ok",
    DeskResult.CONFORM_WITH_NOTES: "due",
    DeskResult.NOT_CONFORM: "late",
}
MARKS: Mapping[str, Words] = {
    ItemMark.CONFORM: _("sesuai"),
    ItemMark.NOTE: _("catatan"),
    ItemMark.NOT_CONFORM: _("tidak sesuai"),
    ItemMark.NA: _("tidak berlaku"),
}
MARK_CHIPS: Mapping[str, str] = {
    ItemMark.CONFORM: "ok",
    ItemMark.NOTE: "due",
    ItemMark.NOT_CONFORM: "late",
    ItemMark.NA: "next",
}
HELD: Mapping[str, Words] = {
    "there": _("ada"),
    "paper": _("diserahkan sebagai kertas"),
    "missing": _("belum ada"),
}
HELD_CHIPS: Mapping[str, str] = {"there": "ok", "paper": "due", "missing": "late"}
ANSWERS: Mapping[str, Words] = {"yes": _("ya"), "no": _("belum"), "na": _("tidak berlaku")}
CHANGES: Mapping[str, Words] = {"added": _("baru"), "dropped": _("dihapus"), "changed": _("berubah")}

SENTENCES: Mapping[str, Words] = {
    "desk-kind": _("Jenis dokumen “%(read)s” tidak dikenal. Pilih RPJM, RKP, atau APB Desa."),
    "desk-nothing": _("Belum ada %(kind)s di siklus ini yang bisa diajukan. Susun dulu rancangannya."),
    "desk-empty": _("Rancangan %(kind)s belum berisi kegiatan, jadi belum ada yang diperiksa."),
    "desk-enacted": _("%(kind)s ini sudah ditetapkan. Pra-periksa dilakukan sebelum penetapan."),
    "desk-being-checked": _(
        "Rancangan yang lalu sedang diperiksa. Tunggu hasilnya, lalu ajukan perbaikannya sebagai putaran berikut. "
        "Rancangan Anda aman."
    ),
    "desk-nothing-changed": _(
        "Belum ada yang berubah sejak hasil pemeriksaan terbit. Perbaiki dulu menurut catatannya, lalu ajukan lagi."
    ),
    "desk-conform-already": _("Rancangan ini sudah dinyatakan sesuai, jadi tidak perlu diajukan lagi."),
    "desk-changed-meanwhile": _(
        "Desa mengubah rancangannya sesudah diajukan. Minta Desa menekan Ajukan lagi, supaya yang diperiksa sama "
        "dengan yang ada di Desa. Tidak ada yang berubah."
    ),
    "desk-apb-not-agreed": _(
        "APB Desa dievaluasi sesudah disepakati Kepala Desa dan BPD. Catat kesepakatannya dulu di langkah APB."
    ),
    "desk-apb-correct-first": _(
        "Catat dulu di langkah APB bahwa rancangan diperbaiki, masukkan barisnya yang baru, lalu ajukan lagi di sini."
    ),
    "desk-apb-not-sent": _(
        "APB Desa ini tidak lagi menunggu evaluasi: %(state)s. Lihat langkah APB-nya; tidak ada yang berubah."
    ),
    "desk-apb-sender": _("APB Desa dikirim oleh Sekretaris Desa. Minta Sekdes menekan Ajukan; isian Anda aman."),
    "desk-letter-missing": _("Nomor dan tanggal surat pengantar belum diisi. Isian lain tetap ada di bawah."),
    "desk-reason-missing": _(
        "Tulis apa yang belum lengkap, supaya Desa tahu harus menambah apa. Tidak ada yang berubah."
    ),
    "desk-number-missing": _("Nomor register belum diisi."),
    "desk-number-taken": _("Nomor register %(number)s sudah dipakai rancangan lain. Periksa bukunya."),
    "desk-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2026-10-30."),
    "desk-day-missing": _("Tanggal belum diisi. Tidak ada yang disimpan."),
    "desk-day-future": _("Tanggal %(date)s belum tiba. Tulis tanggal pada suratnya."),
    "desk-day-before": _("Tanggal %(date)s mendahului %(other)s, hari rancangan ini masuk. Periksa suratnya."),
    "desk-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "desk-marks-refused": _(
        "%(count)s butir belum bisa disimpan. Perbaiki yang disebut di bawah; semua tulisan Anda masih ada."
    ),
    "desk-unmarked": _("Butir %(items)s belum dinilai. Hasil disusun sesudah semua butir dinilai."),
    "desk-stale": _(
        "Evaluasi ini baru saja diubah orang lain. Tulisan Anda masih ada di bawah; periksa, lalu simpan lagi."
    ),
    "desk-own-village": _(
        "Anda juga bertugas di desa ini, jadi rancangannya diperiksa orang lain. Nyatakan benturan kepentingan, lalu "
        "penilai lain mengambil alih."
    ),
    "desk-recuse-reason": _("Tulis hubungannya secara singkat, misalnya: keluarga Kepala Desa."),
    "desk-not-delegated": _(
        "Evaluasi APB Desa di kecamatan ini tidak didelegasikan kepada Camat pada tanggal surat itu. Teruskan ke DPMD "
        "untuk keputusan Bupati."
    ),
    "desk-delegated": _(
        "Evaluasi APB Desa di kecamatan ini didelegasikan kepada Camat (%(decree)s), jadi Camat yang menandatangani."
    ),
    "desk-signed-by-drafter": _("Hasil ini Anda susun sendiri. Tanda tangan diberikan orang lain."),
    "desk-signer-missing": _("Nama yang menandatangani belum diisi."),
    "desk-file-missing": _("Unggah pindaian surat yang sudah ditandatangani. Isian lain tetap ada di bawah."),
    "desk-forwarded": _("Rancangan ini sudah diteruskan ke DPMD."),
    "desk-forward-delegated": _("Camat menandatangani sendiri evaluasi ini (%(decree)s), jadi tidak perlu diteruskan."),
    "desk-standard": _("Standar layanan “%(read)s” tidak terbaca. Tulis hari kerja, %(least)s sampai %(most)s."),
    "desk-decree-missing": _("Nomor dan tanggal Perbup belum diisi. Tidak ada yang disimpan."),
    "desk-decree-taken": _("Perbup %(number)s sudah tercatat. Akhiri dulu bila masa berlakunya berubah."),
    "desk-districts": _("Kecamatan “%(read)s” tidak ada di kabupaten ini."),
    "desk-days-turned": _("Tanggal akhir %(end)s mendahului tanggal mulai %(start)s."),
    "desk-answer": _("Jawaban “%(read)s” tidak dikenal. Pilih ya, belum, atau tidak berlaku."),
}

MARK_PROBLEMS: Mapping[str, Words] = {
    "fix": _("Tulis apa yang harus diubah Desa pada butir ini."),
    "mark": _("Pilih dulu: sesuai, catatan, tidak sesuai, atau tidak berlaku."),
    "long": _("Terlalu panjang; paling banyak 500 huruf."),
    "day": _("Tanggal tidak terbaca."),
}

COLUMNS: Mapping[str, Words] = {
    "review": _("evaluasi"),
    "checks": _("daftar periksa"),
    "list_version": _("versi daftar"),
    "round": _("putaran"),
    "previous": _("putaran sebelumnya"),
    "rpjmdes": _("RPJM Desa"),
    "rkpdes": _("RKP Desa"),
    "apbdes": _("APB Desa"),
    "apb_lines": _("baris APB Desa"),
    "at_regency": _("di meja DPMD"),
    "completeness": _("kelengkapan"),
    "self_check": _("cek mandiri"),
    "submit_note": _("catatan Desa"),
    "submitted_by": _("diajukan oleh"),
    "incomplete_reason": _("yang belum lengkap"),
    "register_number": _("nomor register"),
    "registered_date": _("tanggal register"),
    "registered_by": _("didaftarkan oleh"),
    "evaluator": _("penilai"),
    "evaluator_name": _("nama penilai"),
    "recused": _("benturan kepentingan"),
    "forwarded_date": _("diteruskan"),
    "forwarded_by": _("diteruskan oleh"),
    "forward_note": _("catatan penerusan"),
    "drafted_by": _("hasil disusun oleh"),
    "drafted_at": _("hasil disusun"),
    "closing_words": _("kalimat penutup"),
    "delegation": _("delegasi"),
    "letter_file": _("berkas surat"),
    "signer_role": _("jabatan penanda tangan"),
    "signer_name": _("penanda tangan"),
    "signed_by": _("dicatat oleh"),
    "signed_at": _("ditandatangani"),
    "mark": _("penilaian"),
    "found": _("yang ditemukan"),
    "fix": _("yang harus diubah"),
    "mended": _("sudah diperbaiki"),
    "marked_by": _("dinilai oleh"),
    "districts": _("kecamatan"),
    "answers": _("jawaban"),
    "show_score": _("jumlah ya boleh dilihat"),
    "answered_by": _("dijawab oleh"),
    "answered_at": _("dijawab"),
    "recorded_by": _("dicatat oleh"),
    "recorded_at": _("dicatat"),
}
