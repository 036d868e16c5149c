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
    programme: a tag on money that villagers do plan (``RTKU`` on PBK), or empty.
    stage: provisional (last final figures, flagged "sementara") | indicative | revised | final. in_force: issued and
    superseded by nothing; at most one row per village, year, source, earmark and programme is, and at most one waits
    to be issued.
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
    programme = models.CharField(max_length=20, blank=True)
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
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("village", "budget_year", "source", "earmark", "programme", "created_at", "id")
        constraints = [
            models.CheckConstraint(name="ceiling_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="ceiling_in_force_was_issued", condition=Q(in_force=False) | Q(issued_at__isnull=False)
            ),
            models.CheckConstraint(
                name="provisional_ceiling_has_a_basis", condition=~Q(stage="provisional") | ~Q(basis="")
            ),
            models.UniqueConstraint(
                fields=("village", "budget_year", "source", "earmark", "programme"),
                condition=Q(in_force=True),
                name="one_ceiling_in_force",
            ),
            models.UniqueConstraint(
                fields=("village", "budget_year", "source", "earmark", "programme"),
                condition=Q(issued_at__isnull=True),
                name="one_ceiling_waiting",
            ),
        ]
        indexes = [models.Index(fields=("village", "budget_year"), name="ceiling_of_a_year")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.budget_year} {self.source}"

    @property
    def place(self) -> Place:
        return self.village.place
