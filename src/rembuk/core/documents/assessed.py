"""What the papers of an assessment (F07 to F15) share: whose, for which period, and the two who sign."""

from collections.abc import Sequence

from rembuk.core.documents.frame import Frame, Person, signed
from rembuk.core.documents.model import Document, Paper, Part, Row, Signatures

TEAM = "Ketua Tim Penyusun RPJM Desa"


def assessment_paper(
    frame: Frame,
    period: str,
    *,
    code: str,
    name: str,
    parts: Sequence[Part],
    paper: Paper = "a4",
    sheet: str = "",
    heading: Sequence[str] = (),
) -> Document:
    """Return a paper of an assessment under its heading; *name* is what the paper is called."""
    return frame.document(
        code=code,
        title=f"{name.removesuffix(' Desa')} Desa {frame.village.village} {period}",
        heading=(*(heading or (name,)), f"Periode {period}"),
        facts=frame.village.facts(),
        parts=parts,
        paper=paper,
        sheet=sheet or name,
    )


def team_signs(frame: Frame, head: Person, chair: Person) -> Signatures:
    """Return the signatures of most papers: the head knows, the chair of the team made it."""
    return frame.head_and_team(head, chair, TEAM)


def team_and_meeting(frame: Frame, chair: Person, leader: Person) -> Signatures:
    """Return the signatures of F12: the chair of the team, and who led the meeting that gave the points."""
    return Signatures(
        lines=((signed("Pimpinan Musyawarah", leader), signed(TEAM, chair)),),
        place_and_date=frame.place_and_date,
    )


def nothing(width: int, words: str = "Tidak ada") -> Row:
    """Return the row of a list that holds nothing."""
    return Row((words, *((None,) * (width - 1))), "empty", spans=((0, width),))
