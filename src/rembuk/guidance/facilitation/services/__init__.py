"""What a person can do with facilitated forums; every door calls these."""

from rembuk.guidance.facilitation.services.following import follow_meeting, follow_open_forums
from rembuk.guidance.facilitation.services.opening import Requested, request_forum, request_forums
from rembuk.guidance.facilitation.services.preparing import AnswerValues, answer_items, make_ready
from rembuk.guidance.facilitation.services.recording import (
    GroupValues,
    Moment,
    ReactionValues,
    ToolValues,
    Uploaded,
    count_turn,
    record_group,
    record_reaction,
    record_tool,
    strike_last_turn,
    write_note,
)
from rembuk.guidance.facilitation.services.reminding import remind_forums
from rembuk.guidance.facilitation.services.scheduling import (
    ForumPlan,
    Scheduled,
    move_forum,
    postpone_forum,
    schedule_forum,
    schedule_forums,
)
from rembuk.guidance.facilitation.services.team import GuideValues, add_guide, remove_guide
from rembuk.guidance.facilitation.services.verifying import close_forum, verify_forum

__all__ = [
    "AnswerValues",
    "ForumPlan",
    "GroupValues",
    "GuideValues",
    "Moment",
    "ReactionValues",
    "Requested",
    "Scheduled",
    "ToolValues",
    "Uploaded",
    "add_guide",
    "answer_items",
    "close_forum",
    "count_turn",
    "follow_meeting",
    "follow_open_forums",
    "make_ready",
    "move_forum",
    "postpone_forum",
    "record_group",
    "record_reaction",
    "record_tool",
    "remind_forums",
    "remove_guide",
    "request_forum",
    "request_forums",
    "schedule_forum",
    "schedule_forums",
    "strike_last_turn",
    "verify_forum",
    "write_note",
]
