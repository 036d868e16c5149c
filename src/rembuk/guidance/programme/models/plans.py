"""The plan of a year, its activities with their villages and money, the villages left out, its approved versions."""

from django.db import models
from django.db.models import F, Q

from rembuk.accounts.models import Person
from rembuk.core.guidance.programme import EDITABLE, ActivityState, Kind, PlanState
from rembuk.core.hat import Place
from rembuk.guidance.programme.labels import ACTIVITY_STATES, KINDS, PLAN_STATES, SOURCES
from rembuk.guidance.programme.models.commitments import Commitment
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Paper, Record, Versioned


class GuidancePlan(Versioned):
    """The Rencana Pembinaan Terpadu of a regency and a year. objectives: one a line.

    version_no: of the version in force, 0 before the first approval. submitted_by: who handed in what is being decided,
    empty while nobody did. start_date: day from which money counts.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="guidance_plans")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=14, choices=list(PLAN_STATES.items()), default=PlanState.DRAFT.value)
    scope = models.CharField(max_length=300, blank=True)
    objectives = models.TextField(max_length=3000, blank=True)
    version_no = models.PositiveSmallIntegerField(default=0)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    made_by = models.UUIDField()
    submitted_by = models.UUIDField(null=True, blank=True)
    submitted_label = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    return_note = models.CharField(max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    revise_reason = models.CharField(max_length=500, blank=True)
    start_date = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-year", "id")
        constraints = [
            models.UniqueConstraint(fields=("regency", "year"), name="one_guidance_plan_per_year"),
            models.CheckConstraint(name="guidance_plan_of_a_likely_year", condition=Q(year__gte=2015, year__lte=2100)),
            models.CheckConstraint(
                name="guidance_plan_in_force_has_a_version",
                condition=Q(state__in=("draft", "submitted")) | Q(version_no__gte=1),
            ),
            models.CheckConstraint(
                name="running_guidance_plan_has_a_start",
                condition=~Q(state__in=("running", "closed")) | Q(start_date__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_guidance_plan_has_a_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Rencana Pembinaan {self.year}"

    @property
    def place(self) -> Place:
        return Place(self.regency_id)

    @property
    def at(self) -> PlanState:
        """The state as the rules know it."""
        return PlanState(self.state)

    @property
    def editable(self) -> bool:
        """Whether its content may be changed: while drafted or revised, and not lying with who decides."""
        return self.at in EDITABLE and self.submitted_at is None

    @property
    def running(self) -> bool:
        """Whether money may be written down: it has started and is not closed; a revision does not stop it."""
        return self.start_date is not None and self.at in (PlanState.RUNNING, PlanState.DRAFT_REVISION)

    @property
    def aims(self) -> list[str]:
        """The objectives, one each."""
        return [line.strip() for line in self.objectives.splitlines() if line.strip()]


class PlanActivity(Versioned):
    """One activity. owner: a role, a person, or both. targets_text, target_count: its villages in words and number.

    reason: why it was cancelled, or a note of how it ended.
    """

    plan = models.ForeignKey(GuidancePlan, on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=1000, blank=True)
    owner_role = models.CharField(max_length=5, blank=True)
    owner_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance_activities"
    )
    start_date = models.DateField()
    end_date = models.DateField()
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    targets_text = models.CharField(max_length=500, blank=True)
    target_count = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=list(ACTIVITY_STATES.items()), default=ActivityState.OPEN.value)
    reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "position", "start_date", "id")
        constraints = [
            models.CheckConstraint(name="guidance_activity_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="guidance_activity_runs_forward", condition=Q(end_date__gte=F("start_date"))),
            models.CheckConstraint(
                name="cancelled_guidance_activity_says_why", condition=~Q(state="cancelled") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=("plan", "kind"), name="activity_of_plan_by_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.plan.place

    @property
    def at(self) -> ActivityState:
        return ActivityState(self.state)

    @property
    def what(self) -> Kind:
        return Kind(self.kind)


class ActivityTarget(models.Model):
    """One village that an activity is meant for."""

    activity = models.ForeignKey(PlanActivity, on_delete=models.CASCADE, related_name="targets")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="guidance_targets")

    class Meta:
        ordering = ("activity", "village", "id")
        constraints = [models.UniqueConstraint(fields=("activity", "village"), name="village_once_per_activity")]

    def __str__(self) -> str:
        return self.village_id


class BudgetLine(Record):
    """Money for an activity from one source, in whole rupiah; zero is a value."""

    activity = models.ForeignKey(PlanActivity, on_delete=models.CASCADE, related_name="money")
    source = models.CharField(max_length=12, choices=list(SOURCES.items()))
    amount = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("activity", "created_at", "id")
        constraints = [models.CheckConstraint(name="guidance_money_is_not_negative", condition=Q(amount__gte=0))]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"


class LeftOut(Record):
    """A village that no training and no visit reaches this year, on purpose, with the reason typed for it."""

    plan = models.ForeignKey(GuidancePlan, on_delete=models.CASCADE, related_name="left_out")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="guidance_left_out")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("plan", "village", "id")
        constraints = [
            models.UniqueConstraint(fields=("plan", "village"), name="village_left_out_once"),
            models.CheckConstraint(name="left_out_village_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.village_id}: {self.reason}"


class PlanVersion(Record):
    """The plan as it was approved: content of `core.guidance.programme_content`, its digest, its paper."""

    plan = models.ForeignKey(GuidancePlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    submitted_by = models.UUIDField()
    approved_by = models.UUIDField()
    approved_label = models.CharField(max_length=200)
    approved_at = models.DateTimeField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("plan", "-number", "id")
        constraints = [
            models.UniqueConstraint(fields=("plan", "number"), name="guidance_version_once"),
            models.CheckConstraint(
                name="who_hands_a_guidance_plan_in_does_not_approve_it", condition=~Q(approved_by=F("submitted_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    @property
    def place(self) -> Place:
        return self.plan.place
