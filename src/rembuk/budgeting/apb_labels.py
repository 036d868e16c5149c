"""Words of the hand-over and of the village budget: refusals, states, kinds of difference."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState

Words = str | Promise
EMERGENCY = "darurat"

SENTENCES: Mapping[str, Words] = {
    "handoff-no-plan": _(
        "RKP Desa %(year)s belum ditetapkan, jadi belum ada yang diserahkan ke APB Desa. "
        "Tetapkan Perdesnya dulu, lalu kembali ke sini."
    ),
    "handoff-empty": _("RKP Desa ini tidak berisi kegiatan. Tidak ada yang diserahkan."),
    "apb-no-plan": _(
        "RKP Desa %(year)s belum ditetapkan, jadi APB Desa belum bisa dicocokkan. Tetapkan Perdesnya dulu."
    ),
    "apb-import-done": _("Berkas ini sudah disimpan atau dibatalkan. Unggah lagi bila masih diperlukan."),
    "apb-import-blocked": _(
        "%(count)s baris belum bisa diterima. Perbaiki di Siskeudes atau di lembarnya, lalu unggah lagi. "
        "Tidak ada yang disimpan."
    ),
    "apb-import-unlinked": _(
        "%(count)s baris belum punya kegiatan RKP. Pilih kegiatannya satu per satu; kegiatan APB tanpa RKP tidak boleh "
        "disimpan. Tidak ada yang disimpan."
    ),
    "apb-import-reason": _(
        "Baris %(row)s: tulis mengapa kegiatan darurat ini tidak ada dalam RKP. Tidak ada yang disimpan."
    ),
    "apb-import-not-emergency": _(
        "Baris %(row)s: hanya kegiatan bidang 5 (bencana, darurat, mendesak) yang boleh tanpa RKP. "
        "Pilih kegiatan RKP-nya."
    ),
    "apb-import-unknown-item": _("Baris %(row)s: kegiatan RKP yang dipilih tidak ada dalam RKP yang berlaku."),
    "apb-estimate-unknown": _("Lembar RAB %(sheet)s atau baris %(row)s tidak ada dalam berkas ini. Pilih lagi."),
    "apb-in-evaluation": _(
        "APB Desa ini %(state)s, jadi barisnya tidak bisa diganti sekarang. Catat hasilnya dulu di langkah APB."
    ),
    "apb-empty": _("Tidak satu pun kegiatan belanja terbaca di lembar %(sheet)s. Pilih lembar lain."),
    "apb-no-lines": _("Belum ada baris APB Desa. Impor dulu berkas dari Siskeudes."),
    "apb-over-ceiling": _("APB Desa melebihi pagu. Perbaiki sebelum disepakati; tidak ada yang berubah."),
    "apb-step-missing": _("%(fields)s belum diisi. Tidak ada yang dicatat."),
    "apb-step-day": _("Tanggal “%(read)s” tidak terbaca. Tulis tanggal lengkap, misalnya 2026-10-30."),
    "apb-step-future": _("Tanggal %(date)s belum tiba. Tulis tanggal pada suratnya."),
    "apb-step-before": _("Tanggal %(date)s mendahului langkah sebelumnya (%(other)s). Periksa suratnya."),
    "apb-not-lapsed": _(
        "Dua puluh hari kerja sesudah diterima belum lewat, atau tanggal terimanya belum dicatat. "
        "Diam belum berarti berlaku."
    ),
}

KINDS: Mapping[str, Words] = {
    "same": _("sama"),
    "moved": _("sumber berpindah"),
    "changed": _("jumlah berubah"),
    "missing": _("tidak dianggarkan"),
    "added": _("tanpa RKP"),
}
KIND_CHIPS: Mapping[str, str] = {
    "same": "ok",
    "moved": "due",
    "changed": "due",
    "missing": "late",
    "added": "paused",
}
LINKED: Mapping[str, Words] = {
    "key": _("kunci dalam berkas"),
    "name": _("kode dan nama sama"),
    "person": _("dipastikan orang"),
    "": _("belum"),
}
RAB_KINDS: Mapping[str, Words] = {
    "same": _("sama"),
    "changed": _("jumlah berubah"),
    "missing": _("APB tanpa RAB"),
    "added": _("RKP tanpa RAB"),
    "none": _("keduanya tanpa RAB"),
}
RAB_CHIPS: Mapping[str, str] = {"same": "ok", "changed": "due", "missing": "next", "added": "due", "none": "next"}
RAB_LINKED: Mapping[str, Words] = {"name": _("nama kegiatan sama"), "person": _("dipastikan orang"), "": _("belum")}
SHEET_KINDS: Mapping[str, Words] = {
    "budget": _("rencana atau belanja per kegiatan"),
    "income": _("pendapatan atau pembiayaan"),
    "estimate": _("RAB"),
    "": _("bukan lembar anggaran"),
}
MIXED = _("campuran")
SHEET_COLUMNS: Mapping[str, Words] = {
    "item": _("kunci RKP"),
    "code": _("kode"),
    "number": _("nomor"),
    "text": _("uraian"),
    "field": _("bidang"),
    "amount": _("anggaran"),
    "source": _("sumber"),
    "volume": _("volume"),
    "unit": _("satuan"),
    "price": _("harga satuan"),
    "location": _("lokasi"),
}

_S = ApbState
STATES: Mapping[str, Words] = {
    _S.DRAFT: _("rancangan"),
    _S.REFUSED: _("ditolak BPD"),
    _S.AGREED: _("disepakati Kades dan BPD"),
    _S.SENT_FOR_EVALUATION: _("dikirim untuk dievaluasi"),
    _S.CONFORM: _("sesuai"),
    _S.CONFORM_WITH_NOTES: _("sesuai dengan catatan"),
    _S.NOT_CONFORM: _("tidak sesuai"),
    _S.LAPSED_IN_FORCE: _("tanpa jawaban, berlaku dengan sendirinya"),
    _S.CORRECTION: _("diperbaiki"),
    _S.SIGNED: _("ditetapkan Kades"),
    _S.PROMULGATED: _("diundangkan"),
    _S.PROMULGATED_AGAINST: _("ditetapkan meski tidak sesuai"),
    _S.SENT_TO_REGENT: _("disampaikan ke Bupati"),
    _S.ANNULMENT_PROPOSED: _("diusulkan dibatalkan"),
    _S.ANNULLED: _("dibatalkan Bupati"),
    _S.STOPPED: _("pelaksanaannya dihentikan"),
    _S.REVOKED: _("dicabut"),
}
STATE_CHIPS: Mapping[str, str] = {
    **dict.fromkeys(_S, "due"),
    _S.DRAFT: "next",
    _S.REFUSED: "late",
    _S.NOT_CONFORM: "late",
    _S.PROMULGATED: "ok",
    _S.SENT_TO_REGENT: "ok",
    _S.PROMULGATED_AGAINST: "late",
    _S.ANNULMENT_PROPOSED: "late",
    _S.ANNULLED: "late",
    _S.STOPPED: "late",
    _S.REVOKED: "paused",
}

_E = ApbEvent
EVENTS: Mapping[str, Words] = {
    _E.AGREE: _("Disepakati Kepala Desa dan BPD"),
    _E.REFUSE: _("Ditolak BPD"),
    _E.REDRAFT: _("Disusun lagi"),
    _E.SEND: _("Dikirim ke Bupati lewat Camat"),
    _E.RECEIVE: _("Diterima kantor Bupati"),
    _E.FIND_CONFORM: _("Hasil evaluasi: sesuai"),
    _E.FIND_CONFORM_WITH_NOTES: _("Hasil evaluasi: sesuai dengan catatan"),
    _E.FIND_NOT_CONFORM: _("Hasil evaluasi: tidak sesuai"),
    _E.LAPSE: _("Tanpa jawaban 20 hari kerja: berlaku dengan sendirinya"),
    _E.CORRECT: _("Mulai diperbaiki"),
    _E.SIGN: _("Ditetapkan Kepala Desa"),
    _E.PROMULGATE: _("Diundangkan"),
    _E.SEND_TO_REGENT: _("Disampaikan ke Bupati"),
    _E.PROPOSE_ANNULMENT: _("Pembatalan diusulkan"),
    _E.ANNUL: _("Dibatalkan dengan Keputusan Bupati"),
    _E.STOP: _("Pelaksanaan dihentikan"),
    _E.REVOKE: _("Perdes APB Desa dicabut"),
}
BUTTONS: Mapping[str, Words] = {
    **dict.fromkeys(_E, _("Catat")),
    _E.AGREE: _("Catat kesepakatan"),
    _E.REFUSE: _("Catat penolakan"),
    _E.SEND: _("Catat pengiriman"),
    _E.RECEIVE: _("Catat tanggal terima"),
    _E.FIND_CONFORM: _("Catat sesuai"),
    _E.FIND_CONFORM_WITH_NOTES: _("Catat dengan catatan"),
    _E.FIND_NOT_CONFORM: _("Catat tidak sesuai"),
    _E.LAPSE: _("Catat berlaku sendiri"),
    _E.SIGN: _("Catat penetapan"),
    _E.PROMULGATE: _("Catat pengundangan"),
    _E.SEND_TO_REGENT: _("Catat penyampaian"),
}
NUMBERS: Mapping[str, Words] = {
    **dict.fromkeys(_E, _("Nomor surat")),
    _E.AGREE: _("Nomor keputusan bersama"),
    _E.REFUSE: _("Nomor keputusan BPD"),
    _E.SEND: _("Nomor surat pengantar"),
    _E.FIND_CONFORM: _("Nomor Keputusan Bupati"),
    _E.FIND_CONFORM_WITH_NOTES: _("Nomor Keputusan Bupati"),
    _E.FIND_NOT_CONFORM: _("Nomor Keputusan Bupati"),
    _E.SIGN: _("Nomor Perdes APB Desa"),
    _E.PROMULGATE: _("Nomor Perdes APB Desa"),
    _E.SEND_TO_REGENT: _("Nomor surat pengantar"),
    _E.ANNUL: _("Nomor Keputusan Bupati"),
    _E.REVOKE: _("Nomor Perdes pencabutan"),
}
FIELD_NAMES: Mapping[str, Words] = {"number": _("Nomor"), "date": _("Tanggal"), "note": _("Catatan")}

COLUMNS: Mapping[str, Words] = {
    "plan": _("RKP Desa"),
    "item_count": _("banyak kegiatan"),
    "total": _("jumlah"),
    "made_at": _("dibuat"),
    "dates": _("tanggal langkah"),
    "apbdes": _("APB Desa"),
    "event": _("langkah"),
    "recorded_by": _("dicatat oleh"),
    "recorded_at": _("dicatat"),
    "version_no": _("versi ke"),
    "sheet_name": _("lembar"),
    "disagreements": _("jumlah yang tidak cocok"),
    "row": _("baris berkas"),
    "package": _("paket"),
    "field": _("bidang"),
    "item": _("kegiatan RKP"),
    "linked_by": _("dicocokkan dengan"),
    "emergency_reason": _("alasan darurat"),
    "line": _("baris APB"),
    "choices": _("kegiatan yang dipilih"),
    "reasons": _("alasan yang ditulis"),
    "estimate": _("RAB"),
    "estimates": _("lembar RAB yang dipilih"),
    "activity": _("kegiatan dalam lembar"),
    "printed": _("jumlah tercetak"),
    "findings": _("temuan"),
    "price_text": _("harga satuan"),
}
