"""Works of the village budget: who builds, what was paid, how far it is, what stood in the way, who keeps the asset."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.budgeting.models import ApbdesLine
from rembuk.core.hat import Place
from rembuk.core.workflow.photo_looks import VERDICTS
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesItem
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Work(Versioned):
    """One activity of a budget year being carried out. item: the plan's activity; line: of an emergency without one.

    name, location, target and unit are what was promised, copied when the work was opened. percent: newest physical
    progress. stopped_reason: why it ends unfinished. minutes_*: of the hand-over; keeper: who looks after the asset.
    maintenance_proposal: what was offered to the next plan from here.
    """

    class State(models.TextChoices):
        OPEN = "open", _("dikerjakan")
        CLOSED = "closed", _("selesai diserahkan")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="works")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="works")
    item = models.OneToOneField(RkpdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="work")
    line = models.OneToOneField(ApbdesLine, null=True, blank=True, on_delete=models.PROTECT, related_name="work")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    target_volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    physical = models.BooleanField(default=False)
    implementer = models.CharField(max_length=150, blank=True)
    contract_number = models.CharField(max_length=100, blank=True)
    contract_date = models.DateField(null=True, blank=True)
    contract_amount = models.BigIntegerField(null=True, blank=True)
    start_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    done_volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    stopped_reason = models.CharField(max_length=300, blank=True)
    minutes_number = models.CharField(max_length=100, blank=True)
    minutes_date = models.DateField(null=True, blank=True)
    minutes_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    keeper = models.CharField(max_length=150, blank=True)
    asset_note = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    maintenance_proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="maintained_works"
    )
    opened_by = models.UUIDField()

    class Meta:
        ordering = ("cycle", "activity_code", "name", "id")
        constraints = [
            models.CheckConstraint(
                name="work_is_of_a_plan_item_or_of_an_emergency",
                condition=Q(item__isnull=False) | Q(line__isnull=False),
            ),
            models.CheckConstraint(name="work_percent_is_at_most_a_hundred", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="closed_work_is_finished_or_says_why_not",
                condition=~Q(state="closed") | Q(percent=100) | ~Q(stopped_reason=""),
            ),
            models.CheckConstraint(
                name="closed_physical_work_was_handed_over",
                condition=~Q(state="closed", physical=True)
                | (~Q(minutes_number="") & Q(minutes_date__isnull=False, minutes_file__isnull=False) & ~Q(keeper="")),
            ),
            models.CheckConstraint(
                name="contract_money_is_not_negative",
                condition=Q(contract_amount__isnull=True) | Q(contract_amount__gte=0),
            ),
        ]
        indexes = [models.Index(fields=("cycle", "state"), name="work_of_cycle_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def closed(self) -> bool:
        return self.state == self.State.CLOSED


class Payment(Record):
    """Money paid for a work from one source. A wrong one is struck with a reason, never deleted."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="payments")
    paid_date = models.DateField()
    source = models.CharField(max_length=5)
    amount = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    receipt_number = models.CharField(max_length=100, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.UUIDField(null=True, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("work", "paid_date", "recorded_at", "id")
        constraints = [
            models.CheckConstraint(name="payment_is_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="struck_payment_says_why", condition=Q(struck_at__isnull=True) | ~Q(struck_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"


class Progress(Record):
    """Physical progress seen on a day, with a photo at 0, 40, 80 and 100 percent (others may have one).

    photo_verdict: what the secretary said when looking at the photo for people and houses
    (core.workflow.photo_looks); empty while nobody has, and then no public page shows it.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="progress")
    seen_date = models.DateField()
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    photo_verdict = models.CharField(max_length=8, blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("work", "seen_date", "percent", "id")
        verbose_name_plural = "progress"
        constraints = [
            models.CheckConstraint(name="progress_is_at_most_a_hundred", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="progress_photo_is_looked_at_in_known_words",
                condition=Q(photo_verdict="") | Q(photo_verdict__in=tuple(VERDICTS), photo__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.percent}"


class Obstacle(Versioned):
    """Something that stands in a work's way, and what is done about it. delay_days: as known when it was written."""

    class Kind(models.TextChoices):
        WEATHER = "weather", _("cuaca atau banjir")
        MATERIAL = "material", _("bahan")
        LABOUR = "labour", _("tenaga kerja")
        MONEY = "money", _("pencairan dana")
        LAND = "land", _("lahan")
        OTHER = "other", _("lainnya")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="obstacles")
    noted_date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=300)
    delay_days = models.PositiveSmallIntegerField(null=True, blank=True)
    follow_up = models.CharField(max_length=300, blank=True)
    solved_date = models.DateField(null=True, blank=True)
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("work", "noted_date", "created_at", "id")
        constraints = [models.CheckConstraint(name="obstacle_has_a_sentence", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]
