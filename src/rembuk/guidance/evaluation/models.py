"""What the desk of evaluations remembers: rounds of a draft with their marks, delegations, a village's self-check."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.budgeting.models import Apbdes, ApbdesVersion
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Record, StoredFile, Versioned

if TYPE_CHECKING:
    from uuid import UUID


class Delegation(Record):
    """A Perbup that lets the Camat evaluate the APB Desa. districts: codes, empty for the whole regency.

    end_date: last day on which it holds, none while it goes on.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="evaluation_delegations")
    decree_number = models.CharField(max_length=100)
    decree_date = models.DateField()
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    districts = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("regency", "-start_date", "id")
        constraints = [
            models.UniqueConstraint(fields=("regency", "decree_number"), name="one_delegation_per_decree"),
            models.CheckConstraint(name="delegation_names_its_decree", condition=~Q(decree_number="")),
            models.CheckConstraint(
                name="delegation_runs_forward", condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date"))
            ),
        ]

    def __str__(self) -> str:
        return self.decree_number

    @property
    def place(self) -> Place:
        return Place(regency=self.regency_id)


class Review(Versioned):
    """One round in which a draft is evaluated. One of rpjmdes, rkpdes, apbdes is the document.

    checks, list_version: core.guidance.desk_checklists; state, result: core.guidance.desk_states. content: rows of the
    draft as handed in, digest: SHA-256 of them. completeness: rows of core.guidance.desk_papers. self_check: answers of
    the village as they were sent along. at_regency: it lies with DPMD, not with the Camat. recused: who is too close to
    the village, as ``{person, name, reason}``. drafted_by: who wrote the result, and never signs it.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="reviews")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    checks = models.CharField(max_length=8)
    list_version = models.CharField(max_length=10)
    rpjmdes = models.ForeignKey(Rpjmdes, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    rkpdes = models.ForeignKey(RkpdesVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    apbdes = models.ForeignKey(Apbdes, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    apb_lines = models.ForeignKey(
        ApbdesVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    round = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="following")
    state = models.CharField(max_length=14, default="submitted")
    result = models.CharField(max_length=18, blank=True)
    at_regency = models.BooleanField(default=False)
    content = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    completeness = models.JSONField(default=list)
    self_check = models.JSONField(default=dict, blank=True)
    submit_note = models.CharField(max_length=500, blank=True)
    submitted_by = models.UUIDField()
    submitted_at = models.DateTimeField()
    incomplete_reason = models.CharField(max_length=500, blank=True)
    register_number = models.CharField(max_length=60, blank=True)
    registered_date = models.DateField(null=True, blank=True)
    registered_by = models.UUIDField(null=True, blank=True)
    evaluator = models.UUIDField(null=True, blank=True)
    evaluator_name = models.CharField(max_length=150, blank=True)
    recused = models.JSONField(default=list, blank=True)
    forwarded_date = models.DateField(null=True, blank=True)
    forwarded_by = models.UUIDField(null=True, blank=True)
    forward_note = models.CharField(max_length=500, blank=True)
    drafted_by = models.UUIDField(null=True, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    closing_words = models.TextField(blank=True)
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    letter_number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    letter_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signer_role = models.CharField(max_length=5, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    signed_by = models.UUIDField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-submitted_at", "id")
        indexes = [
            models.Index(fields=("state", "checks"), name="review_by_state"),
            models.Index(fields=("cycle", "checks"), name="review_of_cycle"),
        ]
        constraints = [
            models.CheckConstraint(
                name="review_is_of_one_document",
                condition=Q(rpjmdes__isnull=False, rkpdes__isnull=True, apbdes__isnull=True, checks="EV-RPJM")
                | Q(rpjmdes__isnull=True, rkpdes__isnull=False, apbdes__isnull=True, checks="EV-RKP")
                | Q(rpjmdes__isnull=True, rkpdes__isnull=True, apbdes__isnull=False, checks="EV-APB"),
            ),
            models.UniqueConstraint(fields=("rpjmdes", "round"), name="one_review_per_rpjm_and_round"),
            models.UniqueConstraint(fields=("rkpdes", "round"), name="one_review_per_rkp_and_round"),
            models.UniqueConstraint(fields=("apbdes", "round"), name="one_review_per_apb_and_round"),
            models.CheckConstraint(
                name="later_round_follows_one", condition=Q(round=1) | Q(round__gt=1, previous__isnull=False)
            ),
            models.CheckConstraint(
                name="returned_review_says_why", condition=~Q(state="incomplete") | ~Q(incomplete_reason="")
            ),
            models.CheckConstraint(
                name="registered_review_has_number_and_day",
                condition=Q(state__in=("submitted", "incomplete"))
                | (~Q(register_number="") & Q(registered_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="signed_review_has_its_letter",
                condition=~Q(state="result_signed")
                | (
                    ~Q(result="")
                    & ~Q(letter_number="")
                    & ~Q(signer_name="")
                    & Q(letter_date__isnull=False, signed_at__isnull=False, letter_file__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="who_drafted_the_result_does_not_sign_it",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checks} {self.village_id} {self.round}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def signed(self) -> bool:
        return self.state == "result_signed"

    @property
    def year_words(self) -> str:
        """Return the year of the budget, or the period of an RPJM Desa."""
        if self.checks == "EV-RPJM":
            return f"{self.cycle.start_year}-{self.cycle.end_year}"
        return str(self.cycle.budget_year)

    def is_recused(self, person: "UUID") -> bool:
        """Return whether a person said to be too close to the village."""
        return any(row.get("person") == str(person) for row in self.recused)


class Mark(Versioned):
    """What a reviewer found of one item in one round. fix: what the village has to change. due_date: until when.

    mended: in a later round, whether the note of the round before was met.
    """

    class Mended(models.TextChoices):
        UNKNOWN = "", _("belum dilihat")
        YES = "yes", _("sudah diperbaiki")
        NO = "no", _("belum diperbaiki")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=11)
    found = models.CharField(max_length=500, blank=True)
    fix = models.CharField(max_length=500, blank=True)
    due_date = models.DateField(null=True, blank=True)
    mended = models.CharField(max_length=3, choices=Mended.choices, default=Mended.UNKNOWN, blank=True)
    marked_by = models.UUIDField()

    class Meta:
        ordering = ("review", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=("review", "number"), name="one_mark_per_item"),
            models.CheckConstraint(
                name="note_says_what_to_change", condition=~Q(mark__in=("NOTE", "NOT_CONFORM")) | ~Q(fix="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.mark}"


class SelfCheck(Versioned):
    """The twenty questions as a village answered them. answers: {number: {answer: yes | no | na, note}}.

    show_score: the village lets others see how many it answered with yes.
    """

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="self_check")
    list_version = models.CharField(max_length=10)
    answers = models.JSONField(default=dict, blank=True)
    show_score = models.BooleanField(default=False)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("cycle", "id")

    def __str__(self) -> str:
        return str(self.cycle_id)

    @property
    def place(self) -> Place:
        return self.cycle.village.place
