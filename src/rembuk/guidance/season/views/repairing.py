"""Something went wrong: what happened is told once, then two answers stand side by side and a person opens one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import SeasonPlan
from rembuk.guidance.season.services import Trouble
from rembuk.guidance.season.typed import read_day
from rembuk.guidance.season.views.changes import change_rows, changes_of, counts_of
from rembuk.guidance.season.views.finding import plan_of, shown, uuid_in
from rembuk.guidance.season.views.plans import head
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("season.plan", of=plan_of, methods=("GET", "POST"))
def repair(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """A flood, a team or a speaker away."""
    if request.method == "GET":
        return form(request, found, {"jenis": "air"})
    try:
        trouble = trouble_of(request, found)
        answers = services.repair(
            plan_id=found.pk, trouble=trouble, today=clock.today(), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return form(request, found, request.POST.dict(), error)
    messages.success(request, _("Gangguan dicatat. Dua rancangan siap; yang berlaku belum berubah."))
    pair = f"a={answers.quick.pk}&b={answers.searched.pk}"
    return redirect(f"{reverse('season:answers', args=(found.pk,))}?{pair}")


def trouble_of(request: HttpRequest, found: SeasonPlan) -> Trouble:
    """Return what happened as typed. Raises: BadInputError."""
    post = request.POST
    kind = post.get("jenis", "")
    first = read_day(post.get("mulai", ""))
    last = read_day(post.get("selesai", "") or post.get("mulai", ""))
    villages: tuple[str, ...] = ()
    if kind == "air":
        inside = found.season.wishes.filter(village__district_id__in=post.getlist("kecamatan"))
        villages = tuple(sorted({*post.getlist("desa"), *inside.values_list("village_id", flat=True)}))
    elif kind not in ("tim", "narasumber"):
        raise BadInputError("season-form")
    return Trouble(
        first=first,
        last=last,
        reason=post.get("alasan", ""),
        villages=villages,
        team=uuid_in(post.get("tim", "")) if kind == "tim" else None,
        speaker=uuid_in(post.get("narasumber", "")) if kind == "narasumber" else None,
    )


def form(
    request: HttpRequest, found: SeasonPlan, typed: Mapping[str, Any], error: RembukError | None = None
) -> HttpResponse:
    context = {
        **head(worn(request), found, ""),
        "typed": typed,
        "chosen": {"desa": request.POST.getlist("desa"), "kecamatan": request.POST.getlist("kecamatan")},
        "villages": [(one.pk, one.name) for one in queries.villages_of(found.season)],
        "districts": queries.districts_of(found.season),
        "teams": found.season.teams.all(),
        "speakers": found.season.speakers.all(),
    }
    return shown(request, "season/repair.html", context, error)


@page("season.plan", of=plan_of)
def answers(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The answers to a trouble beside each other: how many dates and teams change, and each change."""
    wanted = [uuid_in(request.GET.get(name, "")) for name in ("a", "b")]
    drafts = queries.children_of(found, [key for key in wanted if key])
    sides = [side_of(found, draft) for draft in drafts]
    return shown(request, "season/answers.html", {**head(worn(request), found, ""), "sides": sides})


def side_of(old: SeasonPlan, draft: SeasonPlan) -> dict[str, object]:
    """Return one answer: the draft, how much it changes, and each change."""
    changes = changes_of(old, draft)
    return {
        "plan": draft,
        "counts": counts_of(changes),
        "changes": change_rows(changes, built(draft).instance),
        "unserved": len(draft.score.get("unserved", ())),
    }
