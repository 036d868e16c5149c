"""What a page shows of a stage: names, dates, documents, findings with the address that mends them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.core.workflow.stages import Paper
from rembuk.cycles.labels import STAGE_SHORT, STAGE_TITLES
from rembuk.cycles.links import Where, address
from rembuk.cycles.models import Cycle, Evidence
from rembuk.cycles.queries import StageState
from rembuk.shared.models import Paper as Archived
from rembuk.shared.web import opens

Words = str | Promise


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with the button that mends it; *here*: the button is on this very page."""

    finding: Finding
    link: str

    @property
    def icon(self) -> str:
        return {"block": "stop", "warn": "late"}.get(self.finding.severity, "help")


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """An evidence tile: the row, who added and who verified it, where its content opens."""

    row: Evidence
    added_by: str
    verified_by: str
    content: str

    @property
    def sha256(self) -> str:
        return self.row.file.sha256 if self.row.file else self.row.paper.sha256 if self.row.paper else ""


@dataclass(frozen=True, slots=True)
class ShownStage:
    """One step of the stepper, with what it opens to."""

    state: StageState
    short: Words
    title: Words
    source: str
    actors: tuple[str, ...]
    papers: tuple[tuple[Paper, bool], ...]
    evidence: tuple[ShownEvidence, ...]
    missing: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.state.code

    @property
    def icon(self) -> str:
        return {"ok": "check", "due": "due", "late": "late", "paused": "paused"}.get(self.state.state, "next")


def shown_stage(state: StageState, evidence: Sequence[ShownEvidence], missing: Sequence[str] = ()) -> ShownStage:
    stage = ALL_STAGES[state.code]
    there = {tile.row.paper_code for tile in evidence if tile.row.withdrawn_at is None}
    return ShownStage(
        state=state,
        short=STAGE_SHORT[state.code],
        title=STAGE_TITLES[state.code],
        source=stage.source,
        actors=stage.actors,
        papers=tuple((paper, paper.form in there) for paper in stage.papers),
        evidence=tuple(evidence),
        missing=tuple(missing),
    )


def shown_evidence(rows: Iterable[Evidence], names: Mapping[UUID, str]) -> list[ShownEvidence]:
    """Return tiles of the rows. No query."""
    return [
        ShownEvidence(row, name_of(names, row.added_by), name_of(names, row.verified_by), content_address(row))
        for row in rows
    ]


def name_of(names: Mapping[UUID, str], key: UUID | None) -> str:
    return names.get(key, "") if key else ""


def people_of(rows: Iterable[Evidence]) -> set[UUID]:
    """Return everybody whose name the tiles need."""
    return {key for row in rows for key in (row.added_by, row.verified_by) if key is not None}


def content_address(row: Evidence) -> str:
    """Return where the document itself opens: the uploaded file, or the paper in the archive."""
    if row.file_id is not None:
        return reverse("shared:file", args=(row.file_id,))
    return paper_address(row.paper) if row.paper is not None else ""


def paper_address(paper: Archived) -> str:
    """Return where an archived paper opens; the archive's pages belong to a later room."""
    for name, key in (("documents:paper_detail", paper.pk), ("documents:verify", paper.verify_code)):
        try:
            return reverse(name, args=(key,))
        except NoReverseMatch:
            continue
    return ""


def where_of(cycle: Cycle) -> Where:
    return Where(cycle.pk, cycle.village_id, cycle.budget_year)


def shown_findings(findings: Iterable[Finding], cycle: Cycle, stage: str, hat: Hat) -> list[ShownFinding]:
    """Return findings, blocking ones first, each with its button where *hat* may press it."""
    order = {"block": 0, "warn": 1, "note": 2}
    ranked = sorted(findings, key=lambda finding: order[finding.severity])
    found = [ShownFinding(finding, address(where_of(cycle), finding, stage)) for finding in ranked]
    return [item if item.link and opens(hat, item.link) else ShownFinding(item.finding, "") for item in found]
