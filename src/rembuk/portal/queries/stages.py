"""Where a village's plan stands, as residents follow it, with what proves it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rembuk.cycles.models import Cycle, Evidence
from rembuk.cycles.queries import states_of
from rembuk.cycles.shown import ShownStage, shown_stage
from rembuk.proposals.public_words import Cover

SHOWN_STAGES = ("K2", "K1", "K3", "K6", "K7", "K9", "K11", "K12", "K13", "K14", "K15", "K17")


@dataclass(frozen=True, slots=True)
class Proof:
    """A document behind a stage. verify: code of the public check, for papers that Rembuk made."""

    title: str
    form: str
    number: str
    dated: date
    signed: bool
    sha256: str
    verify: str


@dataclass(frozen=True, slots=True)
class PublicStage:
    """One stage of the timeline with its documents."""

    shown: ShownStage
    proofs: tuple[Proof, ...]


def public_stages(cycle: Cycle, today: date, cover: Cover) -> list[PublicStage]:
    """Return the stages that residents follow, each with the documents that prove it. Three queries."""
    states = [state for state in states_of(cycle, today) if state.code in SHOWN_STAGES]
    proofs = proofs_of(cycle, cover)
    return [PublicStage(shown_stage(state, ()), tuple(proofs[state.code])) for state in states]


def proofs_of(cycle: Cycle, cover: Cover) -> dict[str, list[Proof]]:
    """Return stage -> its documents, oldest first. One query."""
    rows = Evidence.objects.filter(cycle=cycle, withdrawn_at__isnull=True, stage__in=SHOWN_STAGES)
    found: dict[str, list[Proof]] = defaultdict(list)
    kept = ("file__sha256", "paper__sha256", "paper__verify_code")
    for row in rows.select_related("file", "paper").only(*EVIDENCE, *kept).order_by("document_date", "id"):
        digest = row.file.sha256 if row.file is not None else row.paper.sha256 if row.paper is not None else ""
        code = row.paper.verify_code if row.paper is not None else ""
        found[row.stage].append(
            Proof(cover(row.title), row.paper_code, row.number, row.document_date, row.signed, digest, code)
        )
    return found


EVIDENCE = ("cycle_id", "stage", "title", "paper_code", "number", "document_date", "signed", "file_id", "paper_id")


def first_open(stages: Iterable[PublicStage]) -> PublicStage | None:
    """Return the stage that the village works on."""
    return next((stage for stage in stages if not stage.shown.state.done), None)
