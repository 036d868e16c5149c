"""Usulan: what a hamlet or group asks for, from the first word to its answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.assessment.models import Action, Assessment
from rembuk.core.hat import Place
from rembuk.core.workflow.photo_looks import SHOWN_VERDICTS
from rembuk.cycles.models import Cycle
from rembuk.regions.models import Hamlet, Rt, Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Proposal(Versioned):
    """A proposed activity (usulan). Codes of states and reasons: core.workflow.proposal_states, core.law.reasons.

    hamlet None = the whole village. cost None = not readable or a range (kept in *cost_text*): accepted, never chosen.
    receipt_digest: digest of the unguessable receipt code, which is shown once and never stored.
    sources_allowed: codes that may pay; empty = every source but SWD and DLL. groups: UNSUR codes of those it helps.
    authority: asked, never guessed: unknown | village | higher (goes to DU-RKP with a person's word).
    created_digest: what the row was made from, so that the same key with another body is refused.
    typed: what was typed into a draft and not yet understood; kept by the autosave, emptied by a save.
    showing: by its state as usual | open, since nobody looked in time | closed, never shown by itself (help for one
    person or house, abuse). Title, problem and place of a resident's proposal are the covered words; see `Intake`.
    """

    class Authority(models.TextChoices):
        UNKNOWN = "unknown", _("belum ditanyakan")
        VILLAGE = "village", _("kewenangan desa")
        HIGHER = "higher", _("kewenangan di atas desa")

    class Showing(models.TextChoices):
        BY_STATE = "state", _("menurut keadaannya")
        OPEN = "open", _("terbuka karena waktunya lewat")
        CLOSED = "closed", _("tidak pernah tampil sendiri")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="proposals")
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=20, unique=True, null=True, blank=True)
    receipt_digest = models.CharField(max_length=64, blank=True, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    rt = models.ForeignKey(Rt, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals")
    location_text = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    cost_text = models.CharField(max_length=120, blank=True)
    beneficiaries_male = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_female = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_poor = models.PositiveIntegerField(null=True, blank=True)
    groups = models.JSONField(default=list, blank=True)
    sdgs = models.JSONField(default=list, blank=True)
    activity_code = models.CharField(max_length=10, blank=True)
    activity_confirmed_by = models.UUIDField(null=True, blank=True)
    need_category = models.CharField(max_length=20, blank=True)
    sources_allowed = models.JSONField(default=list, blank=True)
    single_source = models.BooleanField(default=False)
    authority = models.CharField(max_length=10, choices=Authority.choices, default=Authority.UNKNOWN)
    authority_note = models.CharField(max_length=300, blank=True)
    authority_by = models.UUIDField(null=True, blank=True)
    is_physical = models.BooleanField(null=True, blank=True)
    proposer_kind = models.CharField(max_length=12, default="hamlet")
    proposer_group = models.CharField(max_length=120, blank=True)
    proposer_name = models.CharField(max_length=150, blank=True)
    proposer_contact = models.CharField(max_length=120, blank=True)
    hide_proposer = models.BooleanField(default=True)
    showing = models.CharField(max_length=6, choices=Showing.choices, default=Showing.BY_STATE)
    state = models.CharField(max_length=12, default="draft")
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.TextField(blank=True)
    feasibility_b = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to")
    import_batch = models.ForeignKey(
        "ImportBatch", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    import_row = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_by = models.UUIDField(null=True, blank=True)
    created_by_role = models.CharField(max_length=5, blank=True)
    created_digest = models.CharField(max_length=64, blank=True)
    typed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("village", "number", "captured_at", "id")
        constraints = [
            models.CheckConstraint(
                name="proposal_leaves_draft_with_a_time",
                condition=Q(state="draft") | (Q(submitted_at__isnull=False, number__isnull=False) & ~Q(title="")),
            ),
            models.CheckConstraint(
                name="proposal_ends_with_a_reason",
                condition=~Q(state__in=("planned", "forwarded", "shelved", "declined", "merged", "withdrawn"))
                | (~Q(reason_code="") & ~Q(reason_text="")),
            ),
            models.CheckConstraint(
                name="proposal_cost_is_not_negative", condition=Q(cost__isnull=True) | Q(cost__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=("village", "cycle", "state"), name="proposal_of_cycle_by_state"),
            models.Index(fields=("village", "hamlet"), name="proposal_of_hamlet"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '(draf)'} {self.title}"

    @property
    def place(self) -> Place:
        village = self.village
        return Place(
            village.regency_id,
            village.district_id,
            village.id,
            str(self.hamlet_id) if self.hamlet_id else "",
            str(self.rt_id) if self.rt_id else "",
        )

    @property
    def shown_title(self) -> str:
        """Return the title, or what an autosave keeps of it; empty when there is neither."""
        return self.title or str(self.typed.get("title", ""))[:300]

    @property
    def field(self) -> int | None:
        """Return the bidang of the activity code, 1 to 5; None without a code."""
        return int(self.activity_code.split(".")[0]) if self.activity_code else None

    @property
    def code_confirmed(self) -> bool:
        return bool(self.activity_code) and self.activity_confirmed_by is not None


class NumberSeries(models.Model):
    """The last number given in one series (``MLT-27``); locked while a number is given, so that none is left out."""

    prefix = models.CharField(primary_key=True, max_length=12)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("prefix",)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last_number}"


class ProposalPhoto(Record):
    """A photo of the problem or place. verdict: what the secretary said when looking at it for people and houses
    (core.workflow.photo_looks), empty while nobody has. shown: anybody may see it.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    caption = models.CharField(max_length=200, blank=True)
    shown = models.BooleanField(default=False)
    verdict = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="proposal_photo_is_shown_after_a_look", condition=Q(shown=False) | Q(verdict__in=SHOWN_VERDICTS)
            )
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file_id)


class Intake(Record):
    """What a resident without account handed in, as it was typed; only the village office reads it.

    The proposal itself carries the words with names, NIK and phones covered, so that no page, list or paper can show
    more. households: how many houses feel it (codes of `labels.HOUSEHOLDS`). look_due: until this day the secretary
    looks; from the next day on the covered words are shown without photos. told_at: steps up to this moment were told
    by e-mail.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="intake")
    original_title = models.CharField(max_length=300)
    original_problem = models.TextField()
    original_location = models.CharField(max_length=300, blank=True)
    households = models.CharField(max_length=5, blank=True)
    email = models.EmailField(blank=True)
    look_due = models.DateField(db_index=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("look_due", "created_at", "id")

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.look_due}"


class Support(Record):
    """Support for a proposal: counted at a meeting, a signed list keyed in with its photo, or one resident online.

    Online support is unchecked: it is shown apart and enters no score. Who gave it is kept as two salted digests alone,
    different for each proposal, so that nobody can tell what a person supports. on_date: day of the meeting or list.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("dihitung di musyawarah")
        LIST = "list", _("daftar tanda tangan")
        ONLINE = "online", _("daring, belum diperiksa")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    count = models.PositiveIntegerField(default=1)
    on_date = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    person_digest = models.CharField(max_length=64, null=True, blank=True)
    device_digest = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "person_digest"), name="support_once_per_person"),
            models.UniqueConstraint(fields=("proposal", "device_digest"), name="support_once_per_device"),
            models.UniqueConstraint(fields=("proposal", "file"), name="support_list_once_per_proposal"),
            models.CheckConstraint(name="support_counts_somebody", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="support_has_what_proves_it",
                condition=Q(kind="meeting", on_date__isnull=False)
                | Q(kind="list", on_date__isnull=False, file__isnull=False)
                | Q(kind="online", count=1, person_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"

    @property
    def place(self) -> Place:
        return self.proposal.place


class FieldCheck(Record):
    """A look at the place by the verification team: feasible, not feasible, or data lacking (PRIK-01..03)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="field_checks")
    verdict_code = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    check_date = models.DateField()
    checked_by = models.UUIDField()
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("-check_date", "-created_at", "id")

    def __str__(self) -> str:
        return self.verdict_code


class ProposalStep(Record):
    """One step in the life of a proposal, readable without login by its receipt code: what, when, code and sentence."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=20)
    state_before = models.CharField(max_length=12)
    state_after = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.TextField(blank=True)
    by = models.UUIDField(null=True, blank=True)
    by_label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "created_at", "id")

    def __str__(self) -> str:
        return f"{self.event} {self.state_after}"


class IdeaSource(Record):
    """Where an idea for a medium-term plan (F13) was spoken: for which assessment, by which group, after which action.

    group: UNSUR code of a group that met by itself, empty for a hamlet. It is kept apart from the proposal, whose own
    text calls the sheltered groups "wakil kelompok".
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="idea_source")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="ideas")
    action = models.OneToOneField(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="idea")
    group = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("assessment", "created_at", "id")

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.proposal_id}"


class ImportBatch(Versioned):
    """One uploaded list of proposals: its columns as guessed and confirmed, its rows as read, what became of them.

    columns: the columns of the sheet as {index, letter, header, sample}. mapping: field -> index of its column.
    rows: list of {row, state: read|refused, values, problems}; emptied of values once saved.
    state: read (waiting for the columns to be confirmed) | checked (dry run done) | saving | saved | dropped.
    The same file twice for a village and cycle is refused, unless the first was dropped.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="import_batches")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="import_batches")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    sheet_name = models.CharField(max_length=100, blank=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="read")
    read_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    saved_count = models.PositiveIntegerField(default=0)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return f"{self.village_id} {self.sheet_name}"

    @property
    def place(self) -> Place:
        return self.village.place


class AddressCount(models.Model):
    """How often one address used a public door in one stretch of time; only a digest of the address is kept."""

    key = models.CharField(primary_key=True, max_length=64)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
