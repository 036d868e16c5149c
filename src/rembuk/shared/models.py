"""What every room's tables share, and the few tables that belong to no single room."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.shared import places
from rembuk.shared.trail.models import TrailEntry, TrailPersonal, TrailSeal

__all__ = [
    "Job",
    "Notice",
    "Paper",
    "Record",
    "StoredFile",
    "TrailEntry",
    "TrailPersonal",
    "TrailSeal",
    "Versioned",
    "WorkerLease",
]


class Origin(models.TextChoices):
    """Through which door a record came in."""

    ONLINE = "online", _("daring")
    OFFLINE = "offline", _("luring")
    PAPER = "paper", _("kertas")
    IMPORT = "import", _("berkas")
    SEED = "seed", _("data contoh")


class Record(models.Model):
    """A row with a key that the device may have made: replaying it changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Versioned(Record):
    """A row that two people may edit at once: every save by a service raises *version*; a stale write is refused."""

    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class StoredFile(Record):
    """One uploaded or generated file: photo, scan, signed paper. The bytes lie under their SHA-256."""

    village_id_text = models.CharField(max_length=20, blank=True, db_index=True)
    regency_key = models.CharField(max_length=5, blank=True)
    district_key = models.CharField(max_length=8, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    uploaded_by = models.UUIDField(null=True, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("received_at", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Where the file belongs: its village as the tree of places has it today, or the district or regency."""
        if self.village_id_text:
            return places.of_village(self.village_id_text)
        return Place(self.regency_key, self.district_key)


class Paper(Record):
    """A paper in the archive: its frozen document data, and the files rendered from it when somebody opened them.

    *subject* names the thing it prints (``cycle:UUID``, ``meeting:UUID``, ...). *data* is the complete document value;
    *sha256* is the digest of its canonical JSON, printed on the paper beside the QR to the verification page.
    """

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    subject = models.CharField(max_length=80, db_index=True)
    village_key = models.CharField(max_length=20, db_index=True)
    number = models.CharField(max_length=100, blank=True)
    paper_date = models.DateField(null=True, blank=True)
    version_no = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    verify_code = models.CharField(max_length=16, unique=True)
    files = models.JSONField(default=dict)
    made_by = models.UUIDField(null=True, blank=True)
    made_by_label = models.CharField(max_length=200, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("code", "subject", "version_no"), name="paper_version_once_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def place(self) -> Place:
        """Where the paper belongs: its village, district or regency by the length of the key."""
        return places.of_key(self.village_key)


class Notice(Record):
    """One message to one person. *key* keeps the same message from being sent twice."""

    person_id_value = models.UUIDField(db_index=True)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=40)
    due_date = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("person_id_value", "key"), name="notice_once_per_person_and_key")
        ]
        indexes = [models.Index(fields=("person_id_value", "read_at"), name="notice_unread_of_a_person")]

    def __str__(self) -> str:
        return self.title


class Job(Record):
    """A long piece of work that a person waits for; the work itself is a django-tasks task.

    *lease_owner* is the worker that runs it now. *hat* is the hat of the person who asked for it, as values.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        RUNNING = "running", _("berjalan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")
        CANCELLED = "cancelled", _("dibatalkan")

    name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=80, blank=True)
    task_key = models.CharField(max_length=40, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    hat = models.JSONField(null=True, blank=True)
    village_key = models.CharField(max_length=20, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = [models.Index(fields=("state", "lease_owner"), name="job_by_state_and_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return Place(**self.hat["place"]) if self.hat else Place()

    @property
    def over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


class WorkerLease(models.Model):
    """The sign of life of one worker, renewed every few seconds. A worker whose lease ran out is dead."""

    worker = models.CharField(primary_key=True, max_length=80)
    started_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("worker",)

    def __str__(self) -> str:
        return self.worker
