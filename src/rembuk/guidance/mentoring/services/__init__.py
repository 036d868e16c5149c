"""What a person can do with visits, findings and promises; every door calls these."""

from rembuk.guidance.mentoring.services.base import Uploaded
from rembuk.guidance.mentoring.services.clock import let_time_pass, remind_mentoring
from rembuk.guidance.mentoring.services.following import (
    begin_item,
    reject_item,
    reopen_item,
    submit_evidence,
    supersede_item,
    verify_item,
    waive_item,
)
from rembuk.guidance.mentoring.services.helping import answer_help
from rembuk.guidance.mentoring.services.monthly import (
    ReportWords,
    check_report,
    return_report,
    save_words,
    submit_report,
)
from rembuk.guidance.mentoring.services.monthly_rules import RuleValues, set_report_rules
from rembuk.guidance.mentoring.services.moving import (
    DropInValues,
    MoveValues,
    cancel_visit,
    confirm_visit,
    drop_in,
    reschedule_visit,
    start_visit,
)
from rembuk.guidance.mentoring.services.planning import Planned, PlanValues, plan_visits
from rembuk.guidance.mentoring.services.reporting import Sent, report_visit
from rembuk.guidance.mentoring.services.rules import set_grace, set_rules
from rembuk.guidance.mentoring.services.sheet import (
    AnswerValues,
    ContactValues,
    FindingValues,
    PromiseValues,
    SheetValues,
)
from rembuk.guidance.mentoring.services.signing import PaperValues, acknowledge_visit, close_visit, sign_on_paper

__all__ = [
    "AnswerValues",
    "ContactValues",
    "DropInValues",
    "FindingValues",
    "MoveValues",
    "PaperValues",
    "PlanValues",
    "Planned",
    "PromiseValues",
    "ReportWords",
    "RuleValues",
    "Sent",
    "SheetValues",
    "Uploaded",
    "acknowledge_visit",
    "answer_help",
    "begin_item",
    "cancel_visit",
    "check_report",
    "close_visit",
    "confirm_visit",
    "drop_in",
    "let_time_pass",
    "plan_visits",
    "reject_item",
    "remind_mentoring",
    "reopen_item",
    "report_visit",
    "reschedule_visit",
    "return_report",
    "save_words",
    "set_grace",
    "set_report_rules",
    "set_rules",
    "sign_on_paper",
    "start_visit",
    "submit_evidence",
    "submit_report",
    "supersede_item",
    "verify_item",
    "waive_item",
]
