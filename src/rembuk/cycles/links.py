"""Addresses of the buttons that mend a finding: the core names a button, this finds its page, or none yet."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from rembuk.core.errors import Finding


@dataclass(frozen=True, slots=True)
class Where:
    """The cycle that a finding is about, as far as an address needs it."""

    cycle_id: UUID
    village_id: str
    budget_year: int


Resolver = Callable[[Where, Finding], str]
_resolvers: dict[str, Resolver] = {}
OTHER_NAMES = {"cycles:team": "plans:team", "funding:ceiling": "funding:village"}


def register(name: str, resolver: Resolver) -> None:
    """Let a room say where the button *name* (``plans:grid``) leads for a cycle; an empty text means nowhere."""
    _resolvers[name] = resolver


def address(where: Where, finding: Finding, stage: str) -> str:
    """Return the address of the finding's button, or an empty text while no page answers to its name.

    Without a resolver the usual shapes are tried: the stage, the cycle, village and year, nothing.
    """
    if not finding.link:
        return ""
    if finding.link in _resolvers:
        try:
            return _resolvers[finding.link](where, finding)
        except NoReverseMatch:
            return ""
    wanted = finding.subject if finding.link == "cycles:stage" and finding.subject.startswith("K") else stage
    shapes = (
        (where.cycle_id, wanted),
        (where.cycle_id,),
        (where.village_id, where.budget_year),
        (where.village_id,),
        (),
    )
    for shape in shapes:
        try:
            return reverse(OTHER_NAMES.get(finding.link, finding.link), args=shape)
        except NoReverseMatch:
            continue
    return ""
