"""RPJM Desa that villages already have, handed in as files and read; a village confirms what becomes its register."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.plans.models.rpjmdes import Rpjmdes
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import StoredFile, Versioned


class ReceivedRpjmdes(Versioned):
    """One file with an RPJM Desa. village: None until somebody says whose it is.

    lines, refused, notes: what `core.intake.rpjm` read, as values; nothing of it is in the register before a person of
    the village confirms it. total: rupiah of the lines; printed: the sum on the sheet itself. error: why the whole file
    could not be read.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("diterima")
        READ = "read", _("terbaca")
        FAILED = "failed", _("tidak terbaca")
        CONFIRMED = "confirmed", _("dikonfirmasi")
        DROPPED = "dropped", _("tidak dipakai")

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="received_rpjmdes")
    village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="received_rpjmdes"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    sheet = models.CharField(max_length=100, blank=True)
    sheets = models.JSONField(default=list, blank=True)
    family = models.CharField(max_length=1, blank=True)
    start_year = models.PositiveIntegerField(null=True, blank=True)
    end_year = models.PositiveIntegerField(null=True, blank=True)
    lines = models.JSONField(default=list, blank=True)
    refused = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    line_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    printed = models.BigIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)
    handed_in_by = models.UUIDField()
    read_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    rpjmdes = models.ForeignKey(Rpjmdes, null=True, blank=True, on_delete=models.PROTECT, related_name="files")

    class Meta:
        ordering = ("regency", "-created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("regency", "file"), condition=~Q(state="dropped"), name="one_received_rpjmdes_per_file"
            ),
            models.CheckConstraint(
                name="confirmed_rpjmdes_file_has_its_plan",
                condition=~Q(state="confirmed") | Q(rpjmdes__isnull=False, village__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("village", "state"), name="received_rpjmdes_by_village")]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def place(self) -> Place:
        return self.village.place if self.village is not None else self.regency.place
