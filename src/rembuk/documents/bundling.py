"""The bundle of a cycle: for each place of the legal order what is printed, what is attached, what lies outside.

Printed is the newest paper of the archive, with its code; where nothing was kept yet, the present state, which says so.
Attached are the signed copies: evidence, scanned minutes and decrees, pages that came back by their code.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from uuid import UUID

from rembuk.core.documents.bundle import CHAPTERED, Attached, Bundle, Listed, Piece, Section, annexes
from rembuk.core.documents.completeness import Item, Need, Thing, found_for
from rembuk.core.documents.frame import date_text
from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.documents.model import Document
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.documents.checklist import wish_for
from rembuk.documents.gather.completeness import (
    Holdings,
    holdings_of,
    of_evidence,
    of_paper,
    of_team_or_meeting,
    things_of,
    years_of,
)
from rembuk.documents.queries import closed_forms, signed_pages_of
from rembuk.documents.recipes import FORMS
from rembuk.documents.rendering import documents_of
from rembuk.documents.wishes import Wish
from rembuk.plans.amending import HELD
from rembuk.plans.paper_values import frame_of
from rembuk.shared import files
from rembuk.shared.models import Paper, StoredFile
from rembuk.shared.wording import sentence

UNKEPT = "Belum disimpan di arsip"
CLOSED = "tidak dapat dibuka peran ini"
SIGNED, UPLOADED = "salinan bertanda tangan", "berkas unggahan"
SPECIAL = "Berita acara, notulen, dan daftar hadir Musrenbang khusus perubahan"
MEETING_FORMS = ("F03", "F04", "F05", "undangan")
HeldFile = tuple[Thing, StoredFile]
"""A file of the cycle and the paper that it is."""


@dataclass
class Gathering:
    """What was found so far. printed: keys of what is in the bundle already, so that nothing is in it twice.

    extras: how many marks behind the list are taken.
    """

    held: Holdings
    hat: Hat
    sections: list[Section] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    used_files: set[UUID] = field(default_factory=set)
    extras: int = 0


def bundle_of(cycle: Cycle, hat: Hat) -> Bundle:
    """Return the bundle of a cycle as *hat* may read it, complete with the bytes of what is attached."""
    found = Gathering(holdings_of(cycle), hat)
    papers = found.held.paper_set
    body(found)
    for mark, item in annexes(papers):
        annex(found, mark, item)
    beside(found)
    village, years = cycle.village, f"Tahun {years_of(cycle)}"
    days = [one.dated for section in found.sections for one in section.documents]
    frame = frame_of(village, max(days, default=date(cycle.plan_year, 1, 1)))
    return Bundle(
        title=f"{papers.plan} {village.name} {years}",
        heading=(papers.full, f"Desa {village.name}", years),
        facts=frame.village.facts(("Keadaan", f"menurut data sampai {date_text(frame.dated)}")),
        dated=frame.dated,
        sections=tuple(found.sections),
        attached=tuple(found.attached),
        listed=tuple(found.listed),
        sample=frame.sample,
    )


def body(found: Gathering) -> None:
    """Put the regulation and the plan first."""
    for code, title in found.held.paper_set.front.items():
        wish = wish_for(code, found.held)
        paper = newest(found, partial(is_form, code))
        print_papers(found, "", title, [paper] if paper else [], [wish] if wish and not paper else [])
        if code != found.held.paper_set.matrix:
            attach(found, "", title, [held for held in held_files(found) if held[0].form == code])


def annex(found: Gathering, mark: str, item: Item) -> None:
    """Put the papers that a row of the list asks for, and their signed copies, under its number."""
    kept: list[Paper] = []
    wishes: list[Wish] = []
    for need in dict.fromkeys(item.needs):
        papers = kept_for(found, need)
        there = {paper.subject for paper in papers}
        kept += papers
        if need.every or not papers:
            wishes += [wish for wish in wishes_for(need, found.held) if wish.subject not in there]
    print_papers(found, mark, item.title, kept, wishes)
    there_too = [held for held in held_files(found) if any(found_for(need, [held[0]]) for need in item.needs)]
    attach(found, mark, item.title, there_too)
    refer(found, mark, item)


def kept_for(found: Gathering, need: Need) -> list[Paper]:
    """Return the papers of the archive that a row asks for: the newest, or of each meeting the newest."""
    wanted = partial(answers, need, found.held)
    if not need.every:
        paper = newest(found, wanted, first=need.form == found.held.paper_set.matrix)
        return [paper] if paper else []
    newest_of = {row.subject: row for row in found.held.papers if wanted(row) and key_of(row) not in found.printed}
    return list(newest_of.values())  # the papers come oldest first, so the newest of a subject stays


def refer(found: Gathering, mark: str, item: Item) -> None:
    """Say where a paper stands that is there but was printed for a row before, as the list of the hall (F22)."""
    marks = {one.mark for one in found.sections} | {one.mark for one in found.attached}
    if mark in marks | {one.mark for one in found.listed}:
        return
    things = things_of(found.held)
    codes = {need.form for need in item.needs if found_for(need, things) is not None}
    for section in found.sections:
        if any(one.code in codes for one in section.documents):
            found.listed.append(Listed(mark, item.title, f"sudah tercetak: {section.label}"))
            return


def beside(found: Gathering) -> None:
    """Put at the end what the list does not name: forms, letters, the Musrenbang of an amendment, every other file."""
    for code in found.held.paper_set.beside:
        wish = wish_for(code, found.held)
        paper = newest(found, partial(is_form, code))
        there = [held for held in held_files(found) if held[0].form == code]
        title = str(FORMS[code].title)
        extra(found, title, [paper] if paper else [], [wish] if wish and not paper else [], there)
    for letter, (thing, *_more) in written(found.held):
        extra_wishes(found, thing.title, [letter], [])
    special = special_wishes(found.held)
    if special:
        extra_wishes(found, SPECIAL, special, scans_of(special))
    for thing, file in held_files(found):
        extra(found, thing.title or file.name, [], [], [(thing, file)])


def extra_wishes(found: Gathering, title: str, wishes: Sequence[Wish], there: Sequence[HeldFile]) -> None:
    """Add these papers under the next mark: as they were kept, else as they stand now; none is printed twice."""
    left = [wish for wish in wishes if f"{wish.form.code} {wish.subject}" not in found.printed]
    kept = [newest(found, partial(is_of, wish)) for wish in left]
    fresh = [wish for wish, paper in zip(left, kept, strict=True) if paper is None]
    extra(found, title, [paper for paper in kept if paper], fresh, there)


def extra(
    found: Gathering, title: str, kept: Sequence[Paper], wishes: Sequence[Wish], there: Sequence[HeldFile]
) -> None:
    """Add papers and files under the next mark behind the list; without any, the mark stays free."""
    mark = f"Tambahan {found.extras + 1}"
    printed = print_papers(found, mark, title, kept, wishes)
    attach(found, mark, title, there)
    found.extras += printed or any(one.mark == mark for one in found.attached)


def written(held: Holdings) -> Iterator[tuple[Wish, list[Thing]]]:
    """Yield the letters and decisions of the cycle, oldest first, each as what the list would know it by."""
    for row in held.letters.values():
        kind = LETTERS[row.kind]
        things = [Thing(kind.form, stage, kind.title) for stage in kind.stages]
        yield Wish(FORMS[kind.form], "letter", str(row.pk), row), things


def special_wishes(held: Holdings) -> list[Wish]:
    """Return minutes, attendance and notes of the Musrenbang that the newest plan was amended in; none for the first.

    Source: Permendagri 114/2014 Pasal 49 ayat (3).
    """
    meeting = held.meeting("MUSREN_X")
    if held.plan is None or not held.plan.is_amendment or meeting is None or meeting.state not in HELD:
        return []
    return [Wish(FORMS[code], "meeting", str(meeting.pk), meeting) for code in ("F03", "F04", "F05")]


def scans_of(wishes: Sequence[Wish]) -> list[HeldFile]:
    """Return the signed minutes of the meeting of *wishes*, where they were scanned."""
    meetings = (wish.thing for wish in wishes)
    scans = (one.signed_file for one in meetings if isinstance(one, Meeting))
    return [(Thing("F03", signed=True), scan) for scan in scans if scan is not None]


def is_of(wish: Wish, paper: Paper) -> bool:
    return (paper.code, paper.subject) == (wish.form.code, wish.subject)


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
    papers = held.paper_set
    codes = [wish_for(code, held) for code in (*papers.front, *papers.beside)]
    needed = [wish for _mark, item in annexes(papers) for need in item.needs for wish in wishes_for(need, held)]
    wishes = (*codes, *needed, *(wish for wish, _things in written(held)), *special_wishes(held))
    found = {(wish.form.code, wish.subject): wish for wish in wishes if wish is not None}
    return list(found.values())


def wishes_for(need: Need, held: Holdings) -> list[Wish]:
    """Return the present state of what a row asks for; past drafts and a ranking of the hall exist only as kept.

    A sheet to draw on is no drawing: it comes into the bundle when it was drawn and came back.
    """
    letters = [wish for wish, things in written(held) if any(found_for(need, [thing]) for thing in things)]
    if letters:
        return letters
    if need.form in MEETING_FORMS:
        meetings = held.meetings_at(need.stages, every=need.every)
        return [Wish(FORMS[need.form], "meeting", str(row.pk), row) for row in meetings]
    wish = wish_for(need.form, held) if need.anywhere and need.form != "F27" else None
    return [wish] if wish is not None else []


def print_papers(found: Gathering, mark: str, title: str, kept: Sequence[Paper], wishes: Sequence[Wish]) -> bool:
    """Add one section of archived and present papers; what cannot be printed is listed. True if there is one."""
    documents: list[Document] = []
    whole = Paper.objects.in_bulk([row.pk for row in kept])
    for paper in (whole[row.pk] for row in kept):
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
        deep = any(one.code in CHAPTERED for one in documents)
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


def held_files(found: Gathering) -> Iterator[HeldFile]:
    """Yield every file of the cycle that the hat may read, with the paper that it is."""
    closed = closed_forms(found.hat)
    for row in found.held.evidence:
        if row.file is not None and row.paper_code not in closed:
            yield of_evidence(row, found.held), row.file
    for thing, file in of_team_or_meeting(found.held):
        if thing.form not in closed:
            yield thing, file


def pages_of(paper: Paper) -> list[HeldFile]:
    """Return the signed pages of a paper that came back by their code."""
    return [(Thing(paper.code, signed=True), row.file) for row in signed_pages_of(paper)]


def attach(found: Gathering, mark: str, title: str, there: Sequence[HeldFile]) -> None:
    """Add files behind the printed papers, signed copies apart from others; none is repeated.

    A file that is gone is listed.
    """
    for signed, words in ((True, SIGNED), (False, UPLOADED)):
        stored = [file for thing, file in there if thing.signed is signed and file.pk not in found.used_files]
        fresh = {file.pk: file for file in stored}
        found.used_files |= fresh.keys()
        pieces: list[Piece] = []
        for file in fresh.values():
            try:
                piece = Piece(files.read(file), file.content_type, file.name)
            except RembukError as error:
                found.listed.append(Listed(mark, file.name, sentence(error)))
                continue
            if file.content_type in (files.DOCX, files.XLSX):
                found.attached.append(Attached(mark, f"{title} ({file.name})", (piece,)))
            else:
                pieces.append(piece)
        if pieces:
            found.attached.append(Attached(mark, f"{title}, {words}", tuple(pieces)))
