"""The Method of Equal Shares: `rule` is the whole of it, `run` one walk from a share, `raising` the share's way up.

`shop` says what a purchase is allowed, `pots` what groups of voters still have (`lists` for few, `arrays` for many),
`ledger` decides exactly what floats leave open, `sprint` finds what a village buys, without the prices.
"""

from rembuk.core.allocation.equal_shares.rule import equal_shares

__all__ = ["equal_shares"]
