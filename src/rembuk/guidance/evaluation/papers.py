"""The papers that come with a draft, computed from what the program holds of the cycle."""

from collections.abc import Iterator

from rembuk.budgeting.models import ApbdesStep
from rembuk.core.documents.completeness import CompletenessValues, states_of
from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.desk_papers import APB_PAPERS, BEFORE_DRAFT_ENDS, PaperRow
from rembuk.core.workflow.rpjm_stages import RPJM_STAGES
from rembuk.cycles.models import Cycle, Evidence
from rembuk.guidance.evaluation.subjects import Subject
from rembuk.shared import papers

LAST_DRAFT_STAGE = 8
"""Stages R1 to R8 of an RPJM Desa come before its pre-check."""


def held_papers(subject: Subject) -> tuple[PaperRow, ...]:
    """Return every paper that the draft needs, with whether the program holds it."""
    if subject.checks == "EV-RKP":
        return tuple(rkp_papers(subject.cycle))
    if subject.checks == "EV-RPJM":
        return tuple(rpjm_papers(subject.cycle))
    return tuple(apb_papers(subject))


def rkp_papers(cycle: Cycle) -> Iterator[PaperRow]:
    """Yield the rows of F37 that belong to a draft; the room of documents knows how to look them up."""
    recipe = next((one for one in papers.recipes() if one.code == "F37"), None)
    if recipe is None:
        return
    values: CompletenessValues = recipe.gather(str(cycle.pk))
    above = ""
    for state in states_of(values.papers, values.things):
        mark = state.item.mark
        if state.heading:
            above = state.item.title
            continue
        if mark.isdigit() and int(mark) > BEFORE_DRAFT_ENDS:
            continue
        title = state.item.title if mark.isdigit() else f"{above} {state.item.title}"
        yield PaperRow(mark, title, "there" if state.complete else "missing", state.remark)


def rpjm_papers(cycle: Cycle) -> Iterator[PaperRow]:
    """Yield the papers of the stages before the pre-check, there when their stage has them as evidence. One query."""
    rows = Evidence.objects.filter(cycle=cycle, withdrawn_at__isnull=True).order_by("document_date", "id")
    there = {(row.stage, row.paper_code): row for row in rows}
    for code, stage in RPJM_STAGES.items():
        if int("".join(char for char in code if char.isdigit())) > LAST_DRAFT_STAGE:
            continue
        for paper in stage.papers:
            if paper.optional:
                continue
            row = there.get((code, paper.form))
            remark = f"{row.number or row.title}, {date_text(row.document_date)}" if row is not None else ""
            yield PaperRow(f"{code}-{paper.form}", paper.title, "there" if row else "missing", remark)


def apb_papers(subject: Subject) -> Iterator[PaperRow]:
    """Yield what goes with a draft of the APB Desa. Two queries."""
    version = subject.apb_lines
    assert version is not None  # a subject of this list has lines
    agreed = ApbdesStep.objects.filter(apbdes=version.apbdes, event="agree").order_by("-day").first()
    accounts = version.lines.filter(accounts__isnull=False).exists()
    known = {
        "rkp": version.plan.perdes_number,
        "bpd": agreed.number if agreed is not None else "",
        "rincian": "baris rekening dalam berkas APB" if accounts else "",
    }
    for code, title in APB_PAPERS:
        remark = known.get(code, "")
        yield PaperRow(code, title, "there" if remark else "missing", remark)
