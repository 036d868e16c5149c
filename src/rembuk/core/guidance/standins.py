"""Who takes over a task when nobody holds the role it was made for.

Contracts of facilitators end and seats stay empty; every workflow of guidance goes on with the next role of the list.
Source: the programme's list of actors, column "fallback" (design; no law fixes it).
"""

from collections.abc import Container, Mapping
from typing import Final

from rembuk.core.hat import Role

FALLBACKS: Final[Mapping[Role, Role]] = {
    Role.SEK: Role.BUP,
    Role.KDP: Role.SEK,
    Role.KBD: Role.KDP,
    Role.STF: Role.KBD,
    Role.TRN: Role.STF,
    Role.BAP: Role.KBD,
    Role.BPK: Role.STF,
    Role.HKM: Role.STF,
    Role.OPD: Role.BAP,
    Role.PTP: Role.CAM,
    Role.TVK: Role.PTP,
    Role.TAP: Role.STF,
    Role.PDK: Role.PTP,
    Role.PLD: Role.PDK,
    Role.PDA: Role.PTP,
    Role.SDK: Role.KAU,
    Role.KAU: Role.SDK,
    Role.TIM: Role.SDK,
    Role.VRF: Role.PTP,
    Role.TPK: Role.KAU,
    Role.LKD: Role.SDK,
    Role.RTK: Role.SDK,
    Role.KPMD: Role.LKD,
    Role.FAS: Role.PTP,
}


def line_of(role: Role) -> tuple[Role, ...]:
    """Return *role* and, in order, the roles that take over when it is empty. No role stands twice."""
    line = [role]
    while (following := FALLBACKS.get(line[-1])) is not None and following not in line:
        line.append(following)
    return tuple(line)


def stands_in(role: Role, filled: Container[Role]) -> Role | None:
    """Return the first role of the line of *role* that somebody holds: itself, or who takes over; None if nobody."""
    return next((each for each in line_of(role) if each in filled), None)
