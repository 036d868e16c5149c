"""How deep in the tree of places a role sits: the least that must be said, and the most that may."""

from collections.abc import Mapping
from typing import Final

from rembuk.core.hat import Role

LEVELS: Final = ("country", "regency", "district", "village", "hamlet", "rt")

_REGENCY = ("regency", "regency")
_DISTRICT = ("district", "district")
_VILLAGE = ("village", "village")
_BELOW = ("village", "rt")

DEPTHS: Mapping[Role, tuple[str, str]] = {
    **dict.fromkeys(
        (
            *(Role.BUP, Role.SEK, Role.KDP, Role.KBD, Role.STF, Role.TRN, Role.BAP, Role.BPK, Role.INS),
            *(Role.HKM, Role.OPD, Role.TAP, Role.DPR, Role.ADM),
        ),
        _REGENCY,
    ),
    **dict.fromkeys((Role.CAM, Role.PTP, Role.TVK, Role.PDK), _DISTRICT),
    **dict.fromkeys(
        (Role.PLD, Role.KAD, Role.SDK, Role.KAU, Role.TIM, Role.VRF, Role.TPK, Role.BPD, Role.FAS), _VILLAGE
    ),
    **dict.fromkeys((Role.LKD, Role.RTK, Role.KPMD, Role.WGA), _BELOW),
    Role.PDA: ("district", "village"),
    Role.PRV: ("country", "regency"),
    Role.AUD: ("country", "regency"),
}


def least_level(role: Role) -> str:
    """Return the level that an assignment of *role* must name."""
    return DEPTHS[role][0]


def depth_allowed(role: Role, level: str) -> bool:
    """Return whether an assignment of *role* may name *level* as its smallest place."""
    least, most = DEPTHS[role]
    return LEVELS.index(least) <= LEVELS.index(level) <= LEVELS.index(most)
