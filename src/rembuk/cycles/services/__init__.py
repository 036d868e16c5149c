"""Writes of the cycle: one function per thing a person can do. Every door calls these."""

from rembuk.cycles.services.evidence import add_evidence, lay_for_many, verify_evidence, withdraw_evidence
from rembuk.cycles.services.excuses import decide_excuse, propose_excuse
from rembuk.cycles.services.opening import open_cycle, open_cycles, open_rpjm_cycle
from rembuk.cycles.services.reminders import remind_deadlines
from rembuk.cycles.services.reviewing import open_rpjm_review
from rembuk.cycles.services.settings import remove_holiday, set_holiday, set_procedure
from rembuk.cycles.services.stages import complete_stage, confirm_stage, evidence_changed, recheck_stage, return_stage

__all__ = [
    "add_evidence",
    "complete_stage",
    "confirm_stage",
    "decide_excuse",
    "evidence_changed",
    "lay_for_many",
    "open_cycle",
    "open_cycles",
    "open_rpjm_cycle",
    "open_rpjm_review",
    "propose_excuse",
    "recheck_stage",
    "remind_deadlines",
    "remove_holiday",
    "return_stage",
    "set_holiday",
    "set_procedure",
    "verify_evidence",
    "withdraw_evidence",
]
