"""Questions to the Klinik Desa, each step of them, and the answers that were promoted for everybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.core.guidance.clinic import CLINIC_TOPICS, REFERRALS, State
from rembuk.core.hat import Place
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Origin, Record, StoredFile, Versioned


class Ticket(Versioned):
    """One question. asker_name: who asked when somebody else wrote it down; asked_by: who wrote it.

    captured_at: when it was asked, on the device that took it; the clock of the service runs from its day.
    handler: who took it; referred_to: where it was sent on.
    """

    class Channel(models.TextChoices):
        WALK_IN = "walk_in", _("datang")
        PHONE = "phone", _("telepon")
        ONLINE = "online", _("daring")

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="clinic_tickets")
    channel = models.CharField(max_length=7, choices=Channel.choices)
    topic = models.CharField(max_length=5, choices=[(code, code) for code in CLINIC_TOPICS])
    question = models.TextField(max_length=2000)
    asker_name = models.CharField(max_length=150, blank=True)
    asked_by = models.UUIDField()
    attachment = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=[(state.value, state.value) for state in State], default=State.NEW.value
    )
    handler = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="clinic_tickets")
    referred_to = models.CharField(max_length=11, blank=True, choices=[(code, code) for code in REFERRALS])
    referred_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ONLINE)

    class Meta:
        ordering = ("-captured_at", "id")
        constraints = [
            models.CheckConstraint(name="clinic_ticket_has_a_question", condition=~Q(question="")),
            models.CheckConstraint(
                name="answered_clinic_ticket_has_its_answer",
                condition=Q(state__in=("new", "assigned", "referred"))
                | (~Q(answer="") & Q(answered_at__isnull=False, first_reply_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="referred_clinic_ticket_says_where_to",
                condition=~Q(state="referred") | (~Q(referred_to="") & Q(referred_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="closed_clinic_ticket_has_a_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=("village", "state"), name="clinic_ticket_of_village")]

    def __str__(self) -> str:
        return self.question[:80]

    @property
    def place(self) -> Place:
        return self.village.place


class Step(Record):
    """One thing that happened to a question: the event, the words said, who and when. Only ever added."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=8)
    words = models.TextField(max_length=4000, blank=True)
    by = models.UUIDField()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "created_at", "id")

    def __str__(self) -> str:
        return f"{self.event} {self.ticket_id}"


class FaqEntry(Versioned):
    """An answer for everybody, without names. source: the question it came from; withdrawn_at: when it ended."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="clinic_faq")
    topic = models.CharField(max_length=5, choices=[(code, code) for code in CLINIC_TOPICS])
    question = models.CharField(max_length=300)
    answer = models.TextField(max_length=4000)
    source = models.OneToOneField(Ticket, null=True, blank=True, on_delete=models.PROTECT, related_name="faq")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("topic", "question", "id")
        constraints = [
            models.CheckConstraint(name="clinic_faq_is_whole", condition=~Q(question="") & ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def place(self) -> Place:
        return self.regency.place
