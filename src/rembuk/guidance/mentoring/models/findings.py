"""Findings and what was promised about them: action items with owner, last day, evidence and their whole history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.core.lists import regional_agencies
from rembuk.guidance.mentoring.models.visits import Visit
from rembuk.regions.models import Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Finding(Record):
    """Something seen on a visit that is not as it should be. checklist_code: the question it belongs to, if any."""

    class Severity(models.TextChoices):
        CRITICAL = "critical", _("KRITIS")
        MAJOR = "major", _("MAYOR")
        MINOR = "minor", _("MINOR")
        ADVICE = "advice", _("SARAN")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="mentoring_findings")
    order = models.PositiveSmallIntegerField(default=1)
    checklist_code = models.CharField(max_length=10, blank=True)
    list_version = models.CharField(max_length=10, blank=True)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    text = models.TextField()
    recorded_by = models.UUIDField()
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("visit", "order", "id")
        constraints = [models.CheckConstraint(name="finding_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.severity} {self.visit_id}"

    @property
    def place(self) -> Place:
        return self.village.place


class ActionItem(Versioned):
    """A recommendation that somebody has promised to carry out by a day (tindak lanjut).

    owner_role answers for it, whoever holds the role; owner_person: who held it, or stood in, when it was promised.
    agency: code of the agency where the owner is one and which one was said.
    grace_days: what the village got more. evidence_at: when the evidence that is judged was handed in, by its own time;
    met_date: that day, once the evidence was accepted. rejected_count: how often evidence was not enough.
    """

    class State(models.TextChoices):
        OPEN = "open", _("belum dimulai")
        IN_PROGRESS = "in_progress", _("dikerjakan")
        OVERDUE = "overdue", _("terlambat")
        SUBMITTED = "submitted", _("bukti menunggu diperiksa")
        REJECTED = "rejected", _("bukti belum cukup")
        VERIFIED = "verified", _("terverifikasi")
        CLOSED = "closed", _("selesai")
        WAIVED = "waived", _("dibebaskan")
        SUPERSEDED = "superseded", _("diganti")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="items")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="action_items")
    severity = models.CharField(max_length=8, choices=Finding.Severity.choices)
    recommendation = models.TextField()
    mandatory = models.BooleanField(default=True)
    owner_role = models.CharField(max_length=5)
    agency = models.CharField(max_length=40, blank=True)
    owner_person = models.UUIDField(null=True, blank=True)
    recorded_by = models.UUIDField()
    opened_date = models.DateField()
    due_date = models.DateField(null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    submitted_by = models.UUIDField(null=True, blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)
    rejected_count = models.PositiveSmallIntegerField(default=0)
    verified_by = models.UUIDField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    met_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        ordering = ("due_date", "id")
        constraints = [
            models.CheckConstraint(name="action_item_says_what_to_do", condition=~Q(recommendation="")),
            models.CheckConstraint(
                name="handed_in_item_has_its_evidence",
                condition=~Q(state__in=("submitted", "verified", "closed"))
                | Q(submitted_by__isnull=False, evidence_at__isnull=False),
            ),
            models.CheckConstraint(
                name="verified_item_was_judged_by_another",
                condition=~Q(state__in=("verified", "closed"))
                | (
                    Q(verified_by__isnull=False, verified_at__isnull=False, met_date__isnull=False)
                    & ~Q(verified_by=models.F("submitted_by"))
                    & ~Q(verified_by=models.F("recorded_by"))
                ),
            ),
            models.CheckConstraint(
                name="waived_item_says_why", condition=~Q(state__in=("waived", "superseded")) | ~Q(ended_reason="")
            ),
            models.CheckConstraint(
                name="overdue_item_has_a_day", condition=~Q(state="overdue") | Q(due_date__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=("village", "state", "due_date"), name="action_item_of_village"),
            models.Index(fields=("state", "due_date"), name="action_item_by_state_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.severity} {self.village_id}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def agency_name(self) -> str:
        """The agency that owes it in words, empty where none was named."""
        known = regional_agencies().get(self.agency)
        return known.name if known else self.agency


class ActionEvidence(Record):
    """What was handed in for an item: a photo, a scan, or what a visitor saw. A rejected one stays."""

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="evidence")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    added_by = models.UUIDField()
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    body_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("item", "captured_at", "id")
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="action_evidence_is_a_file_or_was_seen", condition=Q(file__isnull=False) | Q(visit__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.captured_at:%Y-%m-%d}"


class ActionStep(Record):
    """One move of an item: who, when, why. Never changed, so that a re-opened item keeps its history."""

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=10)
    state = models.CharField(max_length=11, choices=ActionItem.State.choices)
    note = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("item", "order")
        constraints = [models.UniqueConstraint(fields=("item", "order"), name="one_step_of_an_item_in_a_place")]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
