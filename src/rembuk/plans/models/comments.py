"""The draft RKP under comment by residents: the window, and what residents wrote about an activity or the whole."""

from django.db import models
from django.db.models import Q

from rembuk.core.hat import Place
from rembuk.plans.models.rkpdes import RkpdesItem, RkpdesVersion
from rembuk.shared.models import Record


class CommentWindow(Record):
    """Until which day residents may comment on an approved draft. closed_at: set when the village closed it early."""

    plan = models.OneToOneField(RkpdesVersion, on_delete=models.CASCADE, related_name="comment_window")
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("opened_at", "id")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.last_day}"

    @property
    def place(self) -> Place:
        return self.plan.place


class DraftComment(Record):
    """One comment. Who wrote it is kept as two digests, different for each subject; no name is stored.

    subject: key of the activity, or "plan" for the whole; activity_code and item_name (names covered) stay when the
    row of the plan goes. typed: as written, for the secretary. text: with names and numbers covered, the only words
    that the public may read. state: new | shown | hidden | answered. looked_at: empty while the secretary has not
    looked, also where look_due has passed and it is shown by itself. closed: about help for one person or one house,
    never public.
    contact, email: where the writer wants the answer, for the village office alone. told_at: of the last letter.
    """

    window = models.ForeignKey(CommentWindow, on_delete=models.CASCADE, related_name="comments")
    subject = models.CharField(max_length=36)
    item = models.ForeignKey(RkpdesItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    activity_code = models.CharField(max_length=10, blank=True)
    item_name = models.CharField(max_length=300, blank=True)
    came_at = models.DateTimeField()
    typed = models.TextField()
    text = models.TextField()
    state = models.CharField(max_length=8, default="new")
    closed = models.BooleanField(default=False)
    look_due = models.DateField()
    looked_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    contact = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    receipt_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)
    person_digest = models.CharField(max_length=64)
    device_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("activity_code", "item_name", "came_at", "id")
        indexes = [models.Index(fields=("window", "state"), name="comments_of_window_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=("window", "subject", "person_digest"), name="draft_comment_once_per_person"
            ),
            models.CheckConstraint(
                name="draft_comment_has_a_state", condition=Q(state__in=("new", "shown", "hidden", "answered"))
            ),
            models.CheckConstraint(
                name="answered_comment_has_answer",
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="hidden_comment_has_reason", condition=~Q(state="hidden") | ~Q(hidden_reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def place(self) -> Place:
        return self.window.plan.place

    @property
    def waits_for_look(self) -> bool:
        return self.looked_at is None

    @property
    def waits_for_answer(self) -> bool:
        return self.state == "shown"
