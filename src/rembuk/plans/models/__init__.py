"""RPJM register, RKP versions and items, RAB, technical checks, teams, and the Perdes that enacts a version."""

from rembuk.plans.models.comments import CommentWindow, DraftComment
from rembuk.plans.models.received import ReceivedRpjmdes
from rembuk.plans.models.rkpdes import ItemFunding, ItemProposal, RabLine, RkpdesItem, RkpdesVersion
from rembuk.plans.models.rpjmdes import (
    PolicyLine,
    Rpjmdes,
    RpjmdesChange,
    RpjmdesIncome,
    RpjmdesItem,
    RpjmdesOrigin,
    RpjmdesReason,
)
from rembuk.plans.models.steps import AgreedChange, ChangeReason, Implementer, PerdesStep, TechnicalCheck
from rembuk.plans.models.teams import Team, TeamMember
from rembuk.plans.models.upward import DuRkpdesItem, DuTransmittal, EvaluationRow

__all__ = [
    "AgreedChange",
    "ChangeReason",
    "CommentWindow",
    "DraftComment",
    "DuRkpdesItem",
    "DuTransmittal",
    "EvaluationRow",
    "Implementer",
    "ItemFunding",
    "ItemProposal",
    "PerdesStep",
    "PolicyLine",
    "RabLine",
    "ReceivedRpjmdes",
    "RkpdesItem",
    "RkpdesVersion",
    "Rpjmdes",
    "RpjmdesChange",
    "RpjmdesIncome",
    "RpjmdesItem",
    "RpjmdesOrigin",
    "RpjmdesReason",
    "Team",
    "TeamMember",
    "TechnicalCheck",
]
