"""Tables of mentoring: visits with their sheets; findings, promises and their history; the monthly reports."""

from rembuk.guidance.mentoring.models.findings import ActionEvidence, ActionItem, ActionStep, Finding
from rembuk.guidance.mentoring.models.reports import MonthlyReport
from rembuk.guidance.mentoring.models.visits import (
    PromiseCheck,
    Visit,
    VisitAnswer,
    VisitContact,
    VisitMember,
    VisitPhoto,
)

__all__ = [
    "ActionEvidence",
    "ActionItem",
    "ActionStep",
    "Finding",
    "MonthlyReport",
    "PromiseCheck",
    "Visit",
    "VisitAnswer",
    "VisitContact",
    "VisitMember",
    "VisitPhoto",
]
