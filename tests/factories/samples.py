"""One sample object for each kind of address, for the walk over all routes.

A room's tests add theirs in a module of this folder named ``samples_<room>.py``:

    @sample("proposal_id", "proposals:")       # the name in the address, and where it holds (all routes without it)
    def proposal(village: Village) -> object:  # makes the object in that village and returns the value for the address
        return make_proposal(village).id

A thing of one person (a notice, a job) is made with ``@sample(..., personal=True)`` by (village, assignment):
the walk makes it for the person who walks, and then for somebody else, where it must answer 404 or 403.

A more specific place wins: ``"regions:edit_rt"`` over ``"regions:"`` over ``""``.
"""

import importlib
from collections.abc import Callable
from pathlib import Path

from factories import people, places
from rembuk.core.hat import Role
from rembuk.regions.models import Village

Maker = Callable[..., object]
_makers: dict[tuple[str, str], Maker] = {}
_personal: set[Maker] = set()


def sample(name: str, route: str = "", *, personal: bool = False) -> Callable[[Maker], Maker]:
    """Register how a value for *name* in an address is made; *route* is the beginning of the names of its routes."""

    def remember(maker: Maker) -> Maker:
        _makers[name, route] = maker
        if personal:
            _personal.add(maker)
        return maker

    return remember


def maker_of(name: str, route: str) -> Maker | None:
    """Return the maker for *name* in the route called *route*, the most specific first."""
    fits = [place for (known, place) in _makers if known == name and route.startswith(place)]
    return _makers[name, max(fits, key=len)] if fits else None


def is_personal(maker: Maker) -> bool:
    """Return whether *maker* makes things of one person and wants to know of whom."""
    return maker in _personal


def load_rooms() -> None:
    """Import the samples of every room."""
    for file in sorted(Path(__file__).parent.glob("samples_*.py")):
        importlib.import_module(f"factories.{file.stem}")


@sample("village_id")
def village(at: Village) -> object:
    return at.id


@sample("village")
def village_code(at: Village) -> object:
    return at.id


@sample("regency")
def regency(at: Village) -> object:
    return at.regency_id


@sample("year")
def year(_at: Village) -> object:
    return 2027


@sample("hamlet_id")
def hamlet(at: Village) -> object:
    return places.hamlet(at).id


@sample("rt_id")
def rt(at: Village) -> object:
    return places.rt(places.hamlet(at)).id


@sample("assignment_id", "accounts:")
def assignment(at: Village) -> object:
    """A member of the drafting team: below every role that may make accounts there."""
    return people.holder(Role.TIM, at, username=f"contoh.{at.id}").id
