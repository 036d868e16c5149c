"""Lists of forums, one forum, what waits for a hat."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Model, QuerySet

from rembuk.core.guidance.facilitation import evidence_missing
from rembuk.core.guidance.forum_states import AFTER
from rembuk.core.hat import Hat, Place
from rembuk.cycles.models import Cycle
from rembuk.guidance.facilitation.models import (
    Answer,
    DayChange,
    Facilitation,
    FocusGroup,
    Guide,
    Reaction,
    ToolUse,
    Turn,
)
from rembuk.guidance.facilitation.permissions import READERS, VERIFIERS
from rembuk.guidance.facilitation.queries.records import Seen, records_of
from rembuk.regions.queries import place_q

PLACES = ("village__district", "village__regency", "cycle")


def forum_by_id(forum_id: UUID | str) -> Facilitation:
    """Return one forum with its places and cycle. Raises: Facilitation.DoesNotExist, ValidationError."""
    return Facilitation.objects.select_related(*PLACES).get(pk=forum_id)


def forum_of_cycle(cycle_id: UUID) -> UUID | None:
    """Return the forum of a yearly cycle, if it has one. One query."""
    return Facilitation.objects.filter(cycle_id=cycle_id).values_list("id", flat=True).first()


def forums_seen_by(hat: Hat | None) -> "QuerySet[Facilitation]":
    """Return the forums at or below the hat's place, by year, district and village."""
    if hat is None or hat.role not in READERS:
        return Facilitation.objects.none()
    rows = Facilitation.objects.filter(place_q(hat.place)).select_related(*PLACES)
    return rows.order_by("-cycle__budget_year", "village__district_id", "village__name", "id")


@dataclass(frozen=True, slots=True)
class ForumRow:
    """One line of the list: the forum, what its meeting says, how many guides it has, and what its evidence lacks."""

    seen: Seen
    guides: int
    women_guides: int
    missing: int

    @property
    def forum(self) -> Facilitation:
        return self.seen.forum


def forum_rows(forums: Sequence[Facilitation]) -> list[ForumRow]:
    """Return the lines of these forums in their order. Six queries."""
    seen = records_of(forums)
    guides: dict[UUID, dict[str, int]] = {}
    listed = Guide.objects.filter(facilitation__in=[forum.pk for forum in forums], position="guide").order_by()
    for key, sex, number in listed.values_list("facilitation_id", "sex").annotate(n=Count("id")):
        guides.setdefault(key, {})[sex] = number
    rows = []
    for forum in forums:
        one, team = seen[forum.pk], guides.get(forum.pk, {})
        missing = len(evidence_missing(one.record)) if one.state in AFTER else 0
        rows.append(ForumRow(one, sum(team.values()), team.get("P", 0), missing))
    return rows


def cycles_without_forum(place: Place, budget_year: int) -> "QuerySet[Cycle]":
    """Return the open cycles of that year at or below *place* for which nobody asked a forum yet."""
    rows = Cycle.objects.filter(place_q(place), budget_year=budget_year, closed_at__isnull=True)
    return rows.filter(facilitation__isnull=True).order_by("village_id", "id")


def rows_of_forum(forum: Facilitation) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a forum."""
    models: tuple[type[Model], ...] = (Guide, DayChange, Answer, Turn, ToolUse, FocusGroup, Reaction)
    return [
        (model, list(model._default_manager.filter(facilitation=forum).values_list("pk", flat=True)))
        for model in models
    ]


def waiting(hat: Hat) -> "QuerySet[Facilitation] | None":
    """Return the forums whose minutes are signed and whose evidence this hat may verify; None for other roles."""
    if hat.role not in VERIFIERS:
        return None
    rows = Facilitation.objects.filter(place_q(hat.place), state="minutes_signed")
    return rows.exclude(guides__person_id=hat.person_id)
