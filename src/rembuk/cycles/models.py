"""The yearly and the medium-term planning cycle of a village: stages, their evidence, excuses and returns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Paper, Record, StoredFile, Versioned


class YearlyCycles(models.Manager["Cycle"]):
    """The cycles of the RKP Desa: what a list of a year means. Both kinds are `Cycle.every`."""

    def get_queryset(self) -> "models.QuerySet[Cycle]":
        return super().get_queryset().filter(kind=Cycle.Kind.RKP)


class MediumTermCycles(models.Manager["Cycle"]):
    """The cycles of the RPJM Desa."""

    def get_queryset(self) -> "models.QuerySet[Cycle]":
        return super().get_queryset().filter(kind=Cycle.Kind.RPJM)


class Cycle(Versioned):
    """One planning cycle of one village: planned in *plan_year*, first spent in *budget_year* (= plan_year + 1).

    kind RKP: one a year. kind RPJM: one after the inauguration of a village head, or one that reviews the RPJM Desa in
    force since *review_date*, for *start_year* to *end_year*; its *budget_year* is the first RKP that is made after it.
    `Cycle.objects` are the yearly ones, `Cycle.medium_term` the others, `Cycle.every` both.
    """

    class Kind(models.TextChoices):
        RKP = "rkp", _("RKP Desa")
        RPJM = "rpjm", _("RPJM Desa")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="cycles")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.RKP)
    plan_year = models.PositiveIntegerField()
    budget_year = models.PositiveIntegerField()
    start_year = models.PositiveIntegerField(null=True, blank=True)
    end_year = models.PositiveIntegerField(null=True, blank=True)
    inauguration_date = models.DateField(null=True, blank=True)
    review_date = models.DateField(null=True, blank=True)
    profile = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = YearlyCycles()
    medium_term = MediumTermCycles()
    every = models.Manager["Cycle"]()

    class Meta:
        ordering = ("village", "-budget_year", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("village", "budget_year"), condition=Q(kind="rkp"), name="one_cycle_per_village_and_year"
            ),
            models.UniqueConstraint(
                fields=("village", "inauguration_date"),
                condition=Q(kind="rpjm"),
                name="one_rpjm_cycle_per_inauguration",
            ),
            models.UniqueConstraint(
                fields=("village",),
                condition=Q(kind="rpjm", review_date__isnull=False, closed_at__isnull=True),
                name="one_open_rpjm_review_per_village",
            ),
            models.CheckConstraint(
                name="cycle_is_spent_the_year_after", condition=Q(budget_year=models.F("plan_year") + 1)
            ),
            models.CheckConstraint(
                name="only_an_rpjm_cycle_has_a_period",
                condition=Q(kind="rkp", start_year=None, end_year=None, inauguration_date=None, review_date=None)
                | Q(kind="rpjm", start_year__isnull=False, end_year__gte=models.F("start_year"))
                & (
                    Q(inauguration_date__isnull=False, review_date=None)
                    | Q(inauguration_date=None, review_date__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.title}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def is_medium_term(self) -> bool:
        return self.kind == Cycle.Kind.RPJM

    @property
    def is_review(self) -> bool:
        """Whether it changes an RPJM Desa in force instead of making a new one."""
        return self.review_date is not None

    @property
    def title(self) -> str:
        """What the cycle makes: ``RKP 2027``, ``RPJM 2027-2034`` or ``Perubahan RPJM 2020-2027``."""
        if not self.is_medium_term:
            return f"RKP {self.budget_year}"
        plan = f"RPJM {self.start_year}-{self.end_year}"
        return f"Perubahan {plan}" if self.is_review else plan

    @property
    def years(self) -> range:
        """The years the plan of this cycle is for."""
        if self.start_year is None or self.end_year is None:
            return range(self.budget_year, self.budget_year + 1)
        return range(self.start_year, self.end_year + 1)


class StageRecord(Versioned):
    """One stage (K1..K17, R1..R12) of a cycle and its stored result: lists read this, never the facts behind it.

    done_date: when it happened, from the signed paper. result: the findings of the last check. rests_on: what the check
    rested on (ids and versions). needs_recheck: the evidence changed since; shown as "periksa ulang", never un-greened.
    """

    class State(models.TextChoices):
        OPEN = "open", _("belum")
        DONE = "done", _("selesai")
        RETURNED = "returned", _("dikembalikan")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=4)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    done_date = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    result = models.JSONField(default=list)
    rests_on = models.JSONField(default=dict)
    needs_recheck = models.BooleanField(default=False)
    legal_deadline = models.DateField(null=True, blank=True)
    target_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("cycle", "stage")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "stage"), name="one_record_per_stage"),
            models.CheckConstraint(
                name="done_stage_has_a_date",
                condition=~Q(state="done") | Q(done_date__isnull=False, completed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_done_stage_is_confirmed", condition=Q(confirmed_at__isnull=True) | Q(state="done")
            ),
        ]
        indexes = [models.Index(fields=("stage", "state"), name="stage_by_state")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage}"

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class Evidence(Record):
    """One document behind a stage: generated by Rembuk (*paper*) or attached with number and date (*file*).

    signed: it is the signed copy, as whoever added it says and the verifier confirms.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="evidence")
    stage = models.CharField(max_length=4)
    paper_code = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    document_date = models.DateField()
    signed = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT)
    added_by = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField()
    verified_by = models.UUIDField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("cycle", "stage", "document_date", "id")
        constraints = [
            models.CheckConstraint(
                name="evidence_has_a_file_or_a_paper", condition=Q(file__isnull=False) | Q(paper__isnull=False)
            ),
            models.CheckConstraint(
                name="withdrawn_evidence_has_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_code} {self.title}"

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class Excuse(Versioned):
    """A reason that stops the clock of a stage for some days, such as a late ceiling; decided by DPMD."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diajukan")
        GRANTED = "granted", _("diakui")
        REFUSED = "refused", _("ditolak")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="excuses")
    stage = models.CharField(max_length=4)
    reason = models.TextField()
    letter_number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.UUIDField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ("cycle", "stage", "from_date", "id")
        constraints = [
            models.CheckConstraint(
                name="excuse_ends_after_it_starts",
                condition=Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")),
            ),
            models.CheckConstraint(
                name="decided_excuse_has_a_time",
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage} {self.state}"

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class StageReturn(Record):
    """A stage sent back with a reason; the history stays."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="returns")
    stage = models.CharField(max_length=4)
    reason = models.TextField()
    returned_by = models.UUIDField()
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ("-returned_at", "id")

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage}"


class Holiday(Record):
    """A holiday of one regency, beside the national ones that core.calendar knows; neither is a working day."""

    regency = models.ForeignKey(Regency, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    set_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("day", "id")
        constraints = [models.UniqueConstraint(fields=("regency", "day"), name="one_holiday_per_regency_and_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def place(self) -> Place:
        return Place(regency=self.regency_id)
