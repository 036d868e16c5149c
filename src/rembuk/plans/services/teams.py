"""Teams by decree of the village head: drafting (F01) and verification (F30)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, Finding, StaleError
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS
from rembuk.core.permissions import require
from rembuk.core.workflow.guards import TeamFacts, check_team
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle, Evidence
from rembuk.cycles.procedure import order_of
from rembuk.cycles.services import add_evidence, evidence_changed
from rembuk.plans.labels import POSITIONS
from rembuk.plans.models import Team, TeamMember
from rembuk.plans.services.steps import refuse_future
from rembuk.plans.typed import InputError, Problem, read_text
from rembuk.shared import trail
from rembuk.shared.models import StoredFile

STAGE_OF = {Team.Kind.DRAFTING.value: ("K2", "F01"), Team.Kind.VERIFICATION.value: ("K1", "F30")}


def stage_of(cycle: Cycle, kind: str) -> tuple[str, str]:
    """Return the stage whose paper the decree is, and the form; the RPJM Desa has one team, formed in R1."""
    return ("R1", "F01") if cycle.is_medium_term else STAGE_OF[kind]


@dataclass(frozen=True, slots=True)
class MemberValues:
    """A member as understood. position: patron | chair | secretary | member; element: UNSUR or attendee type."""

    name: str
    sex: str
    element: str
    office: str = ""
    position: str = "member"
    note: str = ""


def read_member(typed: Mapping[str, str], row: int) -> tuple[MemberValues | None, list[Problem]]:
    """Read one typed member; an empty name gives nothing."""
    name = str(typed.get("name", "")).strip()
    if not name:
        return None, []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for key, limit in (("name", 150), ("office", 120), ("note", 200)):
        try:
            texts[key] = read_text(str(typed.get(key, "")), limit)
        except InputError as problem:
            problems.append(Problem(key, problem.code, problem.values, row))
    sex = str(typed.get("sex", "")).strip().upper()
    element = str(typed.get("element", "")).strip().upper()
    position = str(typed.get("position", "")).strip().lower() or "member"
    if sex not in ("L", "P"):
        problems.append(Problem("sex", "sex", {"read": sex}, row))
    if element not in ELEMENTS and element not in ATTENDEE_TYPES:
        problems.append(Problem("element", "unknown-element", {"read": element}, row))
    if position not in POSITIONS:
        problems.append(Problem("position", "unknown-position", {"read": position, "known": ", ".join(POSITIONS)}, row))
    if problems:
        return None, problems
    return MemberValues(texts["name"], sex, element, texts["office"], position, texts["note"]), []


@transaction.atomic
def save_team(
    *,
    cycle_id: UUID,
    kind: str,
    members: Sequence[MemberValues],
    version: int,
    actor: Hat,
    at: datetime,
    team_id: UUID | None = None,
) -> Team:
    """Form a team (*version* 0) or replace its members, in the order given. The same members again change nothing.

    Rules of the team are findings (`team_findings`), not refusals: the gate K2 holds them.
    Raises: NotAllowedError, StaleError, BadInputError with problems.
    """
    cycle = Cycle.every.select_related("village").get(pk=cycle_id)
    require(actor, "plans.edit_team", cycle)
    if kind not in Team.Kind.values or (cycle.is_medium_term and kind != Team.Kind.DRAFTING):
        raise BadInputError("team-unreadable", problems=[])
    team = Team.objects.select_for_update(of=("self",)).filter(cycle=cycle, kind=kind).first()
    if team is not None and [values_of(row) for row in team.members.all()] == list(members):
        return team
    if team is not None and team.version != version:
        raise StaleError("stale", changes=[], version=team.version)
    with trail.acting(actor, "plans.edit_team"):
        if team is None:
            team = Team.objects.create(id=team_id or uuid4(), village=cycle.village, cycle=cycle, kind=kind)
        else:
            team.members.all().delete()
            team.version += 1
            team.save()
        TeamMember.objects.bulk_create([member_row(team, row, order) for order, row in enumerate(members, 1)])
        evidence_changed(cycle.id, stage_of(cycle, kind)[0])
    return team


def member_row(team: Team, values: MemberValues, order: int) -> TeamMember:
    return TeamMember(
        team=team,
        order=order,
        name=values.name,
        sex=values.sex,
        element=values.element,
        office=values.office,
        position=values.position,
        note=values.note,
    )


def values_of(row: TeamMember) -> MemberValues:
    return MemberValues(row.name, row.sex, row.element, row.office, row.position, row.note)


@transaction.atomic
def set_decree(
    *,
    team_id: UUID,
    number: str,
    on: date | None,
    version: int,
    actor: Hat,
    at: datetime,
    file: StoredFile | None = None,
) -> Team:
    """Write down number and day of the decree; a signed copy given with it becomes the evidence of its stage.

    Raises: NotAllowedError, BadInputError (no number, no day, a day to come), StaleError, RefusedError.
    """
    team = Team.objects.select_for_update(of=("self",)).select_related("village__regency", "cycle").get(pk=team_id)
    require(actor, "plans.edit_team", team)
    if not number.strip() or on is None:
        raise BadInputError("team-decree-missing")
    refuse_future(on, local_day(team.village.regency, at))
    if team.version != version:
        raise StaleError("stale", changes=[], version=team.version)
    stage, form = stage_of(team.cycle, team.kind)
    with trail.acting(actor, "plans.edit_team"):
        team.decree_number, team.decree_date = number.strip()[:100], on
        team.file = file or team.file
        team.version += 1
        team.save()
        evidence_changed(team.cycle_id, stage)
    if file is not None and not Evidence.objects.filter(file=file, cycle_id=team.cycle_id, stage=stage).exists():
        add_evidence(
            cycle_id=team.cycle_id,
            stage=stage,
            paper_code=form,
            title=f"SK {team_title(team)}",
            document_date=on,
            number=team.decree_number,
            signed=True,
            file=file,
            actor=actor,
            at=at,
        )
    return team


def team_title(team: Team) -> str:
    """Name a team: that of an RPJM cycle drafts the RPJM Desa."""
    return "Tim Penyusun RPJM Desa" if team.cycle.is_medium_term else str(Team.Kind(team.kind).label)


def team_facts(members: Sequence[TeamMember | MemberValues]) -> TeamFacts:
    """Return a team as the guards see it; the patron stands above the team and is not counted."""
    counted = [row for row in members if row.position != "patron"]
    return TeamFacts(
        members=len(counted),
        women=sum(row.sex == "P" for row in counted),
        chair=any(row.position == "chair" for row in counted),
        secretary=any(row.position == "secretary" for row in counted),
    )


def findings_of_members(cycle: Cycle, kind: str, members: Sequence[TeamMember | MemberValues]) -> list[Finding]:
    """Return what the rules of the cycle's profile say about these members (G02), stored or not.

    No law sets the size of a verification team.
    """
    if kind == Team.Kind.VERIFICATION:
        return []
    return check_team(team_facts(members), order_of(cycle).team, stage_of(cycle, kind)[0])


def team_findings(team: Team) -> list[Finding]:
    """Return what the rules say about a stored team (G02)."""
    return findings_of_members(team.cycle, team.kind, list(team.members.all()))
