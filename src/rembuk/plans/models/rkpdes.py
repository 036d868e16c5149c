"""Versions of the annual plan, their items, money and estimates."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.plans.models.rpjmdes import RpjmdesItem
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class RkpdesVersion(Versioned):
    """A version of the annual plan. Once *enacted_at* is set, nothing below it can change: the database refuses.

    state: core.workflow.plan_states. kind ORIGINAL | AMENDMENT; an amendment names the version it supersedes and its
    ground (core.law.amendments) with the letter that tells it. content_hash: SHA-256 of the
    canonical content at enactment. perdes_state: core.workflow.perdes_states; perdes_dates: {state: ISO day it was
    entered}; both go on after enactment (sending, clarification). perdes_data: texts of F19 where they differ from the
    usual wording.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="rkpdes_versions")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rkpdes_versions")
    version_no = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, default="ORIGINAL")
    ground = models.CharField(max_length=20, blank=True)
    ground_number = models.CharField(max_length=100, blank=True)
    ground_date = models.DateField(null=True, blank=True)
    ground_note = models.TextField(blank=True)
    ground_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    state = models.CharField(max_length=14, default="draft")
    note = models.TextField(blank=True)
    head_approved_at = models.DateTimeField(null=True, blank=True)
    head_approved_by = models.UUIDField(null=True, blank=True)
    return_reason = models.TextField(blank=True)
    bpd_agreement_number = models.CharField(max_length=100, blank=True)
    bpd_agreement_date = models.DateField(null=True, blank=True)
    perdes_number = models.CharField(max_length=60, blank=True)
    perdes_date = models.DateField(null=True, blank=True)
    promulgated_date = models.DateField(null=True, blank=True)
    gazette_number = models.CharField(max_length=60, blank=True)
    perdes_data = models.JSONField(default=dict, blank=True)
    perdes_state = models.CharField(max_length=20, default="draft")
    perdes_dates = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    enacted_at = models.DateTimeField(null=True, blank=True)
    enacted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("cycle", "version_no", "id")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "version_no"), name="rkpdes_version_numbers_are_unique"),
            models.UniqueConstraint(
                fields=("cycle",), condition=Q(enacted_at__isnull=True), name="one_rkpdes_version_in_work_per_cycle"
            ),
            models.CheckConstraint(
                name="amendment_has_its_ground",
                condition=~Q(kind="AMENDMENT")
                | (~Q(ground="") & ~Q(ground_number="") & Q(ground_date__isnull=False, supersedes__isnull=False)),
            ),
            models.CheckConstraint(
                name="enacted_plan_has_its_perdes",
                condition=Q(enacted_at__isnull=True)
                | (
                    ~Q(perdes_number="")
                    & Q(perdes_date__isnull=False, promulgated_date__isnull=False)
                    & ~Q(content_hash="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"RKP {self.cycle_id} v{self.version_no}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def is_amendment(self) -> bool:
        return self.kind == "AMENDMENT"

    @property
    def enacted(self) -> bool:
        return self.enacted_at is not None


class RkpdesItem(Versioned):
    """One activity of the plan (a row of F26). Its cost is the sum of its fundings, in whole rupiah.

    drafters: ids of everybody who wrote the row or its cost estimate; none of them may check it (F29).
    selection_digest: what `apply_selection` last wrote, so that a row nobody has touched can leave with its proposal.
    previous: the row of the superseded version that it continues, so that Semula and Menjadi are one activity.
    fallen_out: its proposal is no longer in the adopted list, but people have worked on the row; a person decides.
    """

    plan = models.ForeignKey(RkpdesVersion, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=200, blank=True)
    beneficiaries_male = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_female = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_poor = models.PositiveIntegerField(null=True, blank=True)
    schedule = models.CharField(max_length=60, blank=True)
    delivery_mode = models.CharField(max_length=14, default="self_managed")
    partner = models.CharField(max_length=120, blank=True)
    planned_implementer = models.CharField(max_length=120, blank=True)
    sdgs = models.JSONField(default=list, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    yearly_target = models.CharField(max_length=120, blank=True)
    need_category = models.CharField(max_length=20, blank=True)
    dd_focus = models.CharField(max_length=20, blank=True)
    programme_tag = models.CharField(max_length=20, blank=True)
    hamlet_names = models.CharField(max_length=200, blank=True)
    is_physical = models.BooleanField(default=False)
    has_design = models.BooleanField(default=False)
    rpjmdes_item = models.ForeignKey(
        RpjmdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="rkpdes_items"
    )
    outside_rpjm_reason = models.TextField(blank=True)
    drafted_by = models.UUIDField(null=True, blank=True)
    drafters = models.JSONField(default=list, blank=True)
    changed_by = models.UUIDField(null=True, blank=True)
    selection_digest = models.CharField(max_length=64, blank=True)
    fallen_out = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")

    class Meta:
        ordering = ("plan", "activity_code", "order", "id")
        indexes = [models.Index(fields=("plan", "activity_code"), name="item_of_plan_by_code")]
        constraints = [
            models.CheckConstraint(name="item_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(fields=("plan", "previous"), name="one_successor_per_version"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.plan.village.place


class ItemFunding(Record):
    """Money of one source in one item, whole rupiah."""

    item = models.ForeignKey(RkpdesItem, on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(max_length=5)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("item", "source")
        constraints = [
            models.UniqueConstraint(fields=("item", "source"), name="one_funding_per_source"),
            models.CheckConstraint(name="funding_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"


class ItemProposal(Record):
    """From which proposals an item came."""

    item = models.ForeignKey(RkpdesItem, on_delete=models.CASCADE, related_name="proposal_links")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="item_links")

    class Meta:
        ordering = ("item", "id")
        constraints = [models.UniqueConstraint(fields=("item", "proposal"), name="item_proposal_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.proposal_id}"


class RabLine(Record):
    """A line of the estimate (F28). section: 1 bahan, 2 alat, 3 upah, 4 operasional. amount = volume x unit_price."""

    item = models.ForeignKey(RkpdesItem, on_delete=models.CASCADE, related_name="rab_lines")
    order = models.PositiveIntegerField(default=1)
    section = models.PositiveSmallIntegerField(default=1)
    category = models.CharField(max_length=6, blank=True)
    account_code = models.CharField(max_length=12, blank=True)
    description = models.CharField(max_length=300)
    volume = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=40)
    unit_price = models.BigIntegerField()
    amount = models.BigIntegerField()
    is_contribution = models.BooleanField(default=False)

    class Meta:
        ordering = ("item", "section", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="rab_amount_is_not_negative", condition=Q(amount__gte=0, unit_price__gte=0, volume__gte=0)
            )
        ]

    def __str__(self) -> str:
        return self.description
