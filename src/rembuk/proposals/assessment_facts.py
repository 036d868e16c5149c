"""What the gates R3A to R3C rest on: the village's lists, the ideas collected, the report handed over."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from rembuk.assessment.queries import assessment_of_cycle, facts_of_cycles
from rembuk.core.errors import Finding
from rembuk.core.workflow.stage_facts import AssessmentFacts
from rembuk.cycles.links import Where
from rembuk.proposals.idea_queries import idea_counts

STAGES = ("R3A", "R3B", "R3C")


def assessment_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return the fact ``assessment`` of each cycle; without an assessment here the papers decide. Nine queries."""
    progress = facts_of_cycles(cycle_ids)
    ideas = idea_counts([key for key, _facts in progress.values()])
    on_paper: dict[UUID, Mapping[str, object]] = {key: {"assessment": None} for key in cycle_ids}
    return on_paper | {
        cycle_id: {
            "assessment": AssessmentFacts(
                lists=sum(day is not None for day in facts.filed.values()),
                ideas=ideas.get(key, 0),
                ranked=facts.ranked > 0,
                report_to_head=facts.head_date,
                report_to_bpd=facts.bpd_date,
            )
        }
        for cycle_id, (key, facts) in progress.items()
    }


def home(where: Where, finding: Finding) -> str:
    """Return the assessment of a cycle, or the page that opens it."""
    found = assessment_of_cycle(where.cycle_id)
    return reverse("assessment:detail", args=[found.id]) if found is not None else reverse("assessment:open")
