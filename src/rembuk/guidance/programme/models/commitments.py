"""What the Bupati, an agency or somebody else promised behind the guidance, and the evidence of it."""

from django.db import models
from django.db.models import F, Q

from rembuk.accounts.models import Person
from rembuk.core.guidance.commitments import CommitmentState
from rembuk.core.hat import Place
from rembuk.core.lists import regional_agencies
from rembuk.guidance.programme.labels import COMMITMENT_STATES, PROMISERS
from rembuk.regions.models import Regency
from rembuk.shared.models import Record, StoredFile, Versioned


class Commitment(Versioned):
    """One promise. promiser: bupati | agency (its code in *agency*) | other; promiser_name: office or name as said.

    basis: where it was said. owner: who sees to it. judge_note: words of the judgement, also why it was withdrawn.
    judged_alone: who judged it had also entered the evidence, because nobody else could. published_at: readable by all.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="commitments")
    promiser = models.CharField(max_length=6, choices=list(PROMISERS.items()))
    agency = models.CharField(max_length=40, blank=True)
    promiser_name = models.CharField(max_length=150)
    promiser_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments_made"
    )
    text = models.CharField(max_length=1000)
    basis = models.CharField(max_length=300, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    made_date = models.DateField()
    due_date = models.DateField()
    owner_role = models.CharField(max_length=5, blank=True)
    owner_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments_kept"
    )
    state = models.CharField(
        max_length=11, choices=list(COMMITMENT_STATES.items()), default=CommitmentState.PROMISED.value
    )
    entered_by = models.UUIDField()
    judge_note = models.CharField(max_length=1000, blank=True)
    judged_by = models.UUIDField(null=True, blank=True)
    judged_label = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_alone = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("due_date", "created_at", "id")
        constraints = [
            models.CheckConstraint(name="commitment_says_what", condition=~Q(text="") & ~Q(promiser_name="")),
            models.CheckConstraint(
                name="commitment_is_due_after_it_was_made", condition=Q(due_date__gte=F("made_date"))
            ),
            models.CheckConstraint(
                name="commitment_is_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="promise_of_an_agency_names_it", condition=~Q(promiser="agency") | ~Q(agency="")
            ),
            models.CheckConstraint(
                name="judged_commitment_has_its_judge",
                condition=Q(state="promised") | (Q(judged_by__isnull=False) & Q(judged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="broken_or_withdrawn_commitment_says_why",
                condition=~Q(state__in=("not_kept", "withdrawn", "partly_kept")) | ~Q(judge_note=""),
            ),
        ]
        indexes = [models.Index(fields=("regency", "state", "due_date"), name="commitment_of_regency_by_state")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def place(self) -> Place:
        return Place(self.regency_id)

    @property
    def at(self) -> CommitmentState:
        return CommitmentState(self.state)

    @property
    def agency_name(self) -> str:
        """The agency in words; an unknown code names itself."""
        known = regional_agencies().get(self.agency)
        return known.name if known else self.agency


class CommitmentEvidence(Record):
    """One piece of evidence: what it shows, of which day, the file. Only ever added."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence")
    text = models.CharField(max_length=500, blank=True)
    evidence_date = models.DateField()
    amount = models.BigIntegerField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.UUIDField()
    entered_label = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("commitment", "entered_at", "id")
        constraints = [
            models.CheckConstraint(
                name="commitment_evidence_shows_something", condition=~Q(text="") | Q(file__isnull=False)
            ),
            models.CheckConstraint(
                name="evidence_amount_is_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
