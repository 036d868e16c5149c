"""Whose voice reached the plan, for everybody: totals of a village's year, five and more, never the sheltered."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.workflow.inclusion import GROUPS, Figure, Share, people
from rembuk.deliberation.queries import Voices
from rembuk.guidance.facilitation.queries import spoken_by_year
from rembuk.proposals.group_queries import Outcomes, group_outcomes
from rembuk.proposals.queries import public_q
from rembuk.regions.models import Village

NAMES: dict[str, str | Promise] = {"PEREMPUAN": _("perempuan"), "PEMUDA": _("pemuda"), "ADAT": _("tokoh adat")}


@dataclass(frozen=True, slots=True)
class Heard:
    """One group. spoke, asked, planned: None where it was not recorded or is too small to be told."""

    name: str
    spoke: Share | None
    asked: Share | None
    planned: Share | None


def heard_groups(village: Village, budget_year: int) -> list[Heard]:
    """Return the groups of which anything can be told. Three queries.

    Turns and proposals are kept to the rule of people here: what is five or more and leaves five or more others.
    Turns are told of women only: those of an element could be one person's.
    """
    key = (village.pk, budget_year)
    spoken = spoken_by_year(village.place, [budget_year]).get(key, Voices())
    outcomes = group_outcomes(village.place, [budget_year], GROUPS, public_q()).get(key, Outcomes())
    found = []
    for group in GROUPS:
        said = people(spoken.sexes.get("P", 0), sum(spoken.sexes.values())) if group == "PEREMPUAN" else Figure()
        asked = people(outcomes.asked.get(group, 0), outcomes.total)
        planned = people(outcomes.planned.get(group, 0), outcomes.planned_total)
        found.append(Heard(str(NAMES[group]), said.share, asked.share, planned.share))
    return [each for each in found if each.spoke or each.asked or each.planned]
