"""What is enacted cannot change, whoever tries and however: the database refuses."""

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shared.samples import CostLine, PlanItem, PlanVersion, sample_tables


@pytest.fixture
def plan(db: None) -> Iterator[PlanVersion]:
    with sample_tables():
        version = PlanVersion.objects.create()
        item = PlanItem.objects.create(version=version, name="Jembatan")
        CostLine.objects.create(item=item, amount=5_000_000)
        yield version


def enact(version: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=version.pk).update(enacted_at=timezone.now(), state="enacted")


def line_of(version: PlanVersion) -> CostLine:
    return CostLine.objects.get(item__version=version)


TRIES: dict[str, Callable[[PlanVersion], object]] = {
    "change the version": lambda v: PlanVersion.objects.filter(pk=v.pk).update(enacted_at=None),
    "delete the version": lambda v: run(f"DELETE FROM samples_planversion WHERE id = {v.pk}"),
    "change an item": lambda v: PlanItem.objects.update(name="Jalan"),
    "delete an item": lambda v: PlanItem.objects.filter(version=v)._raw_delete("default"),
    "add an item": lambda v: PlanItem.objects.bulk_create([PlanItem(version=v, name="Baru")]),
    "move an item in": lambda v: (
        PlanItem.objects.create(version=PlanVersion.objects.create(), name="X")
        and (PlanItem.objects.filter(name="X").update(version=v))
    ),
    "move an item out": lambda v: PlanItem.objects.filter(version=v).update(version=PlanVersion.objects.create()),
    "change a cost line": lambda v: CostLine.objects.update(amount=6_000_000),
    "delete a cost line": lambda v: run("DELETE FROM samples_costline"),
    "add a cost line": lambda v: CostLine.objects.create(item=line_of(v).item, amount=1),
}


@pytest.mark.parametrize("name", TRIES)
def test_an_enacted_version_refuses_to(name: str, plan: PlanVersion) -> None:
    enact(plan)
    with pytest.raises(IntegrityError, match="sudah ditetapkan"), transaction.atomic():
        TRIES[name](plan)
    assert (PlanItem.objects.get(version=plan).name, line_of(plan).amount) == ("Jembatan", 5_000_000)


@pytest.mark.parametrize("name", [name for name in TRIES if name not in ("delete the version", "delete an item")])
def test_a_draft_allows_to(name: str, plan: PlanVersion) -> None:
    with transaction.atomic():
        TRIES[name](plan)


def test_what_may_change_still_may(plan: PlanVersion) -> None:
    enact(plan)
    assert PlanVersion.objects.filter(pk=plan.pk).update(state="amended") == 1


def test_another_draft_is_not_touched_by_it(plan: PlanVersion) -> None:
    enact(plan)
    other = PlanVersion.objects.create()
    item = PlanItem.objects.create(version=other, name="Talud")
    CostLine.objects.create(item=item, amount=1)
    PlanItem.objects.filter(pk=item.pk).update(name="Drainase")
    CostLine.objects.filter(item=item).delete()
    assert PlanItem.objects.get(pk=item.pk).name == "Drainase"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
