"""What the gates of the stages rest on: each later room registers a provider of facts, asked for many cycles at once.

    register("K1", "deliberation", planning_meeting_facts)     # in AppConfig.ready()
    facts_for("K1", [cycle_id, ...])                            # {cycle_id: {"meeting": MeetingFacts(...), ...}}

A provider takes cycle ids and answers ``{cycle_id: {name: value}}`` in a constant number of queries. Names are those of
`core.workflow.guards`: the fields of StageFacts (``meeting``, ``meeting_rules``, ``team``, ``ceilings``, ``rpjmdes``,
``plan``, ``exported``, ...) and, one by one, the fields of PlanProgress (``items``, ``proposals``, ``scored``,
``allocated``, ``bpd_agreed``, ...), so that several rooms fill the plan's progress together. The values of
``papers`` and ``findings`` are joined. Any other name is kept for those who show facts and asks nothing of a gate.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

Facts = Mapping[str, object]
Provider = Callable[[Sequence[UUID]], Mapping[UUID, Facts]]

JOINED = frozenset({"papers", "findings"})
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
            known = merged.setdefault(key, {})
            doubled = (known.keys() & facts.keys()) - JOINED
            if doubled:
                raise ValueError(f"{room} repeats {sorted(doubled)} of {stage}")
            for name, value in facts.items():
                known[name] = joined(known.get(name), value) if name in JOINED else value
    return merged


def joined(before: object, more: object) -> tuple[object, ...]:
    return (*cast("Iterable[object]", before or ()), *cast("Iterable[object]", more))
