"""The wording in force in a regency: what it saved last for a kind of text, else Rembuk's own."""

from collections.abc import Mapping

from django.db.models import OuterRef, Subquery

from rembuk.core.documents.letter_kinds import WORDINGS
from rembuk.core.documents.wording import filled, lines_of
from rembuk.documents.models import WordingText
from rembuk.plans.paper_values import bare
from rembuk.regions.models import Village


def texts_of(regency_id: str) -> dict[str, WordingText]:
    """Return kind -> the newest text that the regency saved; a text emptied again counts as none. One query."""
    newest = WordingText.objects.filter(regency=OuterRef("regency"), kind=OuterRef("kind")).order_by("-version_no")
    rows = WordingText.objects.filter(regency_id=regency_id, version_no=Subquery(newest.values("version_no")[:1]))
    return {row.kind: row for row in rows if row.text.strip()}


def lines_in_force(regency_id: str, *kinds: str) -> dict[str, tuple[str, ...]]:
    """Return kind -> the lines that papers of the regency print now, placeholders still in them."""
    saved = texts_of(regency_id)
    return {kind: lines_of(saved[kind].text) if kind in saved else WORDINGS[kind].lines for kind in kinds}


def changed_lines(regency_id: str, kind: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the regency's own wording of a kind, filled; nothing where it kept Rembuk's."""
    saved = texts_of(regency_id)
    return filled(lines_of(saved[kind].text), values) if kind in saved else ()


def common_values(village: Village, years: int | str, **more: str) -> dict[str, str]:
    """Return what stands for the placeholders that every text knows. more: kepala_desa, ketua_bpd, tanggal.

    years: the year of the plan, or its first and last (``2027-2034``).
    """
    return {
        "desa": village.name,
        "kecamatan": bare(village.district.name, "Kecamatan ", "Distrik "),
        "kabupaten": bare(village.regency.name, "Kabupaten ", "Kota "),
        "provinsi": village.regency.province_name,
        "tahun": str(years),
        **more,
    }
