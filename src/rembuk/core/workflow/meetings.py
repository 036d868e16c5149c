"""Whether a meeting and its decision are valid, as findings that name all that is missing.

Source: Permendagri 114/2014 Pasal 22, 25, 26, 32, 46, 48; Permendesa 16/2019 (house rules of the village).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from rembuk.core.errors import Finding
from rembuk.core.law.elements import ALWAYS_EXPECTED, DISABLED, ELEMENTS
from rembuk.core.law.meetings import DEFAULT_RULES, MEETING_KINDS, RULE_SOURCES, SIGNATURES, MeetingRules
from rembuk.core.workflow.links import LINKS


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known about one meeting, as counts.

    kind: code of the kind. invited: how many were invited; invited_present: how many of them signed; present_l,
    present_p: men and women who signed. elements: UNSUR code -> delegates present. pemdes, bpd: how many of each were
    present. locally_expected: production groups (TANI, NELAYAN, PERAJIN) that exist in the village. has_disabled:
    whether the village has residents with disabilities. second_session: met again after one without quorum. decisions,
    decisions_with_method: recorded decisions, and those with consensus or counts. signed: keys of SIGNATURES.
    """

    kind: str
    held_date: date | None = None
    invited_date: date | None = None
    with_agenda: bool = False
    invited: int = 0
    invited_present: int = 0
    present_l: int = 0
    present_p: int = 0
    elements: Mapping[str, int] = field(default_factory=dict)
    pemdes: int = 0
    bpd: int = 0
    locally_expected: frozenset[str] = frozenset()
    has_disabled: bool = False
    second_session: bool = False
    decisions: int = 0
    decisions_with_method: int = 0
    signed: frozenset[str] = frozenset()
    subject: str = ""


def quorum_needed(invited: int, rules: MeetingRules = DEFAULT_RULES) -> int:
    """Return how many of the invited must sign: the share of the rules, rounded up."""
    return -(-rules.quorum.numerator * invited // rules.quorum.denominator)


def has_quorum(facts: MeetingFacts, rules: MeetingRules = DEFAULT_RULES) -> bool:
    """Return whether enough of the invited signed; a second session needs none where the rules say so."""
    if facts.second_session and rules.second_session_without_quorum:
        return facts.invited_present > 0
    return facts.invited > 0 and facts.invited_present >= quorum_needed(facts.invited, rules)


def check_meeting(facts: MeetingFacts, rules: MeetingRules = DEFAULT_RULES) -> list[Finding]:
    """Return everything that keeps a meeting from counting (block) or should be mended (warn), all at once."""
    kind = MEETING_KINDS[facts.kind]
    found = [*_invitation(facts, rules), *_presence(facts)]
    if kind.formal:
        found += [*_quorum(facts, rules), *_bodies(facts), *_elements(facts, rules)]
    found += [*_women(facts, rules), *_minutes(facts, formal=kind.formal)]
    return found


def _finding(code: str, block: bool, message: str, source: str, facts: MeetingFacts, link: str) -> Finding:
    return Finding(code, "block" if block else "warn", message, RULE_SOURCES[source][0], facts.subject, LINKS[link])


def _invitation(facts: MeetingFacts, rules: MeetingRules) -> Iterator[Finding]:
    if facts.invited_date is None or not facts.with_agenda:
        text = "Undangan beserta agenda belum tercatat; isi tanggal undangan dan agendanya."
        yield _finding("G04-UNDANGAN", False, text, "invitation_days", facts, "invitation")
    elif facts.held_date is not None and (facts.held_date - facts.invited_date).days < rules.invitation_days:
        days = (facts.held_date - facts.invited_date).days
        text = (
            f"Undangan dikirim {days} hari sebelum musyawarah, kurang dari {rules.invitation_days} hari; "
            "catat alasannya dalam berita acara."
        )
        yield _finding("G04-UNDANGAN", False, text, "invitation_days", facts, "invitation")


def _presence(facts: MeetingFacts) -> Iterator[Finding]:
    if facts.held_date is None:
        text = "Tanggal musyawarah belum tercatat; isi tanggal pelaksanaannya."
        yield _finding("G04-TANGGAL", True, text, "minutes", facts, "meeting")
    if facts.present_l + facts.present_p == 0:
        text = "Daftar hadir masih kosong; isi kehadiran per orang atau per hitungan L/P."
        yield _finding("G04-HADIR", True, text, "minutes", facts, "attendance")


def _quorum(facts: MeetingFacts, rules: MeetingRules) -> Iterator[Finding]:
    if has_quorum(facts, rules):
        return
    needed = quorum_needed(facts.invited, rules)
    if facts.invited == 0:
        text = "Jumlah undangan belum tercatat, kuorum belum dapat dihitung; isi daftar undangan."
    else:
        text = (
            f"Kuorum belum tercapai: {facts.invited_present} dari {facts.invited} undangan hadir, perlu {needed}; "
            f"tunda paling lama {rules.adjourn_hours} jam atau tetapkan tanggal baru dalam {rules.retry_days} hari."
        )
    yield _finding("G04-KUORUM", True, text, "quorum", facts, "adjourn" if facts.invited else "invitation")


def _bodies(facts: MeetingFacts) -> Iterator[Finding]:
    for count, name in ((facts.bpd, "BPD"), (facts.pemdes, "Pemerintah Desa")):
        if count == 0:
            text = f"Belum ada wakil {name} dalam daftar hadir; lengkapi daftar hadir atau ulangi musyawarah."
            yield _finding("G04-UNSUR-WAJIB", True, text, "presence", facts, "attendance")


def _elements(facts: MeetingFacts, rules: MeetingRules) -> Iterator[Finding]:
    expected = [*ALWAYS_EXPECTED, *([DISABLED] if facts.has_disabled else []), *sorted(facts.locally_expected)]
    missing = [ELEMENTS[code] for code in expected if facts.elements.get(code, 0) == 0]
    if missing:
        text = f"Unsur belum terwakili: {', '.join(missing)}; undang wakilnya atau catat alasannya."
        yield _finding("G04-UNSUR", rules.elements_block, text, "elements_block", facts, "attendance")


def _women(facts: MeetingFacts, rules: MeetingRules) -> Iterator[Finding]:
    present = facts.present_l + facts.present_p
    if present and Fraction(facts.present_p, present) < rules.women_target:
        percent = facts.present_p * 100 // present
        target = rules.women_target * 100
        text = f"Perempuan yang hadir {percent}%, di bawah sasaran {target}%; undang lebih banyak perempuan berikutnya."
        yield _finding("G04-PEREMPUAN", False, text, "women_target", facts, "attendance")


def _minutes(facts: MeetingFacts, *, formal: bool) -> Iterator[Finding]:
    if facts.decisions_with_method < facts.decisions or (formal and facts.decisions == 0):
        text = "Keputusan dan caranya (mufakat atau hitungan suara) belum lengkap; catat setiap keputusan."
        yield _finding("G04-KEPUTUSAN", True, text, "majority", facts, "minutes")
    needed = SIGNATURES if formal else {"notes": SIGNATURES["notes"]}
    missing = [title for key, title in needed.items() if key not in facts.signed]
    if missing:
        text = f"Berita acara belum ditandatangani {', '.join(missing)}; unggah berita acara bertanda tangan."
        yield _finding("G04-BA", True, text, "minutes", facts, "minutes")


@dataclass(frozen=True, slots=True)
class Vote:
    """A counted vote. voters: those present with the right to vote (guests have none)."""

    in_favour: int
    against: int
    abstain: int
    voters: int


def vote_carries(vote: Vote, rules: MeetingRules = DEFAULT_RULES) -> bool:
    """Return whether more than the set share (half) of those present with a vote are in favour.

    Raises: ValueError if a count is below zero or more voted than may.
    """
    counts = (vote.in_favour, vote.against, vote.abstain, vote.voters)
    if min(counts) < 0 or sum(counts[:3]) > vote.voters:
        raise ValueError(f"votes {counts[:3]} do not fit {vote.voters} voters")
    return vote.voters > 0 and Fraction(vote.in_favour, vote.voters) > rules.majority
