"""What happens to an item or a draft on its way: technical check, implementer, agreed changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.plans.models.rkpdes import RkpdesItem, RkpdesVersion
from rembuk.shared.models import Record, StoredFile, Versioned


class TechnicalCheck(Record):
    """The verification team's sheet (F29) of one item: 14 rows, verdict feasible or not. The newest counts."""

    item = models.ForeignKey(RkpdesItem, on_delete=models.CASCADE, related_name="technical_checks")
    rows = models.JSONField(default=list)
    is_feasible = models.BooleanField()
    note = models.TextField(blank=True)
    check_date = models.DateField()
    checked_by = models.UUIDField()
    signers = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("item", "-check_date", "-created_at", "id")

    def __str__(self) -> str:
        return f"{self.item_id} {self.is_feasible}"


class Implementer(Versioned):
    """Who carries an item out (F31). members: list of {position, name, sex, element}.

    position: chair | secretary | treasurer | member.
    """

    item = models.OneToOneField(RkpdesItem, on_delete=models.CASCADE, related_name="implementer")
    members = models.JSONField(default=list)

    class Meta:
        ordering = ("item",)

    def __str__(self) -> str:
        return str(self.item_id)


class AgreedChange(Versioned):
    """Something Musrenbang agreed to change in the draft. Before the final draft each is applied or explained (K10)."""

    class Answer(models.TextChoices):
        OPEN = "open", _("belum dijawab")
        APPLIED = "applied", _("sudah dimasukkan")
        EXPLAINED = "explained", _("tidak dimasukkan, dijelaskan")

    plan = models.ForeignKey(RkpdesVersion, on_delete=models.CASCADE, related_name="agreed_changes")
    order = models.PositiveIntegerField(default=1)
    text = models.TextField()
    item = models.ForeignKey(
        RkpdesItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="agreed_changes"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    explanation = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="explained_change_has_a_sentence", condition=~Q(answer="explained") | ~Q(explanation="")
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        return self.plan.village.place


class PerdesStep(Record):
    """One step of a plan's Perdes as somebody recorded it, with its letter; rows are only added, never changed.

    event: core.workflow.perdes_states. day: when it happened. number: of the letter or decision that tells it. Steps
    go on after enactment, so an enacted plan does not freeze them.
    """

    plan = models.ForeignKey(RkpdesVersion, on_delete=models.CASCADE, related_name="perdes_steps")
    order = models.PositiveIntegerField()
    event = models.CharField(max_length=16)
    day = models.DateField()
    number = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=("plan", "order"), name="perdes_steps_are_in_order")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.event}"

    @property
    def place(self) -> Place:
        return self.plan.village.place


class ChangeReason(Record):
    """Why an amendment changes, drops or adds an activity.

    previous: the row of the superseded version that is changed or dropped. item: the row that is new. One of the two.
    """

    plan = models.ForeignKey(RkpdesVersion, on_delete=models.CASCADE, related_name="change_reasons")
    previous = models.ForeignKey(RkpdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(RkpdesItem, null=True, blank=True, on_delete=models.CASCADE, related_name="change_reasons")
    text = models.TextField()
    written_by = models.UUIDField()

    class Meta:
        ordering = ("plan", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("plan", "previous"), name="one_reason_per_changed_item"),
            models.UniqueConstraint(fields=("plan", "item"), name="one_reason_per_new_item"),
            models.CheckConstraint(
                name="reason_is_about_one_item",
                condition=Q(previous__isnull=True, item__isnull=False) | Q(previous__isnull=False, item__isnull=True),
            ),
            models.CheckConstraint(name="reason_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        return self.plan.village.place
