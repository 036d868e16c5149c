"""Understand one line of a village proposal: what, where, how much, which activity code, and what it resembles."""

from rembuk.core.text.authority import AuthorityQuestion, authority_question
from rembuk.core.text.compare import Comparison, Verdict
from rembuk.core.text.fields import Fields, Volume, fields_of
from rembuk.core.text.reading import Context, Reading, read
from rembuk.core.text.similar import Candidate, Match, similar
from rembuk.core.text.suggestion import State, Suggestion, suggest, suggest_many

__all__ = [
    "AuthorityQuestion",
    "Candidate",
    "Comparison",
    "Context",
    "Fields",
    "Match",
    "Reading",
    "State",
    "Suggestion",
    "Verdict",
    "Volume",
    "authority_question",
    "fields_of",
    "read",
    "similar",
    "suggest",
    "suggest_many",
]
