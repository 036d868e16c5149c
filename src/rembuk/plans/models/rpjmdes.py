"""The RPJM Desa of a village: one in work, those in force and past; its matrix, and what Musrenbang agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Rpjmdes(Versioned):
    """An RPJM Desa: drafted in a *cycle*, or registered by hand so that an RKP can be cut from it.

    state: core.workflow.plan_states; one registered by hand is "enacted" without *enacted_at*. is_active: the one in
    force; a village has one. Once *enacted_at* is set, the matrix below it cannot change: the database refuses.
    perdes_state, perdes_dates: as in `RkpdesVersion`; perdes_log: the steps with their letters, oldest first.
    supersedes: the one that this one changes, on a *ground* (core.law.amendments) with its letter.
    policy_note: why no programme of higher plans enters the village. text_data: section of the document (F18) -> its
    paragraphs. perdes_data: texts of F19 where they differ from the usual wording, as in `RkpdesVersion`.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="rpjmdes")
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="rpjmdes")
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    ground = models.CharField(max_length=20, blank=True)
    ground_number = models.CharField(max_length=100, blank=True)
    ground_date = models.DateField(null=True, blank=True)
    ground_note = models.TextField(blank=True)
    state = models.CharField(max_length=14, default="enacted")
    perdes_number = models.CharField(max_length=60, blank=True)
    perdes_date = models.DateField(null=True, blank=True)
    start_year = models.PositiveIntegerField()
    end_year = models.PositiveIntegerField()
    vision = models.TextField(blank=True)
    mission = models.TextField(blank=True)
    policy_note = models.TextField(blank=True)
    text_data = models.JSONField(default=dict, blank=True)
    perdes_data = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    return_reason = models.TextField(blank=True)
    head_approved_at = models.DateTimeField(null=True, blank=True)
    head_approved_by = models.UUIDField(null=True, blank=True)
    bpd_agreement_number = models.CharField(max_length=100, blank=True)
    bpd_agreement_date = models.DateField(null=True, blank=True)
    promulgated_date = models.DateField(null=True, blank=True)
    gazette_number = models.CharField(max_length=60, blank=True)
    perdes_state = models.CharField(max_length=20, default="draft")
    perdes_dates = models.JSONField(default=dict, blank=True)
    perdes_log = models.JSONField(default=list, blank=True)
    published_date = models.DateField(null=True, blank=True)
    published_in = models.CharField(max_length=200, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    enacted_at = models.DateTimeField(null=True, blank=True)
    enacted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("village", "-start_year", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("village",), condition=Q(is_active=True), name="one_active_rpjmdes_per_village"
            ),
            models.UniqueConstraint(
                fields=("cycle",), condition=~Q(state="enacted"), name="one_rpjmdes_in_work_per_cycle"
            ),
            models.CheckConstraint(
                name="rpjm_amendment_has_its_ground",
                condition=Q(supersedes__isnull=True)
                | (~Q(ground="") & ~Q(ground_number="") & Q(ground_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="rpjmdes_period_runs_forward", condition=Q(end_year__gte=models.F("start_year"))
            ),
            models.CheckConstraint(
                name="rpjmdes_in_force_has_its_perdes",
                condition=~Q(state="enacted") | (~Q(perdes_number="") & Q(perdes_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_an_enacted_rpjmdes_is_in_force", condition=Q(is_active=False) | Q(state="enacted")
            ),
            models.CheckConstraint(
                name="enacted_rpjmdes_is_promulgated",
                condition=Q(enacted_at__isnull=True)
                | (Q(state="enacted", promulgated_date__isnull=False) & ~Q(content_hash="")),
            ),
        ]

    def __str__(self) -> str:
        return f"RPJM {self.start_year}-{self.end_year}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def enacted(self) -> bool:
        return self.enacted_at is not None

    @property
    def is_amendment(self) -> bool:
        return self.supersedes_id is not None

    @property
    def in_work(self) -> bool:
        return self.state != "enacted"

    @property
    def period(self) -> range:
        return range(self.start_year, self.end_year + 1)


class RpjmdesItem(Versioned):
    """One line of the RPJM matrix (F17). years: the calendar years in which it is planned.

    year_costs: year as text -> rupiah. cost: the sum of them, or one total where nobody has split it.
    previous: the activity that it continues in an amendment. yearly_targets: year as text -> what is to be reached.
    source: codes of the funding list, or words as registered.
    """

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="items")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=200, blank=True)
    years = models.JSONField(default=list)
    year_costs = models.JSONField(default=dict, blank=True)
    yearly_targets = models.JSONField(default=dict, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    delivery_mode = models.CharField(max_length=14, blank=True)
    sdgs = models.JSONField(default=list, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    indicator = models.CharField(max_length=200, blank=True)
    beneficiaries_male = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_female = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_poor = models.PositiveIntegerField(null=True, blank=True)
    origin_text = models.CharField(max_length=300, blank=True)
    changed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("rpjmdes", "order", "id")
        constraints = [
            models.UniqueConstraint(fields=("rpjmdes", "previous"), name="one_rpjm_successor_per_version"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.rpjmdes.village.place


class RpjmdesReason(Record):
    """Why an amendment of an RPJM Desa changes, drops or adds an activity.

    previous: the row of the plan in force that is changed or dropped. item: the row that is new. One of the two.
    """

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="reasons")
    previous = models.ForeignKey(RpjmdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(RpjmdesItem, null=True, blank=True, on_delete=models.CASCADE, related_name="reasons")
    text = models.TextField()
    written_by = models.UUIDField()

    class Meta:
        ordering = ("rpjmdes", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("rpjmdes", "previous"), name="one_reason_per_changed_rpjm_item"),
            models.UniqueConstraint(fields=("rpjmdes", "item"), name="one_reason_per_new_rpjm_item"),
            models.CheckConstraint(
                name="rpjm_reason_is_about_one_item",
                condition=Q(previous__isnull=True, item__isnull=False) | Q(previous__isnull=False, item__isnull=True),
            ),
            models.CheckConstraint(name="rpjm_reason_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        return self.rpjmdes.village.place


class RpjmdesOrigin(Record):
    """From which proposal of a hamlet or a group an activity of the RPJM Desa came."""

    item = models.ForeignKey(RpjmdesItem, on_delete=models.CASCADE, related_name="origins")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="rpjmdes_origins")

    class Meta:
        ordering = ("item", "id")
        constraints = [models.UniqueConstraint(fields=("item", "proposal"), name="rpjmdes_origin_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.proposal_id}"


class RpjmdesChange(Versioned):
    """Something Musrenbang agreed to change in the RPJM Desa; before the final draft each is applied or explained."""

    class Answer(models.TextChoices):
        OPEN = "open", _("belum dijawab")
        APPLIED = "applied", _("sudah dimasukkan")
        EXPLAINED = "explained", _("tidak dimasukkan, dijelaskan")

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="agreed_changes")
    order = models.PositiveIntegerField(default=1)
    text = models.TextField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    explanation = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rpjmdes", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="explained_rpjmdes_change_has_a_sentence",
                condition=~Q(answer="explained") | ~Q(explanation=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        return self.rpjmdes.village.place


class PolicyLine(Versioned):
    """A programme of a higher plan that enters the village (F06). origin: pusat | provinsi | kabupaten | dprd."""

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="policy_lines")
    order = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=12)
    field = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    agency = models.CharField(max_length=160, blank=True)
    year = models.PositiveIntegerField(null=True, blank=True)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    sdgs = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("rpjmdes", "field", "order", "id")
        constraints = [
            models.CheckConstraint(name="policy_line_lies_in_a_bidang", condition=Q(field__gte=1, field__lte=5)),
            models.CheckConstraint(
                name="policy_amount_is_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.rpjmdes.village.place


class RpjmdesIncome(Record):
    """What the village expects of one source in one year of its RPJM Desa, in whole rupiah."""

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="incomes")
    year = models.PositiveIntegerField()
    source = models.CharField(max_length=5)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("rpjmdes", "year", "source")
        constraints = [
            models.UniqueConstraint(fields=("rpjmdes", "year", "source"), name="one_rpjm_income_per_year_and_source"),
            models.CheckConstraint(name="rpjm_income_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source} {self.amount}"

    @property
    def place(self) -> Place:
        return self.rpjmdes.village.place
