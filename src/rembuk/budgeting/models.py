"""Allocation runs: which proposals the money reaches, stored whole so that anybody can recompute them."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.regions.models import Village
from rembuk.shared.models import Record


class AllocationRun(Record):
    """One run of the allocation. problem and outcome: canonical JSON of core.allocation; digest: SHA-256 over both.

    Every run belongs to the meeting whose list it answers; adopted when the hall adopts it (chair signs the minutes).
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

    class Meta:
        ordering = ("-made_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("cycle", "meeting"),
                condition=Q(adopted_at__isnull=False),
                name="one_adopted_run_per_meeting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.digest[:12]}"

    @property
    def place(self) -> Place:
        return self.village.place
