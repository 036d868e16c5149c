"""Money paid for an activity, and what of other rooms counts as having been done for it."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.guidance.programme.labels import LINK_KINDS, SOURCES
from rembuk.guidance.programme.models.plans import PlanActivity
from rembuk.regions.models import District
from rembuk.shared.models import Record, StoredFile


class Realisation(Record):
    """One payment. district: where the document names one, else the villages share it. withdrawn_at: a mistake."""

    activity = models.ForeignKey(PlanActivity, on_delete=models.PROTECT, related_name="payments")
    paid_date = models.DateField()
    amount = models.BigIntegerField()
    source = models.CharField(max_length=12, choices=list(SOURCES.items()))
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance_payments"
    )
    document_number = models.CharField(max_length=100)
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.UUIDField()
    entered_label = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("paid_date", "entered_at", "id")
        constraints = [
            models.CheckConstraint(name="guidance_payment_is_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="guidance_payment_has_a_document", condition=~Q(document_number="")),
            models.CheckConstraint(
                name="withdrawn_guidance_payment_says_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.amount}"

    @property
    def place(self) -> Place:
        return self.activity.place


class ActivityLink(Record):
    """What of another room counts for an activity. key: of the batch, season or clinic day, else empty."""

    activity = models.ForeignKey(PlanActivity, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=list(LINK_KINDS.items()))
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("activity", "created_at", "id")
        constraints = [models.UniqueConstraint(fields=("activity", "kind", "key"), name="linked_once_per_activity")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def place(self) -> Place:
        return self.activity.place
