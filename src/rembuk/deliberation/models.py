"""Meetings as one model with rules per kind: invitations, attendance, scores, decisions, minutes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet, Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Sex(models.TextChoices):
    """As forms print it."""

    MALE = "L", _("laki-laki")
    FEMALE = "P", _("perempuan")


class Meeting(Versioned):
    """One meeting. kind: MUSDUS, MUSKEL, MUSDES_P, MUSREN, MUSDES_E, ... (core.law). agenda: list of strings.

    rules: the village's thresholds as they stood at planning (`rules.as_json`). invited_count: how many were invited
    where no list was written. resource_persons: list of {name, element}. signers: names of ``head``, ``bpd``, ``team``.
    minutes: section -> {text, version}. signatures: keys of `core.law.meetings.SIGNATURES` seen on the signed paper.
    ranking: the adopted order as list of {proposal, rank, total}; total as an exact fraction ("43/2") or "".
    lot_seed: drawn aloud before the first ballot. count_closed_at: since when the ballots are counted and shown.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="meetings")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    group_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="planned")
    scheduled_at = models.DateTimeField()
    location = models.CharField(max_length=200)
    agenda = models.JSONField(default=list)
    rules = models.JSONField(default=dict)
    invitation_number = models.CharField(max_length=100, blank=True)
    invitation_date = models.DateField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    chair_name = models.CharField(max_length=150, blank=True)
    chair_element = models.CharField(max_length=40, blank=True)
    note_taker_name = models.CharField(max_length=150, blank=True)
    note_taker_element = models.CharField(max_length=40, blank=True)
    resource_persons = models.JSONField(default=list)
    community_signers = models.JSONField(default=list)
    signers = models.JSONField(default=dict)
    invited_count = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    session_no = models.PositiveIntegerField(default=1)
    minutes = models.JSONField(default=dict)
    minutes_number = models.CharField(max_length=100, blank=True)
    minutes_date = models.DateField(null=True, blank=True)
    signed_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.UUIDField(null=True, blank=True)
    signatures = models.JSONField(default=list)
    ranking = models.JSONField(default=list)
    ranked_at = models.DateTimeField(null=True, blank=True)
    lot_seed = models.CharField(max_length=40, blank=True)
    lot_drawn_at = models.DateTimeField(null=True, blank=True)
    count_closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    captured_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-scheduled_at", "id")
        indexes = [models.Index(fields=("cycle", "kind"), name="meeting_of_cycle_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="a_held_meeting_has_a_start",
                condition=~Q(state__in=("running", "closed", "signed")) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_closed_meeting_has_an_end",
                condition=~Q(state__in=("closed", "signed"))
                | Q(ended_at__isnull=False, ended_at__gte=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="signed_minutes_have_a_date",
                condition=~Q(state="signed") | Q(signed_at__isnull=False, minutes_date__isnull=False),
            ),
            models.CheckConstraint(
                name="a_cancelled_meeting_has_a_reason", condition=~Q(state="cancelled") | ~Q(cancelled_reason="")
            ),
            models.CheckConstraint(
                name="a_drawn_lot_has_a_time",
                condition=Q(lot_seed="", lot_drawn_at__isnull=True) | ~Q(lot_seed="") & Q(lot_drawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        village = self.village
        return Place(village.regency_id, village.district_id, village.id)


class Invitation(Record):
    """One invited person or body. kind: attendee type or element (UNSUR) code. person: their account, if any."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=12)
    position = models.CharField(max_length=120, blank=True)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.SET_NULL)
    channel = models.CharField(max_length=20, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    person = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("meeting", "name", "id")

    def __str__(self) -> str:
        return self.name


class Attendance(Record):
    """One person present. element: UNSUR or attendee type; a person represents one element and has L/P besides."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    element = models.CharField(max_length=12)
    address = models.CharField(max_length=150, blank=True)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    invited = models.BooleanField(default=True)
    has_voting_right = models.BooleanField(default=True)
    signed = models.BooleanField(default=True)
    captured_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("meeting", "captured_at", "id")

    def __str__(self) -> str:
        return self.name


class AttendanceTally(Record):
    """Anonymous count of those present of one element, where no names were written."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tallies")
    element = models.CharField(max_length=12)
    male = models.PositiveIntegerField(default=0)
    female = models.PositiveIntegerField(default=0)
    invited = models.BooleanField(default=True)

    class Meta:
        ordering = ("meeting", "element", "id")
        constraints = [models.UniqueConstraint(fields=("meeting", "element", "invited"), name="one_tally_per_element")]

    def __str__(self) -> str:
        return f"{self.element} {self.male}+{self.female}"


class SpokenNote(Record):
    """A line of the notulen (F05): who spoke, for which element, what, the answer, the conclusion."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    order = models.PositiveIntegerField(default=1)
    agenda_point = models.CharField(max_length=200, blank=True)
    speaker = models.CharField(max_length=150, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    element = models.CharField(max_length=12, blank=True)
    point = models.TextField()
    response = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        ordering = ("meeting", "order", "created_at", "id")

    def __str__(self) -> str:
        return self.point[:60]


class Decision(Record):
    """A numbered decision of a meeting: by consensus, or by a counted vote.

    voters: those present with the right to vote when it was counted. accepted: false where the vote did not carry.
    """

    class Method(models.TextChoices):
        CONSENSUS = "consensus", _("mufakat")
        VOTE = "vote", _("pemungutan suara")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.CONSENSUS)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    votes_abstain = models.PositiveIntegerField(null=True, blank=True)
    voters = models.PositiveIntegerField(null=True, blank=True)
    accepted = models.BooleanField(default=True)

    class Meta:
        ordering = ("meeting", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="decision_numbers_are_unique"),
            models.CheckConstraint(
                name="a_vote_has_counts",
                condition=~Q(method="vote")
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstain__isnull=False,
                    voters__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class Adjournment(Record):
    """A meeting put off for want of quorum."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="adjournments")
    at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("meeting", "at", "id")

    def __str__(self) -> str:
        return self.reason


class MeetingPhoto(Record):
    """A photo as evidence of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.caption or str(self.file_id)


class MeetingProposal(Record):
    """A proposal on the table of a meeting.

    table_number: what the hall calls it ("nomor 7"). It stays when others come and go, since it stands on papers that
    are already printed; nothing until it is fixed, then the next free one in the order of the proposals' numbers.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tabled")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="meetings")
    note = models.CharField(max_length=300, blank=True)
    table_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("meeting", "created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "proposal"), name="proposal_tabled_once"),
            models.UniqueConstraint(fields=("meeting", "table_number"), name="table_number_once_per_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.proposal_id}"


class ScoreSheet(Record):
    """The five criteria (scheme A, 1-5) that one group of scorers gave one proposal at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="scores")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="scores")
    scorer_group = models.CharField(max_length=80)
    c1 = models.PositiveSmallIntegerField()
    c2 = models.PositiveSmallIntegerField()
    c3 = models.PositiveSmallIntegerField()
    c4 = models.PositiveSmallIntegerField()
    c5 = models.PositiveSmallIntegerField()
    score_date = models.DateField()
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("meeting", "proposal", "scorer_group", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "proposal", "scorer_group"), name="one_sheet_per_group"),
            *[
                models.CheckConstraint(
                    name=f"score_c{n}_within_scale", condition=Q(**{f"c{n}__gte": 1, f"c{n}__lte": 5})
                )
                for n in range(1, 6)
            ],
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.scorer_group}"


class BallotBundle(Versioned):
    """The ballots of one hamlet and one group at one meeting, merged: nobody's name, no order of entry.

    hamlet: nothing for voters of no hamlet. group: "" for everybody, else a key of `labels.BALLOT_GROUPS`. voters:
    people counted; those behind no paper handed in a blank one. per_voter: dots, ticks or points one voter may give,
    0 without a limit. marks: sorted list of [how many equal ballots, [[proposal key, points], ...]]; with dots one
    line that holds the dots of all of them. digest: of marks, for the trail, which holds no ballot.
    """

    class Method(models.TextChoices):
        DOTS = "dots", _("titik")
        PAPERS = "papers", _("kertas")
        POINTS = "points", _("kertas bernilai")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ballots")
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="ballots")
    group = models.CharField(max_length=12, blank=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    voters = models.PositiveIntegerField()
    per_voter = models.PositiveIntegerField(default=0)
    marks = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("meeting", "hamlet", "group", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "hamlet", "group"), name="one_bundle_per_hamlet_and_group"),
            models.UniqueConstraint(
                fields=("meeting", "group"), condition=Q(hamlet__isnull=True), name="one_bundle_without_a_hamlet"
            ),
            models.CheckConstraint(name="a_bundle_has_voters", condition=Q(voters__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.hamlet_id} {self.group} {self.method}"
