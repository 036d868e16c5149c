"""What the tables and columns of this room are called in the trail."""

from django.utils.translation import gettext_lazy as _

from rembuk.assessment import models
from rembuk.shared.trail import words

COLUMNS = {
    "assessment": _("pengkajian"),
    "previous": _("pengkajian sebelumnya"),
    "seasons": _("musim tiap bulan"),
    "filed": _("daftar yang disahkan"),
    "introduction": _("pendahuluan"),
    "conclusion": _("kesimpulan"),
    "head_date": _("diserahkan kepada kepala desa"),
    "bpd_date": _("diserahkan kepada BPD"),
    "opened_by": _("dibuka oleh"),
    "part": _("bagian"),
    "before": _("angka sebelumnya"),
    "changed": _("berubah"),
    "ground": _("alas gambar"),
    "width": _("lebar"),
    "height": _("tinggi"),
    "closeness": _("kedekatan"),
    "tool": _("alat kaji"),
    "sketch": _("sketsa"),
    "x": _("letak dari kiri"),
    "y": _("letak dari atas"),
    "institution": _("lembaga"),
    "marks": _("tanda bulan"),
    "field": _("bidang"),
    "cause": _("penyebab"),
    "potentials": _("potensi yang membantu"),
    "effects": _("akibat"),
    "causes": _("penyebab bertingkat"),
    "feasible": _("layak"),
    "action": _("tindakan"),
}


def register() -> None:
    """Add the names of this room."""
    words.register(
        tables={
            models.Assessment: _("pengkajian keadaan desa"),
            models.DataRow: _("baris data desa"),
            models.Sketch: _("sketsa desa"),
            models.Institution: _("lembaga di bagan"),
            models.Entry: _("masalah atau potensi"),
            models.ProblemTree: _("pohon masalah"),
            models.Action: _("tindakan"),
            models.Score: _("nilai pengkajian"),
        },
        columns=COLUMNS,
    )
