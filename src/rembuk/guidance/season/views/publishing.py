"""Putting a plan in force: first what will change, then the act; clashes are told in words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import SeasonPlan
from rembuk.guidance.season.services.publishing import forums_of
from rembuk.guidance.season.views.changes import change_rows, changes_of
from rembuk.guidance.season.views.finding import number_in, plan_of, shown
from rembuk.guidance.season.views.plans import head
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("season.publish", of=plan_of, methods=("GET", "POST"))
def publish(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """What publishing does, village by village; posted, it is done."""
    if request.method == "GET":
        return confirm(request, found)
    version = number_in(request.POST.get("versi", ""))
    try:
        done = services.publish(plan_id=found.pk, version=version, actor=worn(request), at=clock.now())
    except RembukError as error:
        return confirm(request, plan_of(found.pk), error)
    messages.success(
        request, _("Jadwal %(number)s terbit. Tiap desa dan tim melihat harinya.") % {"number": found.number}
    )
    if done.passed_villages:
        passed = ", ".join(done.passed_villages)
        messages.warning(
            request, _("Forumnya sudah berjalan, jadi harinya tidak diubah: %(names)s.") % {"names": passed}
        )
    return redirect("season:plan", plan_id=found.pk)


def confirm(request: HttpRequest, found: SeasonPlan, error: RembukError | None = None) -> HttpResponse:
    before = queries.published_plan(found.season)
    known = built(found)
    if before is not None and before.pk == found.pk:
        before = None
    waiting = forums_of(found)
    context = {
        **head(worn(request), found, ""),
        "before": before,
        "changes": change_rows(changes_of(before, found), known.instance) if before is not None else [],
        "count": len(known.plan.visits),
        "unserved": len(known.plan.unserved),
        "passed": [one.title for one in known.instance.villages if one.code not in waiting],
    }
    return shown(request, "season/publish.html", context, error)
