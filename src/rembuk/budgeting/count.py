"""Counting a problem: the one way from what is asked to a checked list, for the eye and for the store."""

from rembuk.budgeting.asking import Gathered
from rembuk.budgeting.stored import Stored
from rembuk.core.allocation import NEEDS_BALLOTS, InvalidProblemError, allocate, verify
from rembuk.core.errors import Finding, RefusedError


def count(asked: Gathered) -> Stored:
    """Return the list of a problem, checked by `verify`; what it found wrong stands in ``violations``. No query.

    Raises: RefusedError without money, without proposals, without anybody's voice where the rule needs one, and when
    ceilings and rules cannot be kept together, with every reason.
    """
    refuse_unready(asked)
    try:
        outcome = allocate(asked.problem, asked.settings)
    except InvalidProblemError as error:
        issues = error.values["issues"]
        findings = [Finding(issue.code, "block", issue.message) for issue in issues]  # type: ignore[attr-defined]
        raise RefusedError("run-impossible", findings) from error
    faults = tuple(f"{fault.code} {fault.subject}" for fault in verify(asked.problem, outcome))
    return Stored(asked.problem, outcome, asked.context, faults)


def refuse_unready(asked: Gathered) -> None:
    """Refuse to count what cannot be chosen from. Raises: RefusedError."""
    if not asked.problem.sources:
        raise RefusedError("run-without-ceilings", year=asked.problem.year)
    if not asked.problem.proposals:
        raise RefusedError("run-without-proposals", count=len(asked.outside))
    if asked.settings.rule in NEEDS_BALLOTS and not asked.problem.ballots:
        raise RefusedError("run-without-voices")
