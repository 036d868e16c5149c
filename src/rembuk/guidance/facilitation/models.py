"""A facilitated forum of a village's cycle: its team, checklists, tools, focus groups, speaking tally and reactions.

Nothing that the meeting's own record holds (attendance, start, end, minutes, photos) is written here a second time.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Assignment, Person
from rembuk.core.guidance.forum_states import AHEAD, COUNTED, DATED, ForumState
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting, Sex
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Facilitation(Versioned):
    """One facilitated forum: the Musrenbang of one village's cycle. state: of `core.guidance.forum_states`.

    day: on which its people are bound to it, once fixed. plan_reference: the season plan that fixed it, empty by hand.
    meeting: the record that proves it, tied when it is first followed. checklist: version of the checklists it uses.
    override_*: who let it be ready although must-have items were open, which ones, and why. verified_digest: what the
    verification rested on.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="facilitations")
    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="facilitation")
    state = models.CharField(max_length=14, default=ForumState.REQUESTED.value)
    day = models.DateField(null=True, blank=True)
    plan_reference = models.CharField(max_length=100, blank=True)
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="facilitation"
    )
    checklist = models.PositiveIntegerField()
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()
    note = models.TextField(blank=True)
    override_reason = models.CharField(max_length=300, blank=True)
    override_items = models.JSONField(default=list, blank=True)
    override_by = models.UUIDField(null=True, blank=True)
    override_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_digest = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("village", "-cycle__budget_year", "id")
        indexes = [models.Index(fields=("state", "day"), name="forum_by_state_and_day")]
        constraints = [
            models.CheckConstraint(
                name="a_forum_with_a_date_has_one",
                condition=~Q(state__in=[state.value for state in DATED]) | Q(day__isnull=False),
            ),
            models.CheckConstraint(
                name="a_postponed_forum_binds_nobody", condition=~Q(state="postponed") | Q(day__isnull=True)
            ),
            models.CheckConstraint(
                name="a_forum_that_began_has_its_meeting",
                condition=Q(state__in=[state.value for state in AHEAD]) | Q(meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="a_counted_forum_was_verified_by_somebody",
                condition=~Q(state__in=[state.value for state in COUNTED])
                | (Q(verified_by__isnull=False, verified_at__isnull=False) & ~Q(verified_digest="")),
            ),
            models.CheckConstraint(
                name="an_overridden_gate_says_why",
                condition=Q(override_by__isnull=True) | (~Q(override_reason="") & Q(override_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.state}"

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def closed(self) -> bool:
        return self.state == ForumState.CLOSED


class Guide(Record):
    """A member of the team: a person with an account, or somebody known by name only. day: copied from the forum.

    other_person: somebody looked and said that a namesake elsewhere that day is not the same person.
    """

    class Position(models.TextChoices):
        GUIDE = "guide", _("pemandu")
        SPEAKER = "speaker", _("narasumber")
        NOTE_TAKER = "note_taker", _("notulis")

    facilitation = models.ForeignKey(Facilitation, on_delete=models.CASCADE, related_name="guides")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="guided_forums")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="guided_forums"
    )
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    position = models.CharField(max_length=10, choices=Position.choices, default=Position.GUIDE)
    day = models.DateField(null=True, blank=True)
    other_person = models.BooleanField(default=False)
    added_by = models.UUIDField()

    class Meta:
        ordering = ("facilitation", "position", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=("person", "day"), name="one_person_one_forum_a_day"),
            models.UniqueConstraint(fields=("facilitation", "person"), name="a_person_is_in_a_team_once"),
            models.CheckConstraint(name="a_guide_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="a_guide_is_l_or_p", condition=Q(sex__in=("L", "P"))),
        ]

    def __str__(self) -> str:
        return self.name


class DayChange(Record):
    """A forum moved to another day or put off without one. reason_code: of `labels.REASONS`."""

    facilitation = models.ForeignKey(Facilitation, on_delete=models.CASCADE, related_name="day_changes")
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    reason_code = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("facilitation", "at", "id")

    def __str__(self) -> str:
        return f"{self.from_day} {self.to_day}"


class Captured(Record):
    """A record made at the forum, perhaps without signal. Its key was made on the device: a replay changes nothing.

    captured_at: by the device's clock; clock_odd: that clock cannot be right. received_at: when it came in here.
    """

    facilitation = models.ForeignKey(Facilitation, on_delete=models.CASCADE, related_name="%(class)ss")
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_odd = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    recorded_by = models.UUIDField()

    class Meta:
        abstract = True


class Answer(Captured):
    """An answer to an item of a checklist; the newest by the device's clock holds, the older ones stay readable."""

    code = models.CharField(max_length=4)
    checklist = models.PositiveIntegerField()
    value = models.CharField(max_length=3)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("facilitation", "code", "captured_at", "received_at", "id")
        constraints = [
            models.CheckConstraint(name="an_answer_is_yes_no_or_na", condition=Q(value__in=("yes", "no", "na")))
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Turn(Captured):
    """Somebody spoke: one tap of the tally, or a count taken over from paper. A wrong one is struck, not deleted."""

    sex = models.CharField(max_length=1, choices=Sex.choices)
    count = models.PositiveIntegerField(default=1)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("facilitation", "captured_at", "id")
        constraints = [
            models.CheckConstraint(name="a_turn_counts", condition=Q(count__gte=1)),
            models.CheckConstraint(name="a_turn_is_l_or_p", condition=Q(sex__in=("L", "P"))),
        ]

    def __str__(self) -> str:
        return f"{self.sex} {self.count}"


class ToolUse(Captured):
    """A participation tool that was used: what for, what came out, its photo, the proposal it led to.

    table: rows of the result, each a list of cells.
    """

    class Tool(models.TextChoices):
        SOCIAL_MAP = "social_map", _("peta sosial")
        CALENDAR = "calendar", _("kalender musim")
        VENN = "venn", _("diagram kelembagaan")
        TRANSECT = "transect", _("transek")
        PROBLEM_TREE = "problem_tree", _("pohon masalah")
        WEALTH = "wealth", _("peringkat kesejahteraan")
        MATRIX = "matrix", _("matriks peringkat")

    tool = models.CharField(max_length=12, choices=Tool.choices)
    purpose = models.CharField(max_length=300)
    result = models.TextField(blank=True)
    table = models.JSONField(default=list, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="participation_tools"
    )

    class Meta:
        ordering = ("facilitation", "captured_at", "id")

    def __str__(self) -> str:
        return f"{self.tool} {self.purpose[:40]}"


class FocusGroup(Captured):
    """A focus group (FGD): who met, how long, issues, root causes, ideas with dots, quotes without names.

    kind: UNSUR code of the group, empty for a mixed one. ideas: list of {text, dots}.
    """

    group = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    men = models.PositiveSmallIntegerField(default=0)
    women = models.PositiveSmallIntegerField(default=0)
    issues = models.TextField(blank=True)
    roots = models.TextField(blank=True)
    ideas = models.JSONField(default=list, blank=True)
    quotes = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("facilitation", "day", "captured_at", "id")
        constraints = [models.CheckConstraint(name="a_focus_group_has_people", condition=Q(men__gt=0) | Q(women__gt=0))]

    def __str__(self) -> str:
        return self.group

    @property
    def size(self) -> int:
        return self.men + self.women


class Reaction(Captured):
    """What one person who was there said on the short form: points of 1 to 5 by `labels.REACTION_ITEMS`. No name."""

    points = models.JSONField(default=list)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("facilitation", "received_at", "id")

    def __str__(self) -> str:
        return str(self.points)
