"""Inclusion as sheets: exactly the filtered villages, and the kecamatan as they are told."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rembuk.core.workflow.inclusion import MEASURES, SHELTERED, Share
from rembuk.dashboards.inclusion import Area, Picture, Row, Sheltered
from rembuk.dashboards.inclusion_labels import GROUP_NAMES, line_title, why_none
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes, xlsx_bytes

Cell = str | int | None


def figure_header(year: int) -> list[str]:
    found = []
    for group, step in MEASURES:
        title = line_title(group, step)
        found += [
            f"{title}, {year}",
            _("%(title)s, dari") % {"title": title},
            f"{title}, {year} (%)",
            f"{title}, {year - 1} (%)",
        ]
    return found


def figure_cells(picture: Picture) -> list[Cell]:
    """Return four cells a measure; words stand where there is no number."""
    found: list[Cell] = []
    for line in picture.lines:
        now, last = line.now.share, line.last.share
        found += [now.count, now.whole, now.percent] if now is not None else [None, None, why_none(line.now)]
        found.append(last.percent if last is not None else why_none(line.last))
    return found


def sheltered_header(year: int) -> list[str]:
    kinds = (_("kehadiran"), _("usulan"), _("usulan yang masuk rencana"))
    return [
        f"{GROUP_NAMES[code]}, {kind}, {at} ({_('paling sedikit')})"
        for code in SHELTERED
        for at in (year, year - 1)
        for kind in kinds
    ]


def sheltered_cells(picture: Picture) -> list[Cell]:
    def numbers(one: Sheltered) -> list[Cell]:
        shares: tuple[Share | None, ...] = (one.present, one.asked, one.planned)
        return [share.count if share is not None else None for share in shares]

    return [cell for pair in picture.sheltered for one in pair for cell in numbers(one)]


def export(rows: Sequence[Row], areas: Sequence[Area], year: int, kind: str) -> HttpResponse:
    """Return the filtered villages as CSV, or as XLSX with a second sheet of the kecamatan."""
    header = [_("kode"), _("desa"), _("kecamatan"), _("musyawarah selesai"), *figure_header(year)]
    lines: list[list[Cell]] = [
        [
            row.village.code,
            row.village.name,
            row.village.district.name,
            row.picture.now.held,
            *figure_cells(row.picture),
        ]
        for row in rows
    ]
    if kind == "csv":
        content, content_type = csv_bytes(header, lines), "text/csv; charset=utf-8"
    else:
        second = [_("kode"), _("kecamatan"), _("desa"), _("musyawarah selesai")]
        second += [*figure_header(year), *sheltered_header(year)]
        above: list[list[Cell]] = [
            [
                each.code,
                each.name,
                each.villages,
                each.picture.now.held,
                *figure_cells(each.picture),
                *sheltered_cells(each.picture),
            ]
            for each in areas
        ]
        content_type = XLSX
        content = xlsx_bytes([(_("Desa"), header, lines), (_("Kecamatan"), second, above)])
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="keterlibatan-{year}.{kind}"'
    return response
