"""What was promised and what was built: the works of one year with their newest photo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.plans.models import ItemProposal
from rembuk.plans.typed import number_text
from rembuk.portal.queries.money import budget_in_force
from rembuk.proposals.queries import public_q
from rembuk.works.models import Obstacle, Progress, Work
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


def works_of_year(cycle: Cycle, today: date) -> WorksOfYear:
    """Return the promises of a budget that is law, with what was built; nothing before. Some fifteen queries."""
    if budget_in_force(cycle.pk) is None and not Work.objects.filter(cycle=cycle).exists():
        return WorksOfYear(cycle, ())
    rows = board_of(cycle, today)
    keys = [row.work.pk for row in rows if row.work is not None]
    photos, obstacles = photos_of(keys), obstacles_of(keys)
    numbers = numbers_of([row.work.item_id for row in rows if row.work is not None and row.work.item_id])
    return WorksOfYear(cycle, tuple(public_work(row, photos, obstacles, numbers) for row in rows))


def public_work(
    row: WorkRow,
    photos: dict[UUID, Photo],
    obstacles: dict[UUID, tuple[str, ...]],
    numbers: dict[UUID, tuple[str, ...]],
) -> PublicWork:
    work = row.work
    item = row.lines[0].item if row.lines else None
    volume = work.target_volume if work is not None else item.volume if item is not None else None
    unit = work.unit if work is not None else item.unit if item is not None else ""
    return PublicWork(
        name=row.name,
        code=row.code,
        location=row.location,
        state=row.state,
        physical=work.physical if work is not None else False,
        percent=row.percent,
        promised=f"{number_text(volume)} {unit}".strip() if volume is not None else "",
        built=f"{number_text(work.done_volume)} {unit}".strip() if work is not None and work.done_volume else "",
        budget=row.budget,
        spent=row.spent,
        handed_over=work.minutes_date if work is not None and work.closed else None,
        stopped=work.stopped_reason if work is not None else "",
        obstacles=obstacles.get(work.pk, ()) if work is not None else (),
        proposals=numbers.get(work.item_id, ()) if work is not None and work.item_id else (),
        photo=photos.get(work.pk) if work is not None else None,
    )


def photos_of(works: Sequence[UUID]) -> dict[UUID, Photo]:
    """Return work -> its newest photo. One query."""
    rows = Progress.objects.filter(work_id__in=works, photo__isnull=False).order_by("seen_date", "recorded_at", "id")
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
    """Return the report of a work of this village that has a photo. Raises: Progress.DoesNotExist."""
    rows = Progress.objects.filter(work__village_id=village_id, photo__isnull=False)
    return rows.select_related("photo").get(pk=progress_id)
