"""Requests for technical support, each step of them, and the clinic days on which an agency sees many at once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.core.lists import regional_agencies
from rembuk.core.support_requests import State
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class ClinicDay(Versioned):
    """A day on which an agency looks at the papers of many villages in one place (klinik RAB). quota: most requests."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="rab_clinics")
    agency = models.CharField(max_length=40)
    day = models.DateField()
    venue = models.CharField(max_length=200)
    officer = models.CharField(max_length=150)
    quota = models.PositiveSmallIntegerField(default=30)
    made_by = models.UUIDField()

    class Meta:
        ordering = ("-day", "agency", "id")
        constraints = [
            models.CheckConstraint(
                name="clinic_day_has_a_venue_and_an_officer", condition=~Q(venue="") & ~Q(officer="")
            ),
            models.CheckConstraint(name="clinic_day_has_room", condition=Q(quota__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.venue}"

    @property
    def place(self) -> Place:
        return self.regency.place

    @property
    def agency_name(self) -> str:
        return agency_name(self.agency)


class SupportRequest(Versioned):
    """What a village asks of an agency. item: the plan's activity that it is about, if any.

    letter_*: of the head, who signs; officer: who will do it; result: the file that came back; marks: item of the RAB
    check -> ok, fix or na, with notes beside; sent_at, checked_at ...: when each step was made.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="support_requests")
    item = models.ForeignKey(
        RkpdesItem, null=True, blank=True, on_delete=models.PROTECT, related_name="support_requests"
    )
    kind = models.CharField(max_length=12)
    agency = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    need = models.TextField(max_length=2000)
    attachment = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value
    )
    letter_number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    officer = models.CharField(max_length=150, blank=True)
    decline_code = models.CharField(max_length=10, blank=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    scheduled_date = models.DateField(null=True, blank=True)
    clinic_day = models.ForeignKey(ClinicDay, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result_note = models.TextField(max_length=2000, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField()
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("-captured_at", "id")
        constraints = [
            models.CheckConstraint(name="support_request_says_what", condition=~Q(title="") & ~Q(need="")),
            models.CheckConstraint(
                name="sent_support_request_has_its_letter",
                condition=Q(state="draft")
                | (~Q(letter_number="") & Q(letter_date__isnull=False, sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="declined_support_request_says_why",
                condition=~Q(state="declined") | (~Q(decline_code="") & ~Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="scheduled_support_request_has_a_day",
                condition=~Q(state="scheduled") | Q(scheduled_date__isnull=False),
            ),
            models.CheckConstraint(
                name="done_support_request_has_its_result",
                condition=~Q(state__in=("done", "accepted_by_village", "closed"))
                | (Q(done_at__isnull=False) & (Q(result__isnull=False) | ~Q(result_note=""))),
            ),
        ]
        indexes = [models.Index(fields=("agency", "state"), name="support_of_agency_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def agency_name(self) -> str:
        return agency_name(self.agency)


class SupportStep(Record):
    """One thing that happened to a request. Only ever added."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=8)
    words = models.TextField(max_length=2000, blank=True)
    by = models.UUIDField()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "created_at", "id")
        verbose_name = _("langkah dukungan teknis")

    def __str__(self) -> str:
        return f"{self.event} {self.request_id}"


def agency_name(code: str) -> str:
    """Return the name of an agency; an unknown code names itself."""
    known = regional_agencies().get(code)
    return known.name if known else code
