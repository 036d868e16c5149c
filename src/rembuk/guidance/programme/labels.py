"""Words of the annual plan: states, kinds, steps, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.commitments import CommitmentEvent, CommitmentState
from rembuk.core.guidance.programme import ActivityEvent, ActivityState, Kind, PlanEvent, PlanState

Words = str | Promise

PLAN_STATES: Mapping[str, Words] = {
    PlanState.DRAFT.value: _("sedang disusun"),
    PlanState.SUBMITTED.value: _("menunggu persetujuan"),
    PlanState.APPROVED.value: _("disetujui, belum berjalan"),
    PlanState.RUNNING.value: _("berjalan"),
    PlanState.DRAFT_REVISION.value: _("berjalan, sedang direvisi"),
    PlanState.CLOSED.value: _("ditutup"),
}
PLAN_CHIPS: Mapping[str, str] = {
    PlanState.DRAFT.value: "next",
    PlanState.SUBMITTED.value: "due",
    PlanState.APPROVED.value: "ok",
    PlanState.RUNNING.value: "ok",
    PlanState.DRAFT_REVISION.value: "due",
    PlanState.CLOSED.value: "next",
}
PLAN_STEPS: Mapping[str, Words] = {
    PlanEvent.SUBMIT.value: _("Ajukan kepada Kepala DPMD"),
    PlanEvent.RETURN.value: _("Kembalikan dengan catatan"),
    PlanEvent.APPROVE.value: _("Setujui rencana"),
    PlanEvent.START.value: _("Mulai jalankan"),
    PlanEvent.REVISE.value: _("Buka revisi"),
    PlanEvent.CLOSE.value: _("Tutup rencana"),
}
KINDS: Mapping[str, Words] = {
    Kind.TRAINING.value: _("pelatihan"),
    Kind.VISIT.value: _("kunjungan pendampingan"),
    Kind.FACILITATION.value: _("fasilitasi musyawarah"),
    Kind.CLINIC.value: _("klinik Desa"),
    Kind.REVIEW.value: _("evaluasi dokumen"),
    Kind.COORDINATION.value: _("koordinasi"),
}
ACTIVITY_STATES: Mapping[str, Words] = {
    ActivityState.OPEN.value: _("terbuka"),
    ActivityState.CLOSED.value: _("selesai"),
    ActivityState.CANCELLED.value: _("dibatalkan"),
}
ACTIVITY_CHIPS: Mapping[str, str] = {
    ActivityState.OPEN.value: "next",
    ActivityState.CLOSED.value: "ok",
    ActivityState.CANCELLED.value: "paused",
}
ACTIVITY_STEPS: Mapping[str, Words] = {
    ActivityEvent.CLOSE.value: _("Tutup kegiatan"),
    ActivityEvent.CANCEL.value: _("Batalkan kegiatan"),
    ActivityEvent.REOPEN.value: _("Buka lagi"),
}
SOURCES: Mapping[str, Words] = {
    "apbd": _("APBD Kabupaten"),
    "apbd_prov": _("APBD Provinsi"),
    "apbn": _("APBN"),
    "apbdes": _("APB Desa"),
    "third_party": _("Pihak ketiga"),
    "other": _("Sumber lain"),
    "none": _("Tanpa biaya"),
}
PROMISERS: Mapping[str, Words] = {
    "bupati": _("Bupati"),
    "agency": _("Perangkat daerah"),
    "other": _("Pihak lain"),
}
COMMITMENT_STATES: Mapping[str, Words] = {
    CommitmentState.PROMISED.value: _("dijanjikan"),
    CommitmentState.KEPT.value: _("ditepati"),
    CommitmentState.PARTLY_KEPT.value: _("ditepati sebagian"),
    CommitmentState.NOT_KEPT.value: _("tidak ditepati"),
    CommitmentState.WITHDRAWN.value: _("ditarik"),
}
COMMITMENT_CHIPS: Mapping[str, str] = {
    CommitmentState.PROMISED.value: "next",
    CommitmentState.KEPT.value: "ok",
    CommitmentState.PARTLY_KEPT.value: "due",
    CommitmentState.NOT_KEPT.value: "late",
    CommitmentState.WITHDRAWN.value: "paused",
}
COMMITMENT_STEPS: Mapping[str, Words] = {
    CommitmentEvent.KEEP.value: _("Ditepati"),
    CommitmentEvent.PARTLY.value: _("Ditepati sebagian"),
    CommitmentEvent.BREAK.value: _("Tidak ditepati"),
    CommitmentEvent.WITHDRAW.value: _("Ditarik"),
    CommitmentEvent.REOPEN.value: _("Nilai ulang"),
}
LINK_KINDS: Mapping[str, Words] = {
    "batch": _("Angkatan pelatihan"),
    "visits": _("Kunjungan pendampingan pada waktu dan desa kegiatan ini"),
    "season": _("Musim fasilitasi Musrenbang Desa"),
    "clinic_day": _("Hari klinik perangkat daerah"),
    "questions": _("Pertanyaan Klinik Desa pada waktu dan desa kegiatan ini"),
    "reviews": _("Hasil evaluasi dokumen pada waktu dan desa kegiatan ini"),
}
SENTENCES: Mapping[str, Words] = {
    "programme-stale": _(
        "Orang lain sudah mengubah rencana ini sejak halaman dibuka. Isian Anda masih ada; muat ulang lalu bandingkan."
    ),
    "programme-not-ready": _(
        "Rencana belum bisa diajukan atau disetujui: %(count)s hal belum beres. Tidak ada yang berubah."
    ),
    "programme-activities-open": _("Rencana belum bisa ditutup: %(count)s kegiatan masih terbuka."),
    "programme-return-words": _("Tulis apa yang harus diperbaiki, supaya penyusun tahu yang dikerjakan."),
    "programme-revise-words": _("Tulis alasan revisi dalam satu kalimat."),
    "programme-cancel-words": _("Tulis alasan kegiatan ini dibatalkan."),
    "programme-revision-not-submitted": _("Revisi ini belum diajukan Kabid. Yang berlaku tetap versi sebelumnya."),
    "programme-same-person": _("Yang mengajukan tidak menyetujui rencananya sendiri. Minta pejabat lain menyetujui."),
    "programme-not-yours": _(
        "Langkah ini pada %(role)s (%(names)s). Peran Anda menggantikan hanya bila jabatan itu kosong."
    ),
    "programme-year": _("Tulis tahun rencana dengan empat angka, misalnya 2027. Terbaca: “%(read)s”."),
    "programme-year-taken": _(
        "Rencana tahun %(year)s sudah ada. Satu kabupaten satu rencana per tahun; buka yang sudah ada."
    ),
    "programme-copy-missing": _("Rencana yang hendak disalin tidak ditemukan di kabupaten ini."),
    "programme-locked": _(
        "Isi rencana hanya diubah saat disusun atau direvisi. Sekarang keadaannya: %(state)s. Buka revisi dahulu."
    ),
    "programme-title-missing": _("Tulis judul kegiatan."),
    "programme-kind": _("Pilih jenis kegiatan dari daftar. Terbaca: “%(read)s”."),
    "programme-owner-missing": _("Pilih penanggung jawab kegiatan: sebuah peran atau seseorang."),
    "programme-owner": _("Penanggung jawab “%(read)s” tidak dikenal di kabupaten ini. Pilih dari daftar."),
    "programme-day": _("Tanggal “%(read)s” tidak terbaca. Tulis seperti 2026-09-30 atau 30/9/2026."),
    "programme-day-missing": _("Isi tanggal mulai dan tanggal selesai."),
    "programme-days-turned": _("Tanggal selesai (%(end)s) lebih awal daripada tanggal mulai (%(start)s)."),
    "programme-outside-year": _(
        "Kegiatan rencana %(year)s harus menyentuh tahun itu; terbaca %(start)s sampai %(end)s."
    ),
    "programme-amount": _("Jumlah “%(read)s” tidak terbaca. Tulis 12500000 atau 12.500.000; nol boleh."),
    "programme-amount-negative": _("Jumlah tidak boleh di bawah nol. Terbaca: “%(read)s”."),
    "programme-source": _("Pilih sumber dana untuk jumlah yang diisi. Terbaca: “%(read)s”."),
    "programme-money-twice": _("Sumber %(source)s ditulis dua kali dengan uraian yang sama. Gabungkan jumlahnya."),
    "programme-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "programme-targets": _("Sebagian nama desa belum dikenal, jadi belum ada yang disimpan: %(names)s."),
    "programme-reason-missing": _("Tulis alasan desa-desa ini tidak dicakup tahun ini."),
    "programme-villages-missing": _("Pilih paling sedikit satu desa."),
    "programme-add-to": _("Pilih pelatihan atau kunjungan yang akan ditambahi desa itu."),
    "programme-has-money": _("Kegiatan ini sudah punya realisasi, jadi tidak bisa dihapus. Batalkan dengan alasannya."),
    "programme-not-running": _("Realisasi dan penutupan dicatat setelah rencana berjalan. Sekarang: %(state)s."),
    "programme-activity-cancelled": _("Kegiatan ini dibatalkan. Buka lagi sebelum mencatat realisasi baru."),
    "programme-paid-zero": _("Jumlah realisasi harus lebih dari nol. Terbaca: “%(read)s”."),
    "programme-paid-early": _("Realisasi %(day)s lebih awal daripada mulai berjalannya rencana (%(start)s)."),
    "programme-paid-future": _("Realisasi %(day)s belum terjadi. Catat sesudah uangnya dibayarkan."),
    "programme-document-missing": _("Tulis nomor dokumen pembayaran, misalnya nomor SP2D atau kuitansi."),
    "programme-district": _("Kecamatan itu tidak termasuk desa sasaran kegiatan ini."),
    "programme-withdraw-words": _("Tulis alasan realisasi ini dibatalkan."),
    "programme-withdrawn": _("Realisasi ini sudah dibatalkan."),
    "programme-start-day": _("Hari mulai berjalan harus di tahun %(year)s dan tidak sesudah hari ini."),
    "programme-link-kind": _("Pilih jenis catatan yang dikaitkan."),
    "programme-link-missing": _("Catatan yang hendak dikaitkan tidak ditemukan di kabupaten ini."),
    "programme-link-taken": _("Catatan ini sudah dihitung pada kegiatan “%(title)s”. Satu catatan dihitung sekali."),
    "programme-columns": _(
        "Kolom tidak ditemukan: %(missing)s. Pakai templat, atau tulis nama kolomnya di baris pertama."
    ),
    "programme-rows": _("Berkas ini tidak berisi baris kegiatan."),
    "programme-key-taken": _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
    "programme-moved": _("Sejak halaman dibuka, yang disimpan orang lain berbeda. Muat ulang lalu bandingkan."),
    "commitment-evidence-missing": _("Belum ada bukti. Unggah berkas atau tulis buktinya dahulu."),
    "commitment-words-missing": _("Tulis penjelasan penilaian ini dalam satu kalimat."),
    "commitment-not-due-yet": _(
        "Belum lewat tenggat (%(due)s), jadi belum bisa disebut tidak ditepati. Tarik bila dibatalkan."
    ),
    "commitment-text-missing": _("Tulis apa yang dijanjikan."),
    "commitment-promiser": _("Pilih siapa yang berjanji; untuk perangkat daerah pilih dinasnya."),
    "commitment-promiser-name": _("Tulis nama atau jabatan yang berjanji."),
    "commitment-due-before": _("Tenggat (%(due)s) lebih awal daripada tanggal janji (%(made)s)."),
    "commitment-made-future": _("Tanggal janji %(day)s belum tiba."),
    "commitment-days-missing": _("Isi tanggal janji dan tenggatnya."),
    "commitment-judged": _("Komitmen ini sudah dinilai. Buka penilaian ulang sebelum mengubahnya."),
    "commitment-evidence-empty": _("Tulis apa buktinya, atau unggah berkas."),
    "commitment-own-evidence": _("Bukti ini Anda masukkan sendiri. Penilaian dilakukan orang lain: %(names)s."),
    "commitment-not-in-order": _("Terbitkan hanya komitmen yang sudah lengkap."),
}
COLUMNS: Mapping[str, Words] = {
    "activity": _("kegiatan"),
    "agency": _("perangkat daerah"),
    "amount": _("jumlah"),
    "approved_at": _("waktu disetujui"),
    "approved_by": _("disetujui oleh"),
    "approved_label": _("disetujui oleh"),
    "basis": _("dasar janji"),
    "closing_note": _("catatan penutupan"),
    "commitment": _("komitmen"),
    "copied_from": _("disalin dari"),
    "digest": _("sidik isi"),
    "document_number": _("nomor dokumen"),
    "due_date": _("tenggat"),
    "entered_at": _("waktu dicatat"),
    "evidence_date": _("tanggal bukti"),
    "entered_by": _("dicatat oleh"),
    "entered_label": _("dicatat oleh"),
    "judge_note": _("catatan penilaian"),
    "judged_alone": _("dinilai pemasuk bukti"),
    "judged_at": _("waktu dinilai"),
    "judged_by": _("dinilai oleh"),
    "judged_label": _("dinilai oleh"),
    "key": _("kunci"),
    "made_date": _("tanggal janji"),
    "objectives": _("tujuan"),
    "owner_person": _("penanggung jawab"),
    "owner_role": _("peran penanggung jawab"),
    "plan": _("rencana"),
    "promiser": _("yang berjanji"),
    "promiser_name": _("nama yang berjanji"),
    "promiser_person": _("orang yang berjanji"),
    "published_at": _("waktu terbit"),
    "published_by": _("diterbitkan oleh"),
    "purpose": _("uraian"),
    "return_note": _("catatan pengembalian"),
    "returned_at": _("waktu dikembalikan"),
    "revise_reason": _("alasan revisi"),
    "scope": _("ruang lingkup"),
    "source": _("sumber dana"),
    "submitted_label": _("diajukan oleh"),
    "target_count": _("jumlah desa sasaran"),
    "targets_text": _("desa sasaran"),
    "text": _("isi"),
    "version_no": _("nomor versi"),
    "withdrawn_by": _("dibatalkan oleh"),
    "withdrawn_reason": _("alasan pembatalan"),
}
