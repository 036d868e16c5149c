"""What the archive remembers beside the papers: bundles, signed pages that came back, letters, work plans, wording."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.plans.models import Team
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Job, Paper, Record, StoredFile, Versioned


class CycleBundle(Record):
    """One bundle file of a cycle's papers. content_hash: of everything that is in it, so that it is made only once.

    closed: forms that whoever it was made for may not read, so that they are not in it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="bundles")
    fmt = models.CharField(max_length=4)
    content_hash = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    page_count = models.PositiveIntegerField(default=0)
    listed = models.JSONField(default=list)
    closed = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "fmt", "content_hash"), name="bundle_once_per_content"),
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class BundleRun(Record):
    """One order for the bundles of every village of a regency. *job* does the work.

    kind: of the RKP Desa for *budget_year*, or of every RPJM Desa whose period covers that year.
    """

    kind = models.CharField(max_length=4, choices=Cycle.Kind.choices, default=Cycle.Kind.RKP)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT)
    budget_year = models.PositiveIntegerField()
    fmt = models.CharField(max_length=4)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL)
    asked_by_label = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("-asked_at", "id")

    def __str__(self) -> str:
        return f"Bundel {self.title}"

    @property
    def title(self) -> str:
        """What was ordered: ``RKP 2027``, ``RPJM 2027``."""
        return f"{self.kind.upper()} {self.budget_year}"

    @property
    def place(self) -> Place:
        return self.regency.place


class BundlePart(Record):
    """One cycle of an order: its bundle once it is made, or why there is none.

    A village has one, or for the RPJM Desa a second for the review that changed it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        DONE = "done", _("jadi")
        FAILED = "failed", _("gagal")

    run = models.ForeignKey(BundleRun, on_delete=models.CASCADE, related_name="parts")
    village = models.ForeignKey(Village, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    bundle = models.ForeignKey(CycleBundle, null=True, blank=True, on_delete=models.PROTECT)
    reused = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("village_id", "cycle__plan_year", "id")
        constraints = [
            models.UniqueConstraint(fields=("run", "cycle"), name="bundle_part_once_per_cycle"),
            models.CheckConstraint(
                name="bundle_part_done_has_a_bundle", condition=~Q(state="done") | Q(bundle__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.state}"

    @property
    def place(self) -> Place:
        return self.village.place


class ScanUpload(Record):
    """One file of photographed or scanned pages of signed papers, as it was handed in."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="scan_uploads")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    uploaded_by = models.UUIDField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class SignedPage(Versioned):
    """One page that came back. *paper*: the form it is the signed copy of, by its code or chosen by a person.

    problem: why the code did not settle it. code_read: what the code said.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu dipilihkan")
        ATTACHED = "attached", _("terlampir")
        SET_ASIDE = "set_aside", _("disisihkan")

    upload = models.ForeignKey(ScanUpload, on_delete=models.CASCADE, related_name="pages")
    page_no = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_pages")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    code_read = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    by_code = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("upload__uploaded_at", "upload_id", "page_no")
        constraints = [
            models.UniqueConstraint(fields=("upload", "page_no"), name="signed_page_once_per_upload"),
            models.CheckConstraint(
                name="attached_page_has_a_paper", condition=~Q(state="attached") | Q(paper__isnull=False)
            ),
            models.CheckConstraint(name="page_set_aside_has_a_reason", condition=~Q(state="set_aside") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.upload} halaman {self.page_no}"

    @property
    def place(self) -> Place:
        return self.upload.cycle.village.place


class WorkPlan(Versioned):
    """The follow-up plan (RKTL, F02) of a drafting team. rows: activity, day, hours, place, responsible, output."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="work_plan")
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    facilitator = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("team_id",)

    def __str__(self) -> str:
        return f"RKTL {self.team}"

    @property
    def place(self) -> Place:
        return self.team.village.place


class Letter(Versioned):
    """A letter or decision of the cycle (F35, F36). fields: name -> what was written for the wording of its kind."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField()
    addressee = models.CharField(max_length=300, blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signer_number = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=dict)
    members = models.JSONField(default=list)

    class Meta:
        ordering = ("-letter_date", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def subject_key(self) -> str:
        """What papers name it by."""
        return f"letter:{self.pk}"

    @property
    def place(self) -> Place:
        return self.cycle.village.place


class WordingText(Record):
    """One saved wording of a regency for one kind of text; the newest counts, the others are its history."""

    regency = models.ForeignKey(Regency, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    version_no = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    saved_by_label = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("regency", "kind", "-version_no")
        constraints = [
            models.UniqueConstraint(fields=("regency", "kind", "version_no"), name="wording_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_no}"

    @property
    def place(self) -> Place:
        return self.regency.place
