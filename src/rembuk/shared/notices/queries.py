"""Reading notices."""

from uuid import UUID

from django.db.models import QuerySet

from rembuk.shared.models import Notice


def inbox(person_id: UUID, *, unread: bool = False) -> "QuerySet[Notice]":
    """Return the notices of a person, newest first."""
    found = Notice.objects.filter(person_id_value=person_id).order_by("-created_at", "id")
    return found.filter(read_at__isnull=True) if unread else found


def unread_count(person_id: UUID) -> int:
    """Return the number for the badge."""
    return Notice.objects.filter(person_id_value=person_id, read_at__isnull=True).count()
