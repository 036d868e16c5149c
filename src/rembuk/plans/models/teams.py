"""The drafting and verification teams of a cycle."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Team(Versioned):
    """A team by decree of the village head: drafting (F01) or verification (F30)."""

    class Kind(models.TextChoices):
        DRAFTING = "drafting", _("Tim Penyusun RKP Desa")
        VERIFICATION = "verification", _("Tim Verifikasi")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="teams")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="teams")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    decree_number = models.CharField(max_length=100, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("cycle", "kind", "id")
        constraints = [models.UniqueConstraint(fields=("cycle", "kind"), name="one_team_of_a_kind_per_cycle")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cycle_id}"

    @property
    def place(self) -> Place:
        return self.village.place


class TeamMember(Record):
    """A member. position: patron | chair | secretary | member. element: UNSUR or attendee type code."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1)
    element = models.CharField(max_length=12)
    office = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=12, default="member")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("team", "order", "id")
        constraints = [models.CheckConstraint(name="team_member_is_l_or_p", condition=Q(sex__in=("L", "P")))]

    def __str__(self) -> str:
        return self.name
