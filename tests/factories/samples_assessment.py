"""Samples of the assessment for the walk over all routes."""

import uuid

from cycles.given import NOW
from factories import people
from factories.samples import sample
from rembuk.accounts.models import Assignment
from rembuk.assessment import services
from rembuk.assessment.models import Action, Assessment, Entry
from rembuk.assessment.services import EntryValues
from rembuk.core.hat import Role
from rembuk.regions.models import Village


def team(village: Village) -> Assignment:
    return people.holder(Role.TIM, village, username=f"pkd.{village.id}")


def assessment_in(village: Village, start_year: int = 2027) -> Assessment:
    found = Assessment.objects.filter(village=village, start_year=start_year).first()
    return found or services.open_assessment(
        assessment_id=uuid.uuid4(),
        village_id=village.id,
        start_year=start_year,
        end_year=start_year + 7,
        actor=team(village).hat(),
        at=NOW,
    )


def entry_in(village: Village, tool: str = "sketch", kind: str = "problem") -> Entry:
    values = EntryValues(tool, kind, f"Titian kayu lapuk {uuid.uuid4()}", marks=(0,) * 12 if tool == "seasons" else ())
    return services.put_entry(
        entry_id=uuid.uuid4(),
        assessment_id=assessment_in(village).id,
        values=values,
        actor=team(village).hat(),
        at=NOW,
    )


def action_in(village: Village, *, feasible: bool | None = True) -> Action:
    return services.put_action(
        action_id=uuid.uuid4(),
        problem_id=entry_in(village).id,
        text="Ganti papan titian",
        feasible=feasible,
        actor=team(village).hat(),
        at=NOW,
    )


@sample("assessment_id")
def assessment_id(village: Village) -> object:
    return assessment_in(village).id


@sample("section", "assessment:")
def section(_village: Village) -> object:
    return "natural"


@sample("kind", "assessment:inventory")
def kind(_village: Village) -> object:
    return "problem"


@sample("what", "assessment:")
def what(_village: Village) -> object:
    return "problem"


@sample("entry_id", "assessment:")
def entry_id(village: Village) -> object:
    return entry_in(village).id


@sample("entry_id", "assessment:mark")
def calendar_row(village: Village) -> object:
    return entry_in(village, "seasons").id


@sample("sketch_id", "assessment:")
def sketch_id(village: Village) -> object:
    return services.put_sketch(
        sketch_id=uuid.uuid4(),
        assessment_id=assessment_in(village).id,
        title="Dusun Hulu",
        ground="empty",
        actor=team(village).hat(),
        at=NOW,
    ).id


@sample("institution_id", "assessment:")
def institution_id(village: Village) -> object:
    return services.put_institution(
        institution_id=uuid.uuid4(),
        assessment_id=assessment_in(village).id,
        name=f"Posyandu {uuid.uuid4()}",
        role="",
        closeness=5,
        size=2,
        actor=team(village).hat(),
        at=NOW,
    ).id


@sample("tree_id", "assessment:")
def tree_id(village: Village) -> object:
    return services.put_tree(
        tree_id=uuid.uuid4(),
        assessment_id=assessment_in(village).id,
        core="Air bersih kurang",
        effects="Warga sakit perut",
        causes="Sumur keruh\n  Banjir tiap tahun",
        actor=team(village).hat(),
        at=NOW,
    ).id


@sample("action_id")
def action_id(village: Village) -> object:
    return action_in(village).id
