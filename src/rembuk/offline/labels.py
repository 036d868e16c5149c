"""Words of this room: kinds, states, reasons, refusals, columns of the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

KIND_NAMES: Mapping[str, Words] = {
    "meeting": _("musyawarah"),
    "meeting-start": _("pembukaan musyawarah"),
    "meeting-close": _("penutupan musyawarah"),
    "table": _("usulan di meja musyawarah"),
    "lot": _("benih undian"),
    "count-close": _("penutupan hitungan suara"),
    "attendance": _("kehadiran"),
    "attendance-fix": _("perbaikan kehadiran"),
    "tally": _("hitungan hadir"),
    "note": _("catatan notulen"),
    "proposal": _("usulan"),
    "support": _("dukungan"),
    "score": _("skor"),
    "ballot": _("suara"),
    "decision": _("keputusan"),
    "minutes": _("berita acara"),
    "photo": _("foto"),
    "visit": _("lembar kunjungan"),
    "checklist": _("daftar periksa"),
}
FLAGS: Mapping[str, Words] = {
    "clock": _("jam perangkat meleset"),
    "rights-stale": _("hak belum diperiksa"),
    "package-unknown": _("paketnya tidak tercatat di sini"),
    "extra": _("memuat isian yang belum dikenal"),
}
FIELDS: Mapping[str, Words] = {
    "kind": _("jenis"),
    "title": _("judul"),
    "scheduled_at": _("waktu"),
    "location": _("tempat"),
    "agenda": _("agenda"),
    "at": _("pukul"),
    "name": _("nama"),
    "sex": _("L/P"),
    "element": _("unsur"),
    "address": _("alamat"),
    "position": _("jabatan"),
    "phone": _("telepon"),
    "invited": _("diundang"),
    "votes": _("punya hak suara"),
    "signed": _("tanda tangan"),
    "male": _("laki-laki"),
    "female": _("perempuan"),
    "agenda_point": _("pokok agenda"),
    "speaker": _("pembicara"),
    "point": _("yang disampaikan"),
    "response": _("tanggapan"),
    "conclusion": _("simpulan"),
    "problem": _("masalah"),
    "location_text": _("lokasi"),
    "volume": _("volume"),
    "unit": _("satuan"),
    "beneficiaries_male": _("penerima manfaat laki-laki"),
    "beneficiaries_female": _("penerima manfaat perempuan"),
    "count": _("banyak pendukung"),
    "seed": _("benih undian"),
    "c1": "C1",
    "c2": "C2",
    "c3": "C3",
    "c4": "C4",
    "c5": "C5",
    "method": _("cara"),
    "voters": _("pemilih"),
    "per_voter": _("suara tiap pemilih"),
    "text": _("isi"),
    "caption": _("keterangan foto"),
    "taken_at": _("waktu foto"),
    "answer": _("jawaban"),
    "note": _("catatan"),
    "visit_date": _("tanggal kunjungan"),
    "returned_date": _("tanggal kembali"),
    "next_date": _("kunjungan berikutnya"),
    "stage": _("tahap"),
    "access_used": _("akses"),
    "travel_minutes": _("menit perjalanan"),
    "work_minutes": _("menit kerja"),
    "signal": _("sinyal"),
    "contacts": _("yang ditemui"),
    "promises": _("janji lama"),
    "answers": _("jawaban daftar periksa"),
    "documents_seen": _("dokumen yang dilihat"),
    "data_problem": _("masalah data"),
    "participation": _("partisipasi"),
    "help_text": _("bantuan yang diminta"),
    "ceiling_known": _("pagu diketahui"),
    "ceiling_letter": _("surat pagu"),
    "help_agency": _("dinas yang diminta"),
    "findings": _("temuan"),
    "no_findings": _("tidak ada temuan"),
}

STATE_CHIPS: Mapping[str, str] = {
    "received": "next",
    "applied": "ok",
    "waiting": "paused",
    "review": "due",
    "quarantine": "late",
    "set_aside": "next",
}
CHOICES: Mapping[str, Words] = {
    "join": _("digabung dengan musyawarah kantor"),
    "mine": _("dimasukkan, memakai isi dari lapangan"),
    "theirs": _("memakai isi yang di kantor"),
    "apply": _("dimasukkan atas nama pemutus"),
    "aside": _("disisihkan"),
    "release": _("dibuka untuk diperiksa"),
}

SENTENCES: Mapping[str, Words] = {
    "offline-device-name": _("Perangkat belum diberi nama. Tulis nama, misalnya HP Siti."),
    "offline-device-key": _("Kunci perangkat tidak terbaca. Muat ulang halaman lapangan, lalu coba lagi."),
    "offline-device-taken": _(
        "Perangkat ini sudah terdaftar dengan kunci atau pemegang lain. Daftarkan sebagai yang baru."
    ),
    "offline-device-not-yours": _(
        "Perangkat ini bukan milik Anda, belum terdaftar, atau sudah dicabut. Daftarkan perangkatnya dulu."
    ),
    "offline-device-unknown": _(
        "Perangkat pengirim belum dikenal di sini. Catatannya tersimpan; masuk sekali dari perangkat itu, "
        "lalu catatannya diperiksa lagi."
    ),
    "offline-device-revoked": _(
        "Perangkat pengirim sudah dicabut. Catatannya tersimpan dan menunggu keputusan kantor."
    ),
    "offline-signature": _("Tanda tangan catatan tidak cocok. Catatannya disimpan terpisah dan tidak dimasukkan."),
    "offline-person": _("Nama pengirim bukan pemegang perangkat. Catatannya disimpan terpisah."),
    "offline-malformed": _("Kiriman ini tidak bisa dibaca (%(field)s). Disimpan apa adanya."),
    "offline-kind-unknown": _("Jenis catatan “%(kind)s” belum dikenal di sini. Disimpan sampai program diperbarui."),
    "offline-key-unknown": _(
        "Kunci penerima %(key)s tidak ada di sini. Catatannya disimpan; pulihkan kunci dari cadangan."
    ),
    "offline-key-shut": _("Kunci penerima tidak bisa dibuka dengan rahasia pemasangan ini. Catatannya tersimpan."),
    "offline-body-unreadable": _("Isi catatan tidak bisa dibuka: berubah di jalan. Disimpan terpisah."),
    "offline-same-id": _("Catatan lain dengan nomor yang sama sudah ada di sini. Yang ini disimpan terpisah."),
    "offline-schema-newer": _(
        "Catatan dibuat dengan program yang lebih baru (skema %(schema)s). Menunggu diperiksa kantor."
    ),
    "offline-body-too-large": _("Isi catatan melebihi batas jenisnya. Menunggu diperiksa kantor."),
    "offline-body-fields": _("Isian ini tidak bisa diterima: %(fields)s. Menunggu diperiksa kantor."),
    "offline-values": _("Isinya tidak sesuai dengan yang bisa dicatat. Menunggu diperiksa kantor."),
    "offline-right-unknown": _("Penugasan pengirim tidak ditemukan. Menunggu diperiksa kantor."),
    "offline-right-not-then": _("Pengirim belum berhak saat catatan dibuat. Menunggu diperiksa kantor."),
    "offline-right-ended": _("Tugas pengirim sudah berakhir. Catatannya menunggu diputuskan kantor."),
    "offline-rights-stale": _("Dibuat lebih dari 14 hari sesudah paket diambil: haknya diperiksa kantor dulu."),
    "offline-parent-missing": _("Menunggu catatan lain yang harus masuk lebih dulu."),
    "offline-parent-aside": _("Catatan yang menjadi dasarnya sudah disisihkan. Menunggu diputuskan kantor."),
    "offline-parts-missing": _("Menunggu %(missing)s dari %(count)s bagian foto."),
    "offline-meeting-not-open": _("Menunggu pembukaan musyawarahnya."),
    "offline-thing-gone": _("Yang dirujuk catatan ini tidak ada di sini. Menunggu diperiksa kantor."),
    "offline-broken": _(
        "Catatan ini gagal dimasukkan berkali-kali (%(reason)s). Catatannya tersimpan; kantor perlu memeriksa."
    ),
    "offline-no-cycle": _("Belum ada siklus perencanaan yang terbuka di desa ini."),
    "offline-same-day": _(
        "Ada musyawarah sejenis pada hari yang sama. Pilih: gabungkan, atau catat sebagai musyawarah lain."
    ),
    "offline-line-gone": _("Baris daftar hadir yang diperbaiki sudah tidak ada."),
    "offline-other-version": _("Isinya sudah diubah orang lain sejak paket diambil. Pilih versi yang dipakai."),
    "offline-proposal": _("Usulan belum bisa dicatat: %(problems)s"),
    "offline-photo-empty": _("Foto ini tidak menyebut bagiannya."),
    "offline-photo-unreadable": _("Foto tidak bisa dibuka: bagiannya berubah atau tertukar."),
    "offline-released": _("Dari perangkat yang dicabut. Periksa isinya, lalu putuskan."),
    "offline-reason": _("Tulis alasannya dalam satu kalimat. Tidak ada yang berubah."),
    "offline-choice": _("Pilihan itu tidak berlaku untuk catatan ini. Muat ulang halamannya."),
    "offline-decided": _("Catatan ini sudah diputuskan. Muat ulang halamannya."),
    "offline-join": _("Pilih musyawarah yang sejenis pada hari yang sama."),
    "offline-file": _("Berkas itu bukan kiriman lapangan. Pilih berkas .zip yang dibuat aplikasi lapangan."),
    "offline-file-size": _("Isi berkas terlalu besar. Pecah menjadi beberapa berkas."),
    "offline-request": _("Kiriman tidak terbaca. Tidak ada yang disimpan; perangkat menyimpan semuanya."),
    "offline-too-many": _("Terlalu banyak sekaligus. Kirim lebih sedikit; tidak ada yang disimpan."),
    "offline-busy": _("Terlalu sering dari jaringan ini. Tunggu %(minutes)s menit; catatannya aman di perangkat."),
    "offline-part-other": _("Isi bagian foto tidak sesuai dengan sidiknya. Kirim lagi bagian itu."),
    "offline-part-unknown": _("Tidak ada catatan yang menyebut bagian foto ini."),
    "offline-sign-in": _("Masuk dulu. Catatan di perangkat ini aman."),
    "offline-forbidden": _("Peran Anda tidak boleh melakukan ini. Catatan di perangkat ini aman."),
    "offline-keys-lost": _(
        "Server ini kehilangan kunci penerima yang masih dipakai catatan. Penerimaan dihentikan; "
        "catatannya aman di perangkat."
    ),
}

COLUMNS: Mapping[str, Words] = {
    "district_key": _("kecamatan"),
    "registered_at": _("didaftarkan"),
    "revoked_at": _("dicabut"),
    "revoked_by": _("dicabut oleh"),
    "revoked_reason": _("alasan pencabutan"),
    "device": _("perangkat"),
    "assignment": _("penugasan"),
    "issued_at": _("diambil"),
    "expires_at": _("berlaku sampai"),
    "rights_until": _("hak diperiksa sampai"),
    "key_code": _("kunci penerima"),
    "program": _("versi program"),
    "envelope_id": _("nomor catatan"),
    "digest": _("sidik"),
    "schema": _("skema"),
    "device_key": _("nomor perangkat"),
    "package": _("paket"),
    "skew": _("selisih jam"),
    "after": _("menunggu"),
    "about_key": _("tentang"),
    "verified": _("tanda tangan cocok"),
    "way": _("jalan masuk"),
    "flags": _("tanda"),
    "message": _("keterangan"),
    "received_at": _("diterima"),
    "applied_at": _("masuk"),
    "object_key": _("menjadi"),
    "decision": _("keputusan"),
    "decided_by": _("diputuskan oleh"),
    "decided_at": _("diputuskan"),
    "decided_reason": _("alasan keputusan"),
}
