"""Ideas for a medium-term plan: the lists of hamlets and groups (F13) and all of them together (F14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from rembuk.assessment.models import Assessment
from rembuk.core.assessment.groups import MEETING_GROUPS, SPECIAL_GROUPS, is_sheltered, printed_group
from rembuk.proposals.labels import GROUPS
from rembuk.proposals.models import IdeaSource, Proposal
from rembuk.proposals.queries import with_places
from rembuk.regions.models import Hamlet

GONE = ("draft", "withdrawn")


@dataclass(frozen=True, slots=True)
class IdeaList:
    """One list of F13: of a hamlet, or of a group. group: UNSUR code, empty for a hamlet."""

    title: str
    count: int
    hamlet_id: UUID | None = None
    group: str = ""

    @property
    def sheltered(self) -> bool:
        """Whether the list is of people whose being poor or disabled is nobody's business."""
        return is_sheltered(self.group)

    @property
    def printed(self) -> str:
        """Return what a paper calls the group or hamlet."""
        return printed_group(self.group) if self.group else self.title


def ideas_of(assessment: Assessment) -> "QuerySet[Proposal]":
    """Return the ideas of an assessment with their places, in the order of their numbers."""
    rows = Proposal.objects.filter(idea_source__assessment=assessment).exclude(state__in=GONE)
    return with_places(rows).select_related("idea_source", "merged_into").order_by("number", "id")


def ideas_of_list(assessment: Assessment, one: IdeaList) -> "QuerySet[Proposal]":
    """Return the ideas of one hamlet or group."""
    if one.group:
        return ideas_of(assessment).filter(idea_source__group=one.group)
    spoken = ideas_of(assessment).filter(idea_source__group="")
    return spoken.filter(hamlet__isnull=True) if one.hamlet_id is None else spoken.filter(hamlet_id=one.hamlet_id)


def lists_of(assessment: Assessment) -> list[IdeaList]:
    """Return every list that this village fills: its hamlets, the whole village, the groups. Two queries."""
    rows = IdeaSource.objects.filter(assessment=assessment).exclude(proposal__state__in=GONE).order_by()
    counted = {
        (row["group"], row["proposal__hamlet_id"] if not row["group"] else None): row["number"]
        for row in rows.values("group", "proposal__hamlet_id").annotate(number=Count("id"))
    }
    by_group: dict[str, int] = {}
    for row in rows.values("group").annotate(number=Count("id")):
        by_group[row["group"]] = row["number"]
    hamlets = Hamlet.objects.filter(village_id=assessment.village_id, valid_to__isnull=True)
    found = [
        IdeaList(hamlet.name, counted.get(("", hamlet.id), 0), hamlet_id=hamlet.id)
        for hamlet in hamlets.order_by("order", "name", "id")
    ]
    found.append(IdeaList(assessment.village.full_name, counted.get(("", None), 0)))
    groups = [code for code in MEETING_GROUPS if code in SPECIAL_GROUPS or by_group.get(code)]
    return found + [IdeaList(str(GROUPS[code]), by_group.get(code, 0), group=code) for code in groups]


def idea_counts(assessment_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many ideas each assessment holds. One query."""
    rows = IdeaSource.objects.filter(assessment_id__in=assessment_ids).exclude(proposal__state__in=GONE)
    return dict(rows.order_by().values_list("assessment_id").annotate(number=Count("id")))


def action_became_an_idea(action_id: UUID) -> bool:
    return IdeaSource.objects.filter(action_id=action_id).exists()
