"""What of a village goes into its package: one table of tables. Whatever is not named here stays at home.

Each line says how a row finds its village, and what of it is emptied first. A row that leans on something that stays at
home (a file, a batch of imports) loses that link; where it cannot stand without it, its table is not carried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from rembuk.accounts.models import Assignment, Person
from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.core.hat import Role
from rembuk.cycles.models import Cycle, Excuse, Holiday, StageRecord, StageReturn
from rembuk.deliberation import models as meetings
from rembuk.documents.models import Letter, WordingText
from rembuk.funding.models import Ceiling
from rembuk.plans import models as plans
from rembuk.proposals.models import FieldCheck, Proposal, ProposalStep, Support
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village, VillageScore

OFFICERS = frozenset({Role.SDK, Role.TIM, Role.FAS, Role.PTP, Role.KAD, Role.BPD, Role.KAU})


@dataclass(frozen=True, slots=True)
class Table:
    """One table. path: from a row to its village. emptied: columns that never leave the server, and what stands there.

    dropped: links whose rows stay at home.
    """

    model: type[models.Model]
    path: str
    emptied: Mapping[str, Any] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


TABLES: tuple[Table, ...] = (
    Table(Regency, "villages"),
    Table(District, "villages"),
    Table(Village, "pk", dropped=("successor_id",)),
    Table(VillageScore, "village"),
    Table(Hamlet, "village"),
    Table(Rt, "village"),
    Table(
        Person,
        "assignments__village",
        {"password": "!", "email": None, "phone": None, "settings": {}, "must_change_password": False},
    ),
    Table(Assignment, "village"),
    Table(Cycle, "village"),
    Table(StageRecord, "cycle__village"),
    Table(StageReturn, "cycle__village"),
    Table(Excuse, "cycle__village", dropped=("file_id",)),
    Table(Holiday, "regency__villages"),
    Table(Ceiling, "village", dropped=("file_id",)),
    Table(
        Proposal,
        "village",
        {"proposer_name": "", "proposer_contact": "", "receipt_digest": ""},
        dropped=("import_batch_id",),
    ),
    Table(Support, "proposal__village", dropped=("file_id",)),
    Table(FieldCheck, "proposal__village", dropped=("photo_id",)),
    Table(ProposalStep, "proposal__village"),
    Table(meetings.Meeting, "village", dropped=("signed_file_id",)),
    Table(meetings.Invitation, "meeting__village"),
    Table(meetings.Attendance, "meeting__village", {"phone": ""}),
    Table(meetings.AttendanceTally, "meeting__village"),
    Table(meetings.SpokenNote, "meeting__village"),
    Table(meetings.Decision, "meeting__village"),
    Table(meetings.Adjournment, "meeting__village"),
    Table(meetings.MeetingProposal, "meeting__village"),
    Table(meetings.ScoreSheet, "meeting__village"),
    Table(meetings.BallotBundle, "meeting__village"),
    Table(plans.Rpjmdes, "village", dropped=("file_id",)),
    Table(plans.RpjmdesItem, "rpjmdes__village"),
    Table(plans.RpjmdesOrigin, "item__rpjmdes__village"),
    Table(plans.RkpdesVersion, "village", dropped=("ground_file_id",)),
    Table(plans.RkpdesItem, "plan__village"),
    Table(plans.ItemFunding, "item__plan__village"),
    Table(plans.ItemProposal, "item__plan__village"),
    Table(plans.Team, "village", dropped=("file_id",)),
    Table(plans.TeamMember, "team__village"),
    Table(AllocationRun, "village"),
    Table(ProposalLink, "cycle__village"),
    Table(Letter, "cycle__village"),
    Table(WordingText, "regency__villages"),
)


def rows_of(table: Table, village_id: str) -> models.QuerySet[Any]:
    """Return the rows of a table that belong to the village, in the order of their keys; people only with a task."""
    found: models.QuerySet[Any]
    if table.model is Person:
        # Also whoever serves from the kecamatan, with no task in the village itself.
        found = Person._base_manager.filter(assignments__in=officers(village_id))
    elif table.model is Assignment:
        found = officers(village_id)
    else:
        found = table.model._base_manager.filter(**{table.path: village_id})
    return found.order_by("pk").distinct()


def officers(village_id: str) -> models.QuerySet[Assignment]:
    """Return the assignments that may be worn in the hall: those of the village that write at a meeting."""
    roles = [role.value for role in OFFICERS]
    village = Q(village_id=village_id) | Q(role=Role.PTP.value, district__villages=village_id, village__isnull=True)
    return Assignment.objects.filter(village, role__in=roles, state=Assignment.State.APPROVED).order_by("pk")
