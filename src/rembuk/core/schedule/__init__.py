"""When which team holds the forum of which village: a season in, a plan with its reasons out.

Told in docs/schedule.md. The solver (walking, weeks, state, insertion, search) and the checker share no code.
"""

from rembuk.core.schedule.bound import Capacity, capacity
from rembuk.core.schedule.changes import (
    Change,
    Changes,
    changes_between,
    with_closed_days,
    with_speaker_lost,
    with_speaker_off,
    with_team_off,
)
from rembuk.core.schedule.checker import RULES, Violation, violations
from rembuk.core.schedule.explain import Count, Explainer, Miss, Offer, Unmet
from rembuk.core.schedule.instance import (
    DAYS_A_WEEK,
    SATURDAY,
    Block,
    Instance,
    Policy,
    Speaker,
    Team,
    Travel,
    Village,
    Weights,
)
from rembuk.core.schedule.issues import FAR, InvalidSeasonError, Issue, refusals, sentence_of, warnings
from rembuk.core.schedule.itinerary import plan_from_slots
from rembuk.core.schedule.moves import Conflict, conflicts_of_move, moved, removed
from rembuk.core.schedule.obstacles import Obstacle
from rembuk.core.schedule.plan import Leg, Plan, Visit
from rembuk.core.schedule.reading import LARGEST_BYTES, read_instance, read_travel
from rembuk.core.schedule.repair import Repair, Repaired
from rembuk.core.schedule.reports import DayOut, District, VillageSheet, districts, team_calendar, village_sheet
from rembuk.core.schedule.roads import Way, travel_of
from rembuk.core.schedule.score import PARTS, Score, score
from rembuk.core.schedule.search import Progress, rounds, until
from rembuk.core.schedule.season import Made, Planner
from rembuk.core.schedule.wording import Words

__all__ = [
    "DAYS_A_WEEK",
    "FAR",
    "LARGEST_BYTES",
    "PARTS",
    "RULES",
    "SATURDAY",
    "Block",
    "Capacity",
    "Change",
    "Changes",
    "Conflict",
    "Count",
    "DayOut",
    "District",
    "Explainer",
    "Instance",
    "InvalidSeasonError",
    "Issue",
    "Leg",
    "Made",
    "Miss",
    "Obstacle",
    "Offer",
    "Plan",
    "Planner",
    "Policy",
    "Progress",
    "Repair",
    "Repaired",
    "Score",
    "Speaker",
    "Team",
    "Travel",
    "Unmet",
    "Village",
    "VillageSheet",
    "Violation",
    "Visit",
    "Way",
    "Weights",
    "Words",
    "capacity",
    "changes_between",
    "conflicts_of_move",
    "districts",
    "moved",
    "plan_from_slots",
    "read_instance",
    "read_travel",
    "refusals",
    "removed",
    "rounds",
    "score",
    "sentence_of",
    "team_calendar",
    "travel_of",
    "until",
    "village_sheet",
    "violations",
    "warnings",
    "with_closed_days",
    "with_speaker_lost",
    "with_speaker_off",
    "with_team_off",
]
