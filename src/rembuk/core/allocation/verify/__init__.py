"""A second pair of eyes: checks an outcome against its problem without any code of the engine, exactly.

Only the values (`model`, `settings`) and the digest are shared. What every outcome must keep stands in `money`, the
purchases in `rounds`, the payment certificate of equal shares and of loads in `payments`, the solver's promise in
`solver`, and what may stay outside in `left_out`.
"""

from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.model import Outcome, Problem
from rembuk.core.allocation.verify.left_out import check_left_out
from rembuk.core.allocation.verify.money import check_money
from rembuk.core.allocation.verify.payments import check_payments
from rembuk.core.allocation.verify.rounds import check_rounds
from rembuk.core.allocation.verify.solver import check_solver
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation

__all__ = ["Violation", "verify"]


def verify(problem: Problem, outcome: Outcome) -> list[Violation]:
    """Return everything wrong with *outcome*; an empty list means it may be relied on.

    What rests on sound money and sound purchases (payments, what was left out) is looked at only where those are
    sound, so that one fault is not reported many times.
    """
    tally = Tally(problem, outcome.settings.utility)
    found = check_money(problem, outcome)
    found += check_rounds(problem, outcome, tally)
    found += check_solver(problem, outcome, tally)
    if not found:
        found = check_payments(problem, outcome, tally) or check_left_out(problem, outcome, tally)
    if outcome.digest != digest_of(problem, outcome):
        found.append(Violation("digest", "outcome"))
    return found
