"""Reads over teams, the RPJM register, plans and their items, scoped by the hat, ordered by something unique."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Model, Prefetch, Q, QuerySet, Sum

from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.cycles.models import Cycle
from rembuk.plans.models import (
    Implementer,
    ItemFunding,
    ItemProposal,
    PerdesStep,
    RabLine,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesItem,
    Team,
    TechnicalCheck,
)
from rembuk.plans.permissions import READERS
from rembuk.plans.values import ItemValues, in_order
from rembuk.regions.queries import place_q


def plans_seen_by(hat: Hat | None) -> "QuerySet[RkpdesVersion]":
    """Return the plans at or below the hat's place with village and cycle; enacted ones only for a visitor."""
    rows = RkpdesVersion.objects.select_related("village__district", "village__regency", "cycle")
    rows = rows.order_by("-cycle__budget_year", "village_id", "-version_no", "id")
    if hat is None:
        return rows.filter(enacted_at__isnull=False)
    if hat.role not in READERS:
        return rows.none()
    return rows.filter(place_q(hat.place))


def plan_by_id(plan_id: UUID | str) -> RkpdesVersion:
    """Return one plan with village, district, regency and cycle. Raises: RkpdesVersion.DoesNotExist."""
    rows = RkpdesVersion.objects.select_related("village__district", "village__regency", "cycle")
    return rows.get(pk=plan_id)


def enacted_plan(plan_id: UUID | str) -> RkpdesVersion:
    """Return one enacted plan, for the public page. Raises: RkpdesVersion.DoesNotExist."""
    rows = RkpdesVersion.objects.select_related("village__district", "village__regency", "cycle")
    return rows.get(pk=plan_id, enacted_at__isnull=False)


def item_by_id(item_id: UUID | str) -> RkpdesItem:
    """Return one item with its plan and place. Raises: RkpdesItem.DoesNotExist."""
    rows = RkpdesItem.objects.select_related("plan__village__district", "plan__village__regency", "plan__cycle")
    return rows.get(pk=item_id)


def team_by_id(team_id: UUID | str) -> Team:
    """Return one team with its cycle and place. Raises: Team.DoesNotExist."""
    return Team.objects.select_related("village__district", "village__regency", "cycle").get(pk=team_id)


def current_plan(cycle_id: UUID) -> RkpdesVersion | None:
    """Return the newest version of a cycle, for those who work on it: the one in work, else the one in force.

    What is told to others comes from `plan_that_counts`.
    """
    return plans_of_cycles([cycle_id]).get(cycle_id)


def plans_of_cycles(cycle_ids: Sequence[UUID]) -> dict[UUID, RkpdesVersion]:
    """Return cycle -> newest version. One query."""
    rows = RkpdesVersion.objects.filter(cycle_id__in=cycle_ids).order_by("version_no")
    return {row.cycle_id: row for row in rows.select_related("village", "cycle")}


def version_in_force(cycle_id: UUID) -> RkpdesVersion | None:
    """Return the version of a cycle that binds now: the newest that is enacted and not annulled, else nothing."""
    return versions_in_force([cycle_id]).get(cycle_id)


def versions_in_force(cycle_ids: Sequence[UUID]) -> dict[UUID, RkpdesVersion]:
    """Return cycle -> the version that binds now. One query."""
    rows = RkpdesVersion.objects.filter(cycle_id__in=cycle_ids, enacted_at__isnull=False)
    rows = rows.exclude(perdes_state=PerdesState.ANNULLED.value).order_by("version_no")
    return {row.cycle_id: row for row in rows.select_related("village__district", "village__regency", "cycle")}


@dataclass(frozen=True, slots=True)
class CyclePlans:
    """The plan of a cycle. counts: the version that binds now, the newest before one does.

    amendment: the version in work that is to change the one that binds, if there is one.
    """

    counts: RkpdesVersion
    amendment: RkpdesVersion | None = None


def binds(plan: RkpdesVersion) -> bool:
    """Return whether the version was set and not annulled; of several the newest binds."""
    return plan.enacted and plan.perdes_state != PerdesState.ANNULLED.value


def plans_that_count(cycle_ids: Sequence[UUID]) -> dict[UUID, CyclePlans]:
    """Return cycle -> its plan, with the amendment in work beside it. One query."""
    rows = RkpdesVersion.objects.filter(cycle_id__in=cycle_ids).order_by("version_no")
    return counting(rows.select_related("village__district", "village__regency", "cycle"))


def counting(rows: Iterable[RkpdesVersion]) -> dict[UUID, CyclePlans]:
    """Return the same of versions at hand, oldest first. No query."""
    newest: dict[UUID, RkpdesVersion] = {}
    force: dict[UUID, RkpdesVersion] = {}
    for row in rows:
        newest[row.cycle_id] = row
        if binds(row):
            force[row.cycle_id] = row
    return {
        key: CyclePlans(force.get(key, row), row if key in force and not row.enacted else None)
        for key, row in newest.items()
    }


def plan_that_counts(cycle_id: UUID) -> RkpdesVersion | None:
    """Return the version of a cycle whose numbers are told: the one that binds, the newest before one does."""
    found = plans_that_count([cycle_id]).get(cycle_id)
    return found.counts if found is not None else None


def other_versions(plan: RkpdesVersion) -> list[RkpdesVersion]:
    """Return the other versions of the plan's cycle, oldest first. One query."""
    return list(RkpdesVersion.objects.filter(cycle_id=plan.cycle_id).exclude(pk=plan.pk).order_by("version_no"))


def days_of(plan: RkpdesVersion) -> dict[str, date]:
    """Return the days of the plan's Perdes: state, or receipt, -> day."""
    return {name: date.fromisoformat(day) for name, day in plan.perdes_dates.items()}


def perdes_steps_of(plan: RkpdesVersion) -> list[PerdesStep]:
    """Return what was recorded about the plan's Perdes, oldest first, with files. One query."""
    return list(PerdesStep.objects.filter(plan=plan).select_related("file").order_by("order"))


# A list of a thousand keys is as much as SQLite takes in one query.
PLANS_AT_ONCE = 20


def items_of(plan_id: UUID) -> list[RkpdesItem]:
    """Return the items of a plan with fundings, proposals, RPJM line, implementer and newest check first.

    Five queries for any number of items; by bidang, code, order and key.
    """
    return items_of_many([plan_id])[plan_id]


def items_of_many(plan_ids: Sequence[UUID]) -> dict[UUID, list[RkpdesItem]]:
    """Return plan -> items as `items_of` gives them. Five queries for up to PLANS_AT_ONCE plans."""
    found: dict[UUID, list[RkpdesItem]] = {}
    for start in range(0, len(plan_ids), PLANS_AT_ONCE):
        found |= _items_of_some(plan_ids[start : start + PLANS_AT_ONCE])
    return found


def _items_of_some(plan_ids: Sequence[UUID]) -> dict[UUID, list[RkpdesItem]]:
    # Each row finds its item anyway: the usual order, by item, would join plan, cycle and village for nothing.
    links = ItemProposal.objects.select_related("proposal").order_by("id")
    checks = TechnicalCheck.objects.order_by("-check_date", "-created_at", "id")
    rows = (
        RkpdesItem.objects.filter(plan_id__in=plan_ids)
        .order_by("id")
        .select_related("rpjmdes_item", "implementer")
        .prefetch_related(
            Prefetch("fundings", queryset=ItemFunding.objects.order_by("source", "id")),
            Prefetch("proposal_links", queryset=links),
            Prefetch("rab_lines", queryset=RabLine.objects.order_by("section", "order", "id")),
            Prefetch("technical_checks", queryset=checks),
        )
    )
    found: dict[UUID, list[RkpdesItem]] = {key: [] for key in plan_ids}
    for row in rows:
        found[row.plan_id].append(row)
    return {key: sorted(items, key=item_order) for key, items in found.items()}


def item_order(item: RkpdesItem) -> tuple[int, tuple[int, ...], int, str]:
    """Bidang 1 to 5, then items without a code; within, by code, place in the list, key."""
    parts = tuple(int(part) for part in item.activity_code.split(".")) if item.activity_code else (9,)
    return (parts[0], parts, item.order, str(item.id))


def field_of(item: RkpdesItem) -> int:
    """Return the bidang 1 to 5, 0 without a code."""
    return int(item.activity_code.split(".")[0]) if item.activity_code else 0


def values_of(item: RkpdesItem) -> ItemValues:
    """Return the item's values; uses what was prefetched."""
    volume = item.volume
    if volume is not None:
        volume = Decimal(volume).normalize()
    own = {
        name: getattr(item, name)
        for name in ItemValues.__dataclass_fields__
        if name not in ("funding", "volume", "sdgs")
    }
    amounts = {funding.source: funding.amount for funding in item.fundings.all()}
    return ItemValues(**own, volume=volume, sdgs=tuple(item.sdgs), funding=in_order(amounts))


def cost_of(item: RkpdesItem) -> Rupiah:
    """Return the item's cost: the sum of its fundings as prefetched."""
    return Rupiah(sum(funding.amount for funding in item.fundings.all()))


def rab_total_of(item: RkpdesItem) -> Rupiah:
    """Return the sum of the item's estimate, residents' part included, as prefetched."""
    return Rupiah(sum(line.amount for line in item.rab_lines.all()))


def newest_check(item: RkpdesItem) -> TechnicalCheck | None:
    """Return the check that counts, as prefetched."""
    return next(iter(item.technical_checks.all()), None)


def sums_by_source(plan_id: UUID) -> dict[str, Rupiah]:
    """Return what the plan takes from each source. One query."""
    rows = ItemFunding.objects.filter(item__plan_id=plan_id).order_by().values("source").annotate(total=Sum("amount"))
    return {row["source"]: Rupiah(row["total"]) for row in rows}


def plan_totals(plan_ids: Sequence[UUID]) -> dict[UUID, tuple[int, Rupiah]]:
    """Return plan -> (number of items, rupiah). Two queries."""
    counts = RkpdesItem.objects.filter(plan_id__in=plan_ids).order_by().values("plan_id").annotate(n=Count("id"))
    number = {row["plan_id"]: row["n"] for row in counts}
    money = (
        ItemFunding.objects.filter(item__plan_id__in=plan_ids)
        .order_by()
        .values("item__plan_id")
        .annotate(n=Sum("amount"))
    )
    amount = {row["item__plan_id"]: row["n"] for row in money}
    return {key: (number.get(key, 0), Rupiah(amount.get(key, 0))) for key in plan_ids}


def active_rpjmdes(village_id: str) -> Rpjmdes | None:
    """Return the RPJM Desa in force of a village with its items."""
    rows = Rpjmdes.objects.filter(village_id=village_id, is_active=True).prefetch_related("items")
    return rows.select_related("village__district", "village__regency").first()


def rpjmdes_items(village_id: str, year: int) -> list[RpjmdesItem]:
    """Return the lines of the active RPJM Desa: those planned for *year* first, then the others, each in order."""
    rows = RpjmdesItem.objects.filter(rpjmdes__village_id=village_id, rpjmdes__is_active=True)
    return sorted(rows, key=lambda row: (year not in row.years, row.order, str(row.id)))


def teams_of(cycle_id: UUID) -> dict[str, Team]:
    """Return kind -> team with members. Two queries."""
    rows = Team.objects.filter(cycle_id=cycle_id).prefetch_related("members").select_related("village", "cycle")
    return {row.kind: row for row in rows}


@dataclass(frozen=True, slots=True)
class ChairNames:
    """Who signs for the team, as far as it is known."""

    drafting: str = ""
    verification: str = ""


def chairs_of(cycle_id: UUID) -> ChairNames:
    """Return the chairs of both teams. One query."""
    rows = Team.objects.filter(cycle_id=cycle_id, members__position="chair").values_list("kind", "members__name")
    found: Mapping[str, str] = dict(rows)
    return ChairNames(found.get("drafting", ""), found.get("verification", ""))


def open_cycles_seen_by(hat: Hat) -> "QuerySet[Cycle]":
    """Return the open cycles at or below the hat's place, newest first."""
    rows = Cycle.objects.filter(place_q(hat.place), closed_at__isnull=True)
    return rows.select_related("village__district", "village__regency").order_by("-budget_year", "village_id", "id")


def waiting(hat: Hat) -> "QuerySet[RkpdesVersion] | None":
    """Return the plans that wait for the hat: approval for the head, agreement for BPD, repair for the office."""
    wanted = {
        "KAD": Q(state__in=("draft", "verified"), items__isnull=False),
        "BPD": Q(state="final"),
        "SDK": Q(state__in=("returned", "agreed")),
        "TIM": Q(state="returned"),
    }.get(hat.role.value)
    if wanted is None or not hat.place.village:
        return None
    return RkpdesVersion.objects.filter(place_q(hat.place)).filter(wanted)


def rows_of_item(item: RkpdesItem) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to an item: money, estimate, checks, implementer."""
    found: list[tuple[type[Model], list[UUID]]] = []
    for model in (ItemFunding, RabLine, TechnicalCheck, Implementer):
        found.append((model, list(model.objects.filter(item=item).values_list("pk", flat=True))))
    return found
