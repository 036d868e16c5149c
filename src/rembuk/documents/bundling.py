"""The bundle of a cycle: for each place of the legal order what is printed, what is attached, what lies outside.

Printed is the newest paper of the archive, with its code; where nothing was kept yet, the present state, which says so.
Attached are the signed copies: evidence, scanned minutes and decrees, pages that came back by their code.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from uuid import UUID

from rembuk.core.documents.bundle import BESIDE_FORMS, PLAN_FORMS, Attached, Bundle, Listed, Piece, Section, annexes
from rembuk.core.documents.completeness import Item, Need, Thing, found_for
from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import Document
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles.models import Cycle
from rembuk.documents.checklist import wish_for
from rembuk.documents.gather.completeness import Holdings, holdings_of, of_evidence, of_paper, of_team_or_meeting
from rembuk.documents.queries import closed_forms, signed_pages_of
from rembuk.documents.recipes import FORMS
from rembuk.documents.rendering import documents_of
from rembuk.documents.wishes import Wish
from rembuk.plans.paper_values import frame_of
from rembuk.shared import files
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.wording import sentence

UNKEPT = "Belum disimpan di arsip"
CLOSED = "tidak dapat dibuka peran ini"
TITLES = {"F19": "Peraturan Desa tentang RKP Desa", "F26": "RKP Desa"}


@dataclass
class Gathering:
    """What was found so far. printed: keys of what is in the bundle already, so that nothing is in it twice."""

    held: Holdings
    hat: Hat
    sections: list[Section] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    used_files: set[UUID] = field(default_factory=set)


def bundle_of(cycle: Cycle, hat: Hat) -> Bundle:
    """Return the bundle of a cycle as *hat* may read it, complete with the bytes of what is attached."""
    found = Gathering(holdings_of(cycle), hat)
    body(found)
    for mark, item in annexes():
        annex(found, mark, item)
    beside(found)
    village = cycle.village
    days = [one.dated for section in found.sections for one in section.documents]
    frame = frame_of(village, max(days, default=date(cycle.plan_year, 1, 1)))
    return Bundle(
        title=f"RKP Desa {village.name} Tahun {cycle.budget_year}",
        heading=("Rencana Kerja Pemerintah Desa", f"Desa {village.name}", f"Tahun {cycle.budget_year}"),
        facts=frame.village.facts(("Keadaan", f"menurut data sampai {date_text(frame.dated)}")),
        dated=frame.dated,
        sections=tuple(found.sections),
        attached=tuple(found.attached),
        listed=tuple(found.listed),
        sample=frame.sample,
    )


def body(found: Gathering) -> None:
    """Put the regulation and the plan first."""
    for code in PLAN_FORMS:
        wish = wish_for(code, found.held)
        paper = newest(found, partial(is_form, code))
        print_papers(found, "", TITLES[code], [paper] if paper else [], [wish] if wish and not paper else [])
    attach(found, "", TITLES["F19"], [file for thing, file in signed_files(found) if thing.form == "F19"])


def annex(found: Gathering, mark: str, item: Item) -> None:
    """Put the papers that a row of the list asks for, and their signed copies, under its number."""
    kept: list[Paper] = []
    wishes: list[Wish] = []
    for need in dict.fromkeys(item.needs):
        paper = newest(found, partial(answers, need, found.held), first=need.form == "F26")
        wish = None if paper else wish_for_need(need, found.held)
        kept += [paper] if paper else []
        wishes += [wish] if wish else []
    print_papers(found, mark, item.title, kept, wishes)
    signed = [file for thing, file in signed_files(found) if any(found_for(need, [thing]) for need in item.needs)]
    attach(found, mark, item.title, signed)


def beside(found: Gathering) -> None:
    """Put the papers that the list does not name at the end."""
    number = 0
    for code in BESIDE_FORMS:
        wish = wish_for(code, found.held)
        paper = newest(found, partial(is_form, code))
        title = str(FORMS[code].title) if code in FORMS else ""
        number += 1
        mark = f"Tambahan {number}"
        if not print_papers(found, mark, title, [paper] if paper else [], [wish] if wish and not paper else []):
            number -= 1


def is_form(code: str, paper: Paper) -> bool:
    return paper.code == code


def answers(need: Need, held: Holdings, paper: Paper) -> bool:
    """Return whether a paper of the archive is what a row of the list asks for."""
    return found_for(need, list(of_paper(paper, held))) is not None


def newest(found: Gathering, wanted: Callable[[Paper], bool], *, first: bool = False) -> Paper | None:
    """Return the newest paper of the archive that is wanted and was not printed yet; *first*: the oldest.

    Drafts of the plan are several papers, one after the other, so each row takes the oldest that is left.
    """
    rows = [row for row in found.held.papers if wanted(row) and key_of(row) not in found.printed]
    rows.sort(key=lambda row: (row.created_at, row.version_no), reverse=not first)
    return rows[0] if rows else None


def key_of(paper: Paper) -> str:
    return f"{paper.code} {paper.subject} {paper.version_no}"


def wishes_of(held: Holdings) -> list[Wish]:
    """Return the present state of every paper that a bundle of this cycle may print."""
    codes = [wish_for(code, held) for code in (*PLAN_FORMS, *BESIDE_FORMS)]
    needed = [wish_for_need(need, held) for _mark, item in annexes() for need in item.needs]
    found = {(wish.form.code, wish.subject): wish for wish in (*codes, *needed) if wish is not None}
    return list(found.values())


def wish_for_need(need: Need, held: Holdings) -> Wish | None:
    """Return the present state of a paper; a draft of the past and a ranking of the hall exist only as kept.

    A sheet to draw on is no drawing: it comes into the bundle when it was drawn and came back.
    """
    if need.form == "F27":
        return None
    meeting = any(STAGES[stage].meeting for stage in need.stages)
    if not need.anywhere and not (meeting and need.form in ("F03", "F04", "F05")):
        return None
    return wish_for(need.form, held, need.stages)


def print_papers(found: Gathering, mark: str, title: str, kept: Sequence[Paper], wishes: Sequence[Wish]) -> bool:
    """Add one section of archived and present papers; what cannot be printed is listed. True if there is one."""
    documents: list[Document] = []
    for paper in Paper.objects.filter(pk__in=[row.pk for row in kept]).order_by("code", "created_at"):
        found.printed |= {key_of(paper), f"{paper.code} {paper.subject}"}
        if not TABLE.allows(found.hat, "documents.read", paper):
            found.listed.append(Listed(mark, paper.title, CLOSED))
            continue
        try:
            documents += documents_of(paper)
        except RembukError as error:
            found.listed.append(Listed(mark, paper.title, sentence(error)))
        attach(found, mark, paper.title, pages_of(paper))
    for wish in wishes:
        documents += present(found, mark, wish)
    if documents:
        deep = any(one.code == "F19" for one in documents)
        found.sections.append(Section(mark, title, tuple(documents), deep))
    return bool(documents)


def present(found: Gathering, mark: str, wish: Wish) -> tuple[Document, ...]:
    """Return the paper as its thing stands now, marked as not kept; none when there is nothing to print."""
    key = f"{wish.form.code} {wish.subject}"
    if key in found.printed:
        return ()
    found.printed.add(key)
    if not TABLE.allows(found.hat, "documents.preview", wish):
        found.listed.append(Listed(mark, str(wish.form.title), CLOSED))
        return ()
    try:
        made = wish.form.made(wish.form.gather(wish.key))
    except RembukError as error:
        found.listed.append(Listed(mark, str(wish.form.title), sentence(error)))
        return ()
    except ValueError as error:
        found.listed.append(Listed(mark, str(wish.form.title), f"datanya belum bisa dicetak: {error}"))
        return ()
    return tuple(replace(one, provenance=UNKEPT) for one in made)


def signed_files(found: Gathering) -> Iterator[tuple[Thing, StoredFile]]:
    """Yield every file of the cycle that the hat may read, with the paper that it is."""
    closed = closed_forms(found.hat)
    for row in found.held.evidence:
        if row.file is not None and row.paper_code not in closed:
            yield of_evidence(row, found.held), row.file
    for thing, file in of_team_or_meeting(found.held):
        if thing.form not in closed:
            yield thing, file


def pages_of(paper: Paper) -> list[StoredFile]:
    return [row.file for row in signed_pages_of(paper)]


def attach(found: Gathering, mark: str, title: str, stored: Sequence[StoredFile]) -> None:
    """Add files behind the printed papers; a file that is gone is listed, one that is there already is not repeated."""
    fresh = [row for row in stored if row.pk not in found.used_files]
    found.used_files |= {row.pk for row in fresh}
    pieces: list[Piece] = []
    for row in fresh:
        try:
            piece = Piece(files.read(row), row.content_type, row.name)
        except RembukError as error:
            found.listed.append(Listed(mark, row.name, sentence(error)))
            continue
        if row.content_type in (files.DOCX, files.XLSX):
            found.attached.append(Attached(mark, f"{title} ({row.name})", (piece,)))
        else:
            pieces.append(piece)
    if pieces:
        found.attached.append(Attached(mark, f"{title}, salinan bertanda tangan", tuple(pieces)))
