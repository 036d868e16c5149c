"""When which team holds the forum of which village: a season in, a plan with its reasons out.

Told in docs/schedule.md. The solver (walking, weeks, state, insertion, search) and the checker share no code.
"""

from rembuk.core.schedule.checker import Violation, violations
from rembuk.core.schedule.instance import Block, Instance, Policy, Speaker, Team, Travel, Village, Weights
from rembuk.core.schedule.issues import InvalidSeasonError, Issue, refusals, warnings
from rembuk.core.schedule.itinerary import plan_from_slots
from rembuk.core.schedule.plan import Leg, Plan, Visit
from rembuk.core.schedule.reading import read_instance, read_travel
from rembuk.core.schedule.score import PARTS, Score, score
from rembuk.core.schedule.search import rounds, until
from rembuk.core.schedule.season import Made, Planner

__all__ = [
    "PARTS",
    "Block",
    "Instance",
    "InvalidSeasonError",
    "Issue",
    "Leg",
    "Made",
    "Plan",
    "Planner",
    "Policy",
    "Score",
    "Speaker",
    "Team",
    "Travel",
    "Village",
    "Violation",
    "Visit",
    "Weights",
    "plan_from_slots",
    "read_instance",
    "read_travel",
    "refusals",
    "rounds",
    "score",
    "until",
    "violations",
    "warnings",
]
