"""What was promised and what was built: the works of one year with their newest photo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rembuk.core.money import Rupiah
from rembuk.core.workflow.photo_looks import SHOWN_VERDICTS
from rembuk.cycles.models import Cycle
from rembuk.plans.models import ItemProposal
from rembuk.plans.public_money import aid_name, closed_items
from rembuk.plans.typed import number_text
from rembuk.portal.queries.money import budget_in_force
from rembuk.proposals.public_words import Cover
from rembuk.proposals.queries import public_q
from rembuk.works.models import Obstacle, Progress, Work
from rembuk.works.public_works import told_works
from rembuk.works.queries import WorkRow, board_of


@dataclass(frozen=True, slots=True)
class Photo:
    """The newest photo of a work, by the report that brought it."""

    progress: UUID
    seen: date
    percent: int


@dataclass(frozen=True, slots=True)
class PublicWork:
    """One promise of the budget and what became of it. Nobody's name: not the implementer's, not the keeper's.

    state: waiting | open | late | closed. promised, built: volume with unit. obstacles: their kinds, unsolved ones.
    proposals: public numbers of those it answers.
    """

    name: str
    code: str
    location: str
    state: str
    physical: bool
    percent: int
    promised: str
    built: str
    budget: Rupiah
    spent: Rupiah
    handed_over: date | None
    stopped: str
    obstacles: tuple[str, ...]
    proposals: tuple[str, ...]
    photo: Photo | None


@dataclass(frozen=True, slots=True)
class WorksOfYear:
    """The promises of one year in the order of the code, with sums."""

    cycle: Cycle
    works: tuple[PublicWork, ...]

    @property
    def budget(self) -> Rupiah:
        return Rupiah(sum(work.budget for work in self.works))

    @property
    def spent(self) -> Rupiah:
        return Rupiah(sum(work.spent for work in self.works))

    @property
    def closed(self) -> int:
        return self.count("closed")

    @property
    def late(self) -> int:
        return self.count("late")

    @property
    def running(self) -> int:
        return self.count("open")

    @property
    def waiting(self) -> int:
        return self.count("waiting")

    def count(self, state: str) -> int:
        return sum(work.state == state for work in self.works)


def year_with_works(cycles: Sequence[Cycle]) -> Cycle | None:
    """Return the newest of *cycles* whose works were opened, or None. One query."""
    keys = set(Work.objects.filter(cycle__in=cycles).order_by().values_list("cycle_id", flat=True).distinct())
    return next((cycle for cycle in cycles if cycle.pk in keys), None)


def works_of_year(cycle: Cycle, today: date, cover: Cover) -> WorksOfYear:
    """Return the promises of a budget that is law, with what was built; nothing before. Some fifteen queries.

    What helps one person or a few houses stands last, as one sum.
    """
    if budget_in_force(cycle.pk) is None and not Work.objects.filter(cycle=cycle).exists():
        return WorksOfYear(cycle, ())
    rows = board_of(cycle, today)
    keys = [row.work.pk for row in rows if row.work is not None]
    photos, obstacles = photos_of(keys), obstacles_of(keys)
    numbers = numbers_of([row.work.item_id for row in rows if row.work is not None and row.work.item_id])
    closed = closed_items(key for row in rows if (key := item_of(row)) is not None)
    apart = [row for row in rows if item_of(row) in closed or helps_few(row, cover)]
    told = [public_work(row, photos, obstacles, numbers, cover) for row in rows if row not in apart]
    return WorksOfYear(cycle, (*told, *([pooled_work(apart)] if apart else [])))


def item_of(row: WorkRow) -> UUID | None:
    return row.work.item_id if row.work is not None else row.lines[0].item_id if row.lines else None


def size_of(row: WorkRow) -> tuple[Decimal | None, str]:
    """Return how much was promised, with its unit."""
    if row.work is not None:
        return row.work.target_volume, row.work.unit
    item = row.lines[0].item if row.lines else None
    return (item.volume, item.unit) if item is not None else (None, "")


def helps_few(row: WorkRow, cover: Cover) -> bool:
    volume, unit = size_of(row)
    return cover.few(row.name, row.location, count=volume, unit=unit)


def pooled_work(rows: Sequence[WorkRow]) -> PublicWork:
    """Return one line instead of *rows*: their money, nothing that tells whom they help."""
    states = {row.state for row in rows}
    state = states.pop() if len(states) == 1 else "open"
    return PublicWork(
        name=aid_name(),
        code="",
        location="",
        state="open" if state == "late" else state,
        physical=False,
        percent=min(row.percent for row in rows),
        promised="",
        built="",
        budget=Rupiah(sum(row.budget for row in rows)),
        spent=Rupiah(sum(row.spent for row in rows)),
        handed_over=None,
        stopped="",
        obstacles=(),
        proposals=(),
        photo=None,
    )


def public_work(
    row: WorkRow,
    photos: dict[UUID, Photo],
    obstacles: dict[UUID, tuple[str, ...]],
    numbers: dict[UUID, tuple[str, ...]],
    cover: Cover,
) -> PublicWork:
    work = row.work
    volume, unit = size_of(row)
    return PublicWork(
        name=cover(row.name),
        code=row.code,
        location=cover(row.location),
        state=row.state,
        physical=work.physical if work is not None else False,
        percent=row.percent,
        promised=f"{number_text(volume)} {unit}".strip() if volume is not None else "",
        built=f"{number_text(work.done_volume)} {unit}".strip() if work is not None and work.done_volume else "",
        budget=row.budget,
        spent=row.spent,
        handed_over=work.minutes_date if work is not None and work.closed else None,
        stopped=cover(work.stopped_reason) if work is not None else "",
        obstacles=obstacles.get(work.pk, ()) if work is not None else (),
        proposals=numbers.get(work.item_id, ()) if work is not None and work.item_id else (),
        photo=photos.get(work.pk) if work is not None else None,
    )


def photos_of(works: Sequence[UUID]) -> dict[UUID, Photo]:
    """Return work -> its newest photo that somebody has looked at and opened. One query."""
    shown = Progress.objects.filter(work_id__in=works, photo__isnull=False, photo_verdict__in=SHOWN_VERDICTS)
    rows = shown.order_by("seen_date", "recorded_at", "id")
    found: dict[UUID, Photo] = {}
    for key, work, seen, percent in rows.values_list("id", "work_id", "seen_date", "percent"):
        found[work] = Photo(key, seen, percent)
    return found


def obstacles_of(works: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return work -> the kinds of what stands in its way; what people wrote about it may name somebody. One query."""
    rows = Obstacle.objects.filter(work_id__in=works, solved_date__isnull=True).order_by("noted_date", "id")
    names = dict(Obstacle.Kind.choices)
    found: dict[UUID, tuple[str, ...]] = {}
    for work, kind in rows.values_list("work_id", "kind"):
        found[work] = tuple(dict.fromkeys((*found.get(work, ()), str(names[kind]))))
    return found


def numbers_of(items: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return plan item -> public numbers of the proposals that it came from. One query."""
    rows = ItemProposal.objects.filter(public_q("proposal__"), item_id__in=list(items))
    found: dict[UUID, tuple[str, ...]] = {}
    for item, number in rows.order_by("proposal__number", "id").values_list("item_id", "proposal__number"):
        found[item] = (*found.get(item, ()), number or "")
    return found


def photo_of(village_id: str, progress_id: UUID) -> Progress:
    """Return the report of a work of this village whose photo everybody may see. Raises: Progress.DoesNotExist."""
    rows = Progress.objects.filter(work__village_id=village_id, photo__isnull=False, photo_verdict__in=SHOWN_VERDICTS)
    found = rows.select_related("photo", "work").get(pk=progress_id)
    if found.work_id not in told_works([found.work]):
        raise Progress.DoesNotExist
    return found
