"""Kinds of things whose trail can be opened, registered by their rooms in ``AppConfig.ready()``:

    kinds.register("usulan", Proposal, finder=proposal_by_id, act="proposals.read", also=rows_of_proposal)

The name stands in the address (``/jejak/usulan/<id>/``). *finder* returns the thing, with its ``.place``, or raises
DoesNotExist; *act* is the right to see the thing, which is also the right to see its trail.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from rembuk.core.hat import Place
from rembuk.core.permissions import Placed

Related = Iterable[tuple[type[models.Model], Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. *also* names the rows that belong to a thing: (model, keys), such as the lines of a plan item."""

    name: str
    model: type[models.Model]
    finder: Callable[[str], Placed]
    act: str
    also: Callable[[Any], Related] | None = None


@dataclass(frozen=True, slots=True)
class TrailTarget:
    """A thing whose trail is asked for."""

    kind: Kind
    thing: Any

    @property
    def place(self) -> Place:
        place: Place = self.thing.place
        return place

    def rows(self) -> Mapping[type[models.Model], Sequence[Any]]:
        """Return the keys of the thing and of what belongs to it, by model."""
        found: dict[type[models.Model], Sequence[Any]] = {self.kind.model: [self.thing.pk]}
        for model, keys in self.kind.also(self.thing) if self.kind.also else ():
            found[model] = [*found.get(model, ()), *keys]
        return found


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    model: type[models.Model],
    *,
    finder: Callable[[str], Placed],
    act: str,
    also: Callable[[Any], Related] | None = None,
) -> None:
    """Let the trail of things of *model* be opened; the same name again replaces the entry."""
    _kinds[name] = Kind(name, model, finder, act, also)


def names() -> list[str]:
    """Return the registered names, ordered."""
    return sorted(_kinds)


def target(kind: str, key: str) -> TrailTarget:
    """Return the thing behind an address. Raises: DoesNotExist, ValueError (an unknown kind, too)."""
    if kind not in _kinds:
        raise ValueError(kind)
    return TrailTarget(_kinds[kind], _kinds[kind].finder(key))
