"""Which named rows cannot all be kept: a smallest set, by leaving rows out one after another.

Names: ``ceiling:<source>``, ``share:<row>``, ``mandatory:<proposal>``, ``requires:<proposal>><other>``,
``exclusion:<proposal>+<proposal>``.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from rembuk.core.allocation.optimum.formulation import Formulation, Line
from rembuk.core.allocation.optimum.solving import Clock, Model, Question

PATIENCE: Final = 10.0
"""Seconds for one question of the filter; a row whose question is not answered in time stays in the set."""


def conflict_of(made: Formulation, model: Model | None = None, forced: Iterable[str] = ()) -> tuple[str, ...]:
    """Return names of rows, sorted, that cannot all be kept, while leaving out any one of them lets the rest be kept.

    forced: ids of proposals that are to be in besides the mandatory ones. Nothing if all can be kept.
    """
    names = sorted({line.name for line in made.lines if line.name})
    if possible(made, set(names), forced):
        return ()
    kept = set(names)
    for name in order_of(names):
        if not possible(made, kept - {name}, forced):
            kept.remove(name)
    return tuple(sorted(kept))


def order_of(names: Iterable[str]) -> list[str]:
    """Return the order in which rows are tried without: links first, so that money and law are what is left."""
    ranks = {"exclusion": 0, "requires": 1, "share": 2, "ceiling": 3, "mandatory": 4}
    return sorted(names, key=lambda name: (ranks[name.split(":", 1)[0]], name))


def possible(made: Formulation, names: set[str], forced: Iterable[str]) -> bool:
    """Return whether some plan keeps the named rows and has the forced proposals, minimums missed or not."""
    lines = [line for line in made.lines if not line.name or line.name in names]
    lines += [Line("", made.chosen(name), 1, None, money=False) for name in sorted(set(forced))]
    part = replace(made, lines=lines)
    model = Model(part)
    fixed = {target.short: (0, target.least) for target in made.targets}
    answer = model.ask(Question({}, fixed=fixed), Clock(PATIENCE))
    return answer.status != "infeasible"
