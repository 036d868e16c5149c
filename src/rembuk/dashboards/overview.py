"""What the overview of a regency or district shows, worked out from stored results of the cycles only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.cycles.labels import STAGE_SHORT
from rembuk.cycles.queries import Board, BoardRow
from rembuk.regions import map as drawing

FUNNEL = ("K2", "K1", "K6", "K7", "K9", "K11", "K12")
STATE_ORDER: tuple[drawing.State, ...] = ("ok", "due", "paused", "late", "next")


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the funnel: how many villages have passed a stage with evidence. drop: to the bar before it."""

    code: str
    title: str | Promise
    count: int
    total: int
    drop: int

    @property
    def percent(self) -> str:
        return f"{100 * self.count / self.total:.2f}" if self.total else "0"


def funnel(board: Board) -> list[Step]:
    """Return the bars of the funnel in the order of the year."""
    steps: list[Step] = []
    total = len(board.rows)
    for code in FUNNEL:
        count = board.funnel.get(code, 0)
        drop = steps[-1].count - count if steps else total - count
        steps.append(Step(code, STAGE_SHORT[code], count, total, drop))
    return steps


def funnel_finding(steps: Sequence[Step]) -> str:
    """Say in one sentence where most villages are held."""
    worst = max(steps[1:], key=lambda step: step.drop, default=None)
    if worst is None or worst.drop <= 0:
        return _("Tidak ada tahap yang menahan banyak desa")
    before = steps[steps.index(worst) - 1]
    return _("%(count)d desa tertahan antara %(before)s dan %(after)s") % {
        "count": worst.drop,
        "before": before.title,
        "after": worst.title,
    }


def late_finding(board: Board) -> str:
    """Say in one sentence where the late villages lie."""
    late = board.late
    if not late:
        return _("Tidak ada desa yang terlambat")
    by_district = Counter(row.village.district.name for row in late)
    names = [name for name, _count in sorted(by_district.items(), key=lambda pair: (-pair[1], pair[0]))[:3]]
    count = sum(by_district[name] for name in names)
    return ngettext(
        "%(count)d dari %(total)d desa terlambat ada di %(names)s",
        "%(count)d dari %(total)d desa terlambat ada di %(names)s",
        count,
    ) % {"count": count, "total": len(late), "names": joined(names)}


def joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s dan %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def reasons(rows: Iterable[BoardRow]) -> str:
    """Sum up why clocks stand still: ``11 pagu terlambat, 3 banjir``."""
    counts = Counter(row.reasons[0] for row in rows if row.state == "paused" and row.reasons)
    shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    return ", ".join(f"{count} {reason}" for reason, count in shown)


def map_of(board: Board, spoken: str) -> SafeString:
    """Draw every village by its state; a press opens its cycle."""
    dots = [
        drawing.Dot(
            row.village.latitude,
            row.village.longitude,
            map_state(row),
            f"{row.village.full_name}: {standing(row)}",
            reverse("cycles:cycle", args=[row.cycle_id]) if row.cycle_id else "",
        )
        for row in board.rows
        if row.village.latitude is not None and row.village.longitude is not None
    ]
    return mark_safe(drawing.draw(dots, spoken))  # noqa: S308 -- draw() escapes every name


def map_state(row: BoardRow) -> drawing.State:
    for state in STATE_ORDER:
        if row.state == state:
            return state
    return "next"


def standing(row: BoardRow) -> str:
    """Say in words where a village stands."""
    if row.state == "late":
        return _("terlambat %(days)d hari") % {"days": row.days_late}
    if row.state == "paused":
        return _("dijeda: %(reason)s") % {"reason": row.reasons[0] if row.reasons else _("diakui")}
    if row.state == "ok":
        return _("Perdes ditetapkan")
    return _("belum ada siklus") if row.state == "none" else _("berjalan")


@dataclass(frozen=True, slots=True)
class DistrictSum:
    """One row of the table behind the map."""

    name: str
    counts: Mapping[str, int]
    total: int


def by_district(board: Board) -> list[DistrictSum]:
    """Return how many villages of each district are in which state, by name."""
    names = sorted({row.village.district.name for row in board.rows})
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    for row in board.rows:
        counted[row.village.district.name][map_state(row)] += 1
    return [DistrictSum(name, counted[name], sum(counted[name].values())) for name in names]


@dataclass(frozen=True, slots=True)
class RpjmSummary:
    """How the RPJM Desa of a place stand: in the making, late among them, enacted."""

    running: int
    late: int
    enacted: int

    @property
    def any(self) -> bool:
        return bool(self.running or self.late or self.enacted)


def rpjm_summary(board: Board) -> RpjmSummary:
    """Count the villages whose RPJM Desa is in work; the paused are running."""
    states = board.states
    running = states.get("due", 0) + states.get("paused", 0)
    return RpjmSummary(running, states.get("late", 0), states.get("ok", 0))
