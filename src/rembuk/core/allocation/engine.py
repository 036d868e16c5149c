"""`allocate`: checks a problem and runs a rule over it. Rules stand in one table; a new one is a new row."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.greedy import greedy
from rembuk.core.allocation.model import InvalidProblemError, Outcome, Problem
from rembuk.core.errors import RembukError

RULES: Final[dict[str, Callable[[Problem], Outcome]]] = {"greedy": greedy}
"""Name of a rule -> the function that walks it."""


class UnknownRuleError(RembukError):
    """No rule has that name; ``values['known']`` lists those that exist."""


def allocate(problem: Problem, rule: str = "greedy") -> Outcome:
    """Choose proposals by *rule* under every ceiling, row, prerequisite and exclusion of *problem*.

    The same problem gives the same outcome and digest, whatever order its proposals, sources and rows are given in.
    Raises: UnknownRuleError; InvalidProblemError with all issues.
    """
    if rule not in RULES:
        raise UnknownRuleError("unknown-rule", rule=rule, known=sorted(RULES))
    issues = problem.validate()
    if issues:
        raise InvalidProblemError("invalid-problem", issues=issues)
    outcome = RULES[rule](problem)
    return replace(outcome, digest=digest_of(problem, outcome))
