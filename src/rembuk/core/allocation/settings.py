"""How a choice is made: the rule and everything that may change its result, recorded with every outcome."""

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Utility = Literal["cost", "cardinality", "points", "borda"]
Completion = Literal["none", "utilitarian", "add1u"]


@dataclass(frozen=True, slots=True)
class Ties:
    """How equal proposals are told apart.

    ``lot``: lower cost, more raw votes, the hamlet with the least money so far, then the lot below. ``lexicographic``:
    the id compared as text, as the reference implementation of the oracles does. seed: drawn aloud in the meeting and
    written into the minutes before the first ballot.
    """

    mode: Literal["lot", "lexicographic"] = "lot"
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The rule and its settings.

    rule: a key of `engine.RULES`. utility: what a supporter gets from a chosen proposal: its cost, 1, the points given
    or Borda points. completion: how equal shares go on when no proposal can be paid by its supporters. step: rupiah by
    which ``add1u`` raises the share; 0 is the published step, a hundredth of the first share, rounded up. stops:
    whether sequential Phragmen ends at the first purchase that does not fit; else it skips. vote_weight, score_weight:
    of the objective of the optimum, in which votes and technical scores are each brought to 0..1000 by min-max. gap,
    time_limit (seconds): when the solver may stop.
    """

    rule: str = "greedy"
    utility: Utility = "cost"
    completion: Completion = "add1u"
    ties: Ties = field(default_factory=Ties)
    step: int = 0
    stops: bool = False
    vote_weight: int = 1
    score_weight: int = 1
    gap: Fraction = Fraction(0)
    time_limit: int = 60


def lot(number: str, *, village: str, year: int, seed: str) -> str:
    """Return the lot of a proposal, 64 hex digits; the smaller wins.

    SHA-256 over ``village|year|seed|number`` in UTF-8, so that anyone recomputes it with ``sha256sum``.
    """
    return hashlib.sha256(f"{village}|{year}|{seed}|{number}".encode()).hexdigest()
