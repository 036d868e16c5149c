"""A plan becomes the days of the forums: each gets its day, its team and its speaker in the room of facilitation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import RefusedError
from rembuk.core.guidance.facilitation import MOST_GUIDES
from rembuk.core.guidance.forum_states import AHEAD
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.deliberation.models import Sex
from rembuk.guidance.facilitation.models import Facilitation, Guide
from rembuk.guidance.facilitation.services import ForumPlan, GuideValues, Scheduled, schedule_forums
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import PlanVisit, SeasonPlan, SeasonTeam, Speaker
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class Published:
    """The plan, what the forums took from it, and the villages whose forum was not open for a day any more."""

    plan: SeasonPlan
    forums: Scheduled
    passed_villages: tuple[str, ...]


@transaction.atomic
def publish(*, plan_id: UUID, version: int, actor: Hat, at: datetime) -> Published:
    """Put a plan in force. Again changes nothing; a later plan of the season moves only what it moved.

    Raises: NotAllowedError, RefusedError (empty, no longer sound, changed meanwhile, and every clash of a person).
    """
    rows = SeasonPlan.objects.select_for_update(of=("self",)).select_related("season__regency", "travel")
    row = rows.get(pk=plan_id)
    require(actor, "season.publish", row)
    if row.version != version and row.state == SeasonPlan.State.DRAFT:
        raise RefusedError("season-plan-changed")
    check_sound(row)
    visits = list(row.visits.select_related("village", "team").prefetch_related("team__members"))
    forums, speakers = forums_of(row), speakers_of(row)
    plans = [
        ForumPlan(forums[visit.village_id].pk, visit.day, guides_of(visit, speakers))
        for visit in visits
        if visit.village_id in forums
    ]
    if not plans:
        raise RefusedError("season-plan-empty")
    reference = f"{row.season.name[:80]} / {row.number}"
    taken = schedule_forums(plans=plans, plan_reference=reference, actor=actor, at=at)
    with trail.acting(actor, "season.publish"):
        if row.state != SeasonPlan.State.PUBLISHED:
            replaced = SeasonPlan.objects.filter(season=row.season, state=SeasonPlan.State.PUBLISHED)
            for other in replaced.exclude(pk=row.pk):
                other.state, other.version = SeasonPlan.State.REPLACED, other.version + 1
                other.save()
            row.state, row.published_at, row.version = SeasonPlan.State.PUBLISHED, at, row.version + 1
            row.save()
    passed = tuple(sorted(visit.village.name for visit in visits if visit.village_id not in forums))
    return Published(row, taken, passed)


def check_sound(row: SeasonPlan) -> None:
    """Refuse a plan that holds nothing, or that the season as it is now no longer lets be held."""
    if row.state == SeasonPlan.State.REPLACED:
        raise RefusedError("season-plan-replaced")
    known = built(row)
    if not known.plan.visits:
        raise RefusedError("season-plan-empty")
    if known.misfit:
        names = {village.code: village.title for village in known.instance.villages}
        raise RefusedError("season-plan-unsound", names=", ".join(names.get(code, code) for code in known.misfit))


def forums_of(row: SeasonPlan) -> dict[str, Facilitation]:
    """Return village -> its forum of the season's year that still takes a day."""
    found = Facilitation.objects.filter(
        village__regency_id=row.season.regency_id,
        cycle__plan_year=row.season.plan_year,
        state__in=[state.value for state in AHEAD],
    )
    return {forum.village_id: forum for forum in found}


def speakers_of(row: SeasonPlan) -> dict[str, Speaker]:
    """Return village -> the speaker it wished for."""
    wishes = row.season.wishes.filter(speaker__isnull=False).select_related("speaker__person")
    return {wish.village_id: wish.speaker for wish in wishes if wish.speaker is not None}


def guides_of(visit: PlanVisit, speakers: dict[str, Speaker]) -> tuple[GuideValues, ...]:
    """Return the team of a visit with its speaker as facilitation takes them.

    A forum has at most three guides, a woman among them where the team has one; whoever is left takes the notes.
    """
    team: SeasonTeam = visit.team
    members = sorted(team.members.all(), key=lambda member: (member.name, str(member.pk)))
    first = next((member for member in members if member.sex == Sex.FEMALE), None)
    ordered = [first, *(member for member in members if member is not first)] if first else members
    found = []
    for number, member in enumerate(ordered):
        position = Guide.Position.GUIDE if number < MOST_GUIDES else Guide.Position.NOTE_TAKER
        found.append(GuideValues(member.name, member.sex, position.value, member.person_id))
    speaker = speakers.get(visit.village_id)
    inside = {member.person_id for member in members if member.person_id is not None}
    if speaker is not None and not speaker.remote and speaker.person_id not in inside:
        found.append(GuideValues(speaker.name, speaker.sex, Guide.Position.SPEAKER.value, speaker.person_id))
    return tuple(found)
