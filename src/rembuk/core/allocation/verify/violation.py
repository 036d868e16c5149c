"""What is wrong with an outcome, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in an outcome that its problem does not allow. subject: id of the proposal, source or row."""

    code: str
    subject: str
    detail: str = ""
