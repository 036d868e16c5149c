"""What a person can do with a meeting, one function each. Every door (page, sync, command) calls these."""

from rembuk.deliberation.services.attendance import edit_attendance, record_attendance, remove_attendance, set_tally
from rembuk.deliberation.services.balloting import clear_ballots, close_count, draw_lot, enter_ballots, open_count
from rembuk.deliberation.services.choosing import record_choice
from rembuk.deliberation.services.inviting import invite_meeting, remove_invitation
from rembuk.deliberation.services.planning import (
    cancel_meeting,
    edit_meeting,
    plan_meeting,
    set_meeting_rules,
    village_rules,
)
from rembuk.deliberation.services.recording import (
    add_note,
    add_photo,
    decide,
    edit_note,
    remove_decision,
    remove_note,
    remove_photo,
    save_section,
)
from rembuk.deliberation.services.scoring import (
    adopt_ranking,
    candidates,
    enter_scores,
    table_proposals,
    untable_proposal,
)
from rembuk.deliberation.services.session import (
    adjourn_meeting,
    close_meeting,
    reopen_meeting,
    resume_meeting,
    start_meeting,
)
from rembuk.deliberation.services.signing import sign_minutes

__all__ = [
    "add_note",
    "add_photo",
    "adjourn_meeting",
    "adopt_ranking",
    "cancel_meeting",
    "candidates",
    "clear_ballots",
    "close_count",
    "close_meeting",
    "decide",
    "draw_lot",
    "edit_attendance",
    "edit_meeting",
    "edit_note",
    "enter_ballots",
    "enter_scores",
    "invite_meeting",
    "open_count",
    "plan_meeting",
    "record_attendance",
    "record_choice",
    "remove_attendance",
    "remove_decision",
    "remove_invitation",
    "remove_note",
    "remove_photo",
    "reopen_meeting",
    "resume_meeting",
    "save_section",
    "set_meeting_rules",
    "set_tally",
    "sign_minutes",
    "start_meeting",
    "table_proposals",
    "untable_proposal",
    "village_rules",
]
