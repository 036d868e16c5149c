"""How far a forum is, for pages: its steps, the items of a checklist with what answers them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rembuk.core.guidance.facilitation import Answered, Known, is_done
from rembuk.core.guidance.forum_checklists import Item
from rembuk.core.guidance.forum_states import ForumState
from rembuk.guidance.facilitation.labels import STATES, Words

ROAD = (
    ForumState.REQUESTED,
    ForumState.SCHEDULED,
    ForumState.PREP,
    ForumState.READY,
    ForumState.IN_SESSION,
    ForumState.HELD,
    ForumState.MINUTES_DRAFT,
    ForumState.MINUTES_SIGNED,
    ForumState.EVIDENCE_VERIFIED,
    ForumState.CLOSED,
)
BESIDE = {ForumState.POSTPONED: ForumState.SCHEDULED, ForumState.ADJOURNED: ForumState.IN_SESSION}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road. state: ok | due | paused | next."""

    words: Words
    state: str
    icon: str
    current: bool


def steps_of(state: ForumState) -> list[Step]:
    """Return the road with what is behind, where the forum stands, and what lies ahead."""
    here = ROAD.index(BESIDE.get(state, state))
    found = []
    for index, each in enumerate(ROAD):
        now = index == here
        last = each is ForumState.CLOSED
        kind = "ok" if index < here or (now and last) else "paused" if now and state in BESIDE else "next"
        if now and kind == "next":
            kind = "due"
        words = STATES[state] if now else STATES[each]
        found.append(Step(words, kind, {"ok": "check"}.get(kind, kind), now))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An item as a page shows it. known: what the system knows; answer: what people said; done: counts as done."""

    item: Item
    known: Known | None
    answer: Answered | None
    done: bool

    @property
    def value(self) -> str:
        return self.answer.value if self.answer is not None else ""


def lines_of(items: Sequence[Item], facts: Mapping[str, Known], answers: Mapping[str, Answered]) -> list[Line]:
    """Return the items of a phase with what answers each."""
    found = []
    for item in items:
        known, answer = facts.get(item.fact) if item.fact else None, answers.get(item.code)
        found.append(Line(item, known, answer, is_done(known, answer, by_hand=item.by_hand)))
    return found


def done_of(items: Iterable[Item], facts: Mapping[str, Known], answers: Mapping[str, Answered]) -> int:
    """Return how many items are done."""
    return sum(line.done for line in lines_of(list(items), facts, answers))
