"""RPJM register, RKP versions and items, RAB, technical checks, teams, and the Perdes that enacts a version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Team(Versioned):
    """A team by decree of the village head: drafting (F01) or verification (F30)."""

    class Kind(models.TextChoices):
        DRAFTING = "drafting", _("Tim Penyusun RKP Desa")
        VERIFICATION = "verification", _("Tim Verifikasi")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="teams")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="teams")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    decree_number = models.CharField(max_length=100, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("cycle", "kind", "id")
        constraints = [models.UniqueConstraint(fields=("cycle", "kind"), name="one_team_of_a_kind_per_cycle")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cycle_id}"

    @property
    def place(self) -> Place:
        return self.village.place


class TeamMember(Record):
    """A member. position: patron | chair | secretary | member. element: UNSUR or attendee type code."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1)
    element = models.CharField(max_length=12)
    office = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=12, default="member")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("team", "order", "id")
        constraints = [models.CheckConstraint(name="team_member_is_l_or_p", condition=Q(sex__in=("L", "P")))]

    def __str__(self) -> str:
        return self.name


class Rpjmdes(Versioned):
    """An RPJM Desa in force, registered so that an RKP can be cut from it. Drafting one is a later room's work."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="rpjmdes")
    perdes_number = models.CharField(max_length=60)
    perdes_date = models.DateField()
    start_year = models.PositiveIntegerField()
    end_year = models.PositiveIntegerField()
    vision = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("village", "-start_year", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("village",), condition=Q(is_active=True), name="one_active_rpjmdes_per_village"
            ),
            models.CheckConstraint(
                name="rpjmdes_period_runs_forward", condition=Q(end_year__gte=models.F("start_year"))
            ),
        ]

    def __str__(self) -> str:
        return f"RPJM {self.start_year}-{self.end_year}"

    @property
    def place(self) -> Place:
        return self.village.place


class RpjmdesItem(Record):
    """One line of the RPJM matrix. years: the calendar years in which it is planned."""

    rpjmdes = models.ForeignKey(Rpjmdes, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=200, blank=True)
    years = models.JSONField(default=list)
    cost = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("rpjmdes", "order", "id")

    def __str__(self) -> str:
        return self.name


class RkpdesVersion(Versioned):
    """A version of the annual plan. Once *enacted_at* is set, nothing below it can change: the database refuses.

    state: core.workflow.plan_states. kind ORIGINAL | AMENDMENT with ground and supersedes. content_hash: SHA-256 of the
    canonical content at enactment. perdes_state: core.workflow.perdes_states; perdes_dates: {state: ISO day it was
    entered}; both go on after enactment (sending, clarification). perdes_data: texts of F19 where they differ from the
    usual wording.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="rkpdes_versions")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rkpdes_versions")
    version_no = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, default="ORIGINAL")
    ground = models.CharField(max_length=20, blank=True)
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
    def enacted(self) -> bool:
        return self.enacted_at is not None


class RkpdesItem(Versioned):
    """One activity of the plan (a row of F26). Its cost is the sum of its fundings, in whole rupiah.

    drafters: ids of everybody who wrote the row or its cost estimate; none of them may check it (F29).
    selection_digest: what `apply_selection` last wrote, so that a row nobody has touched can leave with its proposal.
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

    class Meta:
        ordering = ("plan", "activity_code", "order", "id")
        indexes = [models.Index(fields=("plan", "activity_code"), name="item_of_plan_by_code")]
        constraints = [models.CheckConstraint(name="item_has_a_name", condition=~Q(name=""))]

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


class TechnicalCheck(Record):
    """The verification team's sheet (F29) of one item: 14 rows, verdict feasible or not. The newest counts."""

    item = models.ForeignKey(RkpdesItem, on_delete=models.CASCADE, related_name="technical_checks")
    rows = models.JSONField(default=list)
    is_feasible = models.BooleanField()
    note = models.TextField(blank=True)
    check_date = models.DateField()
    checked_by = models.UUIDField()
    signers = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("item", "-check_date", "-created_at", "id")

    def __str__(self) -> str:
        return f"{self.item_id} {self.is_feasible}"


class Implementer(Versioned):
    """Who carries an item out (F31). members: list of {position, name, sex, element}.

    position: chair | secretary | treasurer | member.
    """

    item = models.OneToOneField(RkpdesItem, on_delete=models.CASCADE, related_name="implementer")
    members = models.JSONField(default=list)

    class Meta:
        ordering = ("item",)

    def __str__(self) -> str:
        return str(self.item_id)


class AgreedChange(Versioned):
    """Something Musrenbang agreed to change in the draft. Before the final draft each is applied or explained (K10)."""

    class Answer(models.TextChoices):
        OPEN = "open", _("belum dijawab")
        APPLIED = "applied", _("sudah dimasukkan")
        EXPLAINED = "explained", _("tidak dimasukkan, dijelaskan")

    plan = models.ForeignKey(RkpdesVersion, on_delete=models.CASCADE, related_name="agreed_changes")
    order = models.PositiveIntegerField(default=1)
    text = models.TextField()
    item = models.ForeignKey(
        RkpdesItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="agreed_changes"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    explanation = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="explained_change_has_a_sentence", condition=~Q(answer="explained") | ~Q(explanation="")
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        return self.plan.village.place


class EvaluationRow(Record):
    """A line of last year's plan as evaluated (F25)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="evaluation_rows")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    realised = models.BooleanField(null=True, blank=True)
    realised_amount = models.BigIntegerField(null=True, blank=True)
    target_volume = models.CharField(max_length=80, blank=True)
    realised_volume = models.CharField(max_length=80, blank=True)
    obstacle = models.CharField(max_length=300, blank=True)
    follow_up = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("cycle", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="evaluation_money_is_not_negative",
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(realised_amount__isnull=True) | Q(realised_amount__gte=0)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class DuRkpdesItem(Versioned):
    """A need beyond the village's authority or means, aimed upward. Its later life is the sectors' room."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="du_items")
    proposal = models.OneToOneField(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="du_item")
    order = models.PositiveIntegerField(default=1)
    activity_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    schedule = models.CharField(max_length=60, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    proposed_source = models.CharField(max_length=60, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=20, default="DRAFT")

    class Meta:
        ordering = ("cycle", "order", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place
