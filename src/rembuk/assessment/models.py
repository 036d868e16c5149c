"""The village assessment (PKD): village data, the participatory tools, problems and potentials, what to do."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.assessment.seasons import DEFAULT_SEASONS
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Hamlet, Village
from rembuk.shared.models import Record, StoredFile, Versioned


def default_seasons() -> list[str]:
    return list(DEFAULT_SEASONS)


class Assessment(Versioned):
    """The assessment of one village for one period of a medium-term plan.

    cycle: the planning cycle that it is made for, once that is open. seasons: the season of each of twelve months.
    filed: list of village data (`core.assessment.village_data.SECTIONS`) -> date on which the team filed it.
    head_date, bpd_date: when the report went to the head and to the BPD; after the second nothing changes any more.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="assessments")
    cycle = models.OneToOneField(
        Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="village_assessment"
    )
    start_year = models.PositiveIntegerField()
    end_year = models.PositiveIntegerField()
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    seasons = models.JSONField(default=default_seasons)
    filed = models.JSONField(default=dict)
    introduction = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    head_date = models.DateField(null=True, blank=True)
    bpd_date = models.DateField(null=True, blank=True)
    opened_by = models.UUIDField()

    class Meta:
        ordering = ("village", "-start_year", "id")
        constraints = [
            models.UniqueConstraint(fields=("village", "start_year"), name="one_assessment_per_village_and_period"),
            models.CheckConstraint(
                name="assessment_period_runs_forward", condition=Q(end_year__gte=models.F("start_year"))
            ),
            models.CheckConstraint(
                name="report_goes_to_the_head_first",
                condition=Q(bpd_date__isnull=True) | Q(head_date__isnull=False, bpd_date__gte=models.F("head_date")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.period}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def period(self) -> str:
        """``2027-2034``, as papers print it."""
        return f"{self.start_year}-{self.end_year}"

    @property
    def delivered(self) -> bool:
        return self.bpd_date is not None


class Part(Versioned):
    """What belongs to one assessment; it lies where the assessment lies."""

    assessment: "models.ForeignKey[Assessment, Assessment]"

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        return self.assessment.village.place


class DataRow(Part):
    """One line of the village data (F07). before: the number of the last assessment. changed: as the team says it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="data")
    section = models.CharField(max_length=12)
    part = models.CharField(max_length=80, blank=True)
    order = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=160)
    volume = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    before = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    changed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("assessment", "section", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="village_data_is_not_negative", condition=Q(volume__isnull=True) | Q(volume__gte=0)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Sketch(Part):
    """One drawing to put points on (F08): a photo of the drawing, the border of the village, or an empty sheet.

    width, height: pixels of the picture; 1000 x 700 without one.
    """

    class Ground(models.TextChoices):
        PICTURE = "picture", _("foto gambar")
        BORDER = "border", _("batas desa")
        EMPTY = "empty", _("kertas kosong")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sketches")
    title = models.CharField(max_length=120)
    ground = models.CharField(max_length=8, choices=Ground.choices, default=Ground.EMPTY)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(default=1000)
    height = models.PositiveIntegerField(default=700)

    class Meta:
        ordering = ("assessment", "created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="a_picture_has_its_file", condition=~Q(ground="picture") | Q(file__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Institution(Part):
    """One institution of the diagram (F10). closeness: 5 next to the residents, 1 far away. size: 1 to 3."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="institutions")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=300, blank=True)
    closeness = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ("assessment", "-closeness", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("assessment", "name"), name="an_institution_stands_once"),
            models.CheckConstraint(
                name="institution_within_the_circles",
                condition=Q(closeness__gte=1, closeness__lte=5, size__gte=1, size__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Entry(Part):
    """What the hall found with one tool: a problem or a potential; in the calendar also an activity or a condition.

    tool: sketch | seasons | institutions | tree. x, y: thousandths of the sketch. marks: twelve numbers 0 to 3 in the
    calendar, else none. potentials: keys of the potentials that help with this problem. field: bidang 1 to 5.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="entries")
    tool = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    location = models.CharField(max_length=160, blank=True)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sketch = models.ForeignKey(Sketch, null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    x = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])
    y = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    marks = models.JSONField(default=list, blank=True)
    field = models.PositiveSmallIntegerField(null=True, blank=True)
    cause = models.CharField(max_length=500, blank=True)
    potentials = models.JSONField(default=list, blank=True)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("assessment", "created_at", "id")
        indexes = [models.Index(fields=("assessment", "tool", "kind"), name="entry_of_a_tool")]
        constraints = [
            models.CheckConstraint(
                name="a_point_has_both_numbers",
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__lte=1000, y__lte=1000),
            ),
            models.CheckConstraint(
                name="only_the_calendar_knows_other_kinds",
                condition=Q(kind__in=("problem", "potential")) | Q(tool="seasons"),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ProblemTree(Part):
    """The tree of one core problem (F11). effects, causes: lists of [depth, text] (`core.assessment.outline`)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="trees")
    problem = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="tree")
    effects = models.JSONField(default=list)
    causes = models.JSONField(default=list)

    class Meta:
        ordering = ("assessment", "created_at", "id")

    def __str__(self) -> str:
        return str(self.problem_id)


class Action(Part):
    """One way to meet a problem (F12a). feasible: the hall's word; nothing while nobody has spoken."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="actions")
    problem = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="actions")
    text = models.CharField(max_length=300)
    feasible = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("assessment", "problem", "created_at", "id")

    def __str__(self) -> str:
        return self.text


class Score(Record):
    """The five points that one group gave a problem (F12b) or an action (F12c) on one day."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    problem = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="scores")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="scores")
    scorer_group = models.CharField(max_length=80)
    c1 = models.PositiveSmallIntegerField()
    c2 = models.PositiveSmallIntegerField()
    c3 = models.PositiveSmallIntegerField()
    c4 = models.PositiveSmallIntegerField()
    c5 = models.PositiveSmallIntegerField()
    score_date = models.DateField()
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("assessment", "scorer_group", "created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="a_score_is_of_one_thing",
                condition=Q(problem__isnull=False, action__isnull=True) | Q(problem__isnull=True, action__isnull=False),
            ),
            models.UniqueConstraint(fields=("problem", "scorer_group"), name="a_group_scores_a_problem_once"),
            models.UniqueConstraint(fields=("action", "scorer_group"), name="a_group_scores_an_action_once"),
            *[
                models.CheckConstraint(
                    name=f"assessed_c{n}_within_scale", condition=Q(**{f"c{n}__gte": 1, f"c{n}__lte": 5})
                )
                for n in range(1, 6)
            ],
        ]

    def __str__(self) -> str:
        return f"{self.scorer_group} {self.points}"

    @property
    def points(self) -> tuple[int, int, int, int, int]:
        return (self.c1, self.c2, self.c3, self.c4, self.c5)


def stored_points(points: tuple[int, int, int, int, int]) -> dict[str, Any]:
    """Return five points as columns of a score."""
    return {f"c{number}": point for number, point in enumerate(points, start=1)}
