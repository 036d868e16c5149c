"""Names of tables and columns for readers of the trail. What only the program needs is left out.

A room may add its own: ``words.register(tables={Proposal: _("usulan")}, columns={"amount": _("jumlah")})``.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.shared.trail.columns import COLUMNS

Words = str | Promise

HIDDEN = frozenset(
    [
        "id",
        "created_at",
        "changed_at",
        "received_at",
        "version",
        "version_no",
        "sha256",
        "digest",
        "content_hash",
        "content_type",
        "size",
        "origin",
        "salt",
        "regency_key",
        "district_key",
        "village_id_text",
        "village_key",
        "uploaded_by",
        "made_by",
        "made_by_label",
        "created_by",
        "entered_by",
        "import_row",
        "receipt_digest",
        "selection_digest",
        "created_digest",
        "verify_code",
        "subject",
        "mapping",
        "columns",
        "rows",
        "settings",
        "person_id_value",
        "password_changed_at",
        "last_number",
        "data_version",
    ]
)

_tables: dict[str, Words] = {
    "shared.StoredFile": _("berkas"),
    "shared.Paper": _("dokumen"),
    "regions.Regency": _("kabupaten"),
    "regions.District": _("kecamatan"),
    "regions.Village": _("desa"),
    "regions.Hamlet": _("dusun"),
    "regions.Rt": _("RT"),
    "accounts.Person": _("akun"),
    "accounts.Assignment": _("penugasan"),
    "accounts.OneTimeCode": _("kode sekali pakai"),
    "cycles.Cycle": _("tahun perencanaan"),
    "cycles.StageRecord": _("tahap"),
    "cycles.Evidence": _("bukti"),
    "cycles.Excuse": _("jeda tenggat"),
    "cycles.StageReturn": _("pengembalian tahap"),
    "cycles.Holiday": _("hari libur"),
    "funding.Ceiling": _("pagu"),
    "proposals.Proposal": _("usulan"),
    "proposals.ProposalPhoto": _("foto usulan"),
    "proposals.ProposalStep": _("langkah usulan"),
    "proposals.FieldCheck": _("pemeriksaan lapangan"),
    "proposals.ImportBatch": _("impor"),
    "deliberation.Meeting": _("musyawarah"),
    "deliberation.Invitation": _("undangan"),
    "deliberation.Attendance": _("kehadiran"),
    "deliberation.AttendanceTally": _("hitungan hadir"),
    "deliberation.SpokenNote": _("catatan pembicaraan"),
    "deliberation.Decision": _("keputusan"),
    "deliberation.Adjournment": _("penundaan"),
    "deliberation.MeetingPhoto": _("foto musyawarah"),
    "deliberation.MeetingProposal": _("usulan yang dibahas"),
    "deliberation.ScoreSheet": _("lembar skor"),
    "deliberation.BallotBundle": _("suara satu dusun"),
    "plans.Team": _("tim"),
    "plans.TeamMember": _("anggota tim"),
    "plans.Rpjmdes": _("RPJM Desa"),
    "plans.RpjmdesItem": _("baris RPJM Desa"),
    "plans.RkpdesVersion": _("RKP Desa"),
    "plans.RkpdesItem": _("baris RKP Desa"),
    "plans.ItemFunding": _("sumber biaya baris RKP"),
    "plans.ItemProposal": _("usulan dalam baris RKP"),
    "plans.RabLine": _("baris RAB"),
    "plans.TechnicalCheck": _("pemeriksaan teknis"),
    "plans.Implementer": _("pelaksana"),
    "plans.AgreedChange": _("perubahan yang disepakati"),
    "plans.EvaluationRow": _("baris evaluasi"),
    "plans.DuRkpdesItem": _("baris DU-RKP Desa"),
    "budgeting.AllocationRun": _("hitungan pembagian"),
}

_columns: dict[str, Words] = {
    "name": _("nama"),
    "title": _("judul"),
    "description": _("uraian"),
    "state": _("keadaan"),
    "status": _("keadaan"),
    "note": _("catatan"),
    "reason": _("alasan"),
    "reason_code": _("kode alasan"),
    "reason_text": _("alasan"),
    "result": _("hasil"),
    "kind": _("jenis"),
    "number": _("nomor"),
    "code": _("kode"),
    "amount": _("jumlah"),
    "cost": _("biaya"),
    "cost_text": _("biaya tertulis"),
    "volume": _("volume"),
    "volume_text": _("volume tertulis"),
    "unit": _("satuan"),
    "unit_price": _("harga satuan"),
    "source": _("sumber"),
    "earmark": _("peruntukan"),
    "location": _("lokasi"),
    "location_text": _("lokasi"),
    "activity_code": _("kode kegiatan"),
    "account_code": _("kode rekening"),
    "target": _("sasaran"),
    "year": _("tahun"),
    "plan_year": _("tahun rencana"),
    "budget_year": _("tahun anggaran"),
    "inauguration_date": _("tanggal pelantikan"),
    "review_date": _("tanggal peninjauan"),
    "stage": _("tahap"),
    "role": _("peran"),
    "office": _("jabatan"),
    "agency": _("perangkat daerah"),
    "start_date": _("mulai"),
    "end_date": _("sampai"),
    "due_date": _("paling lambat"),
    "decree_number": _("nomor SK"),
    "decree_date": _("tanggal SK"),
    "letter_number": _("nomor surat"),
    "letter_date": _("tanggal surat"),
    "minutes": _("notulen"),
    "minutes_number": _("nomor berita acara"),
    "minutes_date": _("tanggal berita acara"),
    "paper_date": _("tanggal dokumen"),
    "perdes_number": _("nomor Perdes"),
    "perdes_date": _("tanggal Perdes"),
    "enacted_at": _("ditetapkan"),
    "promulgated_date": _("tanggal diundangkan"),
    "submitted_at": _("diajukan"),
    "adopted_at": _("disetujui"),
    "checked_at": _("diperiksa"),
    "verified_at": _("diverifikasi"),
    "completed_at": _("selesai"),
    "confirmed_at": _("ditegaskan"),
    "scheduled_at": _("waktu"),
    "captured_at": _("waktu pengambilan"),
    "agenda": _("agenda"),
    "answer": _("jawaban"),
    "authority": _("kewenangan"),
    "email": _("surel"),
    "phone": _("telepon"),
    "username": _("nama masuk"),
    "proposer_name": _("nama pengusul"),
    "proposer_contact": _("kontak pengusul"),
    "beneficiaries_male": _("penerima manfaat laki-laki"),
    "beneficiaries_female": _("penerima manfaat perempuan"),
    "beneficiaries_poor": _("penerima manfaat miskin"),
    "votes_for": _("suara setuju"),
    "votes_against": _("suara tidak setuju"),
    "votes_abstain": _("suara kosong"),
    "population": _("jumlah penduduk"),
    "household_count": _("jumlah keluarga"),
    "latitude": _("lintang"),
    "longitude": _("bujur"),
    "acting": _("Plt/Pj"),
    "order": _("urutan"),
    "sex": _("jenis kelamin"),
    "element": _("unsur"),
}

_of_room: dict[str, dict[str, Words]] = {}
"""Room -> its own words for columns: a minute of travel is no minutes of a meeting."""

ACT_TITLES: Mapping[str, Words] = {
    "tanpa pelaku": _("Tanpa pelaku"),
    "files.store": _("Menyimpan berkas"),
    "files.forget": _("Menghapus foto yang tidak jadi dikirim"),
    "papers.freeze": _("Menyusun dokumen"),
    "trail.erase": _("Menghapus data pribadi dari jejak"),
    # One title for whatever the worked example was planted by.
    "seed": _("Menyiapkan data contoh"),
}


def register(
    *, tables: Mapping[type[models.Model], Words] | None = None, columns: Mapping[str, Words] | None = None
) -> None:
    """Add the names of one room's tables and columns; its words for columns hold for its own tables first."""
    _tables.update({model._meta.label: words for model, words in (tables or {}).items()})
    for room in {model._meta.app_label for model in tables or {}}:
        _of_room.setdefault(room, {}).update(columns or {})
    for name, word in (columns or {}).items():
        _columns.setdefault(name, word)


def table_word(model: type[models.Model]) -> str:
    """Return what one row of *model* is called."""
    return str(_tables.get(model._meta.label, model._meta.verbose_name))


def column_word(name: str, field: "models.Field[object, object] | None") -> str:
    """Return what a column is called: the room's own name for it, the common one, or the field's."""
    own = _of_room.get(field.model._meta.app_label, {}) if field is not None else {}
    word = own.get(name) or _columns.get(name) or COLUMNS.get(name)
    if word:
        return str(word)
    return str(field.verbose_name) if field is not None else name.replace("_", " ")
