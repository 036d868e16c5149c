"""All plans of a season, drafts and those that were in force: the list with its sheet."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rembuk.guidance.season import queries
from rembuk.guidance.season.filters import filter_plans, read_plans
from rembuk.guidance.season.models import Season, SeasonPlan
from rembuk.guidance.season.views.finding import season_of, sheet, shown, tabs
from rembuk.guidance.season.views.seasons import cause_of, plan_rows
from rembuk.shared.web import page, worn

PER_PAGE = 30


@page("season.plan", of=season_of)
def index(request: HttpRequest, found: Season) -> HttpResponse:
    """The plans of a season, newest first."""
    asked = read_plans(request.GET)
    rows = Paginator(filter_plans(queries.plans_of(found), asked), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(worn(request), found, "jadwal"),
        "asked": asked,
        "page": rows,
        "count": rows.paginator.count,
        "plans": plan_rows(rows.object_list),
        "states": SeasonPlan.State.choices,
    }
    return shown(request, "season/drafts.html", context)


@page("season.plan", of=season_of)
def export(request: HttpRequest, found: Season) -> HttpResponse:
    """The shown plans as a sheet."""
    head = [
        *(_("Jadwal"), _("Keadaan"), _("Dibuat"), _("Terbit"), _("Dari jadwal"), _("Sebab"), _("Forum")),
        *(_("Belum terjadwal"), _("Jam perjalanan"), _("Malam"), _("Beda beban (hari)"), _("Biaya (poin)")),
    ]
    return sheet(
        request,
        "jadwal-musim",
        _("Jadwal"),
        head,
        [line_of(plan) for plan in filter_plans(queries.plans_of(found), read_plans(request.GET))],
    )


def line_of(plan: SeasonPlan) -> tuple[str | int | None, ...]:
    score = plan.score
    return (
        plan.number,
        plan.get_state_display(),
        plan.made_at.date().isoformat(),
        plan.published_at.date().isoformat() if plan.published_at else "",
        plan.parent.number if plan.parent else None,
        cause_of(plan),
        score.get("forums"),
        len(score.get("unserved", ())),
        round(score.get("travel_hours", 0)),
        score.get("nights"),
        f"{score.get('spread', 0):.2f}".replace(".", ","),
        round(score.get("total", 0)),
    )
