"""What the gates of the stages rest on: each later room registers a provider of facts, asked for many cycles at once.

    register("K1", "deliberation", planning_meeting_facts)     # in AppConfig.ready()
    facts_for("K1", [cycle_id, ...])                            # {cycle_id: {"meeting_valid": True, ...}}

A provider takes cycle ids and answers ``{cycle_id: {name: value}}`` in a constant number of queries. Facts of several
rooms are merged by name; two rooms that answer the same name for the same stage are a mistake of the program.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

Facts = Mapping[str, object]
Provider = Callable[[Sequence[UUID]], Mapping[UUID, Facts]]

_providers: dict[str, dict[str, Provider]] = {}


def register(stage: str, room: str, provider: Provider) -> None:
    """Let *room* give facts for *stage* (``K1`` .. ``K17``); the same room again replaces its provider."""
    _providers.setdefault(stage, {})[room] = provider


def rooms_of(stage: str) -> tuple[str, ...]:
    """Return the rooms that give facts for *stage*, in the order in which they registered."""
    return tuple(_providers.get(stage, {}))


def facts_for(stage: str, cycle_ids: Sequence[UUID]) -> dict[UUID, dict[str, object]]:
    """Return the merged facts of *stage* for each cycle; a cycle nobody knows anything about has none.

    Raises: ValueError when two rooms give the same fact of one stage.
    """
    merged: dict[UUID, dict[str, object]] = {key: {} for key in cycle_ids}
    for room, provider in _providers.get(stage, {}).items():
        for key, facts in provider(cycle_ids).items():
            doubled = merged[key].keys() & facts.keys()
            if doubled:
                raise ValueError(f"{room} repeats {sorted(doubled)} of {stage}")
            merged[key].update(facts)
    return merged
