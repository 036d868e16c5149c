"""Where the buttons of findings lead: names of core.workflow.links to addresses of this room."""

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

from rembuk.core.errors import Finding
from rembuk.cycles import links
from rembuk.cycles.links import Where
from rembuk.plans.models import RkpdesVersion

OF_ITEM = {
    "plans:item": "plans:item",
    "plans:rab": "plans:rab",
    "plans:technical": "plans:technical",
    "plans:implementers": "plans:implementers",
}
OF_CYCLE = {
    "plans:grid": "",
    "plans:approve": "?ke=steps",
    "plans:perdes": "?ke=perdes",
    "plans:publish": "?ke=steps",
    "plans:amendment": "?ke=amendment",
}


def about_item(name: str) -> Callable[[Where, Finding], str]:
    """Lead to the row's page; a finding about no row leads to the grid."""

    def resolve(where: Where, finding: Finding) -> str:
        if len(finding.subject) == 36:
            return reverse(name, args=(finding.subject,))
        return reverse("plans:of_cycle", args=(where.cycle_id,))

    return resolve


def about_cycle(part: str) -> Callable[[Where, Finding], str]:
    def resolve(where: Where, finding: Finding) -> str:
        return reverse("plans:of_cycle", args=(where.cycle_id,)) + part

    return resolve


def register() -> None:
    """Tell the room of cycles where the buttons of this room lead; called once from ``ready()``."""
    for name, route in OF_ITEM.items():
        links.register(name, about_item(route))
    for name, part in OF_CYCLE.items():
        links.register(name, about_cycle(part))
    links.register("plans:rpjmdes", lambda where, finding: reverse("plans:rpjmdes", args=(where.village_id,)))
    links.register("cycles:team", lambda where, finding: reverse("plans:teams", args=(where.cycle_id,)))


def address_of(plan: RkpdesVersion, finding: Finding) -> str:
    """Return the address that mends a finding of *plan*, empty while no page answers to its name."""
    where = Where(plan.cycle_id, plan.village_id, plan.cycle.budget_year)
    try:
        return links.address(where, finding, finding.subject)
    except NoReverseMatch:
        return ""
