"""Works as everybody may read them: their words covered, those that would tell whom they help left to a sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rembuk.plans.public_money import closed_items
from rembuk.proposals.public_words import covers_of
from rembuk.regions.models import Village
from rembuk.works.models import Work


@dataclass(frozen=True, slots=True)
class ToldWork:
    """The words of one work that everybody may read."""

    name: str
    location: str


def told_works(works: Sequence[Work]) -> Mapping[UUID, ToldWork]:
    """Return work -> its words, without those that help one person or a few houses. Five queries, however many."""
    if not works:
        return {}
    villages = Village.objects.filter(pk__in={work.village_id for work in works}).select_related("district", "regency")
    covers = covers_of(villages)
    closed = closed_items(work.item_id for work in works if work.item_id is not None)
    found: dict[UUID, ToldWork] = {}
    for work in works:
        cover = covers[work.village_id]
        few = cover.few(work.name, work.location, count=work.target_volume, unit=work.unit)
        if work.item_id not in closed and not few:
            found[work.pk] = ToldWork(cover(work.name), cover(work.location))
    return found
