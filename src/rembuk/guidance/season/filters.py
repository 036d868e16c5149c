"""The filters of the lists of a season, read from the address: what is shown is what the export writes."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.guidance.season.models import SeasonPlan, SeasonTeam, Speaker, Wish
from rembuk.guidance.season.services.planning import PLAN_JOB

LONGEST, LONGEST_KEY = 80, 20
TEAM_FLAGS = ("tanpa-perempuan", "tanpa-akun", "berperahu")
SPEAKER_WAYS = ("datang", "jauh")
WISH_FLAGS = ("narasumber", "bahasa", "tetap", "tutup")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a list; an unknown choice is left out. choice, other: of the selects of that list."""

    search: str = ""
    choice: str = ""
    other: str = ""

    @property
    def any(self) -> bool:
        return any((self.search, self.choice, self.other))


def searched(query: QueryDict) -> str:
    """Return the words typed into the search field, plain and short."""
    return " ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST]


def one_of(query: QueryDict, name: str, choices: tuple[str, ...]) -> str:
    return query.get(name, "") if query.get(name) in choices else ""


def read_teams(query: QueryDict) -> Asked:
    """Return the filters of the teams: words in name, base or member, and one of `TEAM_FLAGS`."""
    return Asked(searched(query), one_of(query, "tanda", TEAM_FLAGS))


def read_speakers(query: QueryDict) -> Asked:
    """Return the filters of the speakers: words in name or base, and one of `SPEAKER_WAYS`."""
    return Asked(searched(query), one_of(query, "cara", SPEAKER_WAYS))


def read_plans(query: QueryDict) -> Asked:
    """Return the filters of the plans: words of the cause or a number, and one of their states."""
    return Asked(searched(query), one_of(query, "keadaan", tuple(SeasonPlan.State.values)))


def read_wishes(query: QueryDict) -> Asked:
    """Return the filters of the villages: words in the name, a kecamatan, and one of `WISH_FLAGS`."""
    district = query.get("kecamatan", "").replace("\x00", "")[:LONGEST_KEY]
    return Asked(searched(query), one_of(query, "minta", WISH_FLAGS), district)


def filter_teams(rows: "QuerySet[SeasonTeam]", asked: Asked) -> "QuerySet[SeasonTeam]":
    """Narrow teams."""
    for word in asked.search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(base__icontains=word) | Q(members__name__icontains=word))
    match asked.choice:
        case "tanpa-perempuan":
            rows = rows.exclude(members__sex="P")
        case "tanpa-akun":
            rows = rows.exclude(members__person__isnull=False)
        case "berperahu":
            rows = rows.filter(boat_seats__gt=0)
    return rows.distinct()


def filter_speakers(rows: "QuerySet[Speaker]", asked: Asked) -> "QuerySet[Speaker]":
    """Narrow speakers."""
    for word in asked.search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(base__icontains=word))
    return rows.filter(remote=asked.choice == "jauh") if asked.choice else rows


def filter_plans(rows: "QuerySet[SeasonPlan]", asked: Asked) -> "QuerySet[SeasonPlan]":
    """Narrow plans; a cause that only names the worker's job is nothing to search for."""
    for word in asked.search.split():
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 6 else -1
        said = Q(cause__icontains=word) & ~Q(cause__startswith=f"{PLAN_JOB}:")
        rows = rows.filter(said | Q(number=number))
    return rows.filter(state=asked.choice) if asked.choice else rows


def filter_wishes(rows: "QuerySet[Wish]", asked: Asked) -> "QuerySet[Wish]":
    """Narrow what villages ask."""
    for word in asked.search.split():
        rows = rows.filter(village__name__icontains=word)
    if asked.other:
        rows = rows.filter(village__district_id=asked.other)
    match asked.choice:
        case "narasumber":
            rows = rows.filter(speaker__isnull=False)
        case "bahasa":
            rows = rows.exclude(skill="")
        case "tetap":
            rows = rows.filter(fixed_date__isnull=False)
        case "tutup":
            rows = rows.filter(closed_days__isnull=False).distinct()
    return rows
