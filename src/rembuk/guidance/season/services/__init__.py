"""What a person can do with a season; every door calls these."""

from rembuk.guidance.season.services.moving import move_visit, remove_visit, start_draft
from rembuk.guidance.season.services.opening import SeasonValues, edit_season, open_season
from rembuk.guidance.season.services.planning import make_plan, plan_now, plan_season
from rembuk.guidance.season.services.publishing import publish
from rembuk.guidance.season.services.repairing import Trouble, repair
from rembuk.guidance.season.services.teams import (
    MemberValues,
    SpeakerValues,
    TeamValues,
    WishValues,
    close_days,
    remove_speaker,
    remove_team,
    same_person,
    save_speaker,
    save_team,
    save_wish,
)
from rembuk.guidance.season.services.travelling import estimate_travel, import_travel

__all__ = [
    "MemberValues",
    "SeasonValues",
    "SpeakerValues",
    "TeamValues",
    "Trouble",
    "WishValues",
    "close_days",
    "edit_season",
    "estimate_travel",
    "import_travel",
    "make_plan",
    "move_visit",
    "open_season",
    "plan_now",
    "plan_season",
    "publish",
    "remove_speaker",
    "remove_team",
    "remove_visit",
    "repair",
    "same_person",
    "save_speaker",
    "save_team",
    "save_wish",
    "start_draft",
]
