"""Announcements of a village office."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from rembuk.core.hat import Place
from rembuk.regions.models import Village
from rembuk.shared.models import Versioned


class Announcement(Versioned):
    """One thing that everybody is told, from one day to another, both included.

    title, text: with names, NIK and phones covered, as everybody reads them. ended_at, ended_reason: it was taken back
    before its last day; it stays readable with the reason. made_by_role: the office that published it.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=2_000)
    from_date = models.DateField()
    until_date = models.DateField()
    published_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_role = models.CharField(max_length=5)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-from_date", "-published_at", "id")
        constraints = [
            models.CheckConstraint(
                name="announcement_ends_after_it_begins", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(
                name="announcement_taken_back_says_why", condition=Q(ended_at__isnull=True) | ~Q(ended_reason="")
            ),
        ]
        indexes = [models.Index(fields=("village", "until_date"), name="announcement_of_village")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.village.place

    def state(self, on: date) -> str:
        """Return where it stands on a day: coming | running | over | ended."""
        if self.ended_at is not None:
            return "ended"
        if on < self.from_date:
            return "coming"
        return "running" if on <= self.until_date else "over"
