"""Words of the clinic: states, events, places a question is sent to, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.clinic import Event, State

Words = str | Promise

STATES: Mapping[str, Words] = {
    State.NEW.value: _("baru"),
    State.ASSIGNED.value: _("sedang dikerjakan"),
    State.REFERRED.value: _("diteruskan"),
    State.REOPENED.value: _("ditanyakan lagi"),
    State.ANSWERED.value: _("dijawab"),
    State.CONFIRMED.value: _("membantu"),
    State.CLOSED.value: _("selesai"),
}
STATE_CHIPS: Mapping[str, str] = {
    State.NEW.value: "next",
    State.ASSIGNED.value: "due",
    State.REFERRED.value: "due",
    State.REOPENED.value: "late",
    State.ANSWERED.value: "ok",
    State.CONFIRMED.value: "ok",
    State.CLOSED.value: "ok",
}
EVENTS: Mapping[str, Words] = {
    "ask": _("bertanya"),
    Event.ASSIGN.value: _("mengambil pertanyaan"),
    Event.REFER.value: _("meneruskan"),
    Event.ANSWER.value: _("menjawab"),
    Event.CONFIRM.value: _("jawaban membantu"),
    Event.REOPEN.value: _("bertanya lagi"),
    Event.CLOSE.value: _("menutup"),
    "topic": _("mengganti topik"),
}
REFERRAL_NAMES: Mapping[str, Words] = {
    "DPMD": _("DPMD"),
    "INSPEKTORAT": _("Inspektorat"),
    "HUKUM": _("Bagian Hukum"),
    "BAPPEDA": _("Bappeda"),
    "OPD": _("Perangkat daerah teknis"),
}
SENTENCES: Mapping[str, Words] = {
    "clinic-step": _("Langkah ini tidak bisa dilakukan pada pertanyaan yang keadaannya sekarang. Muat ulang halaman."),
    "clinic-question-missing": _("Tulis pertanyaannya dalam satu atau dua kalimat. Tidak ada yang disimpan."),
    "clinic-text-long": _("Isian %(field)s terlalu panjang: %(count)s huruf, paling banyak %(limit)s."),
    "clinic-topic": _("Pilih topik dari daftar; bila ragu, pilih Lainnya."),
    "clinic-channel": _("Pilih cara bertanya: datang atau telepon."),
    "clinic-village": _("Pilih desa penanya dari daftar."),
    "clinic-key-taken": _("Isian ini sudah tersimpan dengan isi lain. Muat ulang halaman ini."),
    "clinic-answer-missing": _("Tulis jawabannya. Tidak ada yang disimpan."),
    "clinic-referral": _("Pilih ke mana pertanyaan diteruskan."),
    "clinic-reason-missing": _("Tulis apa yang masih belum jelas, supaya jawabannya tepat."),
    "clinic-future": _("Waktu bertanya belum tiba. Periksa jam perangkat."),
    "clinic-not-closed": _("Yang dijadikan tanya-jawab umum adalah jawaban yang sudah selesai."),
    "clinic-faq-twice": _("Jawaban ini sudah ada dalam tanya-jawab umum."),
    "clinic-faq-empty": _("Pertanyaan dan jawaban umum tidak boleh kosong."),
    "clinic-faq-withdrawn": _("Tanya-jawab ini sudah ditarik."),
    "clinic-names": _("Masih ada yang menunjuk orang: %(signs)s. Hapus dahulu; jawaban umum tidak memuat nama."),
    "clinic-names-look": _(
        "Ini mungkin nama orang: %(signs)s. Hapus, atau centang bahwa sudah diperiksa dan bukan nama orang."
    ),
}
COLUMNS: Mapping[str, Words] = {
    "ticket": _("pertanyaan"),
    "asked_by": _("ditanyakan oleh"),
    "attachment": _("lampiran"),
    "channel": _("cara bertanya"),
    "topic": _("topik"),
    "question": _("pertanyaan"),
    "asker_name": _("nama penanya"),
    "handler": _("penjawab"),
    "referred_to": _("diteruskan ke"),
    "referred_at": _("waktu diteruskan"),
    "answer": _("jawaban"),
    "first_reply_at": _("jawaban pertama"),
    "answered_at": _("waktu dijawab"),
    "published_at": _("waktu terbit"),
    "withdrawn_at": _("waktu ditarik"),
    "words": _("kata-kata"),
    "by_label": _("oleh"),
}
