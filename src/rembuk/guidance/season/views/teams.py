"""The teams and speakers of a season."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.core.errors import RembukError
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.models import Season, SeasonTeam, Speaker
from rembuk.guidance.season.services import MemberValues, SpeakerValues, TeamValues
from rembuk.guidance.season.views.finding import key_of, season_of, shown, speaker_of, tabs, team_of, uuid_in
from rembuk.guidance.season.views.seasons import closed_text
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn

BLANK_ROWS = 4
"""Empty rows for members below those that are there."""


@page("season.setup", of=season_of)
def index(request: HttpRequest, found: Season) -> HttpResponse:
    """The teams: members, languages, boat, base; a team of men alone is said."""
    search = request.GET.get("cari", "").strip()[:80]
    rows = queries.teams_of(found)
    if search:
        rows = rows.filter(name__icontains=search)
    teams = [(team, sexes_of(team)) for team in rows]
    context = {**tabs(worn(request), found, "tim"), "teams": teams, "count": len(teams), "search": search}
    return shown(request, "season/teams.html", context)


def sexes_of(team: SeasonTeam) -> dict[str, int]:
    members = [member.sex for member in team.members.all()]
    return {"women": members.count("P"), "men": members.count("L")}


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


def posted_members(request: HttpRequest) -> list[MemberValues]:
    """Return the rows of members as typed, empty ones left out; a person's key stands beside the name."""
    post = request.POST
    names, sexes, people = post.getlist("anggota"), post.getlist("jk"), post.getlist("orang")
    found = []
    for number, name in enumerate(names):
        if name.strip():
            sex = sexes[number] if number < len(sexes) else ""
            person = uuid_in(people[number]) if number < len(people) else None
            found.append(MemberValues(name.strip(), sex, known_person(person, name)))
    return found


def known_person(key: UUID | None, name: str) -> UUID | None:
    """Return the key while the name beside it is still that person's."""
    if key is None:
        return None
    return key if Person.objects.filter(pk=key, name=name.strip()).exists() else None


def save_team(request: HttpRequest, found: Season, there: SeasonTeam | None) -> HttpResponse:
    post, members = request.POST, posted_members(request)
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
        services.save_team(season_id=found.pk, team_id=key, values=values, actor=worn(request), at=clock.now())
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
    context = {
        **tabs(worn(request), found, "tim"),
        "team": there,
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "members": [*members, *[MemberValues("", "")] * BLANK_ROWS],
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


@page("season.setup", of=season_of)
def speakers(request: HttpRequest, found: Season) -> HttpResponse:
    """The speakers and how many villages wait for each."""
    search = request.GET.get("cari", "").strip()[:80]
    rows = queries.speakers_of(found)
    if search:
        rows = rows.filter(name__icontains=search)
    context = {**tabs(worn(request), found, "narasumber"), "speakers": list(rows), "search": search}
    return shown(request, "season/speakers.html", context)


@page("season.setup", of=season_of, methods=("GET", "POST"))
def new_speaker(request: HttpRequest, found: Season) -> HttpResponse:
    """A new speaker."""
    if request.method == "GET":
        return speaker_form(request, found, {"pangkalan": found.seat})
    return save_speaker(request, found, None)


@page("season.setup", of=speaker_of, methods=("GET", "POST"))
def speaker(request: HttpRequest, found: Speaker) -> HttpResponse:
    """A speaker, to be changed."""
    if request.method == "GET":
        typed = {
            "nama": found.name,
            "jk": found.sex,
            "pangkalan": found.base,
            "jauh": "ya" if found.remote else "",
            "orang": str(found.person_id or ""),
            "tutup": closed_text(found.closed_days.all()),
        }
        return speaker_form(request, found.season, typed, found)
    return save_speaker(request, found.season, found)


def save_speaker(request: HttpRequest, found: Season, there: Speaker | None) -> HttpResponse:
    post = request.POST
    values = SpeakerValues(
        name=post.get("nama", ""),
        sex=post.get("jk", ""),
        base=post.get("pangkalan", ""),
        remote=post.get("jauh") == "ya",
        closed=post.get("tutup", ""),
        person_id=known_person(uuid_in(post.get("orang", "")), post.get("nama", "")),
    )
    try:
        key = there.pk if there else key_of(request)
        services.save_speaker(season_id=found.pk, speaker_id=key, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return speaker_form(request, found, post.dict(), there, error)
    messages.success(request, _("%(name)s tersimpan.") % {"name": values.name.strip()})
    return redirect("season:speakers", season_id=found.pk)


def speaker_form(
    request: HttpRequest,
    found: Season,
    typed: Mapping[str, Any],
    there: Speaker | None = None,
    error: RembukError | None = None,
) -> HttpResponse:
    context = {
        **tabs(worn(request), found, "narasumber"),
        "speaker": there,
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
    }
    return shown(request, "season/speaker.html", context, error)


@page("season.setup", of=speaker_of, methods=("POST",))
def remove_speaker(request: HttpRequest, found: Speaker) -> HttpResponse:
    """Take a speaker out of the season; villages hold their forum without one."""
    services.remove_speaker(season_id=found.season_id, speaker_id=found.pk, actor=worn(request), at=clock.now())
    messages.success(request, _("%(name)s dikeluarkan dari musim ini.") % {"name": found.name})
    return redirect("season:speakers", season_id=found.season_id)
