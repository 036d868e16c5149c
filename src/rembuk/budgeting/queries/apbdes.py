"""Reads over hand-overs, budgets, their lines and their imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Model, QuerySet, Sum

from rembuk.budgeting.models import (
    Apbdes,
    ApbdesEstimate,
    ApbdesFunding,
    ApbdesImport,
    ApbdesIncome,
    ApbdesLine,
    ApbdesStep,
    ApbdesVersion,
    Handoff,
)
from rembuk.budgeting.permissions import READERS
from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.regions.queries import place_q

PLACE = ("village__district", "village__regency")


def handoffs_of(cycle_id: UUID) -> list[Handoff]:
    """Return the hand-over files of a cycle, newest first, with plan and file."""
    return list(Handoff.objects.filter(cycle_id=cycle_id).select_related("plan", "file").order_by("-made_at", "id"))


def apbdes_seen_by(hat: Hat | None) -> "QuerySet[Apbdes]":
    """Return the budgets at or below the hat's place, newest year first, an amendment before what it amends."""
    if hat is None or hat.role not in READERS:
        return Apbdes.objects.none()
    rows = Apbdes.objects.filter(place_q(hat.place)).select_related(*PLACE, "cycle")
    return rows.order_by("-cycle__budget_year", "village_id", "-number", "id")


def apbdes_of(cycle_id: UUID) -> list[Apbdes]:
    """Return the budgets of a cycle, the first before its amendments."""
    return list(Apbdes.objects.filter(cycle_id=cycle_id).select_related(*PLACE, "cycle").order_by("number"))


def current_apbdes(cycle_id: UUID) -> Apbdes | None:
    """Return the newest budget of a cycle: its last amendment, or the first."""
    return next(reversed(apbdes_of(cycle_id)), None)


def apbdes_by_id(apbdes_id: UUID | str) -> Apbdes:
    """Return one budget with its place and cycle. Raises: Apbdes.DoesNotExist."""
    return Apbdes.objects.select_related(*PLACE, "cycle").get(pk=apbdes_id)


def steps_of(apbdes_id: UUID) -> list[ApbdesStep]:
    """Return what was recorded of a budget, oldest first."""
    return list(
        ApbdesStep.objects.filter(apbdes_id=apbdes_id).select_related("file").order_by("day", "recorded_at", "id")
    )


def version_by_id(version_id: UUID | str) -> ApbdesVersion:
    """Return one version with place, cycle, plan and file. Raises: ApbdesVersion.DoesNotExist."""
    rows = ApbdesVersion.objects.select_related(
        "apbdes__village__district", "apbdes__village__regency", "apbdes__cycle", "plan", "file"
    )
    return rows.get(pk=version_id)


@dataclass(frozen=True, slots=True)
class BudgetLines:
    """The budget of a cycle. binding: the lines that may be spent, the newest before a budget is in force.

    newest: those of the budget in work, the same ones where nothing is.
    """

    binding: ApbdesVersion
    newest: ApbdesVersion

    @property
    def amendment(self) -> ApbdesVersion | None:
        """The lines of an amendment that does not bind yet."""
        return self.newest if self.newest.apbdes_id != self.binding.apbdes_id else None


def budgets_of(cycle_ids: Sequence[UUID]) -> dict[UUID, BudgetLines]:
    """Return cycle -> its budget: that in force, and what is worked on. One query."""
    rows = ApbdesVersion.objects.filter(apbdes__cycle_id__in=cycle_ids)
    rows = rows.select_related("apbdes__village", "apbdes__cycle", "plan", "file")
    newest: dict[UUID, ApbdesVersion] = {}
    force: dict[UUID, ApbdesVersion] = {}
    for row in rows.order_by("apbdes__number", "version_no"):
        newest[row.apbdes.cycle_id] = row
        if row.apbdes.state in IN_FORCE:
            force[row.apbdes.cycle_id] = row
    return {key: BudgetLines(force.get(key, row), row) for key, row in newest.items()}


def binding_version(cycle_id: UUID) -> ApbdesVersion | None:
    """Return the lines that may be spent in a cycle; None before the first import. One query."""
    found = budgets_of([cycle_id]).get(cycle_id)
    return found.binding if found is not None else None


def current_version(cycle_id: UUID) -> ApbdesVersion | None:
    """Return the newest lines of a cycle's newest budget, for those who work on it; None before the first import."""
    found = budgets_of([cycle_id]).get(cycle_id)
    return found.newest if found is not None else None


def lines_of(version_id: UUID) -> list[ApbdesLine]:
    """Return the lines of a version in the order of its sheet, with money and plan items. Two queries."""
    rows = ApbdesLine.objects.filter(version_id=version_id).select_related("item").prefetch_related("fundings")
    return list(rows.order_by("order", "id"))


def line_by_id(line_id: UUID | str) -> ApbdesLine:
    """Return one line with its version, place, cycle and plan item. Raises: ApbdesLine.DoesNotExist."""
    places = [f"version__apbdes__{name}" for name in (*PLACE, "cycle")]
    rows = ApbdesLine.objects.select_related(*places, "version__file", "item__plan")
    return rows.prefetch_related("fundings", "accounts").get(pk=line_id)


def estimates_of(version_id: UUID) -> dict[UUID, tuple[ApbdesEstimate, ...]]:
    """Return line -> its estimates with their rows, in the order of the file's sheets. Two queries."""
    rows = ApbdesEstimate.objects.filter(line__version_id=version_id).order_by("order", "id")
    found: dict[UUID, tuple[ApbdesEstimate, ...]] = {}
    for row in rows.prefetch_related("rows"):
        found[row.line_id] = (*found.get(row.line_id, ()), row)
    return found


def version_totals(version_ids: Sequence[UUID]) -> Mapping[UUID, tuple[int, Rupiah, Rupiah]]:
    """Return version -> (lines, spending, income). Three queries."""
    lines = ApbdesLine.objects.filter(version_id__in=version_ids).order_by()
    counts = dict(lines.values_list("version_id").annotate(n=Count("id")))
    money = ApbdesFunding.objects.filter(line__version_id__in=version_ids).order_by()
    spent = dict(money.values_list("line__version_id").annotate(n=Sum("amount")))
    incomes = ApbdesIncome.objects.filter(version_id__in=version_ids, kind="income").order_by()
    came = dict(incomes.values_list("version_id").annotate(n=Sum("amount")))
    return {key: (counts.get(key, 0), Rupiah(spent.get(key, 0)), Rupiah(came.get(key, 0))) for key in version_ids}


def imports_of(cycle_id: UUID) -> "QuerySet[ApbdesImport]":
    """Return the budget files of a cycle, newest first."""
    rows = ApbdesImport.objects.filter(cycle_id=cycle_id).select_related("file", "result")
    return rows.order_by("-created_at", "id")


def import_by_id(import_id: UUID | str) -> ApbdesImport:
    """Return one import with place, cycle and file. Raises: ApbdesImport.DoesNotExist."""
    return ApbdesImport.objects.select_related(*PLACE, "cycle", "file", "result").get(pk=import_id)


def rows_of_apbdes(apbdes: Apbdes) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a budget: its steps and its versions."""
    found: list[tuple[type[Model], list[UUID]]] = []
    for model in (ApbdesStep, ApbdesVersion):
        found.append((model, list(model._default_manager.filter(apbdes=apbdes).values_list("pk", flat=True))))
    return found
