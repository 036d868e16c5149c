"""What gates of both cycles ask: a valid meeting, a lawful team, a filed receipt; and how they say it."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from rembuk.core.errors import Finding
from rembuk.core.law.meetings import DEFAULT_RULES
from rembuk.core.law.teams import TeamRules
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.meetings import check_meeting
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stage_facts import StageFacts, TeamFacts
from rembuk.core.workflow.stages import Profile

Guard = Callable[[str, StageFacts, Profile], Iterator[Finding]]


def block(code: str, stage: str, message: str, link: str, source: str = "") -> Finding:
    return Finding(code, "block", message, source or ALL_STAGES[stage].source, stage, LINKS[link])


def warn(code: str, stage: str, message: str, link: str, source: str = "") -> Finding:
    return Finding(code, "warn", message, source or ALL_STAGES[stage].source, stage, LINKS[link])


def meeting(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.meeting is None:
        text = f"{ALL_STAGES[stage].title} belum dibuat di sistem; buat musyawarahnya."
        yield block("G04", stage, text, "new_meeting")
        return
    yield from check_meeting(facts.meeting, facts.meeting_rules or DEFAULT_RULES)


def check_team(team: TeamFacts, rules: TeamRules, stage: str = "K2") -> list[Finding]:
    """Return what is wrong with a drafting team by the rules of its family."""
    found: list[Finding] = []

    def add(severity: str, message: str) -> None:
        if severity in {"block", "warn"}:
            found.append((block if severity == "block" else warn)("G02", stage, message, "team", rules.source))

    if team.members < rules.size_min:
        add("block", f"Tim baru {team.members} orang; paling sedikit {rules.size_min} orang.")
    if rules.size_max is not None and team.members > rules.size_max:
        add("block", f"Tim berjumlah {team.members} orang; paling banyak {rules.size_max} orang.")
    if team.members and team.members % 2 == 0:
        add(rules.odd, f"Tim berjumlah {team.members} orang; sebaiknya ganjil, tambah atau kurangi satu orang.")
    if team.women == 0:
        add("block", "Belum ada perempuan dalam tim; tambahkan anggota perempuan.")
    elif team.members and Fraction(team.women, team.members) < rules.women_share:
        percent = rules.women_share * 100
        add(rules.women_share_severity, f"Perempuan {team.women} dari {team.members} anggota, kurang dari {percent}%.")
    if not team.chair:
        add("block", f"Ketua tim belum ditentukan ({rules.chair}).")
    if not team.secretary:
        add("block", f"Sekretaris tim belum ditentukan ({rules.secretary}).")
    return found


def team(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    yield from check_team(facts.team or TeamFacts(), profile.team, stage)


def receipt(stage: str, facts: StageFacts, profile: Profile) -> Iterator[Finding]:
    if facts.received is not True:
        text = "Tanda terima belum dicatat; unggah surat pengantar yang sudah diterima."
        yield block("G03", stage, text, "paper")
