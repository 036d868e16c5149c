"""Tags of the overviews: the sign of a state on the map, one cell of the board."""

from datetime import date, timedelta

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.core.workflow.inclusion import Figure, Share
from rembuk.cycles.duties import Duty
from rembuk.cycles.queries import BoardRow, StageState
from rembuk.dashboards import inclusion_labels
from rembuk.dashboards.inclusion import Line
from rembuk.regions import map as drawing
from rembuk.shared.templatetags.rembuk import CHIP_ICONS, deadline, icon, tanggal

register = template.Library()


@register.simple_tag
def map_sign(state: drawing.State) -> SafeString:
    """The sign of one state, as on the map."""
    return mark_safe(drawing.legend(state))  # noqa: S308 -- our own drawing, no words of people in it


@register.simple_tag
def duty_chip(duty: Duty, today: date) -> SafeString | str:
    """When a duty is due, by the day that excuses have moved it to."""
    return deadline(today + timedelta(days=duty.days_left), today) if duty.days_left is not None else ""


@register.simple_tag
def stage_cell(row: BoardRow, code: str) -> SafeString | str:
    """One stage of one village: an icon that opens the stage, with words for those who do not see it."""
    stage = row.stage(code)
    if stage is None or row.cycle_id is None:
        return ""
    address = reverse("cycles:stage", args=[row.cycle_id, code])
    return format_html(
        '<a class="cell {}" href="{}">{}<span class="hush">{}</span></a>',
        stage.state,
        address,
        icon(CHIP_ICONS[stage.state]),
        words(stage),
    )


def words(stage: StageState) -> str:
    if stage.done:
        return f"{stage.code}: {tanggal(stage.done_date)}"
    if stage.days_late:
        return _("%(code)s: terlambat %(days)d hari") % {"code": stage.code, "days": stage.days_late}
    return _("%(code)s: belum") % {"code": stage.code}


@register.filter
def figure_text(figure: Figure) -> str:
    """A share with its numbers, or why there is none."""
    return inclusion_labels.figure_text(figure)


@register.filter
def figure_percent(figure: Figure) -> str:
    """A share in percent, or why there is none."""
    return inclusion_labels.percent_text(figure)


@register.filter
def share_text(share: Share | None) -> str:
    """A share of a sheltered group: whole fives, or that it was merged into the larger area."""
    return inclusion_labels.share_text(share) if share is not None else _("tidak ditampilkan sendiri")


@register.filter
def change_text(line: Line) -> str:
    """The change from last year in words."""
    return inclusion_labels.change_text(line)


@register.filter
def step_name(step: str) -> str:
    return str(inclusion_labels.STEP_NAMES[step])


@register.filter
def group_name(code: str) -> str:
    return str(inclusion_labels.GROUP_NAMES[code])
