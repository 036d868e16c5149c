"""Last year evaluated (F25) and needs aimed upward (F32)."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.shared.models import Record, StoredFile, Versioned


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


class DuTransmittal(Record):
    """A letter by which the village sends needs upward through the Camat. received_date: on the receipt, once known."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="du_transmittals")
    number = models.CharField(max_length=100)
    letter_date = models.DateField()
    received_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("cycle", "letter_date", "id")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "number"), name="du_transmittal_number_once_per_cycle"),
            models.CheckConstraint(
                name="du_is_received_after_it_was_written",
                condition=Q(received_date__isnull=True) | Q(received_date__gte=models.F("letter_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class DuRkpdesItem(Versioned):
    """A need beyond the village's authority or means, aimed upward. Its later life is the sectors' room.

    state: core.workflow.du_states. agreed_number, agreed_date: of the minutes in which the village agreed to send it.
    answer_*: what the letter from above says; answer_amount in whole rupiah, answer_year of a deferred need.
    """

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
    has_design = models.BooleanField(default=False)
    land_ready = models.BooleanField(default=False)
    agreed_number = models.CharField(max_length=100, blank=True)
    agreed_date = models.DateField(null=True, blank=True)
    transmittal = models.ForeignKey(
        DuTransmittal, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    answer_code = models.CharField(max_length=12, blank=True)
    answer_text = models.TextField(blank=True)
    answer_number = models.CharField(max_length=100, blank=True)
    answer_date = models.DateField(null=True, blank=True)
    answer_amount = models.BigIntegerField(null=True, blank=True)
    answer_year = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("cycle", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="du_sent_upward_has_its_letter",
                condition=Q(state__in=("DRAFT", "AGREED_VILLAGE")) | Q(transmittal__isnull=False),
            ),
            models.CheckConstraint(
                name="du_answer_has_its_letter",
                condition=~Q(state__in=("IN_RKPD", "DEFERRED", "REJECTED"))
                | (~Q(answer_number="") & Q(answer_date__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place
