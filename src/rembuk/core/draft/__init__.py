"""From a list of proposals and the ceilings to a drafted plan: ranked, allocated, explained, ready to print."""

from rembuk.core.draft.papers import papers, reason_rows
from rembuk.core.draft.plan import DraftPlan, draft_plan
from rembuk.core.draft.ranking import Ranked, rank

__all__ = ["DraftPlan", "Ranked", "draft_plan", "papers", "rank", "reason_rows"]
