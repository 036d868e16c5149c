"""Which rows of this room the trail covers, and the words it has for them."""

from django.utils.translation import gettext_lazy as _

from rembuk.guidance.facilitation import labels, models, queries
from rembuk.shared.trail import audit, kinds, words


def register() -> None:
    """Tell the trail of this room's rows, and what belongs to a forum."""
    audit(models.Facilitation, ignore=("changed_at",))
    audit(models.Guide, personal=("name",))
    for model in (models.DayChange, models.Answer, models.Turn, models.ToolUse, models.FocusGroup, models.Reaction):
        audit(model)
    words.register(
        tables={
            models.Facilitation: _("forum terfasilitasi"),
            models.Guide: _("anggota tim pemandu"),
            models.DayChange: _("perubahan hari forum"),
            models.Answer: _("jawaban daftar periksa"),
            models.Turn: _("hitungan bicara"),
            models.ToolUse: _("alat partisipasi"),
            models.FocusGroup: _("diskusi kelompok"),
            models.Reaction: _("tanggapan peserta"),
        },
        columns=labels.COLUMNS,
    )
    kinds.register(
        "forum",
        models.Facilitation,
        finder=queries.forum_by_id,
        act="facilitation.read",
        also=queries.rows_of_forum,
    )
