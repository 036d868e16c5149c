"""Teams of a cycle: members with L/P, element and place in the team, what the rules say, the decree."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, Finding, RembukError, StaleError
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS
from rembuk.cycles.models import Cycle
from rembuk.plans import services
from rembuk.plans.labels import POSITIONS, TEAM_KINDS, Words
from rembuk.plans.models import Team
from rembuk.plans.permissions import allows
from rembuk.plans.queries import teams_of
from rembuk.plans.services.teams import MemberValues, findings_of_members
from rembuk.plans.typed import InputError, read_day
from rembuk.plans.views.finding import cycle_of, team_of
from rembuk.plans.views.items import typed_rows
from rembuk.shared import clock
from rembuk.shared.files import store
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

MEMBER_FIELDS = ("name", "sex", "element", "office", "position", "note")
LEAST_ROWS = 9


@page("plans.read", of=cycle_of)
def teams(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Both teams of a cycle, with what the rules of the procedure say about the drafting team."""
    found = teams_of(cycle.id)
    return teams_page(request, cycle, found)


def teams_page(request: HttpRequest, cycle: Cycle, found: dict[str, Team], **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    typed: dict[str, list[dict[str, str]]] = more.pop("typed", {})
    findings: dict[str, list[Finding]] = more.pop("findings", {})
    sheets = []
    for kind, words in kinds_of(cycle).items():
        team = found.get(kind)
        rows = typed.get(kind) or stored_rows(team)
        rows += [{"position": "member"} for _number in range(max(2, LEAST_ROWS - len(rows)))]
        sheets.append(
            {
                "kind": kind,
                "words": words,
                "form": "F30" if kind == "verification" else "F01",
                "team": team,
                "rows": rows,
                "findings": findings.get(kind, services.team_findings(team) if team is not None else []),
                "women": sum(member.sex == "P" for member in team.members.all()) if team is not None else 0,
            }
        )
    context = {
        "cycle": cycle,
        "sheets": sheets,
        "positions": POSITIONS.items(),
        "elements": [*ELEMENTS.items(), *ATTENDEE_TYPES.items()],
        "may_edit": allows(hat_of(request), "edit_team", cycle),
        "today": clock.today(),
        **more,
    }
    return render(request, "plans/teams.html", context, status=status)


def kinds_of(cycle: Cycle) -> Mapping[str, Words]:
    """Return the teams a cycle has: the RPJM Desa has a drafting team only."""
    return {"drafting": _("Tim penyusun RPJM Desa")} if cycle.is_medium_term else TEAM_KINDS


def stored_rows(team: Team | None) -> list[dict[str, str]]:
    if team is None:
        return [{"position": position} for position in ("patron", "chair", "secretary")]
    return [{name: getattr(row, name) for name in MEMBER_FIELDS} for row in team.members.all()]


@page("plans.edit_team", of=cycle_of, methods=("POST",))
def save_team(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Form a team or replace its members; ``periksa`` only says what the rules would say about it."""
    kind = request.POST.get("tim", "")
    rows = typed_rows(request.POST, MEMBER_FIELDS)
    members: list[MemberValues] = []
    said: list[tuple[int, str]] = []
    for number, row in enumerate(rows, 1):
        member, problems = services.read_member(row, number)
        said += [(problem.row, problem.sentence) for problem in problems]
        if member is not None:
            members.append(member)
    found = teams_of(cycle.id)
    filled = [row for row in rows if row["name"].strip()]
    if said:
        return teams_page(request, cycle, found, status=400, typed={kind: filled}, problems=said, wrong=kind)
    if request.POST.get("langkah") == "periksa":
        findings = {kind: findings_of_members(cycle, kind, members)}
        return teams_page(request, cycle, found, typed={kind: filled}, findings=findings, tried=kind)
    version = request.POST.get("versi", "0")
    try:
        services.save_team(
            cycle_id=cycle.id,
            kind=kind,
            members=members,
            version=int(version) if version.isdigit() else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except (StaleError, BadInputError) as error:
        return teams_page(
            request, cycle, teams_of(cycle.id), status=error.status, typed={kind: filled}, error=sentence(error)
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("%(team)s tersimpan.") % {"team": kinds_of(cycle)[kind]})
    return redirect("plans:teams", cycle.id)


@page("plans.edit_team", of=team_of, methods=("POST",))
def save_decree(request: HttpRequest, team: Team) -> HttpResponse:
    """Write down the decree; a signed copy becomes the evidence of its stage."""
    version = request.POST.get("versi", "0")
    cycle = cycle_of(team.cycle_id)
    try:
        upload = request.FILES.get("berkas")
        file = None
        if upload is not None:
            file = store(
                upload,
                name=upload.name or "SK",
                village_id=team.village_id,
                hat=worn(request),
                scan=True,
            )
        services.set_decree(
            team_id=team.id,
            number=request.POST.get("nomor", ""),
            on=read_day(request.POST.get("tanggal", ""), "decree_date"),
            version=int(version) if version.isdigit() else 0,
            file=file,
            actor=worn(request),
            at=clock.now(),
        )
    except InputError:
        words = _("Tanggal SK tidak terbaca. Tidak ada yang disimpan.")
        return teams_page(request, cycle, teams_of(cycle.id), status=400, error=words)
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return teams_page(request, cycle, teams_of(cycle.id), status=error.status, error=sentence(error))
    messages.success(request, _("SK tercatat."))
    return redirect("plans:teams", cycle.id)
