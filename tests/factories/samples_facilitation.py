"""Samples of facilitated forums for the walk over all routes."""

import uuid

from cycles.given import NOW, TODAY
from factories import people
from factories.samples import sample
from factories.samples_cycles import cycle_in
from rembuk.core.hat import Role
from rembuk.guidance.facilitation import services
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.services import GuideValues
from rembuk.regions.models import Village


def forum_in(village: Village) -> Facilitation:
    """Return a scheduled forum of the village."""
    found = Facilitation.objects.filter(village=village).first()
    if found is not None:
        return found
    staff = people.holder(Role.STF, village, username=f"forum.{village.id}").hat()
    forum = services.request_forum(cycle_id=cycle_in(village).pk, actor=staff, at=NOW)
    return services.schedule_forum(forum_id=forum.pk, day=TODAY, actor=staff, at=NOW)


@sample("forum_id", "facilitation:")
def forum(village: Village) -> object:
    return forum_in(village).pk


@sample("guide_id", "facilitation:")
def guide(village: Village) -> object:
    staff = people.holder(Role.STF, village, username=f"tim.{village.id}").hat()
    values = GuideValues(f"Siti {village.name}", "P", other_person=True)
    return services.add_guide(forum_id=forum_in(village).pk, values=values, actor=staff, at=NOW).pk


@sample("turn_id", "facilitation:")
def turn(village: Village) -> object:
    staff = people.holder(Role.STF, village, username=f"bicara.{village.id}").hat()
    return services.count_turn(forum_id=forum_in(village).pk, turn_id=uuid.uuid4(), sex="P", actor=staff, at=NOW).pk
