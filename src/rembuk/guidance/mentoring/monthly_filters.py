"""The filters of the two lists of monthly reports, read from the address: what is shown is what the export writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from rembuk.core.guidance.monthly import Month, Standing, read_month
from rembuk.guidance.mentoring.filters import Asked, code_of, known, search_of
from rembuk.guidance.mentoring.labels import month_words
from rembuk.guidance.mentoring.permissions import REPORTERS
from rembuk.guidance.mentoring.queries import HandedIn, MonthRow

NOT_YET = "belum"
MISSING = frozenset({Standing.DUE, Standing.MISSING, Standing.RETURNED})
"""What "not handed in" asks for."""


def standing_asked(query: QueryDict) -> str:
    return known(query.get("keadaan", ""), (*Standing, NOT_YET))


def fits(standing: Standing, asked: str) -> bool:
    """Return whether a standing is asked for; nothing asked fits all."""
    return not asked or (standing in MISSING if asked == NOT_YET else standing == asked)


@dataclass(frozen=True, slots=True)
class MonthFilter(Asked):
    """Filters of one's own months."""

    search: str = ""
    state: str = ""
    year: str = ""

    def keep(self, rows: Iterable[MonthRow]) -> list[MonthRow]:
        """Return the months that are asked for; the search looks at their names and at what was typed."""
        return [
            row
            for row in rows
            if fits(row.standing, self.state)
            and (not self.year or str(row.month.year) == self.year)
            and all(word in text_of(row) for word in self.search.casefold().split())
        ]


def text_of(row: MonthRow) -> str:
    typed = (row.report.obstacles, row.report.request, row.report.lesson) if row.report is not None else ()
    return " ".join((month_words(row.month), row.month.code, *typed)).casefold()


def read_months(query: QueryDict) -> MonthFilter:
    """Read the filters of one's own months."""
    year = query.get("tahun", "")
    return MonthFilter(search_of(query), standing_asked(query), year if year.isascii() and year.isdigit() else "")


@dataclass(frozen=True, slots=True)
class HandedInFilter(Asked):
    """Filters of the list of those who oversee."""

    search: str = ""
    state: str = ""
    role: str = ""
    district: str = ""
    mine: bool = False

    def keep(self, rows: Iterable[HandedIn]) -> list[HandedIn]:
        """Return the people who are asked for."""
        return [
            row
            for row in rows
            if fits(row.standing, self.state)
            and (not self.role or row.role == self.role)
            and (not self.district or row.district == self.district)
            and (not self.mine or (row.mine and row.standing is Standing.SUBMITTED))
            and all(word in f"{row.name} {row.place_name}".casefold() for word in self.search.casefold().split())
        ]


def read_handed_in(query: QueryDict) -> HandedInFilter:
    """Read the filters of the list of those who oversee."""
    return HandedInFilter(
        search=search_of(query),
        state=standing_asked(query),
        role=known(query.get("peran", ""), [role.value for role in REPORTERS]),
        district=code_of(query.get("kecamatan", "")),
        mine=query.get("saya") == "ya",
    )


def month_asked(query: QueryDict, usual: Month) -> Month:
    """Return the month of the address, the usual one for what is none."""
    return read_month(query.get("bulan", "")) or usual
