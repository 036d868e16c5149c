"""Whole rupiah: never a float, never a fraction; written with a dot between thousands."""

from typing import TypeAlias

Rupiah: TypeAlias = int


def format_rupiah(amount: Rupiah) -> str:
    """Return *amount* as people write it: ``Rp12.400.000``, ``-Rp500``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")
