"""A stored run and back: the JSON of problem and outcome as the values of core.allocation, the digest unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rembuk.core.allocation import Outcome, Problem
from rembuk.core.allocation.digest import digest_of, outcome_values, problem_values
from rembuk.core.allocation.reading import outcome_from, problem_from

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A run as values. context: what the page says beside it (see `gathering.Gathered.context`)."""

    problem: Problem
    outcome: Outcome
    context: Values
    violations: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether problem and outcome still give the digest that was stored."""
        return self.outcome.digest == digest_of(self.problem, self.outcome)


def packed_problem(problem: Problem, context: Values) -> dict[str, Any]:
    """Return what the column ``problem`` holds."""
    return {"values": problem_values(problem), "context": dict(context)}


def packed_outcome(outcome: Outcome, violations: tuple[str, ...]) -> dict[str, Any]:
    """Return what the column ``outcome`` holds."""
    return {"values": outcome_values(outcome), "violations": list(violations)}


def unpacked(problem: Values, outcome: Values, digest: str) -> Stored:
    """Return a stored run as values; titles of rule rows come from the context. Raises: KeyError, ValueError."""
    context: Values = problem["context"]
    titles: Mapping[str, str] = context.get("row_titles", {})
    asked = problem_from(problem["values"])
    shares = tuple(replace(share, title=titles.get(share.name, "")) for share in asked.shares)
    answer = replace(outcome_from(outcome["values"], asked), digest=digest)
    return Stored(replace(asked, shares=shares), answer, context, tuple(outcome.get("violations", ())))
