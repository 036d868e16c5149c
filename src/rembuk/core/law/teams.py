"""Rules for the drafting team, by annex family."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.errors import Severity
from rembuk.core.law.dated import Certainty


@dataclass(frozen=True, slots=True)
class TeamRules:
    """What a team must be. size counts every member; odd: what an even number means; women_share: at least this much.

    women_share_severity: what falling short of the share means (none at all always blocks).
    """

    family: str
    size_min: int
    size_max: int | None
    odd: Severity
    women_share: Fraction
    women_share_severity: Severity
    chair: str
    secretary: str
    source: str
    women_certainty: Certainty


TEAM_114: Final = TeamRules(
    family="114",
    size_min=7,
    size_max=11,
    odd="note",
    women_share=Fraction(30, 100),
    women_share_severity="warn",
    chair="Sekretaris Desa",
    secretary="Ketua LPM",
    source="Permendagri 114/2014 Pasal 8 dan 33",
    women_certainty="seen",
)
TEAM_21: Final = TeamRules(
    family="21/2020",
    size_min=7,
    size_max=None,
    odd="block",
    women_share=Fraction(30, 100),
    women_share_severity="block",
    chair="dipilih secara musyawarah",
    secretary="ditunjuk ketua",
    source="Permendesa PDTT 21/2020 Pasal 36",
    women_certainty="uncertain",
)
TEAM_BOTH: Final = TeamRules(
    family="114+21/2020",
    size_min=7,
    size_max=11,
    odd="warn",
    women_share=Fraction(30, 100),
    women_share_severity="warn",
    chair="menurut pengaturan kabupaten",
    secretary="menurut pengaturan kabupaten",
    source="Permendagri 114/2014 Pasal 8 dan 33; Permendesa PDTT 21/2020 Pasal 36",
    women_certainty="uncertain",
)
TEAM_RULES: Final[dict[str, TeamRules]] = {rules.family: rules for rules in (TEAM_114, TEAM_21, TEAM_BOTH)}
