"""What a meeting away from the server needs: who took it, who says they have come, the slips and ballots of a vote."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.deliberation.models import Attendance, Invitation, Meeting, Sex
from rembuk.regions.models import Hamlet, Village
from rembuk.shared.models import Record


class Taking(Record):
    """One package that was taken to a hall, and with it the lock on the records of its meeting until *until*.

    public_key: of the package's own pair, which signs what comes home. digest: of the file. released_*: by whom and why
    the lock was let go before the package came home. returned_at: when it came home; late: after the lock was gone.
    came_home: SHA-256 of the file that came home, kept whole with the sealed trail of the hall in it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="takings")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="takings")
    assignment_key = models.UUIDField()
    person_key = models.UUIDField()
    taken_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField()
    until = models.DateTimeField()
    public_key = models.TextField()
    digest = models.CharField(max_length=64)
    program = models.CharField(max_length=20)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)
    released_reason = models.CharField(max_length=300, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    came_home = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-taken_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(released_at__isnull=True, returned_at__isnull=True),
                name="one_package_out_of_a_meeting",
            ),
            models.CheckConstraint(name="taking_ends_after_it_begins", condition=Q(until__gt=models.F("taken_at"))),
            models.CheckConstraint(
                name="a_released_taking_says_why",
                condition=Q(released_at__isnull=True) | (Q(released_by__isnull=False) & ~Q(released_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.taken_at:%Y-%m-%d}"

    @property
    def place(self) -> Place:
        return self.village.place


class Arrival(Record):
    """Somebody's own word, from a phone in the hall, that they have come; an officer confirms it or sets it aside."""

    class State(models.TextChoices):
        WAITING = "waiting", "menunggu"
        CONFIRMED = "confirmed", "dicatat"
        DECLINED = "declined", "dilewatkan"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="arrivals")
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals")
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    element = models.CharField(max_length=12)
    address = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attendance = models.ForeignKey(Attendance, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("meeting", "created_at", "id")

    def __str__(self) -> str:
        return self.name


class SlipGiven(models.Model):
    """That a person got a slip. Which slip is written nowhere."""

    attendance = models.OneToOneField(Attendance, primary_key=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("attendance",)

    def __str__(self) -> str:
        return str(self.attendance_id)


class BallotBox(models.Model):
    """The quiet vote of one hamlet at one meeting: digests of slips and merged ballots, each sorted, in one row.

    One row that is written anew each time, without a time of its own: no order of rows and no stamp tells which slip
    cast which ballot. handed, used: sorted digests. ballots: sorted [how many, [proposal keys]]. per_voter: ticks one
    voter may give. open: whether slips are still taken.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="boxes")
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    per_voter = models.PositiveSmallIntegerField(default=3)
    open = models.BooleanField(default=True)
    handed = models.JSONField(default=list)
    used = models.JSONField(default=list)
    ballots = models.JSONField(default=list)

    class Meta:
        ordering = ("meeting", "hamlet", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "hamlet"), name="one_box_per_hamlet"),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(hamlet__isnull=True), name="one_box_without_a_hamlet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.hamlet_id}"


class DotCount(Record):
    """The first of two counts of paper dots, hidden until the second person has counted too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="dot_counts")
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counter = models.CharField(max_length=150)
    voters = models.PositiveIntegerField()
    totals = models.JSONField(default=dict)

    class Meta:
        ordering = ("meeting", "hamlet", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "hamlet"), name="one_first_count_per_hamlet"),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(hamlet__isnull=True), name="one_first_count_without_a_hamlet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.counter}"
