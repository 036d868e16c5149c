"""Reads over announcements: those that run, those of a village, newest first."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.announcements.models import Announcement


def announcement_by_id(key: UUID) -> Announcement:
    """Return one announcement with its place. Raises: Announcement.DoesNotExist."""
    return Announcement.objects.select_related("village__district", "village__regency").get(pk=key)


def announcements_of(village_id: str) -> "QuerySet[Announcement]":
    """Return every announcement of a village, newest first."""
    return Announcement.objects.filter(village_id=village_id).order_by("-from_date", "-published_at", "id")


def begun(scope: Q, on: date) -> "QuerySet[Announcement]":
    """Return what has begun in the villages of *scope*, those taken back too, newest first.

    scope: a filter over rows that have a village.
    """
    return Announcement.objects.filter(scope, from_date__lte=on).order_by("-from_date", "-published_at", "id")


def running(village_id: str, on: date) -> "QuerySet[Announcement]":
    """Return what a village announces on a day, what ends first standing first."""
    rows = Announcement.objects.filter(
        village_id=village_id, from_date__lte=on, until_date__gte=on, ended_at__isnull=True
    )
    return rows.order_by("until_date", "-published_at", "id")
