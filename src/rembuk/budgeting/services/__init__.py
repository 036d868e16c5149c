"""What a person can do with allocation runs, ties between proposals and the village budget; every door calls these."""

from rembuk.budgeting.services.adopting import adopt_run, answer_losers
from rembuk.budgeting.services.counting import (
    Replayed,
    override,
    replay,
    run_allocation,
    stored,
)
from rembuk.budgeting.services.estimates import choose_estimates
from rembuk.budgeting.services.handoff import hand_over
from rembuk.budgeting.services.importing import choose_items, drop_apbdes, save_apbdes, upload_apbdes
from rembuk.budgeting.services.law import record_step
from rembuk.budgeting.services.linking import link_proposals, unlink_proposals

__all__ = [
    "Replayed",
    "adopt_run",
    "answer_losers",
    "choose_estimates",
    "choose_items",
    "drop_apbdes",
    "hand_over",
    "link_proposals",
    "override",
    "record_step",
    "replay",
    "run_allocation",
    "save_apbdes",
    "stored",
    "unlink_proposals",
    "upload_apbdes",
]
