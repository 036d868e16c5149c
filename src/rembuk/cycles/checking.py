"""May a stage be closed: gathers what it rests on, set-based, and asks core.workflow.guards."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from rembuk.core.errors import Finding
from rembuk.core.workflow.guards import CeilingFacts, PaperFacts, PlanProgress, StageFacts, check_stage, may_close
from rembuk.cycles import gates
from rembuk.cycles.models import Cycle, Evidence, Excuse, StageRecord
from rembuk.cycles.procedure import profile_of

FACT_NAMES = frozenset(spec.name for spec in fields(StageFacts))
PROGRESS_NAMES = frozenset(spec.name for spec in fields(PlanProgress))
CEILING_STAGE = "K3"
SENT_STAGES = frozenset({"K13", "K15"})
TRANSMITTAL = "F36"


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of one check. rests_on: what it was made from, as JSON, with a digest of the facts."""

    findings: tuple[Finding, ...]
    rests_on: Mapping[str, object] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        return not may_close(list(self.findings))

    def as_json(self) -> list[dict[str, str]]:
        """Return the findings as they are stored in a stage record."""
        names = ("code", "severity", "message", "source", "subject", "link")
        return [{name: str(getattr(finding, name)) for name in names} for finding in self.findings]


def stored_findings(record: StageRecord) -> tuple[Finding, ...]:
    """Return the findings of the last check of a stage, as stored."""
    return tuple(Finding(**row) for row in record.result)


def check_stages(
    cycle_ids: Sequence[UUID], stage: str, *, on: date, done_dates: Mapping[UUID, date | None] | None = None
) -> dict[UUID, Checked]:
    """Check one stage of many cycles. Four queries and those of the rooms that give facts, however many cycles.

    done_dates: the day it happened, where a person has just said so; otherwise the stored one, else the day of the
    newest document laid under the stage. Cycles that do not exist are left out.
    """
    cycles = {cycle.pk: cycle for cycle in Cycle.every.filter(pk__in=cycle_ids)}
    ids = list(cycles)
    records = records_by_cycle(ids)
    papers, evidence_ids = papers_of(ids, stage)
    excused = excuses_in_force(ids, stage)
    given = gates.facts_for(stage, ids)
    result: dict[UUID, Checked] = {}
    for pk, cycle in cycles.items():
        own = records[pk]
        mine = own.get(stage)
        stored = mine.done_date if mine is not None else None
        dated = max((paper.paper_date for paper in papers[pk] if paper.paper_date), default=None)
        facts = assembled(given[pk]).merged(
            StageFacts(
                done=frozenset(code for code, record in own.items() if record.state == StageRecord.State.DONE),
                occurred=(done_dates or {}).get(pk) or stored or dated,
                papers=tuple(papers[pk]),
                excused=bool(excused[pk]),
                received=sent(stage, papers[pk]),
            )
        )
        facts = with_late_letter(facts, excused[pk])
        findings = tuple(check_stage(stage, facts, profile_of(cycle, frozenset(own))))
        basis = {"on": on.isoformat(), "evidence": evidence_ids[pk], "facts": digest(facts)}
        result[pk] = Checked(findings, basis)
    return result


def assembled(given: Mapping[str, object]) -> StageFacts:
    """Return the facts that the rooms gave as one value; progress given field by field is added to a whole plan."""
    whole: dict[str, Any] = {name: value for name, value in given.items() if name in FACT_NAMES}
    parts: dict[str, Any] = {name: value for name, value in given.items() if name in PROGRESS_NAMES}
    if parts:
        plan = cast(PlanProgress, whole.get("plan") or PlanProgress())
        if "findings" in parts:
            parts["findings"] = (*plan.findings, *parts["findings"])
        whole["plan"] = replace(plan, **parts)
    if "papers" in whole:
        whole["papers"] = tuple(whole["papers"])
    return StageFacts(**whole)


def records_by_cycle(cycle_ids: Sequence[UUID]) -> dict[UUID, dict[str, StageRecord]]:
    """Return cycle -> stage -> record. One query."""
    found: dict[UUID, dict[str, StageRecord]] = {pk: {} for pk in cycle_ids}
    for record in StageRecord.objects.filter(cycle_id__in=cycle_ids):
        found[record.cycle_id][record.stage] = record
    return found


def papers_of(cycle_ids: Sequence[UUID], stage: str) -> tuple[dict[UUID, list[PaperFacts]], dict[UUID, list[str]]]:
    """Return the papers that lie under a stage of each cycle, and their ids. One query."""
    papers: dict[UUID, list[PaperFacts]] = defaultdict(list)
    ids: dict[UUID, list[str]] = defaultdict(list)
    rows = Evidence.objects.filter(cycle_id__in=cycle_ids, stage=stage, withdrawn_at__isnull=True)
    for row in rows.order_by("document_date", "id"):
        papers[row.cycle_id].append(PaperFacts(row.paper_code, row.document_date, row.number, row.signed))
        ids[row.cycle_id].append(str(row.pk))
    return papers, ids


def excuses_in_force(cycle_ids: Sequence[UUID], stage: str) -> dict[UUID, list[Excuse]]:
    """Return the granted excuses of the stage and of the ceiling it may wait for. One query."""
    found: dict[UUID, list[Excuse]] = defaultdict(list)
    rows = Excuse.objects.filter(cycle_id__in=cycle_ids, stage__in={stage, CEILING_STAGE}, state=Excuse.State.GRANTED)
    for row in rows:
        found[row.cycle_id].append(row)
    return found


def sent(stage: str, papers: Sequence[PaperFacts]) -> bool | None:
    """Return whether a received transmittal is filed, for the stages that are a sending."""
    if stage not in SENT_STAGES:
        return None
    return any(paper.form == TRANSMITTAL and paper.signed for paper in papers)


def with_late_letter(facts: StageFacts, excuses: Sequence[Excuse]) -> StageFacts:
    """Add the regent's letter that the ceiling comes late: a granted excuse of K3 with the letter's number."""
    if not any(excuse.stage == CEILING_STAGE and excuse.letter_number for excuse in excuses):
        return facts
    return replace(facts, ceilings=replace(facts.ceilings or CeilingFacts(), late_letter=True))


def digest(facts: StageFacts) -> str:
    """Return a digest of the facts that is the same on every machine."""
    return hashlib.sha256(json.dumps(plain(facts), sort_keys=True, default=str).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return *value* as JSON can hold it, sets in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {spec.name: plain(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((plain(part) for part in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
