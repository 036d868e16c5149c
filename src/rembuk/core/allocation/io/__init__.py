"""Elections and problems as files: bytes in, a problem out, and back. No file is opened here."""

from rembuk.core.allocation.io.pabulib import Election, read_election, read_pabulib, write_pabulib

__all__ = ["Election", "read_election", "read_pabulib", "write_pabulib"]
