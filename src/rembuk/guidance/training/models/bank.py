"""Questions by topic in parallel forms, the tests of a batch, and the papers handed in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.guidance.training.models.batches import TrainingBatch
from rembuk.guidance.training.models.people import Enrolment
from rembuk.regions.models import Regency
from rembuk.shared.models import Origin, Record, Versioned


class ItemSet(Versioned):
    """The questions of one topic in one form and one version. frozen_at: since when it is used and stays as it is."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="test_sets")
    topic = models.CharField(max_length=3)
    form = models.CharField(max_length=1)
    version_no = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True, blank=True)
    shipped = models.BooleanField(default=False)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("topic", "form", "-version_no", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("regency", "topic", "form", "version_no"), name="set_version_once_per_topic_and_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.form} v{self.version_no}"

    @property
    def place(self) -> Place:
        return Place(self.regency_id)


class BankItem(Record):
    """One question with four answers and its key."""

    set = models.ForeignKey(ItemSet, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=600)
    options = models.JSONField()
    key = models.CharField(max_length=1)
    article = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("set", "number", "id")
        constraints = [models.UniqueConstraint(fields=("set", "number"), name="item_number_once_per_set")]

    def __str__(self) -> str:
        return f"{self.number}. {self.question[:60]}"


class BatchTest(Record):
    """A test of a batch: before it, after it, or one of the remedials. open_at, closed_at: when it can be taken."""

    class Phase(models.TextChoices):
        PRE = "pre", _("tes awal")
        POST = "post", _("tes akhir")
        REMEDIAL_1 = "remedial1", _("remedial pertama")
        REMEDIAL_2 = "remedial2", _("remedial kedua")

    batch = models.ForeignKey(TrainingBatch, on_delete=models.PROTECT, related_name="tests")
    phase = models.CharField(max_length=9, choices=Phase.choices)
    sets = models.ManyToManyField(ItemSet, through="BatchTestPart", related_name="tests")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("batch", "created_at", "id")
        constraints = [models.UniqueConstraint(fields=("batch", "phase"), name="test_phase_once_per_batch")]

    def __str__(self) -> str:
        return self.get_phase_display()

    @property
    def place(self) -> Place:
        return self.batch.place

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class BatchTestPart(Record):
    """Questions that a test of a batch asks, in the order of their topics."""

    test = models.ForeignKey(BatchTest, on_delete=models.CASCADE, related_name="parts")
    set = models.ForeignKey(ItemSet, on_delete=models.PROTECT, related_name="used")

    class Meta:
        ordering = ("test", "set__topic", "id")
        constraints = [models.UniqueConstraint(fields=("test", "set"), name="set_once_per_test")]

    def __str__(self) -> str:
        return str(self.set_id)


class AnswerSheet(Record):
    """A paper of one person. answers: place -> letter, empty where only the score was keyed in. topics: [right, asked].

    handed_in_at: when it counts; a paper begun on a screen keeps its answers before that.
    """

    test = models.ForeignKey(BatchTest, on_delete=models.PROTECT, related_name="attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    answers = models.JSONField(default=dict)
    topics = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    device = models.UUIDField(null=True, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("test", "enrolment", "id")
        constraints = [
            models.UniqueConstraint(fields=("test", "enrolment"), name="paper_once_per_test_and_person"),
            models.CheckConstraint(
                name="paper_score_is_at_most_a_hundred", condition=Q(score__isnull=True) | Q(score__lte=100)
            ),
            models.CheckConstraint(
                name="paper_handed_in_has_a_score", condition=Q(handed_in_at__isnull=True) | Q(score__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.score}"
