"""What rooms behind this one know of a person's month: forums facilitated. They register, the report asks.

month_sources.register("facilitation", forums_of_person)     # in the room's AppConfig.ready()
"""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from rembuk.core.guidance.monthly_figures import ForumLine

Source = Callable[[UUID, tuple[date, date]], Sequence[ForumLine]]
"""(person, first and last day) -> the forums that the person facilitated, in a constant number of queries."""
_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Let *room* name forums of a person; the same room again replaces its source."""
    _sources[room] = source


def forums_of(person_id: UUID, days: tuple[date, date]) -> tuple[ForumLine, ...]:
    """Return the forums of a person that any room knows, by day."""
    found = [line for source in _sources.values() for line in source(person_id, days)]
    return tuple(sorted(found, key=lambda line: (line.day, line.time, line.key)))
