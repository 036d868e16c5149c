"""Reading forward: a later room registers panels about the things of an earlier one, by kind.

panels.register("proposal", "plans", panels_of_proposals)     # (ids, hat) -> {id: Panel}, two queries at most
panels.for_many("proposal", ids, hat)                          # {id: [Panel, ...]} in the order of the process
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rembuk.core.hat import Hat
from rembuk.shared.web import opens


@dataclass(frozen=True, slots=True)
class Panel:
    """What a later room says of a thing. rows: (label, value); state: ok | due | late | paused | next.

    more: (words, address) of what else can be opened from here.
    """

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    link: str = ""
    state: str = "next"
    order: int = 0
    more: tuple[tuple[str, str], ...] = ()


Provider = Callable[[Sequence[UUID], Hat | None], Mapping[UUID, Panel]]
_providers: dict[str, dict[str, Provider]] = {}


def register(kind: str, room: str, provider: Provider) -> None:
    """Let *room* answer for things of *kind* (``proposal``, ``cycle``, ``item``, ``meeting``, ``village``)."""
    _providers.setdefault(kind, {})[room] = provider


def for_many(kind: str, ids: Sequence[UUID], hat: Hat | None) -> dict[UUID, list[Panel]]:
    """Return the panels of each id, ordered by the process; what the role may not open is no link."""
    result: dict[UUID, list[Panel]] = {key: [] for key in ids}
    for provider in _providers.get(kind, {}).values():
        for key, panel in provider(ids, hat).items():
            shut = panel.link and not opens(hat, panel.link)
            more = tuple(pair for pair in panel.more if opens(hat, pair[1]))
            result[key].append(replace(panel, link="" if shut else panel.link, more=more))
    for panels in result.values():
        panels.sort(key=lambda panel: panel.order)
    return result
