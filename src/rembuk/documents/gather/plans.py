"""F01, F19, F25, F26, F28 to F31: the papers of teams, plans and items, each with its own day."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from rembuk.core.documents.amendment import AmendmentValues
from rembuk.core.documents.decree import DecreeValues
from rembuk.core.documents.evaluation import EvaluationValues
from rembuk.core.documents.frame import UNNAMED, Person, date_text
from rembuk.core.documents.implementers import ImplementersValues
from rembuk.core.documents.model import DOTS, SHORT_DOTS
from rembuk.core.documents.perdes import PerdesValues
from rembuk.core.documents.rab import RabValues
from rembuk.core.documents.rkpdes import RkpdesValues
from rembuk.core.documents.technical_check import TechnicalCheckValues
from rembuk.core.errors import RefusedError
from rembuk.core.law.dana_desa import NOT_LOADED, rule_pack
from rembuk.cycles.models import Cycle
from rembuk.cycles.procedure import family_of
from rembuk.documents.gather.ceilings import PROVISIONAL_NOTE
from rembuk.documents.gather.completeness import years_of
from rembuk.documents.gather.days import day_of_plan, local_day
from rembuk.documents.gather.wording import changed_lines, common_values
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import village_ceilings
from rembuk.plans import paper_values
from rembuk.plans.models import EvaluationRow, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import chairs_of, items_of, newest_check, plan_by_id, team_by_id

FINAL_STATES = ("final", "agreed")
TEAM_WORDINGS = {
    "rpjmdes": "tim-rpjm-menimbang",
    "rkpdes": "tim-rkp-menimbang",
    "verification": "tim-verifikasi-menimbang",
}
UNJUDGED_NOTE = "Sebagian realisasi belum diisi tim penyusun."


def team_decree(key: str) -> DecreeValues:
    """Return the values of F01 or F30. Raises: Team.DoesNotExist."""
    team = team_by_id(key)
    values = paper_values.team_values(team.pk, dated=local_day(team.village, team.changed_at))
    years = years_of(team.cycle)
    said = common_values(team.village, years, kepala_desa=values.head.name, tanggal=date_text(values.frame.dated))
    kind = TEAM_WORDINGS[values.kind]
    regency = team.village.regency_id
    return replace(
        values,
        considerations=values.considerations or changed_lines(regency, kind, said),
        legal_basis=values.legal_basis or changed_lines(regency, "tim-mengingat", said),
    )


def rkpdes(key: str) -> RkpdesValues:
    """Return the values of F26. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    variant_b = family_of(plan.village.regency) == "B"
    values = paper_values.rkpdes_values(plan.pk, dated=day_of_plan(plan), variant_b=variant_b)
    frame = replace(values.frame, version="", number=plan.perdes_number if plan.enacted else "")
    if plan.enacted:
        return replace(values, frame=frame)
    stage = "Rancangan Akhir" if plan.state in FINAL_STATES else values.stage
    return replace(values, frame=frame, stage=stage, notes=(*draft_notes(plan), *values.notes))


def draft_notes(plan: RkpdesVersion) -> Iterator[str]:
    """Yield what a reader of a draft must know beside its numbers. One query."""
    year = plan.cycle.budget_year
    if village_ceilings(plan.village_id, year).stage == Ceiling.Stage.PROVISIONAL:
        yield PROVISIONAL_NOTE
    if rule_pack(year) is None:
        yield f"Aturan Dana Desa tahun {year} {NOT_LOADED}, jadi belum diperiksa."


def amendment(key: str) -> AmendmentValues:
    """Return the values of F33. Raises: RkpdesVersion.DoesNotExist, RefusedError for a version that amends nothing."""
    plan = plan_by_id(key)
    if not plan.is_amendment:
        raise RefusedError("amendment-not")
    return paper_values.amendment_values(plan.pk, dated=day_of_plan(plan))


def perdes(key: str) -> PerdesValues:
    """Return the values of F19; an amendment weighs its own ground where the village wrote nothing.

    Raises: RkpdesVersion.DoesNotExist.
    """
    plan = plan_by_id(key)
    values = paper_values.perdes_values(plan.pk, dated=day_of_plan(plan))
    said = common_values(
        plan.village, plan.cycle.budget_year, kepala_desa=values.head.name, ketua_bpd=values.bpd_chair.name
    )
    said["tanggal"] = date_text(values.frame.dated)
    regency = plan.village.regency_id
    weighed = () if values.amends else changed_lines(regency, "perdes-menimbang", said)
    return replace(
        values,
        considerations=values.considerations or weighed,
        legal_basis=values.legal_basis or changed_lines(regency, "perdes-mengingat", said),
    )


def evaluation(key: str) -> EvaluationValues:
    """Return the values of F25 for a cycle; the wider form where volumes or money spent are known.

    Raises: Cycle.DoesNotExist.
    """
    cycle = Cycle.objects.select_related("village__regency").get(pk=key)
    rows = list(EvaluationRow.objects.filter(cycle=cycle))
    dated = local_day(cycle.village, max([row.created_at for row in rows], default=cycle.created_at))
    detailed = any(
        row.realised_amount is not None or row.target_volume or row.realised_volume or row.obstacle or row.follow_up
        for row in rows
    )
    values = paper_values.evaluation_values(cycle.pk, dated=dated, detailed=detailed)
    unjudged = any(row.realised is None for row in rows)
    return replace(values, notes=(UNJUDGED_NOTE, *values.notes)) if unjudged else values


def items_for(key: str) -> list[RkpdesItem]:
    """Return the one item with this key, or the items of the plan with this key, with all that hangs on them.

    Raises: RkpdesItem.DoesNotExist when neither is there.
    """
    item = RkpdesItem.objects.filter(pk=key).first()
    if item is not None:
        return [item]
    if not RkpdesVersion.objects.filter(pk=key).exists():
        raise RkpdesItem.DoesNotExist(key)
    return items_of(UUID(str(key)))


def is_item(key: str) -> bool:
    return RkpdesItem.objects.filter(pk=key).exists()


def rabs(key: str) -> RabValues | list[RabValues]:
    """Return the values of F28 for an item, or those of every item of a plan that has an estimate."""
    items = items_for(key)
    if is_item(key):
        return rab_of(items[0])
    return [rab_of(item) for item in items if item.rab_lines.all()]


def blank_rabs(key: str) -> list[RabValues]:
    """Return what the heading of an empty F28 needs: of the item, of every item of the plan, or of no item yet."""
    found = [rab_of(item) for item in items_for(key)]
    if found:
        return found
    plan = plan_by_id(key)
    head, chair = heads_of(plan)
    frame, year = paper_values.frame_of(plan.village, day_of_plan(plan)), plan.cycle.budget_year
    return [RabValues(frame, SHORT_DOTS, DOTS, DOTS, (), DOTS, year, head, chair)]


def heads_of(plan: RkpdesVersion) -> tuple[Person, Person]:
    """Return the village head on the plan's day and the chair of its team."""
    head = paper_values.signers_of(plan.village_id, day_of_plan(plan)).get("KAD", UNNAMED)
    return head, Person(chairs_of(plan.cycle_id).drafting)


def rab_of(item: RkpdesItem) -> RabValues:
    return paper_values.rab_values(item.pk, dated=day_of_plan(plan_by_id(item.plan_id)))


def technical_checks(key: str) -> TechnicalCheckValues | list[TechnicalCheckValues]:
    """Return the values of F29 for an item, or those of every physical item of a plan; empty sheets to take along."""
    items = items_for(key)
    if is_item(key):
        return check_of(items[0])
    return [check_of(item) for item in items if item.is_physical or newest_check(item)]


def blank_checks(key: str) -> list[TechnicalCheckValues]:
    """Return what the heading of an empty F29 needs: of the item, of the plan's physical items, or of no item yet."""
    items = items_for(key)
    found = [check_of(item) for item in items if is_item(key) or item.is_physical]
    if found:
        return found
    plan = plan_by_id(key)
    return [TechnicalCheckValues(paper_values.frame_of(plan.village, day_of_plan(plan)), DOTS, DOTS, DOTS, {})]


def check_of(item: RkpdesItem) -> TechnicalCheckValues:
    return paper_values.technical_check_values(item.pk, dated=day_of_plan(plan_by_id(item.plan_id)))


def implementers(key: str) -> ImplementersValues:
    """Return the values of F31. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    return paper_values.implementers_values(plan.pk, dated=day_of_plan(plan))
