"""F19, F25, F26, F28, F29 and F31: the papers of a plan and of its items."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from rembuk.core.documents.elements import name_beside_person
from rembuk.core.documents.evaluation import EvaluationLine, EvaluationValues
from rembuk.core.documents.frame import FIELDS, UNNAMED, Person
from rembuk.core.documents.implementers import Implementer, ImplementersValues, ImplementerTeam
from rembuk.core.documents.perdes import NarrativeChapter, PerdesValues
from rembuk.core.documents.rab import RabLine, RabValues
from rembuk.core.documents.rkpdes import Beneficiaries, DeliveryMode, FundedPart, RkpdesLine, RkpdesValues
from rembuk.core.documents.technical_check import PaperCheck, Presence, TechnicalCheckValues
from rembuk.core.law.dana_desa import NOT_LOADED, rule_pack
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.documents.gather.ceilings import PROVISIONAL_NOTE
from rembuk.documents.gather.frames import Officials, frame_of, local_day, officials_of
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import village_ceilings
from rembuk.plans.models import EvaluationRow, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import chairs_of, field_of, items_of, newest_check, plan_by_id

UNSORTED_FIELD = 2
UNJUDGED_NOTE = "Sebagian realisasi belum diisi tim penyusun."
MODES: Mapping[str, DeliveryMode] = {
    "self_managed": "self_managed",
    "inter_village": "inter_village",
    "third_party": "third_party",
}
PRESENCES: Mapping[str, Presence] = {"fit": "fit", "unfit": "unfit", "absent": "absent"}
STAGES = {"final": "Rancangan Akhir", "agreed": "Rancangan Akhir", "enacted": ""}
CHAPTERS = {
    "introduction": "Pendahuluan",
    "finance": "Gambaran Umum Kebijakan Keuangan Desa",
    "evaluation": "Evaluasi Pelaksanaan RKP Desa dan Permasalahan",
    "programmes": "Rencana Program dan Kegiatan",
    "closing": "Penutup",
}


def day_of(plan: RkpdesVersion) -> date:
    """Return the plan's own day: that of its Perdes, until then that of its last change."""
    return plan.perdes_date or local_day(plan.village, plan.changed_at)


def signers_of(plan: RkpdesVersion) -> tuple[Officials, Person]:
    """Return the village's officials on the plan's day and the chair of the drafting team. Two queries."""
    return officials_of(plan.village_id, day_of(plan)), Person(chairs_of(plan.cycle_id).drafting)


def rkpdes(key: str) -> RkpdesValues:
    """Return the values of F26 for a plan. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    items = items_of(plan.pk)
    officials, chair = signers_of(plan)
    stage = STAGES.get(plan.state, "Rancangan")
    return RkpdesValues(
        frame=frame_of(plan.village, day_of(plan), plan.perdes_number if plan.enacted else ""),
        budget_year=plan.cycle.budget_year,
        items=tuple(rkpdes_line(item) for item in items),
        head=officials.head,
        team_chair=chair,
        notes=() if plan.enacted else tuple(draft_notes(plan, items)),
        variant_b=plan.village.regency.settings.get("rkp_matrix") == "B",
        stage=stage,
    )


def draft_notes(plan: RkpdesVersion, items: list[RkpdesItem]) -> Iterator[str]:
    """Yield what a reader of a draft must know beside its numbers."""
    year = plan.cycle.budget_year
    if village_ceilings(plan.village_id, year).stage == Ceiling.Stage.PROVISIONAL:
        yield PROVISIONAL_NOTE
    if rule_pack(year) is None:
        yield f"Aturan Dana Desa tahun {year} {NOT_LOADED}, jadi belum diperiksa."
    uncoded = sum(not field_of(item) for item in items)
    if uncoded:
        yield f"{uncoded} kegiatan belum berkode dan dicetak pada bidang {UNSORTED_FIELD}; lengkapi sebelum ditetapkan."


def rkpdes_line(item: RkpdesItem) -> RkpdesLine:
    """Return one row of F26 from an item with its fundings prefetched."""
    return RkpdesLine(
        field=field_of(item) or UNSORTED_FIELD,
        activity=item.name,
        location=item.location,
        quantity=item.volume.normalize() if item.volume is not None else None,
        unit=item.unit,
        target=item.target,
        schedule=item.schedule,
        funding=tuple(FundedPart(row.source, Rupiah(row.amount)) for row in item.fundings.all()),
        mode=MODES.get(item.delivery_mode),
        implementer=item.planned_implementer or item.partner,
        sdgs=tuple(item.sdgs),
        baseline=item.baseline,
        yearly_target=item.yearly_target,
        beneficiaries=Beneficiaries(item.beneficiaries_male, item.beneficiaries_female, item.beneficiaries_poor),
    )


def perdes(key: str) -> PerdesValues:
    """Return the values of F19 for a plan. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    officials, _chair = signers_of(plan)
    data: Mapping[str, Any] = plan.perdes_data
    agreement = plan.bpd_agreement_number
    return PerdesValues(
        frame=frame_of(plan.village, day_of(plan), plan.perdes_number),
        budget_year=plan.cycle.budget_year,
        head=officials.head,
        secretary=officials.secretary,
        bpd_chair=officials.bpd_chair,
        considerations=tuple(data.get("considerations", ())),
        legal_basis=tuple(data.get("legal_basis", ())),
        narrative=tuple(
            NarrativeChapter(title, tuple(data[name])) for name, title in CHAPTERS.items() if data.get(name)
        ),
        promulgated_date=plan.promulgated_date,
        gazette_number=plan.gazette_number,
        endorsed_date=plan.bpd_agreement_date,
        bpd_decision=f"Keputusan BPD Nomor {agreement}" if agreement else "",
    )


def evaluation(key: str) -> EvaluationValues:
    """Return the values of F25 for a cycle. Raises: Cycle.DoesNotExist."""
    cycle = Cycle.objects.select_related("village__district", "village__regency").get(pk=key)
    rows = list(EvaluationRow.objects.filter(cycle=cycle))
    dated = local_day(cycle.village, max([row.created_at for row in rows], default=cycle.created_at))
    detailed = any(
        row.realised_amount is not None or row.target_volume or row.realised_volume or row.obstacle or row.follow_up
        for row in rows
    )
    return EvaluationValues(
        frame=frame_of(cycle.village, dated),
        evaluated_year=cycle.plan_year,
        lines=tuple(evaluation_line(row) for row in rows),
        head=officials_of(cycle.village_id, dated).head,
        team_chair=Person(chairs_of(cycle.pk).drafting),
        notes=()
        if all(row.realised is not None for row in rows)
        else ("Sebagian realisasi belum diisi tim penyusun.",),
        detailed=detailed,
    )


def evaluation_line(row: EvaluationRow) -> EvaluationLine:
    code = kegiatan_codes().get(row.activity_code)
    parent = kegiatan_codes().get(code.parent) if code is not None else None
    remarks = [row.note, "nominal tidak tercatat" if row.amount is None else ""]
    percent = None
    if row.amount and row.realised_amount is not None:
        percent = row.realised_amount * 100 // row.amount
    return EvaluationLine(
        field=int(row.activity_code.split(".")[0]) if row.activity_code else UNSORTED_FIELD,
        activity=row.name,
        planned=Rupiah(row.amount or 0),
        done=row.realised,
        subfield=f"{parent.code} {parent.name}" if parent is not None else "",
        location=row.location,
        remark="; ".join(remark for remark in remarks if remark),
        spent=Rupiah(row.realised_amount) if row.realised_amount is not None else None,
        target_volume=row.target_volume,
        done_volume=row.realised_volume,
        percent=percent,
        obstacle=row.obstacle,
        follow_up=row.follow_up,
    )


def items_for(key: str) -> list[RkpdesItem]:
    """Return the one item with this key, or the items of the plan with this key, with all that hangs on them.

    Raises: RkpdesItem.DoesNotExist when neither is there.
    """
    item = RkpdesItem.objects.filter(pk=key).first()
    if item is not None:
        return [one for one in items_of(item.plan_id) if one.pk == item.pk]
    if not RkpdesVersion.objects.filter(pk=key).exists():
        raise RkpdesItem.DoesNotExist(key)
    return items_of(UUID(str(key)))


def field_title(item: RkpdesItem) -> str:
    return FIELDS.get(field_of(item), "")


def rabs(key: str) -> list[RabValues]:
    """Return the values of F28 for an item, or for every item of a plan that has an estimate."""
    items = items_for(key)
    chosen = items if len(items) == 1 else [item for item in items if item.rab_lines.all()]
    if not chosen:
        return []
    plan = plan_by_id(chosen[0].plan_id)
    officials, chair = signers_of(plan)
    return [
        RabValues(
            frame=frame_of(plan.village, day_of(plan)),
            rab_number=f"{item.activity_code or '-'}/{number}",
            field_name=field_title(item),
            activity=item.name,
            lines=tuple(
                RabLine(
                    section=line.section,
                    description=line.description,
                    quantity=line.volume.normalize(),
                    unit=line.unit,
                    unit_price=Rupiah(line.unit_price),
                    category=line.category,
                    community=line.is_contribution,
                )
                for line in item.rab_lines.all()
            ),
            location=item.location,
            budget_year=plan.cycle.budget_year,
            head=officials.head,
            team_chair=chair,
        )
        for number, item in enumerate(chosen, 1)
    ]


def technical_checks(key: str) -> list[TechnicalCheckValues]:
    """Return the values of F29 for an item, or for every physical item of a plan; empty sheets where none is done."""
    items = items_for(key)
    chosen = items if len(items) == 1 else [item for item in items if item.is_physical or newest_check(item)]
    if not chosen:
        return []
    plan = plan_by_id(chosen[0].plan_id)
    return [technical_check(plan, item) for item in chosen]


def technical_check(plan: RkpdesVersion, item: RkpdesItem) -> TechnicalCheckValues:
    check = newest_check(item)
    rows = check.rows if check is not None else []
    signers = {str(row.get("office", "")): row for row in check.signers} if check is not None else {}
    return TechnicalCheckValues(
        frame=frame_of(plan.village, check.check_date if check is not None else day_of(plan)),
        location=item.location,
        field_name=field_title(item),
        activity=item.name,
        checks={
            number: PaperCheck(PRESENCES[row["presence"]], row.get("remark", ""))
            for number, row in enumerate(rows, 1)
            if row.get("presence") in PRESENCES
        },
        feasible=check.is_feasible if check is not None else None,
        checked_date=check.check_date if check is not None else None,
        reason=check.note if check is not None else "",
        agency_officer=signer(signers, "agency"),
        expert=signer(signers, "expert"),
        community=signer(signers, "community"),
    )


def signer(signers: Mapping[str, Mapping[str, str]], office: str) -> Person:
    row = signers.get(office)
    return Person(str(row.get("name", "")), str(row.get("number", ""))) if row is not None else UNNAMED


def implementers(key: str) -> ImplementersValues:
    """Return the values of F31 for a plan: the items somebody is proposed for. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    officials, chair = signers_of(plan)
    teams = [
        implementer_team(item.name, item.implementer.members)
        for item in items_of(plan.pk)
        if hasattr(item, "implementer") and item.implementer.members
    ]
    return ImplementersValues(
        frame=frame_of(plan.village, day_of(plan)),
        budget_year=plan.cycle.budget_year,
        teams=tuple(teams),
        head=officials.head,
        team_chair=chair,
    )


def implementer_team(activity: str, members: list[Mapping[str, str]]) -> ImplementerTeam:
    def people(position: str) -> list[Implementer]:
        return [
            Implementer(row.get("name", ""), row.get("sex", ""), name_beside_person(row.get("element", "")))
            for row in members
            if row.get("position", "member") == position
        ]

    first = {name: next(iter(people(name)), None) for name in ("chair", "secretary", "treasurer")}
    return ImplementerTeam(activity, **first, members=tuple(people("member")))
