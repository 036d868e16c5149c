"""F01 and F30: the decree that forms a team."""

from rembuk.core.documents.decree import DecreeValues, TeamKind, TeamMember
from rembuk.core.documents.elements import name_beside_person
from rembuk.documents.gather.frames import frame_of, local_day, officials_of
from rembuk.plans.models import Team
from rembuk.plans.queries import team_by_id

KINDS: dict[str, TeamKind] = {"drafting": "rkpdes", "verification": "verification"}
POSITIONS = {"patron": "Pembina", "chair": "Ketua", "secretary": "Sekretaris", "member": "Anggota"}


def team_decree(key: str) -> DecreeValues:
    """Return the values of F01 or F30 for a team. Raises: Team.DoesNotExist."""
    team: Team = team_by_id(key)
    dated = team.decree_date or local_day(team.village, team.changed_at)
    members = tuple(
        TeamMember(
            name=member.name,
            sex=member.sex,
            office=" / ".join(part for part in (member.office, name_beside_person(member.element)) if part),
            position=POSITIONS.get(member.position, member.position),
            remark=member.note,
        )
        for member in team.members.all()
    )
    return DecreeValues(
        frame=frame_of(team.village, dated, team.decree_number),
        kind=KINDS[team.kind],
        subject_year=f"Tahun {team.cycle.budget_year}",
        members=members,
        head=officials_of(team.village_id, dated).head,
    )
