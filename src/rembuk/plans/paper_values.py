"""Values of this room's papers for core.documents: F01/F30, F19, F25, F26, F28, F29, F31. No rendering, no archive.

Each function answers with the complete value for its builder; *dated* is the paper's day where the plan has none yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from rembuk.accounts.models import Assignment
from rembuk.core.documents.amendment import AmendmentLine, AmendmentValues
from rembuk.core.documents.decree import DecreeValues, TeamKind, TeamMember
from rembuk.core.documents.elements import name_beside_person
from rembuk.core.documents.evaluation import EvaluationLine, EvaluationValues
from rembuk.core.documents.frame import FIELDS, UNNAMED, Frame, Person, VillageHeading
from rembuk.core.documents.implementers import Implementer, ImplementersValues, ImplementerTeam
from rembuk.core.documents.perdes import NarrativeChapter, PerdesValues
from rembuk.core.documents.rab import RabLine, RabValues
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart, RkpdesLine, RkpdesValues
from rembuk.core.documents.technical_check import PaperCheck, TechnicalCheckValues
from rembuk.core.law.amendments import ground_of
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah
from rembuk.core.workflow.versions import VersionRow, compare
from rembuk.core.works import volume_percent
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import POSITIONS
from rembuk.plans.models import EvaluationRow, RkpdesItem, RkpdesVersion, Team, TechnicalCheck
from rembuk.plans.queries import (
    chairs_of,
    cost_of,
    field_of,
    item_by_id,
    items_of,
    newest_check,
    plan_by_id,
    team_by_id,
    values_of,
)
from rembuk.regions.models import Village

NO_CODE = 2
"""Where an item has no code yet, the matrix prints it under Pelaksanaan Pembangunan and says so."""
CHAPTERS = (
    ("introduction", "Pendahuluan"),
    ("finance", "Gambaran Umum Kebijakan Keuangan Desa"),
    ("evaluation", "Evaluasi Pelaksanaan RKP Desa dan Permasalahan"),
    ("programmes", "Rencana Program dan Kegiatan"),
    ("closing", "Penutup"),
)


def heading_of(village: Village) -> VillageHeading:
    """Return the village as papers name it, without the words Desa, Kecamatan and Kabupaten."""
    regency = village.regency
    return VillageHeading(
        village.name,
        bare(village.district.name, "Kecamatan ", "Distrik "),
        bare(regency.name, "Kabupaten ", "Kota "),
        regency.province_name,
    )


def bare(name: str, *kinds: str) -> str:
    for kind in kinds:
        name = name.removeprefix(kind)
    return name


def frame_of(village: Village, dated: date, *, number: str = "", version: str = "") -> Frame:
    """Return the particulars of a paper of this village."""
    return Frame(
        village=heading_of(village), dated=dated, number=number, version=version, sample=village.regency.sample
    )


def signers_of(village_id: str, on: date) -> Mapping[str, Person]:
    """Return role -> who holds it on that day: KAD, SDK, BPD. One query; the longest-serving where several do."""
    rows = Assignment.objects.valid_on(on).filter(village_id=village_id, role__in=("KAD", "SDK", "BPD"))
    rows = rows.filter(Q(hamlet__isnull=True), Q(rt__isnull=True)).select_related("person")
    found: dict[str, Person] = {}
    for row in rows.order_by("start_date", "id"):
        found.setdefault(row.role, Person(row.person.name))
    return found


def rkpdes_values(plan_id: UUID, *, dated: date, variant_b: bool = False) -> RkpdesValues:
    """Return F26 of a plan: the annex of its Perdes once it is enacted, a draft before."""
    plan = plan_by_id(plan_id)
    items = items_of(plan.id)
    day = plan.perdes_date or dated
    signers = signers_of(plan.village_id, day)
    notes: list[str] = []
    without = sum(not item.activity_code for item in items)
    if without:
        notes.append(f"{without} kegiatan belum berkode dan dicetak di bawah {FIELDS[NO_CODE]}.")
    return RkpdesValues(
        frame=frame_of(plan.village, day, version=f"versi {plan.version_no}"),
        budget_year=plan.cycle.budget_year,
        items=tuple(line_of(item) for item in items),
        head=signers.get("KAD", UNNAMED),
        team_chair=Person(chairs_of(plan.cycle_id).drafting),
        notes=tuple(notes),
        variant_b=variant_b,
        stage="" if plan.enacted else "Rancangan",
    )


def line_of(item: RkpdesItem) -> RkpdesLine:
    """Return one item as a row of F26."""
    values = values_of(item)
    return RkpdesLine(
        field=field_of(item) or NO_CODE,
        activity=values.name,
        location=values.location,
        quantity=values.volume,
        unit=values.unit,
        target=values.target,
        schedule=values.schedule,
        funding=tuple(FundedPart(source, amount) for source, amount in values.funding),
        mode=values.delivery_mode,  # type: ignore[arg-type]
        implementer=values.planned_implementer,
        sdgs=values.sdgs,
        baseline=values.baseline,
        yearly_target=values.yearly_target,
        beneficiaries=Beneficiaries(values.beneficiaries_male, values.beneficiaries_female, values.beneficiaries_poor),
    )


def amendment_values(plan_id: UUID, *, dated: date) -> AmendmentValues:
    """Return F33 of an amendment. Raises: ValueError for a version that amends nothing."""
    plan = plan_by_id(plan_id)
    if not plan.is_amendment or plan.supersedes is None or plan.ground_date is None:
        raise ValueError(f"version {plan.version_no} amends nothing")
    day = plan.perdes_date or dated
    after = items_of(plan.id)
    found = compare(version_rows(items_of(plan.supersedes.id)), version_rows(after))
    reasons = {
        str(previous or item): text
        for previous, item, text in plan.change_reasons.values_list("previous_id", "item_id", "text")
    }
    return AmendmentValues(
        frame=frame_of(plan.village, day, number=plan.perdes_number if plan.enacted else ""),
        budget_year=plan.cycle.budget_year,
        version_no=plan.version_no,
        superseded=plan.supersedes.perdes_number,
        ground=ground_title(plan),
        letter_number=plan.ground_number,
        letter_date=plan.ground_date,
        lines=tuple(
            AmendmentLine(
                change.before.values if change.before is not None else None,
                change.after.values if change.after is not None else None,
                reasons.get(change.subject, ""),
            )
            for change in found
        ),
        head=signers_of(plan.village_id, day).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(plan.cycle_id).drafting),
        stage="" if plan.enacted else "Rancangan",
    )


def ground_title(plan: RkpdesVersion) -> str:
    """Return the ground of an amendment in words, empty for a plan that amends nothing."""
    if not plan.is_amendment or plan.ground_date is None:
        return ""
    return ground_of(plan.ground, "rkpdes", plan.ground_date).value.title


def version_rows(items: Iterable[RkpdesItem]) -> list[VersionRow[RkpdesLine]]:
    """Return items as their paper prints them, with the row that each continues."""
    return [VersionRow(str(item.id), line_of(item), cost_of(item), str(item.previous_id or "")) for item in items]


def rab_values(item_id: UUID, *, dated: date) -> RabValues:
    """Return F28 of one item."""
    item = item_by_id(item_id)
    plan = item.plan
    signers = signers_of(plan.village_id, dated)
    return RabValues(
        frame=frame_of(plan.village, plan.perdes_date or dated),
        rab_number=f"{item.activity_code or '-'}/{item.order:02d}/{plan.cycle.budget_year}",
        field_name=FIELDS[field_of(item) or NO_CODE],
        activity=item.name,
        lines=tuple(
            RabLine(
                section=row.section,
                description=row.description,
                quantity=Decimal(row.volume).normalize(),
                unit=row.unit,
                unit_price=Rupiah(row.unit_price),
                category=row.category,
                community=row.is_contribution,
            )
            for row in item.rab_lines.all()
        ),
        location=item.location,
        budget_year=plan.cycle.budget_year,
        head=signers.get("KAD", UNNAMED),
        team_chair=Person(chairs_of(plan.cycle_id).drafting),
    )


def technical_check_values(item_id: UUID, *, dated: date) -> TechnicalCheckValues:
    """Return F29 of one item: its newest sheet, or an empty one to take along."""
    item = item_by_id(item_id)
    check = newest_check(item)
    signers: Sequence[Mapping[str, str]] = check.signers if check is not None else ()
    people = {
        str(row.get("office", "")): Person(str(row.get("name", "")), str(row.get("number", ""))) for row in signers
    }
    return TechnicalCheckValues(
        frame=frame_of(item.plan.village, check.check_date if check is not None else dated),
        location=item.location,
        field_name=FIELDS[field_of(item) or NO_CODE],
        activity=item.name,
        checks=sheet_rows(check),
        feasible=check.is_feasible if check is not None else None,
        checked_date=check.check_date if check is not None else None,
        reason=check.note if check is not None else "",
        agency_officer=people.get("agency", UNNAMED),
        expert=people.get("expert", UNNAMED),
        community=people.get("community", UNNAMED),
    )


def sheet_rows(check: TechnicalCheck | None) -> dict[int, PaperCheck]:
    if check is None:
        return {}
    return {number: PaperCheck(row["presence"], row.get("remark", "")) for number, row in enumerate(check.rows, 1)}


def decree_kind(kind: str) -> TeamKind:
    """Return which decree forms a team: F01 for the drafting team, F30 for the verification team."""
    return "verification" if kind == Team.Kind.VERIFICATION else "rkpdes"


def team_values(team_id: UUID, *, dated: date) -> DecreeValues:
    """Return F01 or F30 of a team. MISKIN and DIFABEL are named "wakil kelompok" beside a name."""
    team = team_by_id(team_id)
    day = team.decree_date or dated
    return DecreeValues(
        frame=frame_of(team.village, day, number=team.decree_number),
        kind="rpjmdes" if team.cycle.is_medium_term else decree_kind(team.kind),
        subject_year=subject_years(team.cycle),
        members=tuple(
            TeamMember(
                name=row.name,
                sex=row.sex,
                office=row.office or name_beside_person(row.element),
                position=str(POSITIONS.get(row.position, row.position)),
                remark=row.note,
            )
            for row in team.members.all()
        ),
        head=signers_of(team.village_id, day).get("KAD", UNNAMED),
    )


def subject_years(cycle: Cycle) -> str:
    """Return what a team works on: ``Tahun 2027`` or ``Periode 2027-2034``."""
    return f"Periode {cycle.years[0]}-{cycle.years[-1]}" if cycle.is_medium_term else f"Tahun {cycle.budget_year}"


def perdes_values(plan_id: UUID, *, dated: date) -> PerdesValues:
    """Return F19 of a plan, with the village's own texts where it wrote some."""
    plan = plan_by_id(plan_id)
    day = plan.perdes_date or dated
    signers = signers_of(plan.village_id, day)
    texts: Mapping[str, Sequence[str]] = plan.perdes_data
    narrative = tuple(NarrativeChapter(title, tuple(texts[name])) for name, title in CHAPTERS if texts.get(name))
    agreed = plan.bpd_agreement_number
    return PerdesValues(
        frame=frame_of(plan.village, day, number=plan.perdes_number),
        budget_year=plan.cycle.budget_year,
        head=signers.get("KAD", UNNAMED),
        secretary=signers.get("SDK", UNNAMED),
        bpd_chair=signers.get("BPD", UNNAMED),
        considerations=tuple(texts.get("considerations", ())),
        legal_basis=tuple(texts.get("legal_basis", ())),
        narrative=narrative,
        promulgated_date=plan.promulgated_date,
        gazette_number=plan.gazette_number,
        endorsed_date=plan.bpd_agreement_date,
        bpd_decision=f"Keputusan BPD Nomor {agreed}" if agreed else "",
        amends=plan.supersedes.perdes_number if plan.is_amendment and plan.supersedes is not None else "",
        ground=ground_title(plan),
    )


def evaluation_values(cycle_id: UUID, *, dated: date, detailed: bool = False) -> EvaluationValues:
    """Return F25 of the cycle's year before."""
    cycle = Cycle.objects.select_related("village__district", "village__regency").get(pk=cycle_id)
    rows = EvaluationRow.objects.filter(cycle=cycle).order_by("order", "id")
    return EvaluationValues(
        frame=frame_of(cycle.village, dated),
        evaluated_year=cycle.budget_year - 1,
        lines=tuple(evaluation_lines(rows)),
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.id).drafting),
        detailed=detailed,
    )


def evaluation_lines(rows: Iterable[EvaluationRow]) -> list[EvaluationLine]:
    """Return the rows by bidang and sub bidang, as the form prints them."""
    lines = []
    for row in rows:
        field = int(row.activity_code.split(".")[0]) if row.activity_code else NO_CODE
        subfield = kegiatan_codes().get(".".join(row.activity_code.split(".")[:2]))
        planned, spent = Rupiah(row.amount or 0), row.realised_amount
        lines.append(
            EvaluationLine(
                field=field,
                activity=row.name,
                planned=planned,
                done=row.realised,
                subfield=subfield.name if subfield is not None else "",
                location=row.location,
                remark=row.note,
                spent=Rupiah(spent) if spent is not None else None,
                target_volume=row.target_volume,
                done_volume=row.realised_volume,
                percent=achieved_percent(row),
                obstacle=row.obstacle,
                follow_up=row.follow_up,
            )
        )
    return sorted(lines, key=lambda line: (line.field, line.subfield))


def achieved_percent(row: EvaluationRow) -> int | None:
    """Return how much was achieved: of the volume where target and result are told in one unit, else of the money."""
    by_volume = volume_percent(row.target_volume, row.realised_volume)
    if by_volume is not None or row.realised_amount is None or not row.amount:
        return by_volume
    return 100 * row.realised_amount // row.amount


def implementers_values(plan_id: UUID, *, dated: date) -> ImplementersValues:
    """Return F31: who is proposed to carry out each activity of a plan."""
    plan: RkpdesVersion = plan_by_id(plan_id)
    teams = [team_of(item) for item in items_of(plan.id) if getattr(item, "implementer", None) is not None]
    return ImplementersValues(
        frame=frame_of(plan.village, plan.perdes_date or dated),
        budget_year=plan.cycle.budget_year,
        teams=tuple(teams),
        head=signers_of(plan.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(plan.cycle_id).drafting),
    )


def team_of(item: RkpdesItem) -> ImplementerTeam:
    places: dict[str, list[Implementer]] = {}
    for member in item.implementer.members:
        element = str(member.get("element", ""))
        person = Implementer(
            str(member.get("name", "")), str(member.get("sex", "")), name_beside_person(element) if element else ""
        )
        places.setdefault(str(member.get("position", "")), []).append(person)
    officers = {position: people[0] for position, people in places.items() if people}
    return ImplementerTeam(
        activity=item.name,
        chair=officers.get("chair"),
        secretary=officers.get("secretary"),
        treasurer=officers.get("treasurer"),
        members=tuple(places.get("member", ())),
    )
