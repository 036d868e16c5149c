"""The gap matrix: people of a place against the fourteen topics, topics by district, and the ratings behind them."""

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.competences import LEVELS, REQUIRED, TOPICS
from rembuk.core.guidance.needs import heat_of
from rembuk.core.guidance.training_rules import DEFAULT_RULES, TrainingRules
from rembuk.core.hat import Hat, Role
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.models import LevelRating
from rembuk.guidance.training.permissions import RATERS, SCORE_READERS, allows
from rembuk.guidance.training.views.finding import assignment_of, sheet, told
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn

PEOPLE_PER_PAGE = 30


def rules_for(hat: Hat) -> TrainingRules:
    regency = Regency.objects.filter(pk=hat.place.regency).first()
    return queries.rules_of(regency) if regency is not None else DEFAULT_RULES


def wanted_people(request: HttpRequest, hat: Hat) -> tuple[list[Assignment], str, str]:
    search, role = request.GET.get("cari", "").strip()[:60], request.GET.get("peran", "")
    people = queries.people_needing(hat, clock.today())
    if search:
        text = search.casefold()
        people = [a for a in people if text in f"{a.person.name} {a.place_name}".casefold()]
    if role in Role.__members__:
        people = [a for a in people if a.role == role]
    return people, search, role


@page("training.needs")
def matrix(request: HttpRequest) -> HttpResponse:
    """Who lacks what: people of the hat's place in rows, K1 to K14 in columns."""
    hat = worn(request)
    rules = rules_for(hat)
    people, search, role = wanted_people(request, hat)
    if request.GET.get("bentuk"):
        return exported(request, people, rules, numbers=hat.role in SCORE_READERS)
    shown = Paginator(people, PEOPLE_PER_PAGE).get_page(request.GET.get("hal"))
    _areas, whole = queries.area_needs(people, rules)
    needs = sorted(whole.needs.values(), key=lambda need: (-(need.priority or 0), int(need.topic[1:])))
    wanted = [need for need in needs if need.lacking]
    context: dict[str, Any] = {
        "page": shown,
        "count": len(people),
        "rows": queries.matrix_of(list(shown.object_list), rules),
        "topics": TOPICS.items(),
        "needs": [(need, TOPICS[need.topic]) for need in needs],
        "wanted": wanted[:3],
        "search": search,
        "role": role,
        "roles": [(each.value, role_name(each)) for each in REQUIRED],
        "rules": rules,
        "rater": standing_in(Role.PTP, hat.place, clock.today()) if hat.place.district else None,
        "propose": proposal_link(wanted, len(people)) if wanted and allows(hat, "propose", hat) else "",
        "may_rate": hat.role in RATERS,
        "may_areas": not hat.place.village,
        "numbers": hat.role in SCORE_READERS,
        "me": hat.person_id,
    }
    return render(request, "training/matrix.html", context)


def proposal_link(wanted: list[Any], people: int) -> str:
    """Return the form of a new batch with the most needed topics and what they rest on already filled in."""
    told_of = "; ".join(
        _("%(topic)s kesenjangan %(gap)s, %(lacking)s dari %(rated)s orang")
        % {
            "topic": need.topic,
            "gap": f"{float(need.priority or 0):.1f}".replace(".", ","),
            "lacking": need.lacking,
            "rated": need.rated,
        }
        for need in wanted[:3]
    )
    query = [("topik", need.topic) for need in wanted[:3]] + [("kajian", told_of)]
    return f"{reverse('training:propose')}?{urlencode(query)}"


def cell_text(gap: Fraction | None, *, numbers: bool) -> str:
    """Return a gap as it may be read: the number tells of a test, so most readers learn only whether there is one."""
    if gap is None:
        return ""
    if numbers:
        return f"{float(gap):.1f}".replace(".", ",")
    return _("perlu") if gap > 0 else _("cukup")


def exported(request: HttpRequest, people: list[Assignment], rules: TrainingRules, *, numbers: bool) -> HttpResponse:
    rows: list[list[Any]] = []
    for row in queries.matrix_of(people, rules):
        cells = [cell_text(cell.gap, numbers=numbers) for cell in row.cells]
        who = row.assignment
        rows.append([who.person.name, role_name(who.role), who.place_name, *cells])
    header = [_("nama"), _("peran"), _("tempat"), *(f"{topic} {words}" for topic, words in TOPICS.items())]
    return sheet(request, "kebutuhan-pelatihan", header, rows)


@page("training.needs")
def areas(request: HttpRequest) -> HttpResponse:
    """Topics by district as a heat picture, with the numbers in the cells."""
    hat = worn(request)
    rules = rules_for(hat)
    people = queries.people_needing(hat, clock.today())
    rows, whole = queries.area_needs(people, rules)
    lines = [(row, [(row.needs[topic], heat_of(row.needs[topic].priority)) for topic in TOPICS]) for row in rows]
    context = {
        "rows": lines,
        "whole": [(whole.needs[topic], heat_of(whole.needs[topic].priority)) for topic in TOPICS],
        "topics": TOPICS.items(),
        "count": len(people),
    }
    return render(request, "training/areas.html", context)


@page("training.rate_self", methods=("GET", "POST"))
def rate_self(request: HttpRequest) -> HttpResponse:
    """How a person rates what they can do."""
    hat = worn(request)
    error: RembukError | None = None
    if request.method == "POST":
        try:
            services.rate_self(levels=levels_of(request), actor=hat, at=clock.now())
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Penilaian Anda tersimpan."))
            return redirect("training:mine")
    return rating_page(request, hat.person_id, hat.role, LevelRating.By.OWN, hat.name, error)


@page("training.rate", of=assignment_of, methods=("GET", "POST"))
def rate(request: HttpRequest, found: Assignment) -> HttpResponse:
    """How the PTPD rates somebody of its place."""
    error: RembukError | None = None
    if request.method == "POST":
        try:
            services.rate(assignment_id=found.pk, levels=levels_of(request), actor=worn(request), at=clock.now())
        except RembukError as caught:
            error = caught
        else:
            messages.success(request, _("Penilaian tersimpan."))
            return redirect("training:needs")
    return rating_page(request, found.person_id, Role(found.role), LevelRating.By.OBSERVER, found.person.name, error)


def levels_of(request: HttpRequest) -> dict[str, str]:
    return {topic: request.POST.get(topic, "") for topic in TOPICS}


def rating_page(
    request: HttpRequest, person_id: Any, role: Role, by: str, name: str, error: RembukError | None
) -> HttpResponse:
    known = dict(LevelRating.objects.filter(person_id=person_id, by=by).values_list("topic", "level"))
    required = REQUIRED.get(role, {})
    rows = []
    for topic, words in TOPICS.items():
        level = request.POST.get(topic, "") if request.method == "POST" else str(known.get(topic, ""))
        rows.append((topic, words, required.get(topic, 0), level))
    context = {
        "rows": rows,
        "levels": [(str(level), words) for level, words in LEVELS.items()],
        "name": name,
        "own": by == LevelRating.By.OWN,
        "role": role,
        **told(error),
    }
    return render(request, "training/rating.html", context, status=error.status if error else 200)
