"""What holds for a facilitated forum: its guides, its gates, what the meeting's own record already says.

Every threshold here is a setting of the programme (design), not law; the validity of the meeting itself is judged in
`core.workflow.meetings`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from rembuk.core.errors import Finding
from rembuk.core.guidance.forum_checklists import Checklist, Phase
from rembuk.core.guidance.forum_states import ForumEvent, ForumState, next_state

NOTICE_DAYS: Final = 7
FEWEST_GUIDES, MOST_GUIDES = 2, 3
FEWEST_PHOTOS: Final = 2
EVIDENCE_DAYS: Final = 7
REMINDED_AFTER: Final = (3, 7)
REMINDED_BEFORE: Final = (14, 7)
GROUP_SIZE: Final = (5, 12)
GROUP_MINUTES: Final = (60, 90)
REACTIONS_WANTED: Final = 5
CLOCK_SLACK: Final = timedelta(minutes=10)
PIECES: Final = ("minutes", "attendance", "photos", "notes")


@dataclass(frozen=True, slots=True)
class Guide:
    """A member of the team. position: guide | speaker | note_taker; only guides are counted."""

    name: str
    sex: str
    position: str = "guide"


def check_team(team: Iterable[Guide]) -> list[Finding]:
    """Return what the team lacks: two or three guides, at least one of them a woman."""
    guides = [one for one in team if one.position == "guide"]
    found: list[Finding] = []
    if not FEWEST_GUIDES <= len(guides) <= MOST_GUIDES:
        text = f"Pemandu {len(guides)} orang; yang diminta {FEWEST_GUIDES} atau {MOST_GUIDES} orang."
        found.append(Finding("F-PEMANDU", "block", text))
    if all(one.sex != "P" for one in guides):
        found.append(Finding("F-PEREMPUAN", "block", "Belum ada pemandu perempuan. Tambahkan paling sedikit satu."))
    return found


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """What the meeting's own record says. state: of `core.workflow.meeting_states`. notes: lines of the notulen.

    list_made: the attendance is written down, by name or as counts of men and women. scan: the signed paper is kept.
    """

    state: str = "planned"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    men: int = 0
    women: int = 0
    invited: int = 0
    invited_present: int = 0
    guests_present: int = 0
    notes: int = 0
    minutes_text: bool = False
    photos: int = 0
    scan: bool = False
    minutes_number: str = ""
    minutes_date: date | None = None

    @property
    def present(self) -> int:
        return self.men + self.women

    @property
    def signed(self) -> bool:
        return self.state == "signed"

    @property
    def over(self) -> bool:
        return self.state in ("closed", "signed")


def held_missing(record: MeetingRecord | None) -> list[Finding]:
    """Return what keeps a forum from being called held: start, end, men and women present."""
    if record is None:
        return [Finding("F-RAPAT", "block", "Musyawarahnya belum tercatat.", link="meeting")]
    found: list[Finding] = []
    if record.started_at is None:
        found.append(Finding("F-MULAI", "block", "Jam mulai belum tercatat.", link="meeting"))
    if record.ended_at is None:
        found.append(Finding("F-SELESAI", "block", "Jam selesai belum tercatat.", link="meeting"))
    if not record.present:
        text = "Yang hadir belum dihitung, laki-laki dan perempuan."
        found.append(Finding("F-HADIR", "block", text, link="attendance"))
    return found


def pieces_of(record: MeetingRecord | None) -> dict[str, bool]:
    """Return piece -> whether it is there: signed minutes with their paper, attendance, photos, notulen."""
    if record is None:
        return dict.fromkeys(PIECES, False)
    return {
        "minutes": record.signed and record.scan,
        "attendance": record.present > 0,
        "photos": record.photos >= FEWEST_PHOTOS,
        "notes": record.notes > 0,
    }


_MISSING: Final[Mapping[str, str]] = {
    "minutes": "Berita acara bertanda tangan belum ada.",
    "attendance": "Daftar hadir belum ada.",
    "photos": "Foto kurang dari dua.",
    "notes": "Notulen masih kosong.",
}


def evidence_missing(record: MeetingRecord | None) -> list[Finding]:
    """Return what the evidence lacks; empty means it can be verified."""
    return [
        Finding(f"F-{piece.upper()}", "block", _MISSING[piece], link=piece)
        for piece, there in pieces_of(record).items()
        if not there
    ]


def evidence_digest(record: MeetingRecord) -> str:
    """Return a digest of what a verification rests on, so that a later change is seen."""
    parts = (
        record.minutes_number, record.minutes_date, record.men, record.women, record.photos, record.notes,
        record.started_at and record.started_at.timestamp(), record.ended_at and record.ended_at.timestamp(),
        record.scan,
    )  # fmt: skip
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def check_attendance(record: MeetingRecord) -> list[Finding]:
    """Flag counts that cannot be: more of the invited came than were invited, and nobody is written down as a guest.

    Those who come uninvited are counted as such by the meeting's own list.
    """
    if record.invited and record.invited_present > record.invited:
        more = record.invited_present - record.invited
        text = (
            f"Hadir sebagai undangan {record.invited_present} orang, padahal yang diundang {record.invited}. "
            f"Catat {more} orang itu sebagai hadir tanpa undangan."
        )
        return [Finding("F-TAMU", "warn", text, link="attendance")]
    return []


def caught_up(state: ForumState, record: MeetingRecord | None) -> tuple[ForumState, tuple[ForumEvent, ...]]:
    """Return the state that the meeting's record leads to, and the events on the way; it never goes back.

    Nothing moves before READY: the gate of preparation is passed by people. Verification and closing are theirs too.
    """
    path: list[ForumEvent] = []
    while record is not None and (event := _following(state, record)) is not None:
        state = next_state(state, event)
        path.append(event)
    return state, tuple(path)


def _following(state: ForumState, record: MeetingRecord) -> ForumEvent | None:
    match state:
        case ForumState.READY if record.started_at is not None:
            return ForumEvent.OPEN
        case ForumState.IN_SESSION if record.state == "adjourned":
            return ForumEvent.ADJOURN
        case ForumState.ADJOURNED if record.started_at is not None and record.state != "adjourned":
            return ForumEvent.RESUME
        case ForumState.IN_SESSION if record.over and not held_missing(record):
            return ForumEvent.HOLD
        case ForumState.HELD if record.notes or record.minutes_text or record.signed:
            return ForumEvent.DRAFT_MINUTES
        case ForumState.MINUTES_DRAFT if record.signed:
            return ForumEvent.SIGN
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """What the system knows for an item. done: it answers the item. words: what it knows, for people."""

    done: bool
    words: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What people answered to an item. value: yes | no | na."""

    value: str
    note: str = ""


def is_done(item_fact: Known | None, answer: Answered | None, *, by_hand: bool) -> bool:
    """Return whether an item is done: by what is known, or, where that is allowed, by a person's word."""
    if item_fact is not None and item_fact.done:
        return True
    return by_hand and answer is not None and answer.value in ("yes", "na")


def phase_missing(
    checklist: Checklist, phase: Phase, facts: Mapping[str, Known], answers: Mapping[str, Answered]
) -> list[Finding]:
    """Return the must-have items of a phase that are not done, in the order of the list."""
    found = []
    for item in checklist.of_phase(phase):
        known = facts.get(item.fact)
        if not item.must or is_done(known, answers.get(item.code), by_hand=item.by_hand):
            continue
        told = f" ({known.words})" if known is not None and known.words else ""
        link = known.link if known is not None else ""
        found.append(Finding(item.code, "block", f"{item.text}{told}.", item.source, link=link))
    return found


def check_group(size: int, minutes: int | None) -> list[Finding]:
    """Flag a focus group outside five to twelve people, or outside sixty to ninety minutes."""
    found = []
    if not GROUP_SIZE[0] <= size <= GROUP_SIZE[1]:
        text = f"Kelompok {size} orang; diskusi kelompok berjalan baik dengan {GROUP_SIZE[0]}-{GROUP_SIZE[1]} orang."
        found.append(Finding("FGD-ORANG", "warn", text))
    if minutes is not None and not GROUP_MINUTES[0] <= minutes <= GROUP_MINUTES[1]:
        text = f"Lama {minutes} menit; yang dianjurkan {GROUP_MINUTES[0]}-{GROUP_MINUTES[1]} menit."
        found.append(Finding("FGD-LAMA", "warn", text))
    return found


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return which of *names* (of two words or more) stand in *text*, so that a quote names nobody."""
    plain = " ".join(text.casefold().split())
    return sorted({name for name in names if " " in name.strip() and " ".join(name.casefold().split()) in plain})


def drawn(keys: Sequence[str], seed: str, count: int = REACTIONS_WANTED) -> list[str]:
    """Return *count* of *keys* drawn by *seed*: the same for everybody who draws again."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())[:count]


def mean_reaction(points: Sequence[Sequence[int]]) -> Fraction | None:
    """Return the mean of short forms of 1 to 5 points, None while fewer than five people answered.

    Fewer would tell what a single person said.
    """
    if len(points) < REACTIONS_WANTED:
        return None
    every = [point for form in points for point in form]
    return Fraction(sum(every), len(every)) if every else None


def clock_odd(captured_at: datetime, received_at: datetime, begun_at: datetime) -> bool:
    """Return whether a device's clock cannot be right: ahead by over ten minutes, or before its forum was opened here.

    The record is kept and flagged; nobody loses work over a wrong clock.
    """
    return captured_at > received_at + CLOCK_SLACK or captured_at < begun_at - CLOCK_SLACK
