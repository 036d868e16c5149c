"""People in batches, their attendance, and what they and their PTPD say they can do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.guidance.enrolment import EnrolmentState
from rembuk.core.hat import Place
from rembuk.guidance.training.labels import ENROLMENT_STATES
from rembuk.guidance.training.models.batches import TrainingBatch, TrainingSession
from rembuk.regions.models import District, Regency, Village
from rembuk.shared.models import Origin, Record, Versioned


class Enrolment(Versioned):
    """A person in a batch. Where they come from is copied at nomination. pre, post: newest scores, 0 to 100.

    wait_no: turn on the waiting list. remedials: how often a remedial was given. person: when they have an account.
    """

    batch = models.ForeignKey(TrainingBatch, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=5)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="training_enrolments"
    )
    state = models.CharField(
        max_length=10,
        choices=[(s.value, words) for s, words in ENROLMENT_STATES.items()],
        default=EnrolmentState.NOMINATED.value,
    )
    wait_no = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    pre = models.PositiveSmallIntegerField(null=True, blank=True)
    post = models.PositiveSmallIntegerField(null=True, blank=True)
    remedials = models.PositiveSmallIntegerField(default=0)
    nominated_by = models.UUIDField()
    nominated_label = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("batch", "name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("batch", "person"), condition=Q(person__isnull=False), name="person_once_per_batch"
            ),
            models.CheckConstraint(
                name="scores_are_at_most_a_hundred",
                condition=(Q(pre__isnull=True) | Q(pre__lte=100)) & (Q(post__isnull=True) | Q(post__lte=100)),
            ),
            models.CheckConstraint(
                name="enrolment_turned_away_says_why", condition=~Q(state__in=("REJECTED", "DROPPED")) | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(fields=("village", "state"), name="enrolment_of_village_by_state"),
            models.Index(fields=("batch", "state"), name="enrolment_of_batch_by_state"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(self.regency_id, self.district_id or "", self.village_id or "")

    @property
    def at(self) -> EnrolmentState:
        """The state as the rules know it."""
        return EnrolmentState(self.state)

    @property
    def from_where(self) -> str:
        """Village or district as people say it."""
        if self.village is not None:
            return self.village.full_name
        return self.district.full_name if self.district is not None else self.regency.name


class Attendance(Record):
    """Somebody was at a sitting: a person of the batch, or a guest by name.

    device: key of the device that captured it, without one when it was keyed in at the office.
    """

    class Way(models.TextChoices):
        DOOR = "door", _("kode di pintu")
        PAPER = "paper", _("daftar hadir kertas")
        FIELD = "field", _("perangkat lapangan")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    guest_name = models.CharField(max_length=150, blank=True)
    way = models.CharField(max_length=5, choices=Way.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    device = models.UUIDField(null=True, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("session", "captured_at", "id")
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=("session", "enrolment"), condition=Q(enrolment__isnull=False), name="present_once_per_session"
            ),
            models.UniqueConstraint(
                fields=("session", "guest_name"), condition=Q(enrolment__isnull=True), name="guest_once_per_session"
            ),
            models.CheckConstraint(
                name="attendance_is_of_a_person_or_of_a_guest",
                condition=Q(enrolment__isnull=False, guest_name="") | (Q(enrolment__isnull=True) & ~Q(guest_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.guest_name or str(self.enrolment_id)


class LevelRating(Versioned):
    """What somebody can do in one topic, 0 to 3: said by themselves, or by their PTPD."""

    class By(models.TextChoices):
        OWN = "own", _("penilaian sendiri")
        OBSERVER = "observer", _("penilaian PTPD")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="level_ratings")
    topic = models.CharField(max_length=3)
    by = models.CharField(max_length=8, choices=By.choices)
    level = models.PositiveSmallIntegerField()
    rated_by = models.UUIDField()
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ("person", "topic", "by", "id")
        constraints = [
            models.UniqueConstraint(fields=("person", "topic", "by"), name="rating_once_per_person_topic_and_rater"),
            models.CheckConstraint(name="rating_is_at_most_three", condition=Q(level__lte=3)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.level}"
