"""A training batch with its units, trainers and sessions."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.training_states import EDITABLE, TAUGHT, BatchState
from rembuk.core.hat import Place
from rembuk.guidance.training.labels import BATCH_STATES
from rembuk.regions.models import District, Regency
from rembuk.shared.models import Record, Versioned


class CurriculumUnit(Versioned):
    """One unit that can be taught: a topic, how many JP it takes, what one can do after it."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="curriculum_units")
    code = models.CharField(max_length=12)
    topic = models.CharField(max_length=3)
    title = models.CharField(max_length=150)
    jp = models.PositiveSmallIntegerField()
    outcomes = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=300, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("code", "id")
        constraints = [
            models.UniqueConstraint(fields=("regency", "code"), name="unit_code_once_per_regency"),
            models.CheckConstraint(name="unit_takes_one_to_sixty_jp", condition=Q(jp__gte=1, jp__lte=60)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def place(self) -> Place:
        return Place(self.regency_id)


class TrainingBatch(Versioned):
    """A class (angkatan). district: whom it is for, the whole regency without one. reason: of the last put-off or end.

    link: of the class or the course elsewhere. cost in rupiah. paper_pre_test: the test before the class is on paper.
    """

    class Mode(models.TextChoices):
        CLASS = "class", _("tatap muka")
        ONLINE = "online", _("daring")
        HYBRID = "hybrid", _("campuran")
        ON_SITE = "on_site", _("di desa")

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="training_batches")
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="training_batches"
    )
    state = models.CharField(
        max_length=14,
        choices=[(s.value, words) for s, words in BATCH_STATES.items()],
        default=BatchState.PROPOSED.value,
    )
    title = models.CharField(max_length=150)
    purpose = models.CharField(max_length=500, blank=True)
    topics = models.JSONField(default=list)
    mode = models.CharField(max_length=7, choices=Mode.choices, default=Mode.CLASS)
    quota = models.PositiveSmallIntegerField(default=40)
    venue = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    enrol_until = models.DateField(null=True, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    guests_allowed = models.BooleanField(default=False)
    paper_pre_test = models.BooleanField(default=False)
    for_trainers = models.BooleanField(default=False)
    needs_note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.UUIDField()
    proposed_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-start_date", "title", "id")
        constraints = [
            models.CheckConstraint(
                name="batch_ends_after_it_starts",
                condition=Q(start_date__isnull=True) | Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
            ),
            models.CheckConstraint(name="batch_has_places", condition=Q(quota__gte=1)),
            models.CheckConstraint(
                name="batch_put_off_says_why", condition=~Q(state__in=("POSTPONED", "CANCELLED")) | ~Q(reason="")
            ),
            models.CheckConstraint(name="batch_cost_is_not_negative", condition=Q(cost__isnull=True) | Q(cost__gte=0)),
        ]
        indexes = [models.Index(fields=("regency", "state"), name="batch_of_regency_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return Place(self.regency_id, self.district_id or "")

    @property
    def at(self) -> BatchState:
        """The state as the rules know it."""
        return BatchState(self.state)

    @property
    def editable(self) -> bool:
        return self.at in EDITABLE

    @property
    def taught(self) -> bool:
        """Whether attendance and tests may be recorded."""
        return self.at in TAUGHT


class BatchUnit(Record):
    """A unit in a batch, with the JP it has there."""

    batch = models.ForeignKey(TrainingBatch, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(CurriculumUnit, on_delete=models.PROTECT, related_name="batches")
    jp = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("batch", "unit__code", "id")
        constraints = [models.UniqueConstraint(fields=("batch", "unit"), name="unit_once_per_batch")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.jp}"


class BatchTrainer(Record):
    """Somebody who teaches a batch; *person* when they have an account."""

    batch = models.ForeignKey(TrainingBatch, on_delete=models.CASCADE, related_name="trainers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="taught_batches"
    )
    name = models.CharField(max_length=150)
    office = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("batch", "name", "id")
        constraints = [models.UniqueConstraint(fields=("batch", "name"), name="trainer_once_per_batch")]

    def __str__(self) -> str:
        return self.name


def new_secret() -> str:
    """Return what the code at a door is made from."""
    return secrets.token_hex(16)


class TrainingSession(Record):
    """One sitting of a batch: attendance is kept by sitting and weighed by its JP. secret: of the code at the door."""

    batch = models.ForeignKey(TrainingBatch, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    jp = models.PositiveSmallIntegerField()
    secret = models.CharField(max_length=32, default=new_secret)

    class Meta:
        ordering = ("batch", "starts_at", "title", "id")
        constraints = [models.CheckConstraint(name="session_takes_jp", condition=Q(jp__gte=1, jp__lte=16))]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.batch.place
