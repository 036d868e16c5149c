"""Words of mentoring: refusals, states, months and durations, columns of the trail."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.monthly import Month

Words = str | Promise

DESIGN_NOTE = _("Angka ini rancangan program, bukan angka undang-undang. DPMD boleh mengubahnya.")

SENTENCES: Mapping[str, Words] = {
    "visit-none-chosen": _("Belum ada desa yang dipilih. Centang desanya, lalu simpan. Tidak ada yang berubah."),
    "visit-no-team": _("Belum ada orang yang dipilih untuk berkunjung. Pilih timnya, atau pilih “menurut desa”."),
    "visit-unknown-person": _("Orang yang dipilih tidak punya penugasan yang berlaku. Muat ulang halaman ini."),
    "visit-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2026-10-05."),
    "visit-day-missing": _("Tanggal belum diisi. Tidak ada yang disimpan."),
    "visit-day-past": _("Tanggal %(date)s sudah lewat. Rencanakan hari ini atau sesudahnya."),
    "visit-day-future": _("Tanggal %(date)s belum tiba. Tulis hari kejadiannya."),
    "visit-days-turned": _("Tanggal sampai %(end)s mendahului tanggal mulai %(start)s. Periksa keduanya."),
    "visit-window-long": _("Jendela paling panjang 370 hari. Perpendek tanggalnya."),
    "visit-window": _(
        "Ada %(needed)s desa, tetapi hanya %(there)s hari kerja kosong. Perpanjang atau kurangi desanya."
    ),
    "visit-refused": _("Rencana belum bisa disimpan. Perbaiki yang disebut di bawah; tidak ada yang berubah."),
    "visit-key-taken": _("Kunjungan ini sudah tersimpan dengan isi lain. Yang tersimpan tidak berubah."),
    "visit-place": _("Desa itu di luar wilayah tugas Anda. Tidak ada yang berubah."),
    "visit-kind": _("Pilihan “%(read)s” tidak dikenal. Pilih salah satu dari daftar."),
    "visit-reason": _("Tulis alasannya dalam satu kalimat. Tidak ada yang berubah."),
    "visit-reason-code": _("Pilih sebab penjadwalan ulang dari daftar. Tidak ada yang berubah."),
    "visit-missed": _(
        "Kunjungan ini sudah tercatat terlewat. Kalau kunjungannya terjadi, catat sebagai kunjungan baru; "
        "isian Anda masih ada."
    ),
    "visit-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "visit-number": _("Angka “%(read)s” tidak terbaca. Tulis bilangan bulat, misalnya 90."),
    "visit-sheet": _("Lembar belum lengkap. Lengkapi yang disebut di bawah; isian Anda masih ada."),
    "visit-photos": _("Paling banyak %(limit)s foto sekali simpan. Tidak ada yang disimpan."),
    "visit-photo-kind": _("Berkas itu bukan foto. Yang diterima: JPG, PNG atau WebP."),
    "visit-file-missing": _("Pilih foto atau pindaian lembar yang ditandatangani."),
    "visit-signer": _("Tulis nama dan jabatan yang menandatangani lembarnya."),
    "visit-sign-before": _("Tanggal tanda tangan %(date)s mendahului kunjungannya. Periksa tanggalnya."),
    "visit-objection-answer": _("Desa menulis keberatan. Tulis bagaimana keberatan itu dijawab, baru tutup."),
    "item-owner-is-recorder": _(
        "Pencatat temuan tidak boleh menjadi penanggung jawabnya. Pilih penanggung jawab lain untuk “%(text)s”."
    ),
    "item-note": _("Tulis catatannya. Tidak ada yang berubah."),
    "item-evidence-missing": _("Pilih foto atau PDF sebagai bukti. Tidak ada yang berubah."),
    "item-evidence-kind": _("Bukti harus foto (JPG, PNG, WebP) atau PDF."),
    "item-key-taken": _("Bukti ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
    "item-own": _("Anda pemilik, pencatat, atau penyerah bukti ini. Orang lain yang harus memeriksanya."),
    "item-head-there": _("Kepala DPMD ada; hanya dia yang membebaskan temuan KRITIS."),
    "item-severity": _("Tingkat temuan “%(read)s” tidak dikenal. Pilih salah satu dari daftar."),
    "item-owner": _("Penanggung jawab “%(read)s” tidak dikenal. Pilih salah satu dari daftar."),
    "item-due-past": _("Tenggat %(date)s mendahului hari kunjungan. Kosongkan agar dihitung sendiri."),
    "rules-number": _("Angka hari “%(read)s” tidak terbaca. Tulis 0 sampai 365."),
}

SENTENCES_OF_REPORTS: Mapping[str, Words] = {
    "report-month-ahead": _("Bulan %(month)s belum tiba. Laporannya bisa ditulis sesudah bulan itu mulai."),
    "report-month-runs": _(
        "Bulan %(month)s belum selesai. Kirim mulai hari terakhirnya; isian Anda bisa disimpan dulu."
    ),
    "report-no-task": _("Anda tidak punya tugas pendampingan pada %(month)s. Tidak ada yang disimpan."),
    "report-own": _("Laporan sendiri diperiksa orang lain. Tidak ada yang berubah."),
    "report-note": _("Tulis apa yang perlu dibenahi, supaya penulisnya tahu. Tidak ada yang berubah."),
    "report-day": _("Hari “%(read)s” tidak terbaca. Tulis 1 sampai 28, supaya ada di setiap bulan."),
    "report-fix-after-due": _("Hari perbaikan tidak boleh sesudah hari terakhir mengirim. Periksa keduanya."),
    "report-since": _("Bulan “%(read)s” tidak terbaca. Tulis tahun dan bulan, misalnya 2026-08."),
    "help-answer": _("Tulis jawabannya: bisa dibantu atau belum, kapan, dan oleh siapa. Tidak ada yang berubah."),
}

VISIT_CHIPS: Mapping[str, str] = {
    "planned": "next",
    "confirmed": "due",
    "on_site": "due",
    "reported": "due",
    "acknowledged": "due",
    "closed": "ok",
    "rescheduled": "paused",
    "cancelled": "paused",
    "missed": "late",
}
ITEM_CHIPS: Mapping[str, str] = {
    "open": "next",
    "in_progress": "due",
    "overdue": "late",
    "submitted": "due",
    "rejected": "late",
    "verified": "ok",
    "closed": "ok",
    "waived": "paused",
    "superseded": "paused",
}
SEVERITY_CHIPS: Mapping[str, str] = {"critical": "late", "major": "due", "minor": "next", "advice": "next"}
SEVERITY_WORDS: Mapping[str, Words] = {
    "critical": _("KRITIS: melanggar aturan atau menahan tahapan"),
    "major": _("MAYOR: harus dibenahi sebelum tahapan berikutnya"),
    "minor": _("MINOR: perlu dirapikan"),
    "advice": _("SARAN: baik bila dilakukan"),
}
EVENTS: Mapping[str, Words] = {
    "open": _("Dicatat saat kunjungan"),
    "begin": _("Mulai dikerjakan"),
    "submit": _("Bukti diserahkan"),
    "reject": _("Bukti belum cukup"),
    "resume": _("Dikerjakan lagi"),
    "verify": _("Bukti diterima"),
    "close": _("Selesai"),
    "lapse": _("Lewat tenggat"),
    "waive": _("Dibebaskan"),
    "supersede": _("Diganti"),
    "reopen": _("Dibuka lagi"),
}
STANDINGS: Mapping[str, Words] = {
    "running": _("bulan berjalan"),
    "due": _("belum dikirim"),
    "missing": _("lewat tenggat"),
    "submitted": _("menunggu diperiksa"),
    "checked": _("sudah diperiksa"),
    "returned": _("dikembalikan"),
    "not_asked": _("tidak diminta"),
}
STANDING_CHIPS: Mapping[str, str] = {
    "running": "next",
    "due": "due",
    "missing": "late",
    "submitted": "due",
    "checked": "ok",
    "returned": "late",
    "not_asked": "paused",
}
PROBLEM_KINDS: Mapping[str, Words] = {
    "finding": _("temuan"),
    "data": _("masalah data"),
    "help": _("bantuan yang diperlukan"),
}
REASON_WORDS: Mapping[str, Words] = {"cancelled": _("Dibatalkan"), "rescheduled": _("Dijadwal ulang")}

COLUMNS: Mapping[str, Words] = {
    "visit": _("kunjungan"),
    "finding": _("temuan"),
    "evidence": _("bukti"),
    "planned_date": _("tanggal rencana"),
    "plan_note": _("catatan rencana"),
    "planned_by": _("direncanakan oleh"),
    "team_text": _("tim"),
    "moved_from": _("pengganti kunjungan"),
    "reason_code": _("sebab"),
    "reason_text": _("alasan"),
    "confirm_note": _("catatan persetujuan"),
    "started_at": _("mulai di lapangan"),
    "visit_date": _("tanggal kunjungan"),
    "returned_date": _("tanggal kembali"),
    "access_used": _("jalan yang dipakai"),
    "travel_minutes": _("menit perjalanan"),
    "work_minutes": _("menit di desa"),
    "documents_seen": _("dokumen yang dilihat"),
    "data_problem": _("masalah data"),
    "participation": _("siapa yang didengar"),
    "ceiling_known": _("pagu diketahui"),
    "ceiling_letter": _("surat pagu"),
    "help_agency": _("OPD yang diminta"),
    "help_text": _("bantuan yang diperlukan"),
    "help_answer": _("jawaban OPD"),
    "help_answered_by": _("dijawab oleh"),
    "help_answered_at": _("dijawab"),
    "agency": _("OPD penanggung jawab"),
    "month": _("bulan"),
    "obstacles": _("kendala"),
    "request": _("permintaan"),
    "lesson": _("pelajaran"),
    "figures": _("angka yang dibekukan"),
    "figures_digest": _("sidik angka"),
    "submitted_at": _("dikirim"),
    "submitted_date": _("tanggal dikirim"),
    "judged_by": _("diperiksa oleh"),
    "judged_at": _("diperiksa"),
    "judge_note": _("catatan pemeriksa"),
    "returned_count": _("berapa kali dikembalikan"),
    "next_date": _("kunjungan berikutnya"),
    "no_findings": _("tidak ada temuan"),
    "reported_by": _("ditulis oleh"),
    "captured_at": _("waktu di perangkat"),
    "body_digest": _("sidik isi"),
    "report_due": _("tenggat laporan"),
    "days_late": _("terlambat (hari)"),
    "clock_flag": _("jam perangkat meleset"),
    "signed_how": _("cara tanda tangan"),
    "signer_name": _("penanda tangan"),
    "signer_role": _("jabatan penanda tangan"),
    "signed_date": _("tanggal tanda tangan"),
    "signed_file": _("lembar bertanda tangan"),
    "objection": _("keberatan"),
    "acknowledged_by": _("diakui oleh"),
    "acknowledged_at": _("diakui"),
    "closing_note": _("catatan penutup"),
    "is_lead": _("ketua tim"),
    "list_version": _("versi daftar"),
    "checklist_code": _("butir daftar"),
    "severity": _("tingkat"),
    "recommendation": _("rekomendasi"),
    "mandatory": _("wajib"),
    "owner_role": _("penanggung jawab"),
    "owner_person": _("orang yang bertanggung jawab"),
    "opened_date": _("tanggal dicatat"),
    "grace_days": _("tenggang (hari)"),
    "submitted_by": _("bukti dari"),
    "evidence_at": _("bukti diserahkan"),
    "rejected_count": _("berapa kali ditolak"),
    "met_date": _("tanggal terpenuhi"),
    "ended_at": _("berakhir"),
    "ended_reason": _("alasan berakhir"),
    "replaced_by": _("diganti dengan"),
    "seen": _("yang terlihat"),
    "event": _("langkah"),
}


def month_words(month: Month) -> str:
    """Name a month: ``September 2026``."""
    return date_format(month.first, "F Y")


def duration(minutes: int | None) -> str:
    """Write minutes as ``3 jam 35 menit``; nothing for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(gettext("%(hours)d jam") % {"hours": hours})
    if rest or not hours:
        parts.append(gettext("%(minutes)d menit") % {"minutes": rest})
    return " ".join(parts)
