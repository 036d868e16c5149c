"""Where the buttons that mend a finding of a meeting lead."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from rembuk.core.errors import Finding
from rembuk.cycles.links import Resolver, Where
from rembuk.deliberation.facts import GATE_STAGES


def meeting_address(meeting_id: UUID | str, part: str = "") -> str:
    """Return the address of a meeting, or of a part of its page (``hadir``, ``undangan``, ``berita-acara``, ...)."""
    address = reverse("deliberation:detail", args=[meeting_id])
    return f"{address}#{part}" if part else address


def to_part(part: str) -> Resolver:
    """Return a resolver to a part of the page of the meeting that the finding is about."""

    def resolve(where: Where, finding: Finding) -> str:
        try:
            return meeting_address(UUID(finding.subject), part)
        except ValueError:
            return list_address(where)

    return resolve


def list_address(where: Where, _finding: Finding | None = None) -> str:
    """Return the list of the meetings of a cycle."""
    return f"{reverse('deliberation:list')}?{urlencode({'desa': where.village_id, 'tahun': where.budget_year})}"


def to_new(where: Where, finding: Finding) -> str:
    """Return the form for the meeting that the stage of the finding asks for."""
    kind = GATE_STAGES.get(finding.subject, "MUSDUS")
    return f"{reverse('deliberation:create', args=[where.cycle_id])}?{urlencode({'jenis': kind})}"


def to_ranking(where: Where, _finding: Finding) -> str:
    return reverse("deliberation:ranking", args=[where.cycle_id])


RESOLVERS: Mapping[str, Resolver] = {
    "deliberation:edit": to_part(""),
    "deliberation:create": to_new,
    "deliberation:invite": to_part("undangan"),
    "deliberation:attendance": to_part("hadir"),
    "deliberation:adjourn": to_part("jalannya"),
    "deliberation:minutes": to_part("berita-acara"),
    "deliberation:scores": to_ranking,
}
