"""The one way a state table is walked: (state, event) -> state, everything else is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from rembuk.core.errors import IllegalTransitionError

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


def walk(table: Mapping[tuple[S, E], S], state: S, event: E) -> S:
    """Return where *event* leads from *state*. Raises: IllegalTransitionError naming the events possible there."""
    if (state, event) not in table:
        possible = [known for at, known in table if at == state]
        raise IllegalTransitionError("illegal-transition", state=state, event=event, possible=possible)
    return table[state, event]


def events_from(table: Mapping[tuple[S, E], S], state: S) -> tuple[E, ...]:
    """Return the events possible in *state*, in the order of the table."""
    return tuple(event for at, event in table if at == state)
