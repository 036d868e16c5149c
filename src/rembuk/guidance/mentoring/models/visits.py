"""Visits: planned, moved, made, reported, acknowledged; the team, whom they met, and what the sheet says."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.core.hat import Place
from rembuk.core.lists import regional_agencies
from rembuk.cycles.models import Cycle
from rembuk.regions.models import AccessMode, Signal, Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Visit(Versioned):
    """One visit to a village by a team on a day (kunjungan pendampingan).

    moved_from: the visit whose place this one took. team_text: names of the team for lists. captured_at: when the sheet
    was written on the device; received_at: when it came here; body_digest: of what was sent, so that a replay changes
    nothing. help_agency: code of the agency that is asked for help; help_answer: what it answered. signed_how: in the
    program, or on paper with *signed_file*. days_late: of the report; marked, never refused. clock_flag: the device's
    clock was off by over ten minutes.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("direncanakan")
        CONFIRMED = "confirmed", _("disetujui desa")
        ON_SITE = "on_site", _("di lapangan")
        REPORTED = "reported", _("menunggu diketahui desa")
        ACKNOWLEDGED = "acknowledged", _("diketahui desa")
        CLOSED = "closed", _("selesai")
        RESCHEDULED = "rescheduled", _("dijadwal ulang")
        CANCELLED = "cancelled", _("dibatalkan")
        MISSED = "missed", _("terlewat")

    class Mode(models.TextChoices):
        ONSITE = "onsite", _("di desa")
        CLINIC = "clinic", _("di klinik kecamatan")
        REMOTE = "remote", _("jarak jauh")

    class Purpose(models.TextChoices):
        STAGE = "stage", _("tahapan perencanaan")
        FOLLOW_UP = "follow_up", _("tindak lanjut temuan")
        COACHING = "coaching", _("pembinaan khusus")
        REQUEST = "request", _("permintaan desa")
        DATA = "data", _("pemeriksaan data")

    class Reason(models.TextChoices):
        WEATHER = "weather", _("cuaca")
        WATER_LEVEL = "water_level", _("tinggi muka air")
        FUNERAL = "funeral", _("kedukaan di desa")
        CLASH = "clash", _("bentrok jadwal")
        SIGNAL = "signal", _("tidak ada sinyal")
        BUDGET = "budget", _("anggaran")

    class Signed(models.TextChoices):
        PROGRAM = "program", _("di program oleh desa")
        PAPER = "paper", _("di lembar kertas")

    class Known(models.TextChoices):
        YES = "yes", _("sudah tahu")
        NO = "no", _("belum tahu")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="visits")
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    stage = models.CharField(max_length=4, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.STAGE)
    mode = models.CharField(max_length=7, choices=Mode.choices, default=Mode.ONSITE)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    planned_date = models.DateField()
    plan_note = models.CharField(max_length=300, blank=True)
    planned_by = models.UUIDField()
    team_text = models.CharField(max_length=400, blank=True)
    moved_from = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_to")
    reason_code = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirm_note = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    visit_date = models.DateField(null=True, blank=True)
    returned_date = models.DateField(null=True, blank=True)

    access_used = models.CharField(max_length=10, choices=AccessMode.choices, blank=True)
    travel_minutes = models.PositiveIntegerField(null=True, blank=True)
    work_minutes = models.PositiveIntegerField(null=True, blank=True)
    signal = models.CharField(max_length=10, choices=Signal.choices, blank=True)
    documents_seen = models.TextField(blank=True)
    data_problem = models.TextField(blank=True)
    participation = models.TextField(blank=True)
    ceiling_known = models.CharField(max_length=3, choices=Known.choices, blank=True)
    ceiling_letter = models.CharField(max_length=150, blank=True)
    help_agency = models.CharField(max_length=40, blank=True)
    help_text = models.TextField(blank=True)
    help_answer = models.TextField(blank=True)
    help_answered_by = models.UUIDField(null=True, blank=True)
    help_answered_at = models.DateTimeField(null=True, blank=True)
    next_date = models.DateField(null=True, blank=True)
    no_findings = models.BooleanField(default=False)

    reported_by = models.UUIDField(null=True, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    body_digest = models.CharField(max_length=64, blank=True)
    report_due = models.DateField(null=True, blank=True)
    days_late = models.PositiveIntegerField(default=0)
    clock_flag = models.BooleanField(default=False)

    signed_how = models.CharField(max_length=7, choices=Signed.choices, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    signer_role = models.CharField(max_length=5, blank=True)
    signed_date = models.DateField(null=True, blank=True)
    signed_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objection = models.TextField(blank=True)
    acknowledged_by = models.UUIDField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.TextField(blank=True)

    class Meta:
        ordering = ("planned_date", "village", "id")
        constraints = [
            models.CheckConstraint(
                name="moved_visit_says_why",
                condition=~Q(state="rescheduled") | (~Q(reason_code="") & ~Q(reason_text="")),
            ),
            models.CheckConstraint(
                name="cancelled_visit_says_why", condition=~Q(state="cancelled") | ~Q(reason_text="")
            ),
            models.CheckConstraint(
                name="reported_visit_has_its_sheet",
                condition=~Q(state__in=("reported", "acknowledged", "closed"))
                | (
                    Q(reported_by__isnull=False, captured_at__isnull=False, visit_date__isnull=False)
                    & ~Q(body_digest="")
                ),
            ),
            models.CheckConstraint(
                name="acknowledged_visit_is_signed",
                condition=~Q(state__in=("acknowledged", "closed"))
                | (Q(signed_date__isnull=False, acknowledged_at__isnull=False) & ~Q(signed_how="")),
            ),
            models.CheckConstraint(
                name="visit_signed_on_paper_keeps_the_paper",
                condition=~Q(signed_how="paper") | Q(signed_file__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_visit_has_a_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="answered_help_was_asked",
                condition=Q(help_answer="") | (~Q(help_agency="") & Q(help_answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="team_returns_after_the_visit",
                condition=Q(returned_date__isnull=True) | Q(returned_date__gte=F("visit_date")),
            ),
        ]
        indexes = [
            models.Index(fields=("village", "state", "planned_date"), name="visit_of_village"),
            models.Index(fields=("state", "planned_date"), name="visit_by_state_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.planned_date}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def agency_name(self) -> str:
        """The agency asked for help in words, empty where none was."""
        known = regional_agencies().get(self.help_agency)
        return known.name if known else self.help_agency

    @property
    def day(self) -> date:
        """The day it happened, or is planned for."""
        return self.visit_date or self.planned_date


class VisitMember(Record):
    """One person of the team. role: worn at planning. is_lead: who answers for the sheet."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=5)
    is_lead = models.BooleanField(default=False)

    class Meta:
        ordering = ("visit", "-is_lead", "id")
        constraints = [models.UniqueConstraint(fields=("visit", "person"), name="person_once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.role}"


class VisitContact(Record):
    """Somebody whom the team met in the village."""

    class Sex(models.TextChoices):
        FEMALE = "P", _("perempuan")
        MALE = "L", _("laki-laki")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="contacts")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=100, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)

    class Meta:
        ordering = ("visit", "order", "id")

    def __str__(self) -> str:
        return f"{self.visit_id} {self.order}"


class VisitAnswer(Record):
    """The answer to one question of the stage's checklist; the words behind code and version never change."""

    class Answer(models.TextChoices):
        YES = "yes", _("ya")
        NO = "no", _("tidak")
        NA = "na", _("tidak berlaku")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    stage = models.CharField(max_length=4)
    list_version = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    answer = models.CharField(max_length=3, choices=Answer.choices)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("visit", "code", "id")
        constraints = [models.UniqueConstraint(fields=("visit", "code"), name="question_answered_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.code} {self.answer}"


class PromiseCheck(Record):
    """What the visitor saw of a promise made before (part a of the sheet)."""

    class Seen(models.TextChoices):
        OPEN = "open", _("belum ada perubahan")
        WORKING = "working", _("sedang dikerjakan")
        DONE = "done", _("terlihat selesai")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="promise_checks")
    item = models.ForeignKey("mentoring.ActionItem", on_delete=models.PROTECT, related_name="checks")
    seen = models.CharField(max_length=8, choices=Seen.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("visit", "item", "id")
        constraints = [models.UniqueConstraint(fields=("visit", "item"), name="promise_seen_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.seen}"


class VisitPhoto(Record):
    """A photo taken on a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("visit", "created_at", "id")
        constraints = [models.UniqueConstraint(fields=("visit", "file"), name="photo_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.file_id}"
