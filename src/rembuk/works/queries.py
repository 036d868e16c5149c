"""Reads over works, scoped by the hat, ordered by something unique."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet, Sum

from rembuk.budgeting.comparing import amount_of
from rembuk.budgeting.lineage import present_keys
from rembuk.budgeting.models import ApbdesFunding, ApbdesLine
from rembuk.budgeting.queries import binding_version, budgets_of, lines_of
from rembuk.core.hat import Hat
from rembuk.core.money import Rupiah
from rembuk.core.workflow.photo_looks import SHOWN_VERDICTS
from rembuk.core.works import is_late
from rembuk.cycles.models import Cycle
from rembuk.plans.queries import version_in_force
from rembuk.regions.queries import place_q
from rembuk.works.models import Obstacle, Payment, Progress, Work
from rembuk.works.permissions import READERS

PLACE = ("village__district", "village__regency", "cycle")


def work_by_id(work_id: UUID | str) -> Work:
    """Return one work with place, cycle, item and line. Raises: Work.DoesNotExist."""
    return Work.objects.select_related(*PLACE, "item__plan", "line", "minutes_file", "maintenance_proposal").get(
        pk=work_id
    )


def works_of(cycle_id: UUID) -> list[Work]:
    """Return the works of a cycle with their plan items. One query."""
    rows = Work.objects.filter(cycle_id=cycle_id).select_related("item", "line")
    return list(rows.order_by("activity_code", "name", "id"))


def works_seen_by(hat: Hat | None) -> "QuerySet[Work]":
    """Return the works at or below the hat's place, newest year first."""
    if hat is None or hat.role not in READERS:
        return Work.objects.none()
    rows = Work.objects.filter(place_q(hat.place)).select_related(*PLACE)
    return rows.order_by("-cycle__budget_year", "village_id", "activity_code", "name", "id")


def cycles_seen_by(hat: Hat) -> "QuerySet[Cycle]":
    """Return the cycles at or below the hat's place, newest year first."""
    rows = Cycle.objects.filter(place_q(hat.place)).select_related("village__district", "village__regency")
    return rows.order_by("-budget_year", "village_id", "id")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An activity of the budget and its work, if it was opened. key: of the plan item, or of an emergency's line."""

    key: str
    code: str
    name: str
    location: str
    lines: tuple[ApbdesLine, ...]
    budget: Rupiah
    work: Work | None
    spent: Rupiah
    state: str

    @property
    def percent(self) -> int:
        return self.work.percent if self.work is not None else 0

    @property
    def left(self) -> Rupiah:
        return Rupiah(self.budget - self.spent)


def board_of(cycle: Cycle, today: date) -> list[WorkRow]:
    """Return every activity of the cycle's budget with its work, in the order of the code. A dozen queries.

    The budget is the one in force: an amendment counts from its Perdes on.
    A work whose activity left the budget is shown with nothing to spend. state: waiting | open | late | closed.
    """
    version = binding_version(cycle.pk)
    lines = lines_of(version.pk) if version is not None else []
    plan = version_in_force(cycle.pk)
    present = present_keys(plan) if plan is not None else {}
    works = works_of(cycle.pk)
    by_key = {work_key(work, present): work for work in works}
    spent = spent_of([work.pk for work in works])
    grouped: dict[str, list[ApbdesLine]] = {}
    for line in lines:
        grouped.setdefault(present.get(str(line.item_id), str(line.item_id or line.pk)), []).append(line)
    rows = [row_of(key, found, by_key.pop(key, None), spent, today) for key, found in grouped.items()]
    rows += [row_of(key, (), work, spent, today) for key, work in by_key.items()]
    return sorted(rows, key=lambda row: (code_order(row.code), row.name, row.key))


def work_key(work: Work, present: Mapping[str, str]) -> str:
    """Return the key under which a work stands: its item as the plan in force has it, or its emergency's line."""
    if work.item_id is None:
        return str(work.line_id)
    return present.get(str(work.item_id), str(work.item_id))


def row_of(
    key: str, lines: Sequence[ApbdesLine], work: Work | None, spent: Mapping[UUID, Rupiah], today: date
) -> WorkRow:
    first = lines[0] if lines else None
    item = first.item if first is not None else None
    return WorkRow(
        key=key,
        code=work.activity_code if work is not None else (item.activity_code if item else first.code if first else ""),
        name=work.name if work is not None else (item.name if item is not None else first.name if first else ""),
        location=work.location if work is not None else (item.location if item else first.location if first else ""),
        lines=tuple(lines),
        budget=Rupiah(sum(amount_of(line) for line in lines)),
        work=work,
        spent=spent.get(work.pk, Rupiah(0)) if work is not None else Rupiah(0),
        state=state_of(work, today),
    )


def state_of(work: Work | None, today: date) -> str:
    if work is None:
        return "waiting"
    if work.closed:
        return "closed"
    return "late" if is_late(work.due_date, today, percent=work.percent, closed=False) else "open"


def code_order(code: str) -> tuple[int, ...]:
    return tuple(int(part) for part in code.split(".")) if code else (9,)


def spent_of(work_ids: Sequence[UUID]) -> dict[UUID, Rupiah]:
    """Return work -> what was paid, struck payments left out. One query."""
    rows = Payment.objects.filter(work_id__in=work_ids, struck_at__isnull=True).order_by()
    return {key: Rupiah(total) for key, total in rows.values_list("work_id").annotate(n=Sum("amount"))}


def budget_of(work: Work) -> dict[str, Rupiah]:
    """Return source -> what the budget in force gives to the work; the empty source is money of untold sources."""
    version = binding_version(work.cycle_id)
    if version is None:
        return {}
    rows = ApbdesFunding.objects.filter(line__version=version)
    if work.item_id is None:
        rows = rows.filter(Q(line_id=work.line_id) | Q(line__item__isnull=True, line__name=work.name))
    else:
        plan = version_in_force(work.cycle_id)
        present = present_keys(plan) if plan is not None else {}
        here = present.get(str(work.item_id), str(work.item_id))
        keys = [UUID(key) for key, now in present.items() if now == here] or [work.item_id]
        rows = rows.filter(line__item_id__in=keys)
    found: dict[str, Rupiah] = {}
    for source, amount in rows.order_by("source", "id").values_list("source", "amount"):
        found[source] = Rupiah(found.get(source, 0) + amount)
    return found


def payments_of(work_id: UUID) -> list[Payment]:
    """Return the payments of a work, struck ones too, by day."""
    return list(
        Payment.objects.filter(work_id=work_id).select_related("file").order_by("paid_date", "recorded_at", "id")
    )


def progress_of(work_id: UUID) -> list[Progress]:
    """Return the reports of a work, oldest first, with their photos."""
    rows = Progress.objects.filter(work_id=work_id).select_related("photo")
    return list(rows.order_by("seen_date", "percent", "recorded_at", "id"))


def obstacles_of(work_id: UUID) -> list[Obstacle]:
    """Return what stood in the way of a work, by day."""
    return list(Obstacle.objects.filter(work_id=work_id).order_by("noted_date", "created_at", "id"))


def obstacle_by_id(obstacle_id: UUID | str) -> Obstacle:
    """Return one obstacle with its work's place. Raises: Obstacle.DoesNotExist."""
    return Obstacle.objects.select_related("work__village__district", "work__village__regency").get(pk=obstacle_id)


def payment_by_id(payment_id: UUID | str) -> Payment:
    """Return one payment with its work's place. Raises: Payment.DoesNotExist."""
    return Payment.objects.select_related("work__village__district", "work__village__regency").get(pk=payment_id)


def counts_of(cycle_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return cycle -> works, closed ones, and activities in its budget. Three queries."""
    rows = Work.objects.filter(cycle_id__in=cycle_ids).order_by().values("cycle_id")
    found: dict[UUID, dict[str, int]] = {key: {"works": 0, "closed": 0, "lines": 0} for key in cycle_ids}
    for row in rows.annotate(works=Count("id"), ended=Count("id", filter=Q(state="closed"))):
        found[row["cycle_id"]] |= {"works": row["works"], "closed": row["ended"]}
    versions = {each.binding.pk: cycle for cycle, each in budgets_of(cycle_ids).items()}
    lines = ApbdesLine.objects.filter(version_id__in=versions).order_by().values_list("version_id")
    for version, number in lines.annotate(n=Count("id")):
        found[versions[version]]["lines"] = number
    return found


def rows_of_work(work: Work) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a work: payments, progress, obstacles."""
    found: list[tuple[type[Model], list[UUID]]] = []
    for model in (Payment, Progress, Obstacle):
        found.append((model, list(model._default_manager.filter(work=work).values_list("pk", flat=True))))
    return found


def photos_to_look_at(hat: Hat | None, text: str = "", look: str = "menunggu") -> "QuerySet[Progress]":
    """Return the reports with a photo in the hat's place, the newest first.

    look: menunggu (nobody has said whether everybody may see it) | tampil | tidak | semua.
    """
    rows = Progress.objects.filter(work__in=works_seen_by(hat).order_by().values("pk"), photo__isnull=False)
    if text:
        rows = rows.filter(work__name__icontains=text)
    if look == "menunggu":
        rows = rows.filter(photo_verdict="")
    elif look == "tampil":
        rows = rows.filter(photo_verdict__in=SHOWN_VERDICTS)
    elif look == "tidak":
        rows = rows.exclude(photo_verdict="").exclude(photo_verdict__in=SHOWN_VERDICTS)
    return rows.select_related("work__cycle", "photo").order_by("-seen_date", "-recorded_at", "id")
