"""Facts for the programme's indicators and the index: counts only, each with what it was counted from.

PP1 villages reached, PP2 key roles certified, PP3 mean gain by topic; level 4 wants to know the trained villages.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from rembuk.core.guidance.competences import KEY_ROLES
from rembuk.core.guidance.enrolment import SUCCEEDED
from rembuk.core.guidance.testing import TopicResult, gain_of
from rembuk.guidance.training.models import Certificate, Enrolment, TrainingBatch
from rembuk.guidance.training.queries.batches import SEATED_STATES, rules_of
from rembuk.guidance.training.queries.results import mean_of, topics_of
from rembuk.regions.models import Regency, Village, VillageKind

SUCCEEDED_STATES = tuple(state.value for state in SUCCEEDED)
TAUGHT_STATES = ("COMPLETED", "EVALUATED", "FOLLOWED_UP", "CLOSED")


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of a whole. share: nothing when there is no whole."""

    count: int
    whole: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.count, self.whole) if self.whole else None


def villages_of(regency_id: str) -> int:
    """Return how many villages a regency has today; a kelurahan is none."""
    rows = Village.objects.filter(regency_id=regency_id, valid_to__isnull=True)
    return rows.exclude(kind=VillageKind.KELURAHAN).count()


def trained_villages(regency_id: str, until: date) -> frozenset[str]:
    """Return the villages with somebody who passed in a batch that ended by *until* (PP1, and level 4)."""
    rows = Enrolment.objects.filter(
        regency_id=regency_id,
        village__isnull=False,
        state__in=SUCCEEDED_STATES,
        batch__end_date__lte=until,
    )
    return frozenset(key for key in rows.order_by().values_list("village_id", flat=True).distinct() if key)


def villages_reached(regency_id: str, until: date) -> Reached:
    """PP1: villages with at least one person who passed, of all villages. Two queries."""
    return Reached(len(trained_villages(regency_id, until)), villages_of(regency_id))


def key_roles_certified(regency_id: str, today: date) -> Reached:
    """PP2: village and key role with a certificate in force today, of four roles in every village. Two queries.

    A role counts once in a village, however many of its people are certified.
    """
    return Reached(
        sum(len(roles) for roles in certified_roles(regency_id, today).values()),
        len(KEY_ROLES) * villages_of(regency_id),
    )


def certified_roles(regency_id: str, today: date) -> dict[str, frozenset[str]]:
    """Return village -> its key roles with a certificate in force today (the index's BK, visit priority). One query."""
    rows = Certificate.objects.filter(
        regency_id=regency_id,
        state=Certificate.State.SIGNED,
        kind=Certificate.Kind.CERTIFICATE,
        valid_until__gte=today,
        enrolment__village__isnull=False,
        enrolment__role__in=[role.value for role in KEY_ROLES],
    )
    found: dict[str, set[str]] = defaultdict(set)
    for village, role in rows.order_by().values_list("enrolment__village_id", "enrolment__role").distinct():
        if village is not None:
            found[village].add(role)
    return {village: frozenset(roles) for village, roles in found.items()}


def untrained_key_roles(village_ids: Iterable[str], regency_id: str, today: date) -> dict[str, int]:
    """Return village -> how many of its four key roles have no certificate in force. One query."""
    certified = certified_roles(regency_id, today)
    return {village: len(KEY_ROLES) - len(certified.get(village, ())) for village in village_ids}


@dataclass(frozen=True, slots=True)
class BatchTally:
    """What an annual plan counts of a batch. taught: the class was held; people: with a place; villages: theirs."""

    title: str
    state: str
    taught: bool
    people: int
    villages: frozenset[str]


def batch_tallies(batch_ids: Iterable[UUID]) -> dict[UUID, BatchTally]:
    """Return batch -> what an annual plan counts of it; an unknown key is left out. Two queries."""
    keys = list(batch_ids)
    people: dict[UUID, list[str]] = defaultdict(list)
    rows = Enrolment.objects.filter(batch_id__in=keys, state__in=SEATED_STATES).order_by("id")
    for batch, village in rows.values_list("batch_id", "village_id"):
        people[batch].append(village or "")
    return {
        batch.pk: BatchTally(
            title=batch.title,
            state=batch.state,
            taught=batch.state in TAUGHT_STATES,
            people=len(people[batch.pk]),
            villages=frozenset(village for village in people[batch.pk] if village),
        )
        for batch in TrainingBatch.objects.filter(pk__in=keys).order_by("id")
    }


@dataclass(frozen=True, slots=True)
class MeanGain:
    """PP3: mean of post less pre over everybody with both; people: how many; topics: each before and after."""

    mean: Fraction | None
    people: int
    topics: tuple[TopicResult, ...]


def mean_gain(regency: Regency, year: int) -> MeanGain:
    """PP3 of the batches that ended in *year*. Three queries."""
    batches = TrainingBatch.objects.filter(regency=regency, end_date__year=year, state__in=TAUGHT_STATES)
    keys = list(batches.values_list("pk", flat=True))
    rows = Enrolment.objects.filter(batch_id__in=keys, pre__isnull=False, post__isnull=False)
    gains = [gain_of(pre, post) for pre, post in rows.order_by("id").values_list("pre", "post")]
    return MeanGain(mean_of(gains), len(gains), topics_of(keys, rules_of(regency)))
