"""What is recorded at the forum: who speaks, tools, focus groups, reactions of those present, the note."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.forms.models import model_to_dict

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.facilitation import clock_odd, names_in
from rembuk.core.guidance.forum_states import ForumState
from rembuk.core.hat import Hat
from rembuk.core.law.elements import ELEMENTS
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.models import Attendance
from rembuk.guidance.facilitation.labels import REACTION_ITEMS
from rembuk.guidance.facilitation.models import Captured, Facilitation, FocusGroup, Reaction, ToolUse, Turn
from rembuk.guidance.facilitation.queries import seen_of
from rembuk.guidance.facilitation.services.base import fresh, locked, save
from rembuk.proposals.models import Proposal
from rembuk.shared import files, trail
from rembuk.shared.models import Origin, StoredFile

MOST_TURNS, MOST_PEOPLE, MOST_MINUTES = 500, 200, 600
MOST_ROWS, MOST_CELLS, LONGEST = 40, 8, 4_000
C = TypeVar("C", bound=Captured)


@dataclass(frozen=True, slots=True)
class Moment:
    """When and through which door a record was made. captured_at: by the device, None for "now"."""

    captured_at: datetime | None = None
    origin: str = Origin.ONLINE


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A photo as it was handed in."""

    source: files.Upload | bytes
    name: str


NOW = Moment()


def captured(
    model: type[C], key: UUID, forum: Facilitation, moment: Moment, actor: Hat, at: datetime, **values: object
) -> C:
    """Return a record in memory with what every record carries."""
    when = moment.captured_at or at
    return model(
        id=key,
        facilitation=forum,
        captured_at=when,
        received_at=at,
        clock_odd=clock_odd(when, at, forum.requested_at),
        origin=moment.origin,
        recorded_by=actor.person_id,
        **values,
    )


def kept(row: C, act: str, actor: Hat) -> C:
    """Write a record once. The same key again returns what stands there. Raises: RefusedError with another body."""
    known = type(row)._default_manager.filter(pk=row.pk).first()
    if known is not None:
        if body(known) != body(row):
            raise RefusedError("forum-key-taken")
        return known
    with trail.acting(actor, act):
        row.save(force_insert=True)
    return row


def body(row: Captured) -> dict[str, object]:
    """Return what a record says, without who sent it when and by which door."""
    return model_to_dict(row, exclude=["captured_at", "received_at", "clock_odd", "origin", "recorded_by", "struck_at"])


def recorded_on(forum_id: UUID, actor: Hat) -> Facilitation:
    """Return the forum, locked, once its day was fixed. Raises: RefusedError, NotAllowedError."""
    forum = locked(forum_id, "fill", actor)
    if forum.state in (ForumState.REQUESTED, ForumState.POSTPONED):
        raise RefusedError("forum-no-day")
    return forum


@transaction.atomic
def count_turn(
    *, forum_id: UUID, turn_id: UUID, sex: str, actor: Hat, at: datetime, count: int = 1, moment: Moment = NOW
) -> Turn:
    """Count that a woman (P) or a man (L) spoke: one tap, or a number taken over from paper.

    The same key again counts nothing. Raises: NotAllowedError, BadInputError (sex, number), RefusedError.
    """
    forum = recorded_on(forum_id, actor)
    if sex not in ("L", "P"):
        raise BadInputError("turn-sex")
    if not 1 <= count <= MOST_TURNS:
        raise BadInputError("turn-count", limit=MOST_TURNS)
    return kept(captured(Turn, turn_id, forum, moment, actor, at, sex=sex, count=count), "facilitation.fill", actor)


@transaction.atomic
def strike_last_turn(*, forum_id: UUID, turn_id: UUID, actor: Hat, at: datetime) -> Turn:
    """Strike a turn that was counted by mistake; it counts no more and stays readable. Repeating changes nothing.

    Raises: NotAllowedError, Turn.DoesNotExist, RefusedError.
    """
    forum = recorded_on(forum_id, actor)
    turn = Turn.objects.select_for_update().get(pk=turn_id, facilitation=forum)
    if turn.struck_at is None:
        with trail.acting(actor, "facilitation.fill"):
            turn.struck_at = at
            turn.save(update_fields=["struck_at"])
    return turn


@dataclass(frozen=True, slots=True)
class ToolValues:
    """A participation tool as typed. table: one row a line, cells parted by ``;``. proposal: its number, if any."""

    tool: str
    purpose: str
    result: str = ""
    table: str = ""
    proposal: str = ""
    photo: Uploaded | None = None


def record_tool(
    *, forum_id: UUID, tool_id: UUID, values: ToolValues, actor: Hat, at: datetime, moment: Moment = NOW
) -> ToolUse:
    """Record a participation tool with its purpose, photo, result and the proposal it led to.

    The same key again changes nothing. Raises: NotAllowedError, BadInputError, RefusedError.
    """
    if values.tool not in ToolUse.Tool.values:
        raise BadInputError("tool-unknown")
    if not (purpose := line(values.purpose)):
        raise BadInputError("tool-purpose")
    # The photo is read and shrunk before the lock is taken.
    with transaction.atomic():
        forum = recorded_on(forum_id, actor)
    photo = photo_of(values.photo, forum, actor)
    with transaction.atomic():
        forum = recorded_on(forum_id, actor)
        row = captured(
            ToolUse, tool_id, forum, moment, actor, at,
            tool=values.tool, purpose=purpose, result=paragraph(values.result), table=rows_of(values.table),
            photo=photo, proposal=proposal_of(values.proposal, forum),
        )  # fmt: skip
        return kept(row, "facilitation.fill", actor)


@dataclass(frozen=True, slots=True)
class GroupValues:
    """A focus group as typed. ideas: one a line, its dots after a ``;``. kind: UNSUR code, empty for a mixed group."""

    group: str
    day: date | None
    men: int | None
    women: int | None
    kind: str = ""
    minutes: int | None = None
    issues: str = ""
    roots: str = ""
    ideas: str = ""
    quotes: str = ""
    photo: Uploaded | None = None


def record_group(
    *, forum_id: UUID, group_id: UUID, values: GroupValues, actor: Hat, at: datetime, moment: Moment = NOW
) -> FocusGroup:
    """Record a focus group. More or fewer people or minutes than advised are flagged by `check_group`, not refused.

    A quote that names somebody of the attendance list is refused. The same key again changes nothing.
    Raises: NotAllowedError, BadInputError (group, day, people, ideas), RefusedError (a name in a quote).
    """
    men, women = values.men or 0, values.women or 0
    if not (name := line(values.group, 120)):
        raise BadInputError("group-name")
    if values.kind and values.kind not in ELEMENTS:
        raise BadInputError("group-kind")
    if not (0 <= men <= MOST_PEOPLE and 0 <= women <= MOST_PEOPLE) or men + women == 0:
        raise BadInputError("group-people", limit=MOST_PEOPLE)
    if values.minutes is not None and not 1 <= values.minutes <= MOST_MINUTES:
        raise BadInputError("group-minutes", limit=MOST_MINUTES)
    with transaction.atomic():
        forum = recorded_on(forum_id, actor)
    refuse_names(forum, values.quotes)
    if values.day is None or values.day > local_day(forum.village.regency, at):
        raise BadInputError("group-day")
    photo = photo_of(values.photo, forum, actor)
    with transaction.atomic():
        forum = recorded_on(forum_id, actor)
        row = captured(
            FocusGroup, group_id, forum, moment, actor, at,
            group=name, kind=values.kind, day=values.day, minutes=values.minutes, men=men, women=women,
            issues=paragraph(values.issues), roots=paragraph(values.roots), ideas=ideas_of(values.ideas),
            quotes=paragraph(values.quotes), photo=photo,
        )  # fmt: skip
        return kept(row, "facilitation.fill", actor)


def refuse_names(forum: Facilitation, quotes: str) -> None:
    """Refuse quotes that name somebody who was there. Raises: RefusedError."""
    meeting = seen_of(forum).meeting
    if meeting is None or not quotes.strip():
        return
    names = Attendance.objects.filter(meeting=meeting).order_by("id").values_list("name", flat=True)
    if found := names_in(quotes, names):
        raise RefusedError("group-quote-names", names=", ".join(found[:3]))


@dataclass(frozen=True, slots=True)
class ReactionValues:
    """The short form of one person who was there: points of 1 to 5 in the order of `REACTION_ITEMS`, a sentence."""

    points: Sequence[int] = field(default_factory=tuple)
    text: str = ""


@transaction.atomic
def record_reaction(
    *, forum_id: UUID, reaction_id: UUID, values: ReactionValues, actor: Hat, at: datetime, moment: Moment = NOW
) -> Reaction:
    """Keep what one person said on the short form; nobody's name stands in it. The same key again changes nothing.

    Raises: NotAllowedError, BadInputError (points), RefusedError (a name in the sentence, too early).
    """
    forum = recorded_on(forum_id, actor)
    points = list(values.points)
    if len(points) != len(REACTION_ITEMS) or not all(1 <= point <= 5 for point in points):
        raise BadInputError("reaction-points", count=len(REACTION_ITEMS))
    refuse_names(forum, values.text)
    row = captured(Reaction, reaction_id, forum, moment, actor, at, points=points, text=line(values.text))
    return kept(row, "facilitation.fill", actor)


@transaction.atomic
def write_note(*, forum_id: UUID, text: str, version: int | None, actor: Hat, at: datetime) -> Facilitation:
    """Write the facilitator's note. The same text again changes nothing. Raises: NotAllowedError, StaleError."""
    forum = locked(forum_id, "fill", actor)
    words = paragraph(text)
    if forum.note == words:
        return forum
    fresh(forum, version)
    with trail.acting(actor, "facilitation.fill"):
        forum.note = words
        save(forum, "note")
    return forum


def line(text: str, limit: int = 300) -> str:
    return " ".join(text.replace("\x00", " ").split())[:limit]


def paragraph(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST]


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a pasted table. Raises: BadInputError when it is larger than a sheet of paper."""
    rows = [[line(cell, 120) for cell in row.split(";")] for row in text.splitlines() if row.strip(" ;")]
    if len(rows) > MOST_ROWS or any(len(row) > MOST_CELLS for row in rows):
        raise BadInputError("tool-table", rows=MOST_ROWS, cells=MOST_CELLS)
    return rows


def ideas_of(text: str) -> list[dict[str, object]]:
    """Return ideas with their dots, the most dots first. Raises: BadInputError for dots that are no number."""
    found: list[tuple[int, str]] = []
    for row in text.splitlines():
        words, _mark, dots = row.partition(";")
        if not line(words):
            continue
        bare = dots.strip() or "0"
        if not (bare.isascii() and bare.isdigit() and int(bare) <= 10_000):
            raise BadInputError("group-dots", read=row.strip()[:60])
        found.append((int(bare), line(words)))
    if len(found) > MOST_ROWS:
        raise BadInputError("tool-table", rows=MOST_ROWS, cells=2)
    return [{"text": words, "dots": dots} for dots, words in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def proposal_of(number: str, forum: Facilitation) -> Proposal | None:
    """Return the village's proposal with that number. Raises: BadInputError when there is none."""
    wanted = line(number, 20).upper()
    if not wanted:
        return None
    found = Proposal.objects.filter(village_id=forum.village_id, number=wanted).first()
    if found is None:
        raise BadInputError("tool-proposal", number=wanted)
    return found


def photo_of(given: Uploaded | None, forum: Facilitation, actor: Hat) -> StoredFile | None:
    """Keep a photo. Raises: BadInputError when it is no picture."""
    if given is None:
        return None
    if files.kind_of(data := files.take(given.source)) not in files.PICTURES:
        raise BadInputError("forum-photo", name=given.name[:80])
    return files.store(data, name=given.name, village_id=forum.village_id, hat=actor)
