"""Allocation runs: which proposals the money reaches, stored whole so that anybody can recompute them."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
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
