"""What a draft under comment says of a village and of its cycle: until when, and how far the answers are."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.plans.comment_board import counts_of, open_windows
from rembuk.plans.models import CommentWindow
from rembuk.shared import clock
from rembuk.shared.panels import Panel
from rembuk.shared.templatetags.rembuk import tanggal

ORDER = 59


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> the draft that residents may comment on now. One query; nothing once it is over."""
    newest_last = open_windows(ids, clock.now()).reverse()
    return {window.plan.village_id: public_panel(window) for window in newest_last}


def public_panel(window: CommentWindow) -> Panel:
    title = _("Rancangan RKP Desa %(year)d: tanggapi") % {"year": window.plan.cycle.budget_year}
    rows = (
        (_("Keadaan"), _("rancangan, belum ditetapkan")),
        (_("Tanggapan ditunggu sampai"), tanggal(window.last_day)),
    )
    return Panel(title, rows, reverse("plans:draft_public", args=(window.plan_id,)), "due", ORDER)


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> how many comments came to its newest draft. For who may read them; two queries for each."""
    if hat is None or hat.role not in TABLE.rows["plans.read_comments"].roles:
        return {}
    rows = CommentWindow.objects.filter(plan__cycle_id__in=ids).select_related("plan__village")
    newest = {row.plan.cycle_id: row for row in rows.order_by("plan__version_no")}
    return {key: office_panel(row) for key, row in newest.items() if hat.place.covers(row.plan.place)}


def office_panel(window: CommentWindow) -> Panel:
    counts = counts_of(window)
    rows = (
        (_("Masuk"), str(counts.total)),
        (_("Menunggu dilihat"), str(counts.to_look)),
        (_("Menunggu dijawab"), str(counts.to_answer)),
        (_("Ditunggu sampai"), tanggal(window.last_day)),
    )
    state = "due" if counts.to_look or counts.to_answer else "ok"
    return Panel(_("Tanggapan warga"), rows, reverse("plans:comments", args=(window.plan_id,)), state, ORDER)
