"""`allocate`: checks a problem and runs a rule over it. Rules stand in one table; a new one is a new row."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.equal_shares import equal_shares
from rembuk.core.allocation.greedy import greedy, greedy_per_rupiah
from rembuk.core.allocation.loads import loads
from rembuk.core.allocation.model import InvalidProblemError, Outcome, Problem
from rembuk.core.allocation.optimum.choosing import optimum
from rembuk.core.allocation.optimum.repairing import mes_repair
from rembuk.core.allocation.settings import Settings
from rembuk.core.errors import RembukError

RULES: Final[dict[str, Callable[[Problem, Settings], Outcome]]] = {
    "greedy": greedy,
    "greedy-per-rupiah": greedy_per_rupiah,
    "mes": equal_shares,
    "phragmen": loads,
    "optimum": optimum,
    "mes-repair": mes_repair,
}
"""Name of a rule -> the function that walks it."""

NEEDS_BALLOTS: Final = frozenset({"mes", "phragmen", "mes-repair"})
"""Rules in which voters pay: without ballots they choose nothing but what must be in."""


class UnknownRuleError(RembukError):
    """No rule has that name; ``values['known']`` lists those that exist."""


def allocate(problem: Problem, settings: Settings | str = "greedy") -> Outcome:
    """Choose proposals by a rule under every ceiling, row, prerequisite and exclusion of *problem*.

    settings: the rule with everything that may change its result, or just its name. The same problem and settings give
    the same outcome and digest, whatever order its proposals, ballots, sources and rows are given in.
    Raises: UnknownRuleError; InvalidProblemError with all issues.
    """
    asked = Settings(rule=settings) if isinstance(settings, str) else settings
    if asked.rule not in RULES:
        raise UnknownRuleError("unknown-rule", rule=asked.rule, known=sorted(RULES))
    issues = problem.validate()
    if issues:
        raise InvalidProblemError("invalid-problem", issues=issues)
    outcome = RULES[asked.rule](problem, asked)
    if asked.rule == "mes":
        problem.keep(outcome)  # `mes_repair` starts from it, and both are often asked for side by side
    return replace(outcome, digest=digest_of(problem, outcome))
