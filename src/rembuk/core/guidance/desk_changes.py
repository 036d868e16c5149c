"""What a village changed between two rounds: rows added, dropped, changed, with the cells that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

ChangeKind = Literal["added", "dropped", "changed"]
Snapshot = Sequence[Mapping[str, Any]]
"""Rows ``{key, name, cells: {label: text}}`` in the order of the draft."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that differs. cells: (label, before, after); empty for a row that came or went."""

    kind: ChangeKind
    key: str
    name: str
    cells: tuple[tuple[str, str, str], ...] = ()


def changed_rows(before: Snapshot, after: Snapshot) -> list[ChangedRow]:
    """Return the rows that differ, in the order of *after*, then those that are gone."""
    old = {str(row["key"]): row for row in before}
    found = []
    for row in after:
        key, name = str(row["key"]), str(row["name"])
        there = old.pop(key, None)
        if there is None:
            found.append(ChangedRow("added", key, name))
        elif cells := _cells(there, row):
            found.append(ChangedRow("changed", key, name, cells))
    return [*found, *(ChangedRow("dropped", key, str(row["name"])) for key, row in old.items())]


def _cells(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    own = [] if before["name"] == after["name"] else [("nama", str(before["name"]), str(after["name"]))]
    labels = dict.fromkeys([*after["cells"], *before["cells"]])
    pairs = ((name, str(before["cells"].get(name, "")), str(after["cells"].get(name, ""))) for name in labels)
    return (*own, *(pair for pair in pairs if pair[1] != pair[2]))
