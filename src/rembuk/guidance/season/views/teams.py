"""The teams of a season: the list with its sheet, and the form of one with its members."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.core.errors import RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.filters import filter_teams, read_teams
from rembuk.guidance.season.models import Season, SeasonTeam
from rembuk.guidance.season.services import MemberValues, TeamValues
from rembuk.guidance.season.views.finding import key_of, season_of, seen, sheet, shown, tabs, team_of, uuid_in
from rembuk.guidance.season.views.seasons import closed_text
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 40
BLANK_ROWS, PICK_ROWS = 3, 3
"""Empty rows for members below those that are there: for names, and for people with an account."""


@page("season.setup", of=season_of)
def index(request: HttpRequest, found: Season) -> HttpResponse:
    """The teams: members, languages, boat, base; a team of men alone is said."""
    asked = read_teams(request.GET)
    rows = Paginator(filter_teams(queries.teams_of(found), asked), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        **tabs(worn(request), found, "tim"),
        "asked": asked,
        "page": rows,
        "count": rows.paginator.count,
        "teams": [(team, sexes_of(team)) for team in rows.object_list],
        "flags": flags(),
    }
    return shown(request, "season/teams.html", context)


def flags() -> list[tuple[str, str]]:
    return [
        ("tanpa-perempuan", _("tanpa perempuan")),
        ("tanpa-akun", _("tanpa anggota berakun")),
        ("berperahu", _("punya perahu")),
    ]


def sexes_of(team: SeasonTeam) -> dict[str, int]:
    members = [member.sex for member in team.members.all()]
    return {"women": members.count("P"), "men": members.count("L")}


@page("season.setup", of=season_of)
def export(request: HttpRequest, found: Season) -> HttpResponse:
    """The shown teams as a sheet."""
    head = [
        *(_("Tim"), _("Pangkalan"), _("Anggota"), _("Laki-laki"), _("Perempuan"), _("Berakun")),
        *(_("Bahasa"), _("Kursi perahu"), _("Batas hari"), _("Hari tertutup")),
    ]
    lines = []
    for team in filter_teams(queries.teams_of(found), read_teams(request.GET)):
        members, sexes = list(team.members.all()), sexes_of(team)
        names, known = ", ".join(one.name for one in members), sum(one.person_id is not None for one in members)
        about = (sexes["men"], sexes["women"], known, ", ".join(team.skills), team.boat_seats, team.max_days)
        lines.append((team.name, team.base, names, *about, closed_text(team.closed_days.all())))
    return sheet(request, "tim-musim", _("Tim"), head, lines)


@page("season.setup", of=season_of, methods=("GET", "POST"))
def new_team(request: HttpRequest, found: Season) -> HttpResponse:
    """A new team."""
    if request.method == "GET":
        return team_form(request, found, {"kursi": "0"}, [])
    return save_team(request, found, None)


@page("season.setup", of=team_of, methods=("GET", "POST"))
def team(request: HttpRequest, found: SeasonTeam) -> HttpResponse:
    """A team of the season, to be changed."""
    if request.method == "GET":
        return team_form(request, found.season, typed_of_team(found), members_of(found), found)
    return save_team(request, found.season, found)


def typed_of_team(found: SeasonTeam) -> dict[str, str]:
    return {
        "nama": found.name,
        "pangkalan": found.base,
        "bahasa": ", ".join(found.skills),
        "kursi": str(found.boat_seats),
        "batas": "" if found.max_days is None else str(found.max_days),
        "tutup": closed_text(found.closed_days.all()),
    }


def members_of(found: SeasonTeam) -> list[MemberValues]:
    return [MemberValues(member.name, member.sex, member.person_id) for member in found.members.all()]


def posted_members(request: HttpRequest, accounts: Sequence[Assignment]) -> list[MemberValues]:
    """Return the members as typed, empty rows left out: a row whose name is changed is no longer that person."""
    post, names = request.POST, {row.person_id: row.person.name for row in accounts}
    people, sexes = post.getlist("orang"), post.getlist("jk")
    found = []
    for number, name in enumerate(post.getlist("anggota")):
        if name.strip():
            person = uuid_in(people[number]) if number < len(people) else None
            sex = sexes[number] if number < len(sexes) else ""
            found.append(MemberValues(name.strip(), sex, services.same_person(person, name)))
    picked_sexes = post.getlist("jk-akun")
    for number, text in enumerate(post.getlist("akun")):
        if text:
            key = uuid_in(text) or UUID(int=0)
            sex = picked_sexes[number] if number < len(picked_sexes) else ""
            found.append(MemberValues(names.get(key, ""), sex, key))
    return found


def save_team(request: HttpRequest, found: Season, there: SeasonTeam | None) -> HttpResponse:
    post, members = request.POST, posted_members(request, queries.accounts_for(found))
    values = TeamValues(
        name=post.get("nama", ""),
        base=post.get("pangkalan", ""),
        skills=post.get("bahasa", ""),
        boat_seats=post.get("kursi", ""),
        max_days=post.get("batas", ""),
        closed=post.get("tutup", ""),
        members=tuple(members),
    )
    try:
        key = there.pk if there else key_of(request)
        services.save_team(
            season_id=found.pk, team_id=key, values=values, actor=worn(request), at=clock.now(), version=seen(request)
        )
    except RembukError as error:
        return team_form(request, found, post.dict(), members, there, error)
    messages.success(request, _("%(name)s tersimpan.") % {"name": values.name.strip()})
    return redirect("season:teams", season_id=found.pk)


def team_form(
    request: HttpRequest,
    found: Season,
    typed: Mapping[str, Any],
    members: list[MemberValues],
    there: SeasonTeam | None = None,
    error: RembukError | None = None,
) -> HttpResponse:
    inside = {member.person_id for member in members}
    context = {
        **tabs(worn(request), found, "tim"),
        "team": there,
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "members": [*members, *[MemberValues("", "")] * BLANK_ROWS],
        "accounts": [row for row in queries.accounts_for(found) if row.person_id not in inside],
        "pick_rows": range(1, PICK_ROWS + 1),
        "men_only": bool(members) and "P" not in {member.sex for member in members},
    }
    return shown(request, "season/team.html", context, error)


@page("season.setup", of=team_of, methods=("POST",))
def remove_team(request: HttpRequest, found: SeasonTeam) -> HttpResponse:
    """Take a team out of the season."""
    try:
        services.remove_team(season_id=found.season_id, team_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("%(name)s dikeluarkan dari musim ini.") % {"name": found.name})
    return redirect("season:teams", season_id=found.season_id)
