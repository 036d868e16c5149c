"""Fixed values of the tests of this room, and forums brought to a state by the services alone."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta

from PIL import Image

from deliberation import given as meetings
from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.services import add_photo
from rembuk.guidance.facilitation import services
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.services import AnswerValues, GuideValues

EARLY = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
NOW = meetings.NOW
HELD = meetings.HELD_DATE
REASON = "Air surut; desa dan kecamatan sepakat tetap berjalan."


def photo(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def asked(cycle: Cycle, actor: Hat) -> Facilitation:
    return services.request_forum(cycle_id=cycle.pk, actor=actor, at=EARLY)


def scheduled(cycle: Cycle, actor: Hat, day: date = HELD, **more: object) -> Facilitation:
    return services.schedule_forum(forum_id=asked(cycle, actor).pk, day=day, actor=actor, at=EARLY, **more)


def with_team(forum: Facilitation, actor: Hat) -> Facilitation:
    for name, sex in (("Siti Nurhaliza", "P"), ("Budi Raharjo", "L")):
        services.add_guide(forum_id=forum.pk, values=GuideValues(name, sex), actor=actor, at=EARLY)
    return forum


def ready(cycle: Cycle, actor: Hat, day: date = HELD) -> Facilitation:
    """A forum made ready with a reason, since the village of the tests has no plan."""
    forum = with_team(scheduled(cycle, actor, day), actor)
    return services.make_ready(forum_id=forum.pk, actor=actor, at=EARLY, reason=REASON)


def proven(cycle: Cycle, secretary: Hat, head: Hat, photos: int = 2) -> Meeting:
    """The signed Musrenbang of the cycle with its photos."""
    meeting = meetings.complete(cycle, secretary, "MUSREN")
    for number in range(photos):
        data = photo(("navy", "teal", "olive")[number])
        add_photo(meeting_id=meeting.pk, source=data, name=f"{number}.jpg", actor=secretary, at=NOW)
    return meetings.signed(meeting, head)


def followed(forum: Facilitation, actor: Hat) -> Facilitation:
    return services.follow_meeting(forum_id=forum.pk, actor=actor, at=NOW)


def answers(*codes: str, value: str = "yes") -> list[AnswerValues]:
    return [AnswerValues(code, value) for code in codes]


def answer(forum: Facilitation, actor: Hat, *codes: str, value: str = "yes", at: datetime = NOW) -> list:
    key = uuid.uuid4()
    return services.answer_items(forum_id=forum.pk, key=key, answers=answers(*codes, value=value), actor=actor, at=at)


def later(days: int) -> date:
    return HELD + timedelta(days=days)
