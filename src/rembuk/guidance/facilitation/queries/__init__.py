"""Reads over facilitated forums, scoped by the hat, ordered by something unique, in a constant number of queries."""

from rembuk.guidance.facilitation.queries.figures import (
    DistrictFigures,
    Figures,
    district_figures,
    figures_of,
    states_of_cycles,
    verified_cycles,
)
from rembuk.guidance.facilitation.queries.lists import (
    ForumRow,
    cycles_without_forum,
    forum_by_id,
    forum_of_cycle,
    forum_rows,
    forums_seen_by,
    rows_of_forum,
    waiting,
)
from rembuk.guidance.facilitation.queries.months import forums_of_person
from rembuk.guidance.facilitation.queries.recorded import (
    answers_of,
    drawn_attendees,
    groups_of,
    guides_on,
    newest_answers,
    reactions_of,
    spoken_by_year,
    tools_of,
    turns_of,
    turns_of_meetings,
)
from rembuk.guidance.facilitation.queries.records import Seen, records_of, seen_of

__all__ = [
    "DistrictFigures",
    "Figures",
    "ForumRow",
    "Seen",
    "answers_of",
    "cycles_without_forum",
    "district_figures",
    "drawn_attendees",
    "figures_of",
    "forum_by_id",
    "forum_of_cycle",
    "forum_rows",
    "forums_of_person",
    "forums_seen_by",
    "groups_of",
    "guides_on",
    "newest_answers",
    "reactions_of",
    "records_of",
    "rows_of_forum",
    "seen_of",
    "spoken_by_year",
    "states_of_cycles",
    "tools_of",
    "turns_of",
    "turns_of_meetings",
    "verified_cycles",
    "waiting",
]
