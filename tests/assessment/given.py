"""One assessment with something on every tool, for the tests of papers."""

import io
import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PIL import Image

from cycles.given import NOW
from factories import places
from factories.samples_assessment import assessment_in, team
from rembuk.assessment import services
from rembuk.assessment.models import Assessment
from rembuk.assessment.services import DataLine, EntryValues, Marks
from rembuk.proposals.services import propose_action, record_ideas
from rembuk.proposals.services.lists import Line
from rembuk.proposals.values import ProposalValues
from rembuk.regions.models import Village

DAY = date(2026, 5, 4)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (233, 220, 194)).save(out, "JPEG")
    return out.getvalue()


def whole_assessment(village: Village, start_year: int = 2027) -> Assessment:
    """Open an assessment and use every tool once, as the drafting team."""
    made, hat = assessment_in(village, start_year), team(village).hat()
    hamlet = places.hamlet(village, "Dusun Hulu")
    row = made.data.filter(section="natural").first()
    line = DataLine(row.id, row.version, row.name, row.part, Decimal("118.5"), row.unit)
    services.save_data(assessment_id=made.id, section="natural", lines=[line], actor=hat, at=NOW)
    services.file_data(assessment_id=made.id, section="natural", day=DAY, today=DAY, actor=hat, at=NOW)
    sheet, body = uuid.uuid4(), uuid.uuid4()
    services.put_sketch(
        sketch_id=sheet,
        assessment_id=made.id,
        title="Sketsa Hulu",
        ground="picture",
        picture=photo(),
        actor=hat,
        at=NOW,
    )
    services.put_institution(
        institution_id=body,
        assessment_id=made.id,
        name="Posyandu",
        role="Timbang",
        closeness=5,
        size=3,
        actor=hat,
        at=NOW,
    )
    on_tool = EntryValues("sketch", "problem", "Titian kayu lapuk", hamlet_id=hamlet.id, sketch_id=sheet, x=250, y=400)
    problem = put(made, hat, on_tool)
    potential = put(made, hat, replace(on_tool, kind="potential", text="Tukang ulin", x=700, y=300))
    put(made, hat, EntryValues("seasons", "activity", "Panen ikan", marks=(0, 0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0)))
    put(made, hat, EntryValues("institutions", "problem", "Buka sebulan sekali", institution_id=body))
    services.put_tree(
        tree_id=uuid.uuid4(),
        assessment_id=made.id,
        problem_id=problem.id,
        effects="Anak jatuh",
        causes="Kayu tua\n  Banjir",
        actor=hat,
        at=NOW,
    )
    study(made, hat, problem, potential)
    record_ideas(
        assessment_id=made.id,
        lines=[Line(uuid.uuid4(), ProposalValues(title="Jamban sehat", proposer_name="Bu Rahmah"))],
        group="MISKIN",
        actor=hat,
        at=NOW,
    )
    return Assessment.objects.get(pk=made.pk)


def put(made, hat, values):
    return services.put_entry(entry_id=uuid.uuid4(), assessment_id=made.id, values=values, actor=hat, at=NOW)


def study(made, hat, problem, potential):
    """Study the problem, call one way feasible, give points, and make it an idea."""
    problem.refresh_from_db()
    services.study_problem(
        entry_id=problem.id,
        version=problem.version,
        cause=problem.cause,
        potentials=[potential.id],
        field=2,
        actor=hat,
        at=NOW,
    )
    action = services.put_action(
        action_id=uuid.uuid4(), problem_id=problem.id, text="Ganti papan titian", feasible=True, actor=hat, at=NOW
    )
    for what, key in (("problem", problem.id), ("action", action.id)):
        services.enter_scores(
            assessment_id=made.id,
            what=what,
            scorer_group="kelompok perempuan",
            marks=[Marks(key, (5, 4, 4, 3, 5))],
            day=DAY,
            today=DAY,
            actor=hat,
            at=NOW,
        )
    propose_action(action_id=action.id, actor=hat, at=NOW)
