"""Names that the papers of teams share: kinds of decree by kind of team, and the positions in a team."""

from collections.abc import Mapping

from rembuk.core.documents.decree import TeamKind
from rembuk.plans import labels

KINDS: Mapping[str, TeamKind] = {"drafting": "rkpdes", "verification": "verification"}
POSITIONS: Mapping[str, str] = {code: str(words) for code, words in labels.POSITIONS.items()}
