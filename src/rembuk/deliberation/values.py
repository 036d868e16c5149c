"""Clean values of this room: what a person says about a meeting, and reading a pasted list of those invited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS, GUESTS
from rembuk.core.law.meetings import MEETING_KINDS, MeetingKind

OFFERED_KINDS = ("MUSDUS", "MUSKEL", "MUSDES_P", "MUSREN", "MUSDES_E")
ALL_ELEMENTS: Mapping[str, str] = {**ELEMENTS, **ATTENDEE_TYPES}
SECTIONS = ("basis", "material", "discussion", "closing")
"""Sections of the minutes that are written as text; everything else in them comes from the rows."""

CHANNELS = ("surat", "whatsapp", "telepon", "lisan")
MOST_LINES = 500
MOST_PEOPLE = 5_000
_OTHER_WORDS = {
    "pemerintah desa": "PEMDES",
    "perangkat desa": "PEMDES",
    "perangkat": "PEMDES",
    "kepala desa": "PEMDES",
    "sekdes": "PEMDES",
    "perempuan": "PEREMPUAN",
    "wanita": "PEREMPUAN",
    "ibu-ibu": "PEREMPUAN",
    "pkk": "PEREMPUAN",
    "miskin": "MISKIN",
    "warga miskin": "MISKIN",
    "difabel": "DIFABEL",
    "disabilitas": "DIFABEL",
    "petani": "TANI",
    "tani": "TANI",
    "nelayan": "NELAYAN",
    "adat": "ADAT",
    "agama": "AGAMA",
    "pemuda": "PEMUDA",
    "karang taruna": "PEMUDA",
    "guru": "PENDIDIK",
    "pendidik": "PENDIDIK",
    "kader": "KADERKES",
    "kader posyandu": "KADERKES",
    "posyandu": "KADERKES",
    "rt": "RT",
    "ketua rt": "RT",
    "dusun": "WILAYAH",
    "kepala dusun": "PEMDES",
    "kadus": "PEMDES",
    "lansia": "LANSIA",
    "pendamping": "PD",
    "pendamping desa": "PD",
    "camat": "CAMAT",
    "bumdes": "BUMDES",
    "undangan": "UNDANGAN",
}


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """What is planned. chair_element, note_taker_element: codes. signers: names of ``head``, ``bpd``, ``team``."""

    kind: str
    scheduled_at: datetime
    location: str
    agenda: tuple[str, ...]
    title: str = ""
    hamlet_id: UUID | None = None
    group_name: str = ""
    chair_name: str = ""
    chair_element: str = ""
    note_taker_name: str = ""
    note_taker_element: str = ""
    resource_persons: tuple[tuple[str, str], ...] = ()
    community_signers: tuple[str, ...] = ()
    signers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invitee:
    """One line of a list of those invited. kind: an element or a capacity."""

    name: str
    kind: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceValues:
    """One person present; whoever is a guest has no vote, and only a person who was invited counts for the quorum."""

    name: str
    sex: str
    element: str
    address: str = ""
    position: str = ""
    phone: str = ""
    invited: bool = True
    has_voting_right: bool | None = None
    signed: bool = True

    @property
    def votes(self) -> bool:
        """Whether the person may vote: as said, but never a guest."""
        return self.element not in GUESTS and self.has_voting_right is not False


@dataclass(frozen=True, slots=True)
class NoteValues:
    """One contribution in the notes (F05)."""

    point: str
    agenda_point: str = ""
    speaker: str = ""
    sex: str = ""
    element: str = ""
    response: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Points of one group of scorers for one proposal: C1 to C5."""

    proposal_id: UUID
    points: tuple[int, int, int, int, int]


def kind_of(code: str) -> MeetingKind:
    """Return the kind of meeting. Raises: BadInputError for a code that is not offered."""
    if code not in MEETING_KINDS:
        raise BadInputError("meeting-kind", kind=code)
    return MEETING_KINDS[code]


def clean(text: str, limit: int) -> str:
    """Return *text* on one line without control characters, at most *limit* characters."""
    return " ".join(text.replace("\x00", " ").split())[:limit]


def clean_lines(lines: Sequence[str], limit: int = 200) -> tuple[str, ...]:
    return tuple(line for line in (clean(line, limit) for line in lines) if line)


def element_code(text: str) -> str:
    """Return the code of an element as people write it (``petani``, ``Tokoh adat``, ``PEMDES``), or an empty text."""
    plain = clean(text, 80).lower().strip(" .")
    if plain.upper() in ALL_ELEMENTS:
        return plain.upper()
    by_name = {name.lower(): code for code, name in ALL_ELEMENTS.items()}
    return by_name.get(plain) or _OTHER_WORDS.get(plain, "")


def read_invitees(text: str) -> tuple[Invitee, ...]:
    """Read a pasted list, one person on a line: name; element; position. Empty lines and doubles are left out.

    Semicolon, tab or bar separate. Without an element the person counts as ``UNDANGAN``.
    Raises: BadInputError naming each line whose element nobody knows, and when there are too many lines.
    """
    found: list[Invitee] = []
    wrong: list[str] = []
    lines = [line for line in text.replace("\x00", " ").splitlines() if line.strip(" ;|\t")]
    if len(lines) > MOST_LINES:
        raise BadInputError("invitees-too-many", count=len(lines), limit=MOST_LINES)
    for number, line in enumerate(lines, start=1):
        parts = [clean(part, 150) for part in re.split(r"[;|\t]", line)] + ["", ""]
        name, element, position = re.sub(r"^\d+[.)]\s*", "", parts[0]), parts[1], parts[2][:120]
        code = element_code(element) if element else "UNDANGAN"
        if not name or not code:
            wrong.append(f"{number} ({element or line.strip()[:40]})")
        elif Invitee(name, code, position) not in found:
            found.append(Invitee(name, code, position))
    if wrong:
        raise BadInputError("invitees-unread", lines=", ".join(wrong[:10]), count=len(wrong))
    return tuple(found)
