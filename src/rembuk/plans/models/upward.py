"""Last year evaluated (F25) and needs aimed upward (F32)."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.shared.models import Record, Versioned


class EvaluationRow(Record):
    """A line of last year's plan as evaluated (F25)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="evaluation_rows")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    realised = models.BooleanField(null=True, blank=True)
    realised_amount = models.BigIntegerField(null=True, blank=True)
    target_volume = models.CharField(max_length=80, blank=True)
    realised_volume = models.CharField(max_length=80, blank=True)
    obstacle = models.CharField(max_length=300, blank=True)
    follow_up = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("cycle", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="evaluation_money_is_not_negative",
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(realised_amount__isnull=True) | Q(realised_amount__gte=0)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class DuRkpdesItem(Versioned):
    """A need beyond the village's authority or means, aimed upward. Its later life is the sectors' room."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="du_items")
    proposal = models.OneToOneField(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="du_item")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    schedule = models.CharField(max_length=60, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    proposed_source = models.CharField(max_length=60, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=20, default="DRAFT")

    class Meta:
        ordering = ("cycle", "order", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place
