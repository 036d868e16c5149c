"""F21, F24 and F38: what the plan costs and who pays, from the plan, its estimates and the ceilings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.cooperation import CooperationLine, CooperationValues
from rembuk.core.documents.finance_summary import KINDS, FinanceValues, IncomeLine, SpendingLine
from rembuk.core.documents.financing import FinancingLine, FinancingValues
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.documents.gather.ceilings import PROVISIONAL_NOTE
from rembuk.documents.gather.codes import short_subfield_of
from rembuk.documents.gather.days import day_of_plan, local_day
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import CeilingsInForce, ceilings_of_many, village_ceilings
from rembuk.plans.models import RabLine, RkpdesItem, RkpdesVersion
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, cost_of, field_of, items_of, plan_by_id, plan_that_counts, values_of

NO_PLAN_NOTE = "Rancangan RKP Desa belum ada, jadi belum ada kegiatan yang dicetak."
PARTNER_NOTE = "Biaya yang ditanggung mitra dan nomor perjanjian belum dicatat di Rembuk; isi dengan tangan."
KINDS_NOTE = (
    "{count} kegiatan belum terbagi menurut jenis belanja: kode rekening dalam RAB belum lengkap atau jumlahnya "
    "berbeda dari biaya kegiatan."
)


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of a cycle as its papers need it; without a plan there are no items. dated: the paper's own day."""

    cycle: Cycle
    plan: RkpdesVersion | None
    items: Sequence[RkpdesItem]
    dated: date

    @property
    def frame(self) -> Frame:
        return frame_of(self.cycle.village, self.dated)

    @property
    def head(self) -> Person:
        return signers_of(self.cycle.village_id, self.dated).get("KAD", UNNAMED)

    @property
    def team_chair(self) -> Person:
        return Person(chairs_of(self.cycle.pk).drafting)


def cycle_of(key: str) -> Cycle:
    """Return a cycle with what a paper's heading names. Raises: Cycle.DoesNotExist."""
    return Cycle.objects.select_related("village__district", "village__regency").get(pk=key)


def planned(key: str) -> Planned:
    """Return the plan of a cycle that counts with its items. Raises: Cycle.DoesNotExist."""
    cycle = cycle_of(key)
    plan = plan_that_counts(cycle.pk)
    if plan is None:
        return Planned(cycle, None, (), local_day(cycle.village, cycle.created_at))
    return Planned(cycle, plan, items_of(plan.pk), day_of_plan(plan))


def notes_of(found: Planned, ceilings: CeilingsInForce) -> Iterator[str]:
    """Yield what a reader of these numbers must know."""
    if found.plan is None:
        yield NO_PLAN_NOTE
    if ceilings.stage == Ceiling.Stage.PROVISIONAL:
        yield PROVISIONAL_NOTE
    if without := sum(not field_of(item) for item in found.items):
        yield f"{without} kegiatan belum berkode dan dicetak tanpa bidang."


def financing(key: str) -> FinancingValues:
    """Return the values of F21 for a cycle. Raises: Cycle.DoesNotExist."""
    found = planned(key)
    ceilings = village_ceilings(found.cycle.village_id, found.cycle.budget_year)
    return FinancingValues(
        frame=found.frame,
        budget_year=found.cycle.budget_year,
        lines=tuple(FinancingLine(field_of(item), item.name, dict(values_of(item).funding)) for item in found.items),
        head=found.head,
        team_chair=found.team_chair,
        notes=tuple(notes_of(found, ceilings)),
    )


def cooperation(key: str) -> CooperationValues:
    """Return the values of F24 for a plan. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    found = Planned(plan.cycle, plan, items_of(plan.pk), day_of_plan(plan))
    villages = tuple(partner_line(item) for item in found.items if item.delivery_mode == "inter_village")
    third = tuple(partner_line(item) for item in found.items if item.delivery_mode == "third_party")
    return CooperationValues(
        frame=frame_of(plan.village, found.dated),
        budget_year=plan.cycle.budget_year,
        villages=villages,
        third_parties=third,
        head=signers_of(plan.village_id, found.dated).get("KAD", UNNAMED),
        team_chair=found.team_chair,
        notes=(PARTNER_NOTE,) if villages or third else (),
    )


def partner_line(item: RkpdesItem) -> CooperationLine:
    values = values_of(item)
    return CooperationLine(
        activity=values.name,
        sdgs=values.sdgs,
        location=values.location,
        quantity=values.volume,
        unit=values.unit,
        beneficiaries=Beneficiaries(values.beneficiaries_male, values.beneficiaries_female, values.beneficiaries_poor),
        funding=tuple(FundedPart(source, amount) for source, amount in values.funding),
        partner=values.partner,
    )


def finance_summary(key: str) -> FinanceValues:
    """Return the values of F38 for a cycle: its year's income beside that of the year before, where there was any.

    Raises: Cycle.DoesNotExist.
    """
    found = planned(key)
    year, village = found.cycle.budget_year, found.cycle.village_id
    ceilings = ceilings_of_many([(village, year - 1), (village, year)])
    income = [IncomeLine(when, income_of(rows)) for (_village, when), rows in ceilings.items() if rows.rows]
    spending = tuple(spending_line(item) for item in found.items)
    unsplit = sum(line.kinds is None for line in spending)
    notes = [*notes_of(found, ceilings[village, year])]
    notes += [KINDS_NOTE.format(count=unsplit)] if unsplit else []
    return FinanceValues(
        frame=found.frame,
        budget_year=year,
        income=tuple(sorted(income, key=lambda line: line.year)),
        spending=spending,
        head=found.head,
        team_chair=found.team_chair,
        notes=tuple(notes),
    )


def income_of(ceilings: CeilingsInForce) -> Mapping[str, Rupiah]:
    """Return source -> rupiah of one year, earmarked money too: it is income of the village all the same."""
    sums: dict[str, Rupiah] = {}
    for row in ceilings.rows:
        sums[row.source] = Rupiah(sums.get(row.source, 0) + row.amount)
    return sums


def spending_line(item: RkpdesItem) -> SpendingLine:
    return SpendingLine(
        field=field_of(item),
        activity=item.name,
        subfield=short_subfield_of(item.activity_code),
        funding=tuple(FundedPart(source, amount) for source, amount in values_of(item).funding),
        kinds=kinds_of(item),
    )


def kinds_of(item: RkpdesItem) -> Mapping[str, Rupiah] | None:
    """Return account -> rupiah from the estimate, None where its accounts or its total do not tell.

    What residents give counts only where the item's money counts it too.
    """
    lines: list[RabLine] = list(item.rab_lines.all())
    own = [line for line in lines if not line.is_contribution]
    for rows in (lines, own):
        if rows and sum(row.amount for row in rows) == cost_of(item):
            return sums_by_kind(rows)
    return None


def sums_by_kind(rows: Sequence[RabLine]) -> Mapping[str, Rupiah] | None:
    sums: dict[str, Rupiah] = {}
    for row in rows:
        kind = ".".join(row.account_code.split(".")[:2])
        if kind not in KINDS:
            return None
        sums[kind] = Rupiah(sums.get(kind, 0) + row.amount)
    return sums
