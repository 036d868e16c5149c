"""The worked example: Kutai Kartanegara in the middle of a planning year. Real village names, invented states.

    plant(print)                                   # the whole regency
    plant(print, only=("64.02.18", "64.02.02"))    # some districts, for tests

The same every time: what chance decides depends on names alone.
"""

from collections.abc import Callable, Sequence

Report = Callable[[str], None]


def plant(report: Report, only: Sequence[str] = ()) -> None:
    """Fill an empty database with the worked example and start its clock.

    report: told of each part as it is done. only: codes of districts; their villages alone are told of, beside nothing.
    """
    # Models can be imported only when Django is set up, and the demo sets it up after this module is known.
    from rembuk.seed.planting import plant_all

    plant_all(report, tuple(only))


__all__ = ["plant"]
