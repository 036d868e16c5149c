"""The hand-off of the RKP Desa to the budget, the budget lines that came back, and the law's steps of the budget."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.core.money import format_amount
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.regions.models import Village
from rembuk.shared.models import Record, StoredFile, Versioned


class Handoff(Record):
    """One hand-over file of an enacted plan (K14). digest: SHA-256 of its rows; the same rows are handed over once."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="handoffs")
    plan = models.ForeignKey(RkpdesVersion, on_delete=models.PROTECT, related_name="handoffs")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)
    item_count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("cycle", "-made_at", "id")
        constraints = [models.UniqueConstraint(fields=("plan", "digest"), name="plan_is_handed_over_once_as_it_is")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.digest[:12]}"

    @property
    def place(self) -> Place:
        return self.cycle.place


class Apbdes(Versioned):
    """The budget of one cycle as law: number 0 is the first, 1 and more its amendments.

    state, dates: core.workflow.apb_evaluation; {state: ISO day it was entered}.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="apbdes")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="apbdes")
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, default="draft")
    dates = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("cycle", "number", "id")
        constraints = [models.UniqueConstraint(fields=("cycle", "number"), name="one_apbdes_per_cycle_and_number")]

    def __str__(self) -> str:
        return f"APB {self.cycle_id} {self.number}"

    @property
    def place(self) -> Place:
        return self.village.place


class ApbdesStep(Record):
    """What happened to a budget on its way to law, with the letter that proves it. Never changed."""

    apbdes = models.ForeignKey(Apbdes, on_delete=models.PROTECT, related_name="steps")
    event = models.CharField(max_length=24)
    day = models.DateField()
    number = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("apbdes", "day", "recorded_at", "id")

    def __str__(self) -> str:
        return f"{self.event} {self.day}"


class ApbdesVersion(Record):
    """The lines of a budget as one file brought them; the newest counts, the earlier stay readable.

    plan: the enacted RKP Desa its lines are linked to. digest: SHA-256 of lines, links, accounts and incomes; the same
    content is stored once in a row. disagreements: sentences about sums of the file that its rows do not give, and
    about sheets of estimates that were left out.
    """

    apbdes = models.ForeignKey(Apbdes, on_delete=models.PROTECT, related_name="versions")
    version_no = models.PositiveIntegerField()
    plan = models.ForeignKey(RkpdesVersion, on_delete=models.PROTECT, related_name="apbdes_versions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sheet_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    disagreements = models.JSONField(default=list, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("apbdes", "version_no", "id")
        constraints = [
            models.UniqueConstraint(fields=("apbdes", "version_no"), name="apbdes_version_numbers_are_unique")
        ]

    def __str__(self) -> str:
        return f"{self.apbdes_id} v{self.version_no}"

    @property
    def place(self) -> Place:
        return self.apbdes.village.place


class ApbdesLine(Record):
    """One activity of the budget. item: the plan's activity it is; none only for an emergency of bidang 5, with reason.

    linked_by: ``key`` and ``name`` were read, ``person`` was confirmed. row: as the file's sheet counts it.
    """

    class LinkedBy(models.TextChoices):
        KEY = "key", _("kunci dalam berkas")
        NAME = "name", _("kode dan nama sama")
        PERSON = "person", _("dipastikan orang")

    version = models.ForeignKey(ApbdesVersion, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=10, blank=True)
    package = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=300)
    location = models.CharField(max_length=200, blank=True)
    volume_text = models.CharField(max_length=80, blank=True)
    field = models.PositiveSmallIntegerField(null=True, blank=True)
    item = models.ForeignKey(RkpdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="apbdes_lines")
    linked_by = models.CharField(max_length=6, choices=LinkedBy.choices, blank=True)
    emergency_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("version", "order", "id")
        constraints = [
            models.CheckConstraint(
                name="apbdes_line_has_its_plan_item_or_is_an_emergency",
                condition=Q(item__isnull=False) | (Q(field=5) & ~Q(emergency_reason="")),
            ),
            models.CheckConstraint(name="apbdes_line_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.version.place


class ApbdesFunding(Record):
    """Money of one source in one line, whole rupiah. source empty: several sources, untold how much of each."""

    line = models.ForeignKey(ApbdesLine, on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(max_length=5, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("line", "source")
        constraints = [
            models.UniqueConstraint(fields=("line", "source"), name="one_apbdes_funding_per_source"),
            models.CheckConstraint(name="apbdes_funding_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"


class ApbdesAccount(Record):
    """A row of accounts below a line, as the file has it."""

    line = models.ForeignKey(ApbdesLine, on_delete=models.CASCADE, related_name="accounts")
    order = models.PositiveIntegerField()
    account_code = models.CharField(max_length=14, blank=True)
    description = models.CharField(max_length=300)
    volume_text = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=5, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("line", "order", "id")

    def __str__(self) -> str:
        return self.description


class ApbdesEstimate(Record):
    """One estimate (RAB) that came with a budget, tied to the line it explains. order: as the sheets lie in the file.

    printed: the sum that the sheet prints, None without one. findings: {"row", "cell", "sentence"} of each sum that
    does not agree. linked_by: as in `ApbdesLine`.
    """

    line = models.ForeignKey(ApbdesLine, on_delete=models.CASCADE, related_name="estimates")
    order = models.PositiveIntegerField()
    sheet_name = models.CharField(max_length=120)
    activity = models.CharField(max_length=300, blank=True)
    linked_by = models.CharField(max_length=6, choices=ApbdesLine.LinkedBy.choices)
    total = models.BigIntegerField()
    printed = models.BigIntegerField(null=True, blank=True)
    findings = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("line", "order", "id")
        constraints = [
            models.UniqueConstraint(fields=("line", "order"), name="one_apbdes_estimate_per_line_and_sheet"),
            models.CheckConstraint(name="apbdes_estimate_is_not_negative", condition=Q(total__gte=0)),
        ]

    def __str__(self) -> str:
        return self.sheet_name

    @property
    def place(self) -> Place:
        return self.line.place


class ApbdesEstimateLine(Record):
    """A priced row of an estimate; volume, unit and price are texts as the sheet has them, the amount whole rupiah."""

    estimate = models.ForeignKey(ApbdesEstimate, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    description = models.CharField(max_length=300)
    volume_text = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    price_text = models.CharField(max_length=40, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("estimate", "order", "id")

    def __str__(self) -> str:
        return self.description

    @property
    def price(self) -> str:
        """The unit price as it is read here: a bare number with dots between its thousands, other texts as they are."""
        return format_amount(int(self.price_text)) if self.price_text.isdecimal() else self.price_text


class ApbdesIncome(Record):
    """An income or a line of financing of a budget."""

    class Kind(models.TextChoices):
        INCOME = "income", _("pendapatan")
        FINANCING_IN = "financing_in", _("penerimaan pembiayaan")
        FINANCING_OUT = "financing_out", _("pengeluaran pembiayaan")

    version = models.ForeignKey(ApbdesVersion, on_delete=models.CASCADE, related_name="incomes")
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=14, blank=True)
    name = models.CharField(max_length=300)
    source = models.CharField(max_length=5, blank=True)
    amount = models.BigIntegerField()
    kind = models.CharField(max_length=13, choices=Kind.choices)

    class Meta:
        ordering = ("version", "order", "id")

    def __str__(self) -> str:
        return self.name


class ApbdesImport(Versioned):
    """A budget file on its way in: kept, read anew whenever it is shown, stored only when a person presses.

    choices: {row of the sheet: key of the plan's item, or ``darurat``}; reasons: {row: why it is an emergency}.
    estimates: {name of a RAB sheet: row of the budget that it explains, or ``bukan``}.
    """

    class State(models.TextChoices):
        READ = "read", _("belum disimpan")
        SAVED = "saved", _("tersimpan")
        DROPPED = "dropped", _("tidak jadi")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="apbdes_imports")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="apbdes_imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sheet_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    choices = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    estimates = models.JSONField(default=dict, blank=True)
    result = models.ForeignKey(ApbdesVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    made_by = models.UUIDField()

    class Meta:
        ordering = ("cycle", "-created_at", "id")

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.sheet_name}"

    @property
    def place(self) -> Place:
        return self.village.place
