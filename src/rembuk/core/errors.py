"""What can go wrong, as values: a code and what it is about. Words for people come from each room's `labels.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["block", "warn", "note"]


class RembukError(Exception):
    """A refusal with a *code* and the *values* its sentence needs; nothing was written."""

    status = 409

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotAllowedError(RembukError):
    """The hat does not carry the right for this act here."""

    status = 403


class IllegalTransitionError(RembukError):
    """The thing is in a state from which this event leads nowhere."""


class StaleError(RembukError):
    """Somebody else changed the thing since it was read; ``values['changes']`` says what."""


class RefusedError(RembukError):
    """The act is refused for the reasons in *findings*; all of them at once."""

    def __init__(self, code: str, findings: "Sequence[Finding]" = (), **values: object) -> None:
        super().__init__(code, **values)
        self.findings = tuple(findings)


class BadInputError(RembukError):
    """The input cannot be read; nothing of it was kept."""

    status = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check.

    code: the rule (``G08``) or reason. severity: block | warn | note. message: one Indonesian sentence that says what
    is and what mends it. source: the article. subject: id of the row it is about, if any. link: name of the URL that
    mends it.
    """

    code: str
    severity: Severity
    message: str
    source: str = ""
    subject: str = ""
    link: str = ""
    values: dict[str, object] = field(default_factory=dict, compare=False, hash=False)
