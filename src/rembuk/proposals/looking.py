"""How the secretary reads what a resident typed: each text cut where something is covered, to be marked."""

from dataclasses import dataclass

from rembuk.core.text.masking import masked, pieces
from rembuk.proposals.models import Intake
from rembuk.proposals.resident_queries import Known


@dataclass(frozen=True, slots=True)
class Marked:
    """One text as typed, in pieces (piece, kind of what is covered, empty if nothing), and as it is covered."""

    pieces: tuple[tuple[str, str], ...]
    covered: str

    @property
    def count(self) -> int:
        return sum(bool(kind) for _piece, kind in self.pieces)


@dataclass(frozen=True, slots=True)
class MarkedIntake:
    """An intake with its three texts marked."""

    intake: Intake
    title: Marked
    problem: Marked
    location: Marked

    @property
    def count(self) -> int:
        """How many names, numbers and addresses were found; the title repeats the problem and counts only if alone."""
        return (self.problem.count or self.title.count) + self.location.count


def marked(text: str, known: Known, own_name: str) -> Marked:
    parts = known.parts(text, (own_name,))
    return Marked(tuple(pieces(text, parts)), masked(text, parts))


def marked_intake(intake: Intake, known: Known) -> MarkedIntake:
    """Return an intake with everything personal marked. No query; the proposal must be loaded with it."""
    name = intake.proposal.proposer_name
    texts = (intake.original_title, intake.original_problem, intake.original_location)
    title, problem, location = (marked(text, known, name) for text in texts)
    return MarkedIntake(intake, title, problem, location)
