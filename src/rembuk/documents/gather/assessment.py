"""F07 to F15 of an assessment (PKD): what the tools hold, as the builders want it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Max

from rembuk.assessment.models import Action, Assessment, DataRow, Entry, Institution, ProblemTree, Sketch
from rembuk.assessment.queries import (
    RankRow,
    assessment_by_key,
    cycle_of,
    inventory,
    ranking_of,
    score_days,
    studies_of,
)
from rembuk.core.assessment.drawing import Body, fit_outlines
from rembuk.core.assessment.outline import from_rows
from rembuk.core.assessment.progress import TOOL_NAMES
from rembuk.core.assessment.village_data import SECTIONS
from rembuk.core.documents.actions import ActionValues, RankLine, StudyLine
from rembuk.core.documents.assessment_report import ReportValues
from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person, date_text
from rembuk.core.documents.ideas import IdeaLine, IdeaValues
from rembuk.core.documents.model import Picture
from rembuk.core.documents.problems import PotentialLine, ProblemLine, ProblemValues, TreeSheet
from rembuk.core.documents.proposal_recap import RecapLine, RecapValues
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.core.documents.tools import (
    InstitutionLine,
    InstitutionValues,
    Said,
    SeasonLine,
    SeasonValues,
    SketchSheet,
    SketchValues,
)
from rembuk.core.documents.village_data import DataItem, VillageDataValues
from rembuk.core.scoring import CRITERIA
from rembuk.documents import pictures
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.proposals import proposal_recap
from rembuk.plans.models import PolicyLine
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of
from rembuk.proposals.idea_queries import IdeaList, ideas_of, ideas_of_list, lists_of
from rembuk.proposals.models import IdeaSource, Proposal
from rembuk.proposals.queries import location_of, origins_of
from rembuk.regions.boundaries import district_borders
from rembuk.shared import files

PARTS = (DataRow, Sketch, Institution, Entry, ProblemTree, Action)
NARROW, WIDE = 150.0, 270.0
NO_BODY_NAMED = "Lembaga lain"


def day_of(assessment: Assessment) -> date:
    """Return the day of the papers: when the report went to the head, until then that of the newest change."""
    if assessment.head_date is not None:
        return assessment.head_date
    newest = [model.objects.filter(assessment=assessment).aggregate(at=Max("changed_at"))["at"] for model in PARTS]
    moments = [assessment.changed_at, *(moment for moment in newest if moment is not None)]
    return local_day(assessment.village, max(moments))


def heading(assessment: Assessment) -> tuple[Frame, Person, Person]:
    """Return frame, head and chair of the team of every paper of an assessment."""
    dated = day_of(assessment)
    cycle = cycle_of(assessment)
    chair = Person(chairs_of(cycle.id).drafting) if cycle is not None else UNNAMED
    head = signers_of(assessment.village_id, dated).get("KAD", UNNAMED)
    return frame_of(assessment.village, dated), head, chair


def village_data(key: str) -> VillageDataValues:
    """Return the values of F07. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    lists: dict[str, list[DataItem]] = {section: [] for section in SECTIONS}
    for row in assessment.data.order_by("order", "id"):
        lists[row.section].append(DataItem(row.part, row.name, row.volume, row.unit, row.note, row.changed))
    frame, head, chair = heading(assessment)
    filed = tuple((section, date_text(date.fromisoformat(day))) for section, day in assessment.filed.items() if day)
    return VillageDataValues(
        frame, assessment.period, tuple((name, tuple(rows)) for name, rows in lists.items()), filed, head, chair
    )


def blank_village_data(key: str) -> list[VillageDataValues]:
    """Return F07 to fill by hand: the village's own rows without their numbers. Raises: Assessment.DoesNotExist."""
    values = village_data(key)
    lists = tuple(
        (section, tuple(DataItem(row.part, row.name, unit=row.unit) for row in rows)) for section, rows in values.lists
    )
    return [replace(values, lists=lists, filed=())]


def said_of(row: Entry) -> Said:
    place = ", ".join(filter(None, (row.location, row.hamlet.name if row.hamlet else "")))
    return Said(row.kind, row.text, place)


def sketches(key: str) -> SketchValues:
    """Return the values of F08, every sketch with its points drawn in. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    rows = list(assessment.entries.filter(tool="sketch").select_related("hamlet").order_by("created_at", "id"))
    by_sketch: dict[UUID | None, list[Entry]] = defaultdict(list)
    for row in rows:
        by_sketch[row.sketch_id].append(row)
    sheets = [
        SketchSheet(
            sketch.title, sketch_picture(sketch, by_sketch[sketch.id]), tuple(map(said_of, by_sketch[sketch.id]))
        )
        for sketch in assessment.sketches.select_related("file")
    ]
    if by_sketch[None]:
        sheets.append(SketchSheet("Tanpa gambar", None, tuple(map(said_of, by_sketch[None]))))
    frame, head, chair = heading(assessment)
    return SketchValues(frame, assessment.period, tuple(sheets), head, chair)


def sketch_picture(sketch: Sketch, rows: Sequence[Entry]) -> Picture:
    """Draw the points of a sketch on its photo, on the border of the village, or on an empty sheet."""
    pins = [
        pictures.Pin(number, row.x, row.y, row.kind == "problem")
        for number, row in enumerate(rows, start=1)
        if row.x is not None and row.y is not None
    ]
    photo = files.read(sketch.file) if sketch.file is not None else None
    village = sketch.assessment.village
    lines = district_borders(village.regency_id, [village.code]) if sketch.ground == Sketch.Ground.BORDER else []
    wide, high = pictures.SHEET
    spoken = f"Sketsa {sketch.title} dengan {len(pins)} titik bernomor; arti nomornya ada di daftar di bawah."
    return pictures.sketch_picture(photo, pins, fit_outlines(lines, high, wide), NARROW, spoken)


def seasons(key: str) -> SeasonValues:
    """Return the values of F09. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    rows = list(assessment.entries.filter(tool="seasons").select_related("hamlet").order_by("created_at", "id"))
    lines = tuple(
        SeasonLine(row.kind, row.text, tuple(row.marks) or (0,) * 12) for row in rows if row.kind != "potential"
    )
    said = tuple(said_of(row) for row in rows if row.kind in ("problem", "potential"))
    frame, head, chair = heading(assessment)
    return SeasonValues(frame, assessment.period, lines, tuple(assessment.seasons), said, head, chair)


def institutions(key: str) -> InstitutionValues:
    """Return the values of F10 with its circles. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    rows = list(assessment.institutions.all())
    said: dict[tuple[UUID | None, str], list[str]] = defaultdict(list)
    for entry in assessment.entries.filter(tool="institutions").order_by("created_at", "id"):
        said[entry.institution_id, entry.kind].append(entry.text)
    lines = [
        InstitutionLine(
            row.name, row.role, row.closeness, tuple(said[row.id, "problem"]), tuple(said[row.id, "potential"])
        )
        for row in rows
    ]
    bodies = [Body(row.name, row.closeness, row.size) for row in rows]
    spoken = f"Bagan {len(rows)} lembaga menurut kedekatannya dengan warga; nomornya sama dengan daftar di bawah."
    drawn = pictures.circles_picture(bodies, "Warga", NARROW * 0.8, spoken) if rows else None
    frame, head, chair = heading(assessment)
    return InstitutionValues(frame, assessment.period, tuple(lines), drawn, head, chair)


def problems(key: str) -> ProblemValues:
    """Return the values of F11: trees and both inventories. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    proposed = proposals_by_problem(assessment)
    studies = {study.problem.id: study for study in studies_of(assessment)}
    found = []
    for row in inventory(assessment, "problem"):
        study = studies[row.id]
        found.append(
            ProblemLine(
                field=SHORT_FIELDS.get(row.field or 0, ""),
                tool=TOOL_NAMES[row.tool],
                institution=row.institution.name if row.institution else "",
                problem=row.text,
                cause=row.cause,
                potential="; ".join(study.potentials),
                proposal="; ".join(proposed.get(row.id, ())),
                activity="; ".join(action.text for action in study.feasible),
                note=f"peringkat {study.rank}" if study.rank else "",
            )
        )
    potentials = tuple(PotentialLine(TOOL_NAMES[row.tool], row.text) for row in inventory(assessment, "potential"))
    trees = tuple(tree_sheet(tree) for tree in assessment.trees.select_related("problem"))
    frame, head, chair = heading(assessment)
    return ProblemValues(frame, assessment.period, trees, tuple(found), potentials, head, chair)


def proposals_by_problem(assessment: Assessment) -> dict[UUID, list[str]]:
    """Return problem -> numbers of the proposals that its actions became. One query."""
    rows = IdeaSource.objects.filter(assessment=assessment, action__isnull=False).order_by("created_at", "id")
    found: dict[UUID, list[str]] = defaultdict(list)
    for problem, number in rows.values_list("action__problem_id", "proposal__number"):
        found[problem].append(number or "")
    return found


def tree_sheet(tree: ProblemTree) -> TreeSheet:
    effects, causes = from_rows(tree.effects), from_rows(tree.causes)
    core = tree.problem.text
    spoken = f"Pohon masalah {core}: {len(effects)} akibat di atas, {len(causes)} penyebab di bawah."
    return TreeSheet(
        core,
        tuple((line.depth, line.text) for line in effects),
        tuple((line.depth, line.text) for line in causes),
        pictures.tree_picture(core, effects, causes, WIDE, spoken),
    )


def actions(key: str) -> ActionValues:
    """Return the values of F12. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    studies = tuple(
        StudyLine(
            study.problem.text,
            study.problem.cause,
            study.potentials,
            study.alternatives,
            tuple(action.text for action in study.feasible),
        )
        for study in studies_of(assessment)
    )
    scored = []
    for what, words in (("problem", "masalah"), ("action", "tindakan")):
        scored += [f"{name}, {date_text(day)} ({words})" for name, day in score_days(assessment, what)]
    frame, _head, chair = heading(assessment)
    return ActionValues(
        frame,
        assessment.period,
        studies,
        tuple(map(rank_line, ranking_of(assessment, "problem"))),
        tuple(map(rank_line, ranking_of(assessment, "action"))),
        tuple(scored),
        chair,
    )


def rank_line(row: RankRow) -> RankLine:
    if row.total is None:
        return RankLine(row.text, note="belum dinilai")
    points = tuple(rounded(row.averages[code]) for code in CRITERIA)
    return RankLine(row.text, points, rounded(row.total), row.rank, f"{len(row.groups)} kelompok penilai")


def rounded(value: Fraction) -> Decimal:
    """Return an average with two decimals; the order itself was made with exact numbers."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))


def ideas(key: str) -> list[IdeaValues]:
    """Return the values of F13, a list for each hamlet and group that spoke; every hamlet's while none has.

    Raises: Assessment.DoesNotExist.
    """
    assessment = assessment_by_key(key)
    frame, head, chair = heading(assessment)
    lists = lists_of(assessment)
    spoken = [one for one in lists if one.count] or [one for one in lists if one.hamlet_id is not None] or lists[:1]
    return [
        IdeaValues(
            frame,
            assessment.period,
            list_name(one),
            tuple(idea_line(row) for row in ideas_of_list(assessment, one)),
            head,
            chair,
        )
        for one in spoken
    ]


def programmes_of(assessment: Assessment) -> tuple[tuple[int, int], ...]:
    """Return how many programmes of higher plans enter the village, by bidang; nothing while no list is kept."""
    cycle = cycle_of(assessment)
    if cycle is None:
        return ()
    lines = PolicyLine.objects.filter(rpjmdes__cycle=cycle).order_by()
    return tuple(sorted(lines.values_list("field").annotate(number=Count("id"))))


def idea_counts(assessment: Assessment) -> tuple[tuple[str, int], ...]:
    """Return how many ideas each hamlet and group has; the sheltered groups are one line under their printed name."""
    counted: dict[str, int] = {}
    for one in lists_of(assessment):
        name = list_name(one)
        counted[name] = counted.get(name, 0) + one.count
    return tuple(counted.items())


def list_name(one: IdeaList) -> str:
    """Return how a paper calls a list: of a hamlet with the word in front unless its name has it, else the group's."""
    if one.hamlet_id is not None and not one.title.lower().startswith("dusun"):
        return f"Dusun {one.title}"
    return one.printed[:1].upper() + one.printed[1:]


def idea_line(row: Proposal) -> IdeaLine:
    return IdeaLine(
        idea=row.title,
        location=location_of(row),
        quantity=row.volume,
        unit=row.unit,
        beneficiaries=beneficiaries_of(row),
        sdgs=tuple(row.sdgs),
        proposer=row.proposer_group or (row.hamlet.name if row.hamlet else ""),
    )


def beneficiaries_of(row: Proposal) -> Beneficiaries:
    return Beneficiaries(row.beneficiaries_male, row.beneficiaries_female, row.beneficiaries_poor)


def any_recap(key: str) -> RecapValues:
    """Return the values of F14 for an assessment or for a yearly cycle. Raises: Cycle.DoesNotExist."""
    return recap(key) if Assessment.objects.filter(pk=key).exists() else proposal_recap(key)


def recap(key: str) -> RecapValues:
    """Return the values of F14 for an assessment: all ideas in one list, merged ones with their target.

    Raises: Assessment.DoesNotExist.
    """
    assessment = assessment_by_key(key)
    rows = list(ideas_of(assessment))
    merged: dict[UUID, list[Proposal]] = defaultdict(list)
    for row in rows:
        if row.merged_into_id is not None:
            merged[row.merged_into_id].append(row)
    lines = [
        RecapLine(
            row.field,
            row.title,
            location_of(row),
            row.volume,
            row.unit,
            beneficiaries_of(row),
            origins_of(row, merged[row.id]),
        )
        for row in rows
        if row.state != "merged"
    ]
    frame, head, chair = heading(assessment)
    return RecapValues(frame, f"Periode {assessment.period}", tuple(lines), head, chair)


def report(key: str) -> ReportValues:
    """Return the values of F15. Raises: Assessment.DoesNotExist."""
    assessment = assessment_by_key(key)
    frame, _head, chair = heading(assessment)
    filled: dict[str, list[int]] = {section: [0, 0] for section in SECTIONS}
    for section, volume in assessment.data.values_list("section", "volume"):
        filled[section][0] += volume is not None
        filled[section][1] += 1
    filed = {name: date_text(date.fromisoformat(day)) for name, day in assessment.filed.items() if day}
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for tool, kind in assessment.entries.values_list("tool", "kind"):
        counts[tool, kind] += 1
    return ReportValues(
        frame=frame,
        period=assessment.period,
        introduction=assessment.introduction,
        data=tuple((name, done, total, filed.get(name, "")) for name, (done, total) in filled.items()),
        programmes=programmes_of(assessment),
        tools=tuple((words, counts[tool, "problem"], counts[tool, "potential"]) for tool, words in TOOL_NAMES.items()),
        worst=tuple(row.text for row in ranking_of(assessment, "problem") if row.total is not None),
        actions=tuple(row.text for row in ranking_of(assessment, "action") if row.total is not None),
        ideas=idea_counts(assessment),
        conclusion=assessment.conclusion,
        team_chair=chair,
        head_date=assessment.head_date,
        bpd_date=assessment.bpd_date,
    )
