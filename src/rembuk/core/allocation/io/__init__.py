"""Elections and problems as files: bytes in, a problem out, and back. No file is opened here."""

from rembuk.core.allocation.io.messages import sentence_of
from rembuk.core.allocation.io.pabulib import Election, read_election, read_pabulib, write_pabulib
from rembuk.core.allocation.io.plain import Stated, read_problem, write_problem

__all__ = [
    "Election",
    "Stated",
    "read_election",
    "read_pabulib",
    "read_problem",
    "sentence_of",
    "write_pabulib",
    "write_problem",
]
