"""What of an explanation may leave the engine.

The tally of the whole village (how many people chose a proposal) is what the hall sees counted, and stays. Everything
else about supporters is kept back where it would speak of fewer than five people:

- Hamlets with fewer than five paying supporters are merged with others until the rest is five or more; a hamlet in
  which nobody supports it counts as such a cell too, for "nobody" speaks of every ballot in it. Groups overlap, so a
  small one is left out, and so is one where everybody else would be a small cell. MISKIN and DIFABEL are left out
  always: "one of them paid" would open the ballot of the only one in the hall.
- A proposal with fewer than five supporters shows no figure that follows from what they hold: money behind it, missing
  amount, effective votes, price, highest winning cost and the exact number of lacking supporters would together tell
  which other proposals such a voter chose. Instead `sure_supporters` is shown: how many would do even if the present
  ones held nothing. It follows from the cost, the prices and the share alone, which everybody may know.
- The same where ballots weigh differently and some weight is that of fewer than five people: a sum of weights would
  give away whether the ballot with the odd weight is in it. Then the weighted votes are kept back too.

What stood in the way (ceilings, rows, rivals) follows from the chosen proposals alone and is always shown.
"""

from fractions import Fraction
from math import floor
from typing import Any

from rembuk.core.allocation.explain.values import Explanation, Payer
from rembuk.core.allocation.small_groups import REST, Cell, groups_shown, is_sheltered, merge_small
from rembuk.core.money import Rupiah
from rembuk.core.workflow.privacy import SMALLEST


def hamlets_shown(found: Explanation) -> tuple[tuple[str, Rupiah], ...]:
    """Return (hamlet, rupiah its voters paid) with small cells merged into `REST`; they add up to the cost.

    Empty where nothing would stand beside the merged rest.
    """
    if found.sheltered or len(found.by_hamlet) < 2:
        return ()
    shown, _ = merge_small(_cells(found.by_hamlet))
    parts = tuple((name, Rupiah(int(cell.amount))) for name, cell in shown.items())
    return () if {name for name, _ in parts} <= {REST} else parts


def groups_paid(found: Explanation) -> tuple[tuple[str, Rupiah], ...]:
    """Return (group, rupiah its voters paid) for the groups that may be named; they overlap."""
    if found.sheltered or found.cost is None:
        return ()
    cells = {name: cell for name, cell in _cells(found.by_group).items() if not is_sheltered(name)}
    shown = groups_shown(cells, Cell(found.voters, found.cost))
    return tuple((name, Rupiah(int(cell.amount))) for name, cell in shown.items() if isinstance(cell, Cell))


def votes_shown(found: Explanation) -> Fraction | None:
    """Return the weighted votes, or nothing where they would single somebody out."""
    return None if found.sheltered and found.voters >= SMALLEST else found.votes


def as_values(found: Explanation) -> dict[str, Any]:
    """Return an explanation as plain JSON values, without anything that would open a ballot.

    Money in whole rupiah; fractions as ``"7/2"``, whole ones as integers; effective votes in hundredths, rounded down.
    """
    values: dict[str, Any] = {
        "id": found.id,
        "status": found.status,
        "code": found.code,
        "chosen": found.chosen,
        "cost": found.cost,
        "voters": floor(found.voters),
        "votes": _number(votes_shown(found)),
        "round": found.round,
        "phase": found.phase,
        "amounts": [list(part) for part in found.amounts],
        "displaced": None if found.displaced is None else list(found.displaced),
        "reliefs": [[relief.kind, relief.name, relief.amount] for relief in found.reliefs],
        "rows": list(found.rows),
        "others": list(found.others),
        "note": found.note,
        "sheltered": found.sheltered,
        "sure_supporters": found.sure_supporters,
        "hamlets": [list(part) for part in hamlets_shown(found)],
        "groups": [list(part) for part in groups_paid(found)],
    }
    return values | _figures(found)


def _figures(found: Explanation) -> dict[str, Any]:
    """Return what follows from the ballots of the supporters; nothing of it where they are few."""
    names = (
        "effective",
        "needed",
        "price",
        "money",
        "missing",
        "beaten_by",
        "extra_supporters",
        "winning_cost",
        "way",
        "needed_before",
    )
    if found.sheltered:
        return dict.fromkeys(names)
    chance = found.chance
    needed = None if chance is None else floor(chance.needed * 100)
    values: tuple[Any, ...] = (
        None if found.effective is None else floor(found.effective * 100),
        needed,
        _number(found.price),
        found.money,
        found.missing,
        None if chance is None else chance.beaten_by,
        found.extra_supporters,
        found.winning_cost,
        found.way,
        found.needed_before,
    )
    return dict(zip(names, values, strict=True))


def _cells(parts: tuple[Payer, ...]) -> dict[str, Cell]:
    return {payer.name: Cell(payer.voters, payer.amount) for payer in parts}


def _number(value: Fraction | None) -> int | str | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
