"""A season of facilitated forums: who may go, which villages wait, how long the ways are, and the plans made of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.core.hat import Place
from rembuk.deliberation.models import Sex
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Record, Versioned


class Water(models.TextChoices):
    """How high the river stands; each has its own table of travel."""

    NORMAL = "normal", _("air normal")
    LOW = "low", _("air surut")


class Season(Versioned):
    """One window of forums in a regency. policy: what the office changed of `core.schedule.Policy`, by field name.

    seat: base the speakers start from. district_cap: most forums a kecamatan can attend on one day.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="seasons")
    plan_year = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    start_date = models.DateField()
    end_date = models.DateField()
    water = models.CharField(max_length=6, choices=Water.choices, default=Water.NORMAL)
    seat = models.CharField(max_length=80, blank=True)
    shared_boats = models.PositiveSmallIntegerField(default=0)
    shared_seats = models.PositiveSmallIntegerField(default=0)
    policy = models.JSONField(default=dict, blank=True)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("-plan_year", "start_date", "id")
        constraints = [
            models.CheckConstraint(name="a_season_ends_after_it_begins", condition=Q(end_date__gt=F("start_date"))),
            models.CheckConstraint(name="a_season_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.regency.place


class SeasonTeam(Versioned):
    """A team of the season. base: name of the place it starts from; skills: languages it speaks."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    base = models.CharField(max_length=80)
    skills = models.JSONField(default=list, blank=True)
    boat_seats = models.PositiveSmallIntegerField(default=0)
    max_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("season", "name", "id")
        constraints = [models.UniqueConstraint(fields=("season", "name"), name="team_name_once_per_season")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.season.place


class TeamMember(Record):
    """Somebody of a team: a person with an account, or known by name only."""

    team = models.ForeignKey(SeasonTeam, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="season_teams")
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices)

    class Meta:
        ordering = ("team", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=("team", "person"), name="a_person_is_in_a_season_team_once"),
            models.CheckConstraint(name="a_team_member_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Speaker(Versioned):
    """An official whom villages need. remote: speaks by telephone or video."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="season_speeches")
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    base = models.CharField(max_length=80)
    remote = models.BooleanField(default=False)

    class Meta:
        ordering = ("season", "name", "id")
        constraints = [models.UniqueConstraint(fields=("season", "name"), name="speaker_name_once_per_season")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return self.season.place


class Wish(Versioned):
    """What one village's forum asks of the season. market: weekday 0-4; fixed_*: agreed already, moved by no search."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="wishes")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="season_wishes")
    skill = models.CharField(max_length=40, blank=True)
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="wishes")
    market = models.PositiveSmallIntegerField(null=True, blank=True)
    earliest = models.DateField(null=True, blank=True)
    earliest_reason = models.CharField(max_length=200, blank=True)
    preferred = models.JSONField(default=list, blank=True)
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    fixed_team = models.ForeignKey(SeasonTeam, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fixed_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("season", "village", "id")
        constraints = [
            models.UniqueConstraint(fields=("season", "village"), name="one_wish_per_village_and_season"),
            models.CheckConstraint(name="market_is_a_working_day", condition=Q(market__isnull=True) | Q(market__lte=4)),
            models.CheckConstraint(
                name="wish_priority_is_at_most_a_hundred", condition=Q(priority__isnull=True) | Q(priority__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.season_id} {self.village_id}"

    @property
    def place(self) -> Place:
        return self.village.place


class ClosedDay(Record):
    """A day that cannot be used, and why: by the whole season, a team, a speaker, or a village. Exactly one of them."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="closed_days")
    team = models.ForeignKey(SeasonTeam, null=True, blank=True, on_delete=models.CASCADE, related_name="closed_days")
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.CASCADE, related_name="closed_days")
    wish = models.ForeignKey(Wish, null=True, blank=True, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ("season", "day", "id")
        constraints = [
            models.CheckConstraint(
                name="a_closed_day_is_of_one_thing",
                condition=Q(team__isnull=True, speaker__isnull=True)
                | Q(team__isnull=True, wish__isnull=True)
                | Q(speaker__isnull=True, wish__isnull=True),
            ),
            models.CheckConstraint(name="a_closed_day_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class TravelTable(Record):
    """Minutes between all places of a regency at one height of water. Newest counts; older ones stay for old plans.

    places: village codes and ``base:NAME``; minutes and river: rows of the same length. estimated: from coordinates by
    a stated model, not from people who travel there.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="travel_tables")
    water = models.CharField(max_length=6, choices=Water.choices)
    source = models.CharField(max_length=200)
    estimated = models.BooleanField(default=False)
    places = models.JSONField()
    minutes = models.JSONField()
    river = models.JSONField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("regency", "water", "-made_at", "id")

    def __str__(self) -> str:
        return f"{self.regency_id} {self.water} {self.made_at}"

    @property
    def place(self) -> Place:
        return self.regency.place


class SeasonPlan(Versioned):
    """One plan. number: counts within the season; parent: the plan it was made from by hand or repair.

    input_hash: of the instance it was made for; score: parts of its cost, spread, left out. cause: in words, what made
    it necessary (a flood, a team away).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("rancangan")
        PUBLISHED = "published", _("terbit")
        REPLACED = "replaced", _("diganti")

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    travel = models.ForeignKey(TravelTable, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    seed = models.PositiveIntegerField(default=1)
    rounds = models.PositiveIntegerField(default=0)
    input_hash = models.CharField(max_length=64)
    score = models.JSONField(default=dict)
    cause = models.CharField(max_length=200, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("season", "-number")
        constraints = [
            models.UniqueConstraint(fields=("season", "number"), name="plan_number_once_per_season"),
            models.UniqueConstraint(
                fields=("season",), condition=Q(state="published"), name="one_published_plan_per_season"
            ),
            models.CheckConstraint(
                name="a_published_plan_has_a_time", condition=Q(state="draft") | Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.season_id} {self.number}"

    @property
    def place(self) -> Place:
        return self.season.place


class PlanVisit(Record):
    """One forum of a plan: the village, its team and its day. Ways and clocks are worked out from these."""

    plan = models.ForeignKey(SeasonPlan, on_delete=models.CASCADE, related_name="visits")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(SeasonTeam, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()

    class Meta:
        ordering = ("plan", "day", "team", "id")
        constraints = [
            models.UniqueConstraint(fields=("plan", "village"), name="one_forum_per_village_and_plan"),
            models.UniqueConstraint(fields=("plan", "team", "day"), name="one_forum_per_team_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.day}"
