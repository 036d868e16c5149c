"""How much waits in many tables at once, counted in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet, Value


def counted(asked: "Mapping[str, QuerySet[Any]]") -> dict[str, int]:
    """Return key -> how many rows there are. One query for any number of keys; none without any."""
    parts = [
        rows.order_by().annotate(waiting=Value(key)).values("waiting").annotate(number=Count("pk", distinct=True))
        for key, rows in asked.items()
    ]
    if not parts:
        return {}
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {row["waiting"]: row["number"] for row in found}
