"""What the assessment asks of the drafting team: the next tool that is still empty, then the report."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.assessment.models import Assessment
from rembuk.assessment.permissions import TEAM
from rembuk.assessment.queries import assessments_visible_to, facts_of
from rembuk.core.assessment.progress import Progress, data_findings, report_findings, tool_findings
from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty

MOST_LINES = 3


def rows_of(hat: Hat, _today: date) -> "QuerySet[Assessment] | None":
    """Return the open assessments of the team's own village; None for other hats."""
    if hat.role not in TEAM or not hat.place.village:
        return None
    return assessments_visible_to(hat).filter(bpd_date__isnull=True)


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return one duty per open assessment of the team's own village. Seven queries; none for other hats."""
    asked = rows_of(hat, today)
    rows = list(asked) if asked is not None else []
    facts = facts_of(rows) if rows else {}
    return [duty_of(row, facts[row.id]) for row in rows]


def duty_of(row: Assessment, facts: Progress) -> Duty:
    """Return what comes next: village data, then the tools, then the report."""
    missing = list(lacking(facts))
    tools_ready = not data_findings(facts) and not tool_findings(facts)
    words = _("Serahkan laporan PKD %(period)s") if tools_ready else _("Lengkapi pengkajian keadaan desa %(period)s")
    part = "assessment:report" if tools_ready else "assessment:detail"
    return Duty(
        title=words % {"period": row.period},
        link=reverse(part, args=[row.id]),
        button=_("Buka laporan") if tools_ready else _("Buka pengkajian"),
        missing=tuple(finding.message for finding in missing[:MOST_LINES]),
        place_name=row.village.name,
        icon="search",
        key=f"assessment:{row.id}:{'report' if tools_ready else 'tools'}",
    )


def lacking(facts: Progress) -> Iterator[Finding]:
    """Yield what blocks, in the order of the process."""
    for finding in (*data_findings(facts), *tool_findings(facts), *report_findings(facts)):
        if finding.severity == "block":
            yield finding
