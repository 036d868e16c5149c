"""The monthly report of a facilitator: what was added by hand, and the figures as they were when it was handed in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.core.guidance.monthly import Month, month_of
from rembuk.core.hat import Place
from rembuk.regions.models import District, Regency, Village
from rembuk.shared.models import Versioned


class MonthlyReport(Versioned):
    """One month of one person (rekap pendamping). month: its first day.

    role and place: of the hat that wrote it last, which is how a supervisor is found. figures: JSON of
    `core.guidance.monthly_figures`, empty while it is a draft; figures_digest: SHA-256 of them. submitted_*, days_late:
    of the first time it was handed in, so that a correction makes nobody late. returned_count: how often it came back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        SUBMITTED = "submitted", _("menunggu diperiksa")
        CHECKED = "checked", _("sudah diperiksa")
        RETURNED = "returned", _("dikembalikan")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="monthly_reports")
    role = models.CharField(max_length=5)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    obstacles = models.TextField(blank=True)
    request = models.TextField(blank=True)
    lesson = models.TextField(blank=True)
    figures = models.JSONField(default=dict, blank=True)
    figures_digest = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_date = models.DateField(null=True, blank=True)
    days_late = models.PositiveIntegerField(default=0)
    judged_by = models.UUIDField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judge_note = models.TextField(blank=True)
    returned_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-month", "person", "id")
        constraints = [
            models.UniqueConstraint(fields=("person", "month"), name="one_report_of_a_person_a_month"),
            models.CheckConstraint(
                name="handed_in_report_keeps_its_figures",
                condition=~Q(state__in=("submitted", "checked"))
                | (Q(submitted_at__isnull=False, submitted_date__isnull=False) & ~Q(figures_digest="")),
            ),
            models.CheckConstraint(
                name="report_was_checked_by_another",
                condition=~Q(state="checked")
                | (Q(judged_by__isnull=False, judged_at__isnull=False) & ~Q(judged_by=F("person"))),
            ),
            models.CheckConstraint(name="returned_report_says_why", condition=~Q(state="returned") | ~Q(judge_note="")),
        ]
        indexes = [
            models.Index(fields=("regency", "district", "month", "state"), name="report_by_place_and_month"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"

    @property
    def place(self) -> Place:
        return Place(self.regency_id, self.district_id or "", self.village_id or "")

    @property
    def of(self) -> Month:
        """The month as the core counts it."""
        return month_of(self.month)

    @property
    def place_name(self) -> str:
        """The smallest place it belongs to, with its kind."""
        if self.village is not None:
            return self.village.full_name
        return self.district.full_name if self.district is not None else self.regency.name
