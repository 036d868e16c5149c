"""Which tables of documents the trail covers, and their words."""

from django.utils.translation import gettext_lazy as _

from rembuk.documents import models
from rembuk.shared.trail import audit, words


def register() -> None:
    """Name the audited tables; called once when the room is loaded."""
    audit(models.BundleRun, ignore=("job",))
    audit(models.ScanUpload, ignore=("read_at",))
    for model in (models.SignedPage, models.WorkPlan):
        audit(model, ignore=("changed_at",))
    audit(models.Letter, personal=("signer_name", "signer_number", "members"), ignore=("changed_at",))
    audit(models.WordingText)
    words.register(
        tables={
            models.BundleRun: _("pesanan bundel"),
            models.ScanUpload: _("unggahan lembar"),
            models.SignedPage: _("lembar bertanda tangan"),
            models.WorkPlan: _("RKTL tim"),
            models.Letter: _("surat atau keputusan"),
            models.WordingText: _("redaksi"),
        },
        columns={
            "fmt": _("bentuk berkas"),
            "asked_at": _("diminta"),
            "asked_by_label": _("diminta oleh"),
            "uploaded_at": _("diunggah"),
            "upload": _("unggahan"),
            "page_no": _("halaman"),
            "paper": _("dokumen"),
            "code_read": _("kode terbaca"),
            "problem": _("kendala"),
            "by_code": _("menurut kode"),
            "team": _("tim"),
            "facilitator": _("pendamping"),
            "letter_date": _("tanggal surat"),
            "addressee": _("tujuan surat"),
            "signer_name": _("penanda tangan"),
            "signer_number": _("NIP penanda tangan"),
            "fields": _("isian"),
            "members": _("anggota"),
            "text": _("teks"),
            "saved_by_label": _("disimpan oleh"),
            "saved_at": _("disimpan"),
            "uploaded_by": _("diunggah oleh"),
        },
    )
