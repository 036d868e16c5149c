"""Ceilings: how much of each funding source a village may plan, by which letter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.regions.models import Village
from rembuk.shared.models import StoredFile, Versioned


class Ceiling(Versioned):
    """A ceiling (pagu) of one source for one budget year. Amount in whole rupiah.

    earmark: empty for money that villagers may plan; otherwise what it is bound to (``KDMP``): shown, not allocated.
    stage: provisional (last final figures, flagged "sementara") | indicative | revised | final. The ceiling in force is
    the issued one that nothing supersedes.
    """

    class Stage(models.TextChoices):
        PROVISIONAL = "provisional", _("sementara")
        INDICATIVE = "indicative", _("indikatif")
        REVISED = "revised", _("perubahan")
        FINAL = "final", _("final")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="ceilings")
    budget_year = models.PositiveIntegerField()
    source = models.CharField(max_length=5)
    earmark = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.INDICATIVE)
    letter_number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    basis = models.TextField(blank=True)
    received_date = models.DateField(null=True, blank=True)
    entered_by = models.UUIDField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.UUIDField(null=True, blank=True)
    supersedes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Meta:
        ordering = ("village", "budget_year", "source", "earmark", "created_at", "id")
        constraints = [models.CheckConstraint(name="ceiling_is_not_negative", condition=Q(amount__gte=0))]
        indexes = [models.Index(fields=("village", "budget_year"), name="ceiling_of_a_year")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.budget_year} {self.source}"

    @property
    def place(self) -> Place:
        return self.village.place
