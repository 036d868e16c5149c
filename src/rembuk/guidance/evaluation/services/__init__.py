"""What a person can do at the desk of evaluations; every door calls these."""

from rembuk.guidance.evaluation.services.assessing import (
    MarksRefusedError,
    MarkValues,
    draft_result,
    reopen,
    save_marks,
)
from rembuk.guidance.evaluation.services.registering import forward, recuse, register, return_incomplete
from rembuk.guidance.evaluation.services.reminding import remind_evaluations
from rembuk.guidance.evaluation.services.self_check import save_self_check
from rembuk.guidance.evaluation.services.settings import DelegationValues, delegate, end_delegation, set_standard
from rembuk.guidance.evaluation.services.signing import SignValues, sign_result
from rembuk.guidance.evaluation.services.submitting import SubmitValues, submit_draft

__all__ = [
    "DelegationValues",
    "MarkValues",
    "MarksRefusedError",
    "SignValues",
    "SubmitValues",
    "delegate",
    "draft_result",
    "end_delegation",
    "forward",
    "recuse",
    "register",
    "remind_evaluations",
    "reopen",
    "return_incomplete",
    "save_marks",
    "save_self_check",
    "set_standard",
    "sign_result",
    "submit_draft",
]
