"""A number that a Perdes of the village already bears: plans, RPJM Desa, and what later rooms register."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError
from rembuk.core.law.perdes_numbers import taken_by
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.regions.models import Village

Numbered = tuple[str, date | None, str]
Provider = Callable[[str, UUID | None], Iterable[Numbered]]
_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """Let *room* name the numbers that its Perdes bear; the same room again replaces its provider.

    provider: (village, key of the one that asks and is left out) -> (number, day it was set, name) of each Perdes.
    """
    _providers[room] = provider


def refuse_taken_number(asking: RkpdesVersion, number: str, day: date | None) -> None:
    """Refuse a number that another Perdes of the village bears in that year.

    Locks the village, so that two regulations cannot take one number at the same moment.
    Raises: BadInputError ``perdes-number-taken``.
    """
    refuse_number_of(asking.village_id, asking.id, number, day)


def refuse_number_of(village_id: str, asking: UUID | None, number: str, day: date | None) -> None:
    """Refuse a number that a Perdes of the village other than *asking* bears. Raises: BadInputError."""
    Village.objects.select_for_update(of=("self",)).get(pk=village_id)
    others = [row for provider in _providers.values() for row in provider(village_id, asking)]
    taken = taken_by(number, day, others)
    if taken:
        raise BadInputError("perdes-number-taken", number=number.strip(), other=taken)


def numbers_of_plans(village_id: str, asking: UUID | None) -> list[Numbered]:
    """Return the numbers of RKP Desa and RPJM Desa of a village. Two queries."""
    other = ~Q(pk=asking) if asking is not None else Q()
    plans = RkpdesVersion.objects.filter(other, village_id=village_id).exclude(perdes_number="")
    found: list[Numbered] = [
        (number, day, _("RKP Desa %(year)s versi %(no)s") % {"year": year, "no": no})
        for number, day, year, no in plans.order_by("id").values_list(
            "perdes_number", "perdes_date", "cycle__budget_year", "version_no"
        )
    ]
    registered = Rpjmdes.objects.filter(other, village_id=village_id).exclude(perdes_number="")
    for number, day, start, end in registered.order_by("id").values_list(
        "perdes_number", "perdes_date", "start_year", "end_year"
    ):
        found.append((number, day, _("RPJM Desa %(start)s-%(end)s") % {"start": start, "end": end}))
    return found
