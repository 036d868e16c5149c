"""What a person can do with allocation runs and with the ties between proposals; every door calls these."""

from rembuk.budgeting.services.adopting import adopt_run, answer_losers
from rembuk.budgeting.services.counting import (
    Replayed,
    override,
    replay,
    run_allocation,
    stored,
)
from rembuk.budgeting.services.linking import link_proposals, unlink_proposals

__all__ = [
    "Replayed",
    "adopt_run",
    "answer_losers",
    "link_proposals",
    "override",
    "replay",
    "run_allocation",
    "stored",
    "unlink_proposals",
]
