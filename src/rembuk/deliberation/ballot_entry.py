"""The form in which one hamlet's ballots are entered: what stands there, what was typed, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError
from rembuk.deliberation.ballot_text import LineRefusal, Paper, read_papers, write_papers
from rembuk.deliberation.labels import BALLOT_GROUPS, LINE_REFUSALS, NO_HAMLET
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.deliberation.queries import TableRow, bundles_of, hamlets_at, table_of
from rembuk.proposals.models import Proposal

Method = BallotBundle.Method
Fields = Mapping[str, str]
USUAL_LIMITS = {Method.DOTS.value: 5, Method.PAPERS.value: 0, Method.POINTS.value: 10}
LONGEST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class Place:
    """Whose ballots: a hamlet (or none) and a group."""

    hamlet_id: UUID | None
    name: str
    group: str
    following: tuple[tuple[UUID, str], ...]
    """The other hamlets, those after this one first."""


@dataclass(frozen=True, slots=True)
class NextPlace:
    """The next hamlet that nobody counted."""

    name: str
    url: str


@dataclass(slots=True)
class Row:
    """A proposal of the form. value: dots as typed."""

    number: int
    proposal: Proposal
    value: str = ""
    bad: bool = False


@dataclass(slots=True)
class Entry:
    """The form. voters, per_voter, text: as typed. seen: version of the bundle that the page was made from."""

    meeting: Meeting
    place: Place
    method: str
    rows: list[Row]
    bundle: BallotBundle | None
    next: NextPlace | None
    voters: str = ""
    per_voter: str = ""
    text: str = ""
    seen: int = 0
    stale: bool = False
    refusals: tuple[LineRefusal, ...] = ()
    voter_count: int = 0
    limit: int = 0
    marks: list[tuple[int, list[tuple[UUID, int]]]] = field(default_factory=list)
    problems: list[BadInputError] = field(default_factory=list)

    @property
    def title(self) -> str:
        group = BALLOT_GROUPS[self.place.group]
        return f"{self.place.name}, {group}" if self.place.group else self.place.name

    @property
    def address(self) -> str:
        return entry_address(self.meeting, self.place.hamlet_id, self.place.group)

    @property
    def version(self) -> int:
        """Version of the bundle as it stands."""
        return self.bundle.version if self.bundle is not None else 0

    @property
    def standing(self) -> str:
        """What is stored now, in lines, for comparing."""
        points = self.bundle is not None and self.bundle.method != Method.PAPERS
        return write_papers(papers_in(self.bundle, self.rows), points=points)

    @property
    def wrong_lines(self) -> list[str]:
        """Each line at fault in words."""
        return [
            _("Baris %(line)s: %(words)s")
            % {"line": row.line, "words": str(LINE_REFUSALS[row.code]) % {"read": row.read, "limit": row.limit}}
            for row in self.refusals
        ]

    def check(self) -> None:
        """Refuse what could not be read. Raises: BadInputError."""
        if self.problems:
            raise self.problems[0]
        if self.refusals:
            raise BadInputError("ballot-lines", count=len(self.refusals))


def entry_address(meeting: Meeting, hamlet_id: UUID | None, group: str = "") -> str:
    """Return the address of the form of one hamlet and group."""
    query = {"dusun": str(hamlet_id or "")} | ({"kelompok": group} if group else {})
    return f"{reverse('deliberation:enter_ballots', args=[meeting.id])}?{urlencode(query)}"


def place_of(meeting: Meeting, fields: Fields) -> Place | None:
    """Return whose ballots an address or form names; nothing for a hamlet or group that is not there. One query."""
    wanted, group = fields.get("dusun", ""), fields.get("kelompok", "")
    hamlets = [(row.pk, row.name) for row in hamlets_at(meeting)]
    index = next((place for place, (key, _name) in enumerate(hamlets) if str(key) == wanted), None)
    if group not in BALLOT_GROUPS or (wanted and index is None):
        return None
    if index is None:
        return Place(None, str(NO_HAMLET), group, tuple(hamlets))
    key, name = hamlets[index]
    return Place(key, name, group, (*hamlets[index + 1 :], *hamlets[:index]))


def entry_of(meeting: Meeting, place: Place, fields: Fields) -> Entry:
    """Return the form as it is stored, in the way of voting asked for or used last. Two queries."""
    bundles = bundles_of(meeting)
    bundle = bundles.get((place.hamlet_id, place.group))
    last = bundle or max(bundles.values(), key=lambda row: (row.changed_at, row.pk), default=None)
    method = fields.get("cara", "")
    if method not in Method.values:
        method = last.method if last is not None else Method.DOTS.value
    like = next((row for row in (bundle, last) if row is not None and row.method == method), None)
    counted = {key for key, group in bundles if group == ""}
    following = next(((key, name) for key, name in place.following if key not in counted), None)
    entry = Entry(
        meeting,
        place,
        method,
        [Row(row.number, row.proposal) for row in table_of(meeting)],
        bundle,
        NextPlace(following[1], entry_address(meeting, following[0])) if following else None,
        voters=str(bundle.voters) if bundle is not None else "",
        per_voter=str(like.per_voter if like is not None else USUAL_LIMITS[method]),
        seen=bundle.version if bundle is not None else 0,
    )
    if bundle is not None and bundle.method == method:
        show(entry, papers_in(bundle, entry.rows))
    return entry


def papers_in(bundle: BallotBundle | None, rows: Sequence[Row] | Sequence[TableRow]) -> list[Paper]:
    """Return the papers of a bundle by the numbers of the table, sorted, so that their order says nothing."""
    numbers = {str(row.proposal.pk): row.number for row in rows}
    found: list[Paper] = []
    for count, given in bundle.marks if bundle is not None else ():
        found.append((count, tuple(sorted((numbers[key], points) for key, points in given if key in numbers))))
    return sorted(found, key=lambda paper: (paper[1], paper[0]))


def show(entry: Entry, papers: Sequence[Paper]) -> None:
    if entry.method == Method.DOTS:
        dots = dict(papers[0][1]) if papers else {}
        for row in entry.rows:
            row.value = str(dots.get(row.number, ""))
    else:
        entry.text = write_papers(papers, points=entry.method == Method.POINTS)


def read_entry(entry: Entry, post: Any) -> None:
    """Read what was typed into the form; what cannot be read stands in ``problems`` and ``refusals``."""
    entry.voters, entry.per_voter = post.get("pemilih", "").strip()[:20], post.get("jatah", "").strip()[:20]
    seen = post.get("versi", "")
    entry.seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    entry.voter_count = number_in(entry, entry.voters)
    entry.limit = number_in(entry, entry.per_voter)
    if entry.method == Method.DOTS:
        read_dots(entry, post)
        return
    entry.text = post.get("baris", "")[:LONGEST_TEXT].replace("\r\n", "\n")
    found = read_papers(
        entry.text,
        [row.number for row in entry.rows],
        points=entry.method == Method.POINTS,
        most=entry.limit,
    )
    keys = {row.number: row.proposal.pk for row in entry.rows}
    entry.refusals = found.refusals
    entry.marks = [(count, [(keys[number], points) for number, points in given]) for count, given in found.papers]


def read_dots(entry: Entry, post: Any) -> None:
    dots: list[tuple[UUID, int]] = []
    for row in entry.rows:
        row.value = post.get(f"t_{row.number}", "").strip()[:20]
        before = len(entry.problems)
        given = number_in(entry, row.value)
        row.bad = len(entry.problems) > before
        if given:
            dots.append((row.proposal.pk, given))
    entry.marks = [(1, dots)]


def number_in(entry: Entry, text: str) -> int:
    """Return a whole number from a field, 0 when it is empty or unreadable; the latter is a problem of the form."""
    plain = text.replace(".", "")
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 6:
        entry.problems.append(BadInputError("number-unread", read=text))
        return 0
    return int(plain)
