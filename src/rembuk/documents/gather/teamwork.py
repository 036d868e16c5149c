"""F02, F27 and F34: the team's work plan, the sheets to draw on, the sheet by which a draft is checked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rembuk.core.documents.decree import TeamMember
from rembuk.core.documents.drawing_sheet import DrawingValues
from rembuk.core.documents.elements import name_beside_person
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.model import DOTS
from rembuk.core.documents.verification import VerificationValues
from rembuk.core.documents.work_plan import DEFAULT_STEPS, PlanKind, WorkPlanValues, WorkStep
from rembuk.core.guidance.desk_checklists import CHECK_LISTS
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.gather.codes import activity_of, short_subfield_of
from rembuk.documents.gather.completeness import paper_set_of, years_of
from rembuk.documents.gather.days import day_of_plan, local_day
from rembuk.documents.gather.plans import is_item, items_for
from rembuk.documents.models import WorkPlan
from rembuk.plans.labels import POSITIONS
from rembuk.plans.models import RkpdesItem, Rpjmdes, Team
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, plan_by_id, team_by_id

UNKEPT_NOTE = "RKTL belum disimpan; yang tercetak adalah langkah bawaan."


def steps_of(team: Team, *, amendment: bool = False) -> tuple[tuple[WorkStep, ...], WorkPlan | None]:
    """Return the steps of a team's plan; those that a new plan begins with while it has none."""
    kept = WorkPlan.objects.filter(team=team).first()
    if kept is None:
        return usual_steps(team, amendment=amendment), None
    return tuple(step_of(row) for row in kept.rows), kept


def usual_steps(team: Team, *, amendment: bool = False) -> tuple[WorkStep, ...]:
    kind: PlanKind = "amendment" if amendment else "rpjm" if team.cycle.is_medium_term else "rkp"
    return DEFAULT_STEPS[kind]


def step_of(row: dict[str, str]) -> WorkStep:
    """Read a stored line."""
    day = date.fromisoformat(row["day"]) if row.get("day") else None
    words = {name: row.get(name, "") for name in ("hours", "place", "responsible", "remark", "output")}
    return WorkStep(activity=row["activity"], day=day, **words)


def work_plan(key: str) -> WorkPlanValues:
    """Return the values of F02 for a drafting team. Raises: Team.DoesNotExist."""
    team = team_by_id(key)
    steps, kept = steps_of(team)
    dated = team.decree_date or local_day(team.village, kept.changed_at if kept else team.changed_at)
    members = tuple(
        TeamMember(row.name, row.sex, row.office or name_beside_person(row.element), position_of(row.position))
        for row in team.members.all()
    )
    return WorkPlanValues(
        frame=frame_of(team.village, dated),
        plan=paper_set_of(team.cycle).plan,
        years=years_of(team.cycle),
        steps=steps,
        members=members,
        team_chair=Person(chairs_of(team.cycle_id).drafting),
        head=signers_of(team.village_id, dated).get("KAD", UNNAMED),
        facilitator=Person(kept.facilitator) if kept else UNNAMED,
        notes=() if kept else (UNKEPT_NOTE,),
    )


def blank_work_plans(key: str) -> list[WorkPlanValues]:
    """Return F02 to fill by hand: with the steps that a new plan begins with. Raises: Team.DoesNotExist."""
    return [replace(work_plan(key), steps=usual_steps(team_by_id(key)))]


def position_of(position: str) -> str:
    return str(POSITIONS.get(position, position))


def drawings(key: str) -> DrawingValues | list[DrawingValues]:
    """Return the values of F27 for an item, or a sheet for every physical item of a plan."""
    items = items_for(key)
    if is_item(key):
        return sheet_of(items[0])
    return [sheet_of(item) for item in items if item.is_physical]


def sheet_of(item: RkpdesItem) -> DrawingValues:
    plan = plan_by_id(item.plan_id)
    kind = activity_of(item.activity_code) or short_subfield_of(item.activity_code) or DOTS
    return DrawingValues(frame_of(plan.village, day_of_plan(plan)), kind, item.location or DOTS, item.name)


def blank_drawings(key: str) -> Sequence[DrawingValues]:
    """Return the sheets to draw on: of the item, of the plan's physical items, or one of no item yet."""
    found = drawings(key)
    sheets = found if isinstance(found, list) else [found]
    if sheets:
        return sheets
    plan = plan_by_id(key)
    return [DrawingValues(frame_of(plan.village, day_of_plan(plan)), DOTS, DOTS, DOTS)]


def verification(key: str) -> list[VerificationValues]:
    """Return the sheets of F34 for a cycle, to be filled by hand: one for each list that its year asks for.

    Raises: Cycle.DoesNotExist.
    """
    cycle = cycle_by_id(key)
    dated = local_day(cycle.village, cycle.created_at)
    subjects = {"EV-RPJM": f"Periode {period_of(cycle)}"}
    if not cycle.is_medium_term:
        subjects |= {"EV-RKP": f"Tahun {cycle.budget_year}", "EV-APB": f"Tahun {cycle.budget_year}"}
    head = signers_of(cycle.village_id, dated).get("KAD", UNNAMED)
    frame = frame_of(cycle.village, dated)
    return [
        VerificationValues(frame, checks, subjects[checks], {}, head=head)
        for checks in CHECK_LISTS
        if checks in subjects
    ]


def period_of(cycle: Cycle) -> str:
    """Return the years of the RPJM Desa that a cycle makes, or that is in force while it runs; dots without one."""
    if cycle.is_medium_term:
        return years_of(cycle)
    found = Rpjmdes.objects.filter(village=cycle.village, is_active=True).order_by("-start_year").first()
    return f"{found.start_year}-{found.end_year}" if found is not None else DOTS
