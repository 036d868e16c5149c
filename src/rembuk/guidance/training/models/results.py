"""What people thought of a batch, what was seen in their villages afterwards, and how candidates taught."""

from django.db import models

from rembuk.guidance.training.models.people import Enrolment
from rembuk.shared.models import Origin, Record


class Reaction(Record):
    """Level 1: one sheet of a person. marks: question -> 1 to 5. Names are never shown beside it."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="reaction")
    marks = models.JSONField()
    words = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("received_at", "id")

    def __str__(self) -> str:
        return str(self.enrolment_id)


class BehaviourObservation(Record):
    """Level 3: what the PTPD saw in the village. seen: question -> yes or no; yes_count: how many of eight."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="observation")
    observed_date = models.DateField()
    seen = models.JSONField()
    yes_count = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("observed_date", "id")
        constraints = [models.CheckConstraint(name="behaviour_is_at_most_eight", condition=models.Q(yes_count__lte=8))]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.yes_count}"


class MicroTeaching(Record):
    """How a trainer candidate taught: six marks of 0 to 3. is_trainer: whether score and marks were enough that day."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="teaching")
    marks = models.JSONField()
    taught_date = models.DateField()
    is_trainer = models.BooleanField(default=False)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("taught_date", "id")

    def __str__(self) -> str:
        return str(self.enrolment_id)
