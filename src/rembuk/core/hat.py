"""Who acts: a person in one role at one place, as their assignment says today.

Roles and fallbacks: domain list of actors (roles). A place is a path in the tree regency > district > village > hamlet
> RT; a hat covers every place below its own. Rights come only from an assignment valid today.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Role codes as used in the whole programme."""

    BUP = "BUP"
    SEK = "SEK"
    KDP = "KDP"
    KBD = "KBD"
    STF = "STF"
    TRN = "TRN"
    BAP = "BAP"
    BPK = "BPK"
    INS = "INS"
    HKM = "HKM"
    OPD = "OPD"
    CAM = "CAM"
    PTP = "PTP"
    TVK = "TVK"
    TAP = "TAP"
    PDK = "PDK"
    PLD = "PLD"
    PDA = "PDA"
    KAD = "KAD"
    SDK = "SDK"
    KAU = "KAU"
    TIM = "TIM"
    VRF = "VRF"
    TPK = "TPK"
    BPD = "BPD"
    LKD = "LKD"
    RTK = "RTK"
    KPMD = "KPMD"
    FAS = "FAS"
    WGA = "WGA"
    DPR = "DPR"
    PRV = "PRV"
    AUD = "AUD"
    ADM = "ADM"


DPMD_ROLES = frozenset({Role.KDP, Role.KBD, Role.STF})
REGENCY_ROLES = frozenset(
    {
        Role.BUP,
        Role.SEK,
        Role.KDP,
        Role.KBD,
        Role.STF,
        Role.BAP,
        Role.BPK,
        Role.INS,
        Role.HKM,
        Role.OPD,
        Role.TAP,
        Role.TRN,
        Role.ADM,
    }
)
DISTRICT_ROLES = frozenset({Role.CAM, Role.PTP, Role.TVK, Role.PDK})
FACILITATOR_ROLES = frozenset({Role.TAP, Role.PDK, Role.PLD, Role.PDA})
VILLAGE_OFFICE_ROLES = frozenset({Role.KAD, Role.SDK, Role.KAU, Role.TIM})
VILLAGE_ROLES = VILLAGE_OFFICE_ROLES | {Role.VRF, Role.TPK, Role.BPD, Role.LKD, Role.RTK, Role.KPMD, Role.FAS}


@dataclass(frozen=True, slots=True)
class Place:
    """A path of keys; an empty field means "the whole of what stands before it"."""

    regency: str = ""
    district: str = ""
    village: str = ""
    hamlet: str = ""
    rt: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        parts = (self.regency, self.district, self.village, self.hamlet, self.rt)
        return tuple(part for part in parts if part)

    def covers(self, other: "Place") -> bool:
        """Return whether *other* lies in this place or is it. The empty place covers the whole country."""
        mine = (self.regency, self.district, self.village, self.hamlet, self.rt)
        theirs = (other.regency, other.district, other.village, other.hamlet, other.rt)
        return all(not part or part == their for part, their in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Hat:
    """A person under one assignment. *acting* marks Plt/Pj: the same rights, with a flag.

    *agency*: code of the regional agency (OPD) that the person sits in; empty for every other role.
    """

    person_id: UUID
    name: str
    role: Role
    place: Place
    place_name: str = ""
    assignment_id: UUID | None = None
    acting: bool = False
    agency: str = ""

    @property
    def label(self) -> str:
        return f"{self.role} {self.place_name}".strip()


SYSTEM = UUID(int=0)
VISITOR = UUID(int=1)


def command_hat(name: str, regency: str) -> Hat:
    """Return the hat of a command run by the owner of the data folder; the trail says "perintah"."""
    return Hat(person_id=SYSTEM, name=name, role=Role.ADM, place=Place(regency=regency), place_name="perintah")


def visitor_hat(place: Place, place_name: str) -> Hat:
    """Return the hat of a resident without an account, at one village; the trail says "Warga"."""
    return Hat(person_id=VISITOR, name="Warga", role=Role.WGA, place=place, place_name=place_name)
