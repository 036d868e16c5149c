"""The RPJM Desa of a village and its lines."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Rpjmdes(Versioned):
    """An RPJM Desa in force, registered so that an RKP can be cut from it. Drafting one is a later room's work."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="rpjmdes")
    perdes_number = models.CharField(max_length=60)
    perdes_date = models.DateField()
    start_year = models.PositiveIntegerField()
    end_year = models.PositiveIntegerField()
    vision = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("village", "-start_year", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("village",), condition=Q(is_active=True), name="one_active_rpjmdes_per_village"
            ),
            models.CheckConstraint(
                name="rpjmdes_period_runs_forward", condition=Q(end_year__gte=models.F("start_year"))
            ),
        ]

    def __str__(self) -> str:
        return f"RPJM {self.start_year}-{self.end_year}"

    @property
    def place(self) -> Place:
        return self.village.place


class RpjmdesItem(Record):
    """One line of the RPJM matrix. years: the calendar years in which it is planned."""

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=200, blank=True)
    years = models.JSONField(default=list)
    cost = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("rpjmdes", "order", "id")

    def __str__(self) -> str:
        return self.name
