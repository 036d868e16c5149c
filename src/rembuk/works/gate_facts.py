"""What the gate of K17 rests on: the budget in force, its works, and the evaluation that they became."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from rembuk.budgeting.models import ApbdesLine
from rembuk.budgeting.queries import budgets_of
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.core.workflow.guards import WorksFacts
from rembuk.cycles import gates
from rembuk.cycles.models import Cycle
from rembuk.plans.models import EvaluationRow, RkpdesItem
from rembuk.works.models import Work

STAGE = "K17"


def register() -> None:
    """Let this room answer for its stage; called once from ``ready()``."""
    gates.register(STAGE, "works", works_facts)


def works_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for each cycle how its budget is carried out. Seven queries, however many cycles."""
    budgets = budgets_of(cycle_ids)
    first = first_versions(cycle_ids)
    lines: dict[UUID, set[str]] = defaultdict(set)
    versions = {found.binding.pk: key for key, found in budgets.items()}
    rows = ApbdesLine.objects.filter(version_id__in=versions).order_by()
    for version, item, name in rows.values_list("version_id", "item_id", "name"):
        lines[versions[version]].add(activity(item, name, first))
    works: dict[UUID, dict[str, bool]] = defaultdict(dict)
    for work in Work.objects.filter(cycle_id__in=cycle_ids).order_by("id"):
        works[work.cycle_id][activity(work.item_id, work.name, first)] = work.closed
    evaluated = evaluated_of(cycle_ids)
    return {
        key: {
            "works": WorksFacts(
                in_force=key in budgets and budgets[key].binding.apbdes.state in IN_FORCE,
                activities=len(lines[key]),
                unopened=len(lines[key] - works[key].keys()),
                open=sum(not closed for closed in works[key].values()),
                closed=sum(works[key].values()),
                evaluated=evaluated.get(key),
            )
        }
        for key in cycle_ids
    }


def activity(item: UUID | None, name: str, first: Mapping[UUID, UUID]) -> str:
    """Return one key for an activity in all versions of plan and budget; an emergency has only its name."""
    return name if item is None else str(first.get(item, item))


def first_versions(cycle_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return item -> the item of the first version that it continues, itself included. One query."""
    rows = RkpdesItem.objects.filter(plan__cycle_id__in=cycle_ids).order_by("plan__version_no", "id")
    found: dict[UUID, UUID] = {}
    for key, previous in rows.values_list("id", "previous_id"):
        found[key] = found.get(previous, previous) if previous is not None else key
    return found


def evaluated_of(cycle_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Return cycle -> whether the next year's cycle has an evaluation; no entry while there is no such cycle.

    Three queries.
    """
    own = Cycle.objects.filter(pk__in=list(cycle_ids)).values_list("village_id", "budget_year", "id")
    after = {(village, year + 1): key for village, year, key in own}
    later = Cycle.objects.filter(
        village_id__in={village for village, _year in after}, budget_year__in={year for _village, year in after}
    )
    following = {
        key: after[village, year]
        for village, year, key in later.values_list("village_id", "budget_year", "id")
        if (village, year) in after
    }
    rows = EvaluationRow.objects.filter(cycle_id__in=following).order_by()
    having = set(rows.values_list("cycle_id", flat=True).distinct())
    return {before: key in having for key, before in following.items()}
