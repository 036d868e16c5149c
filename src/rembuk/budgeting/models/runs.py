"""Allocation runs, stored whole so that anybody can recompute them, and what ties one proposal to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Record


class AllocationRun(Record):
    """One run of the allocation, stored whole: `budgeting.stored` turns it back into values that anybody can recompute.

    problem: {values, context}; outcome: {values, violations}; digest: SHA-256 over both values, as core.allocation
    has it. meeting: whose list it answers, empty for the team's draft. adopted when the hall adopts it (chair signs
    the minutes); superseded when the same hall adopts another one later.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="allocation_runs")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="allocation_runs")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="allocation_runs"
    )
    rule = models.CharField(max_length=30)
    problem = models.JSONField()
    outcome = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.UUIDField(null=True, blank=True)
    adoption_note = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("cycle", "meeting"),
                condition=Q(adopted_at__isnull=False, superseded_at__isnull=True, meeting__isnull=False),
                name="one_adopted_run_per_meeting",
            ),
            models.UniqueConstraint(
                fields=("cycle",),
                condition=Q(adopted_at__isnull=False, superseded_at__isnull=True, meeting__isnull=True),
                name="one_adopted_draft_run",
            ),
            models.CheckConstraint(
                name="only_an_adopted_run_is_superseded",
                condition=Q(superseded_at__isnull=True) | Q(adopted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("cycle", "-made_at"), name="run_of_cycle_newest_first")]

    def __str__(self) -> str:
        return f"{self.rule} {self.digest[:12]}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def adopted(self) -> bool:
        """Whether the hall adopted it and nothing later took its place."""
        return self.adopted_at is not None and self.superseded_at is None


class ProposalLink(Record):
    """What ties two proposals of a cycle: *one* requires *other* first, or *one* and *other* never come together.

    A stage ("tahap 1, 44 m") is a proposal of its own with its own cost: the second stage requires the first, the
    whole and its stages exclude one another. reason: one sentence that the proposers read.
    """

    class Kind(models.TextChoices):
        REQUIRES = "requires", _("mensyaratkan")
        EXCLUDES = "excludes", _("menggantikan")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="proposal_links")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    one = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="links_to")
    reason = models.CharField(max_length=300)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("cycle", "kind", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "kind", "one", "other"), name="proposals_are_tied_once"),
            models.CheckConstraint(name="a_proposal_is_not_tied_to_itself", condition=~Q(one=F("other"))),
            models.CheckConstraint(name="a_tie_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"

    @property
    def place(self) -> Place:
        return self.cycle.place
