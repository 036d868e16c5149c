"""Which papers a cycle has, by its kind: one table for the list, the bundle and the forms that can be printed."""

from collections.abc import Mapping
from typing import Final, Literal

from rembuk.core.documents.completeness import PaperSet
from rembuk.core.documents.rkp_checklist import RKP_PAPERS
from rembuk.core.documents.rpjm_checklist import REVIEW_PAPERS, RPJM_PAPERS

CycleKind = Literal["rkp", "rpjm", "review"]
PAPER_SETS: Final[Mapping[CycleKind, PaperSet]] = {"rkp": RKP_PAPERS, "rpjm": RPJM_PAPERS, "review": REVIEW_PAPERS}


def kind_of(*, medium_term: bool, review: bool) -> CycleKind:
    """Return the kind of a cycle: of the RKP Desa, of a new RPJM Desa, or of the review of one in force."""
    return ("review" if review else "rpjm") if medium_term else "rkp"
