"""The villages of a regency as anybody may see them: how far each one's plan is, never who is slow."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.cycles.models import Cycle, StageRecord
from rembuk.portal.queries.villages import found_villages
from rembuk.regions.map import State
from rembuk.regions.models import Regency, Village

STEPS: tuple[tuple[str, tuple[str, ...], str | Promise, State], ...] = (
    ("ditetapkan", ("K12",), _("sudah ditetapkan"), "ok"),
    ("disepakati", ("K11",), _("disepakati, menunggu ditetapkan"), "due"),
    ("dibahas", ("K9",), _("dibahas Musrenbang"), "due"),
    ("disusun", ("K6",), _("rancangan tersusun"), "next"),
    ("digali", ("K1", "K2"), _("usulan digali"), "next"),
    ("dibuka", (), _("baru dibuka"), "next"),
    ("belum", (), _("belum dibuka"), "next"),
)
"""How far a plan is, the furthest first: key in the address, stages of which one is done, words, sign on the map."""
NAMES: Mapping[str, str | Promise] = {key: words for key, _stages, words, _state in STEPS}
SIGNS: Mapping[str, State] = {key: state for key, _stages, _words, state in STEPS}


@dataclass(frozen=True, slots=True)
class Standing:
    """One village and how far its plan of a year is."""

    village: Village
    step: str

    @property
    def words(self) -> str | Promise:
        return NAMES[self.step]

    @property
    def sign(self) -> State:
        return SIGNS[self.step]


def standings(regency: Regency, year: int) -> list[Standing]:
    """Return every village of a regency with how far it is, by district and name. Three queries."""
    done: dict[str, set[str]] = {}
    stages = [stage for _key, codes, _words, _state in STEPS for stage in codes]
    own = {"cycle__village__regency": regency, "cycle__budget_year": year, "cycle__kind": Cycle.Kind.RKP}
    rows = StageRecord.objects.filter(**own, state=StageRecord.State.DONE, stage__in=stages).order_by()
    for village, stage in rows.values_list("cycle__village_id", "stage"):
        done.setdefault(village, set()).add(stage)
    opened = set(
        Cycle.objects.filter(village__regency=regency, budget_year=year).order_by().values_list("village_id", flat=True)
    )
    return [Standing(row, step_of(done.get(row.pk, set()), row.pk in opened)) for row in found_villages("", regency.pk)]


def step_of(done: set[str], opened: bool) -> str:
    if not opened:
        return "belum"
    return next((key for key, stages, _words, _state in STEPS if done.intersection(stages)), "dibuka")


def counted(rows: Iterable[Standing]) -> list[tuple[str, str | Promise, int]]:
    """Return the steps with how many villages are there, the furthest first."""
    counts = Counter(row.step for row in rows)
    return [(key, words, counts[key]) for key, _stages, words, _state in STEPS]


def years_of(regency: Regency) -> Sequence[int]:
    """Return the budget years that villages of a regency plan or planned, newest first. One query."""
    rows = Cycle.objects.filter(village__regency=regency).order_by("-budget_year")
    return list(rows.values_list("budget_year", flat=True).distinct())
