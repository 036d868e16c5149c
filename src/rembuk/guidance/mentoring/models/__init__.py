"""Tables of mentoring: visits with their sheets; findings with what was promised, its evidence and its history."""

from rembuk.guidance.mentoring.models.findings import ActionEvidence, ActionItem, ActionStep, Finding
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
    "PromiseCheck",
    "Visit",
    "VisitAnswer",
    "VisitContact",
    "VisitMember",
    "VisitPhoto",
]
