"""Which tables of plans the trail covers, and what an enacted version holds fast: itself and everything below it."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.plans import models, queries, received_board, rpjm_queries
from rembuk.plans.comment_labels import COLUMNS_OF_COMMENTS
from rembuk.shared.trail import audit, kinds, protect, protect_inside, words

TABLES: Mapping[type[Model], Promise] = {
    models.RpjmdesOrigin: _("asal kegiatan RPJM Desa"),
    models.RpjmdesReason: _("alasan perubahan RPJM Desa"),
    models.RpjmdesIncome: _("proyeksi pendapatan RPJM Desa"),
    models.RpjmdesChange: _("kesepakatan Musrenbang RPJM"),
    models.PolicyLine: _("program masuk desa"),
    models.PerdesStep: _("langkah Perdes"),
    models.ReceivedRpjmdes: _("berkas RPJM Desa"),
    models.ChangeReason: _("alasan perubahan"),
    models.DuTransmittal: _("surat pengantar DU-RKP"),
    models.CommentWindow: _("masa tanggapan"),
    models.DraftComment: _("tanggapan warga"),
}
COLUMNS_OF_RPJM = {
    "sheet": _("lembar"),
    "family": _("keluarga matriks"),
    "line_count": _("kegiatan terbaca"),
    "refused_count": _("baris ditolak"),
    "printed": _("jumlah tercetak"),
    "handed_in_by": _("diserahkan oleh"),
    "read_at": _("dibaca"),
    "recorded_by": _("dicatat oleh"),
    "recorded_at": _("dicatat"),
    "mission": _("misi"),
    "text_data": _("naskah RPJM Desa"),
    "policy_note": _("keterangan program masuk desa"),
    "perdes_log": _("langkah Perdes"),
    "published_date": _("tanggal diumumkan"),
    "published_in": _("tempat pengumuman"),
    "year_costs": _("biaya per tahun"),
    "yearly_targets": _("target per tahun"),
    "indicator": _("indikator"),
    "origin_text": _("asal usulan"),
    "field": _("bidang"),
    "rpjmdes": _("RPJM Desa"),
}
COLUMNS_OF_RKP = {
    "transmittal": _("surat pengantar"),
    "error": _("sebab tidak terbaca"),
    "land_ready": _("lahan siap"),
    "agreed_number": _("nomor berita acara"),
    "agreed_date": _("tanggal berita acara"),
    "sent_by": _("dikirim oleh"),
    "answer_code": _("kode jawaban"),
    "answer_text": _("isi jawaban"),
    "answer_number": _("nomor surat jawaban"),
    "answer_date": _("tanggal surat jawaban"),
    "answer_amount": _("pagu disetujui"),
    "answer_year": _("tahun ditunda"),
    "ground_number": _("nomor surat dasar perubahan"),
    "ground_date": _("tanggal surat dasar perubahan"),
    "ground_note": _("uraian dasar perubahan"),
    "ground_file": _("surat dasar perubahan"),
    "previous": _("baris asal"),
    "written_by": _("ditulis oleh"),
}
"""Words for the tables and columns of this room; what other rooms have too is named by them."""

VERSIONED = (
    models.Team,
    models.Rpjmdes,
    models.RpjmdesItem,
    models.RpjmdesChange,
    models.PolicyLine,
    models.RkpdesVersion,
    models.RkpdesItem,
    models.AgreedChange,
    models.DuRkpdesItem,
)
PLAIN = (
    models.RpjmdesOrigin,
    models.RpjmdesReason,
    models.RpjmdesIncome,
    models.ItemFunding,
    models.ItemProposal,
    models.RabLine,
    models.EvaluationRow,
    models.PerdesStep,
    models.ChangeReason,
    models.DuTransmittal,
)


def register() -> None:
    """Name the audited and the protected tables; called once when the room is loaded."""
    words.register(tables=TABLES, columns={**COLUMNS_OF_RPJM, **COLUMNS_OF_RKP, **COLUMNS_OF_COMMENTS})
    register_audited()
    register_kinds()
    protect_enacted_rkp()
    protect_enacted_rpjm()


def register_audited() -> None:
    for versioned in VERSIONED:
        audit(versioned, ignore=("changed_at",))
    for plain in PLAIN:
        audit(plain)
    audit(models.CommentWindow)
    audit(
        models.DraftComment,
        personal=("typed", "contact", "email"),
        ignore=("person_digest", "device_digest", "receipt_digest", "body_digest", "told_at"),
    )
    audit(models.TeamMember, personal=("name",))
    audit(models.ReceivedRpjmdes, ignore=("changed_at", "lines", "refused", "notes", "sheets"))
    audit(models.Implementer, personal=("members",), ignore=("changed_at",))
    audit(models.TechnicalCheck, personal=("signers",))


def register_kinds() -> None:
    """Let the trail of a plan, of a row and of a received file be opened."""
    kinds.register(
        "rpjm", models.Rpjmdes, finder=rpjm_queries.rpjm_by_id, act="plans.read", also=rpjm_queries.rows_of_rpjm
    )
    kinds.register("rencana", models.RkpdesVersion, finder=queries.plan_by_id, act="plans.read")
    kinds.register(
        "kegiatan", models.RkpdesItem, finder=queries.item_by_id, act="plans.read", also=queries.rows_of_item
    )
    kinds.register(
        "berkas-rpjm", models.ReceivedRpjmdes, finder=received_board.received_by_id, act="plans.read_received"
    )


def protect_enacted_rkp() -> None:
    version = protect(
        models.RkpdesVersion, when="{row}.enacted_at IS NOT NULL", may_change=("perdes_state", "perdes_dates")
    )
    item = protect_inside(models.RkpdesItem, "plan", version)
    protect_inside(models.AgreedChange, "plan", version)
    protect_inside(models.ChangeReason, "plan", version)
    for child in (
        models.ItemFunding,
        models.ItemProposal,
        models.RabLine,
        models.TechnicalCheck,
        models.Implementer,
    ):
        protect_inside(child, "item", item)


def protect_enacted_rpjm() -> None:
    rpjmdes = protect(
        models.Rpjmdes,
        when="{row}.enacted_at IS NOT NULL",
        may_change=(
            "is_active", "perdes_state", "perdes_dates", "perdes_log", "published_date", "published_in",
            "version", "changed_at",
        ),
    )  # fmt: skip
    line = protect_inside(models.RpjmdesItem, "rpjmdes", rpjmdes)
    protect_inside(models.RpjmdesOrigin, "item", line)
    protect_inside(models.RpjmdesChange, "rpjmdes", rpjmdes)
    protect_inside(models.RpjmdesReason, "rpjmdes", rpjmdes)
    protect_inside(models.RpjmdesIncome, "rpjmdes", rpjmdes)
    protect_inside(models.PolicyLine, "rpjmdes", rpjmdes)
