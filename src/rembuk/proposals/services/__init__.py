"""What a person can do with a proposal, one function each. Every door (page, import, sync, command) calls these."""

from rembuk.proposals.services.answers import (
    Answer,
    answer_many,
    decline_proposal,
    discuss_proposals,
    drop_proposals,
    forward_proposal,
    merge_proposal,
    plan_proposals,
    rank_proposals,
    shelve_proposals,
    unmerge_proposal,
    withdraw_proposal,
)
from rembuk.proposals.services.carry import carry_proposal
from rembuk.proposals.services.checking import (
    check_proposal,
    confirm_code,
    field_check_proposal,
    give_back_proposal,
    set_authority,
    set_prefilter,
)
from rembuk.proposals.services.drafts import autosave_draft, create_proposal, edit_proposal
from rembuk.proposals.services.ideas import propose_action, record_ideas
from rembuk.proposals.services.intake import keep_photo, propose_as_resident
from rembuk.proposals.services.lists import create_many
from rembuk.proposals.services.moderation import (
    PublicWords,
    look_at_photo,
    look_at_proposal,
    reject_as_abuse,
    set_showing,
    show_unlooked,
)
from rembuk.proposals.services.photos import add_photo, remove_photo
from rembuk.proposals.services.submission import Submitted, issue_receipt, submit_proposal
from rembuk.proposals.services.supports import count_support, list_support, support_online

__all__ = [
    "Answer",
    "PublicWords",
    "Submitted",
    "add_photo",
    "answer_many",
    "autosave_draft",
    "carry_proposal",
    "check_proposal",
    "confirm_code",
    "count_support",
    "create_many",
    "create_proposal",
    "decline_proposal",
    "discuss_proposals",
    "drop_proposals",
    "edit_proposal",
    "field_check_proposal",
    "forward_proposal",
    "give_back_proposal",
    "issue_receipt",
    "keep_photo",
    "list_support",
    "look_at_photo",
    "look_at_proposal",
    "merge_proposal",
    "plan_proposals",
    "propose_action",
    "propose_as_resident",
    "rank_proposals",
    "record_ideas",
    "reject_as_abuse",
    "remove_photo",
    "set_authority",
    "set_prefilter",
    "set_showing",
    "shelve_proposals",
    "show_unlooked",
    "submit_proposal",
    "support_online",
    "unmerge_proposal",
    "withdraw_proposal",
]
