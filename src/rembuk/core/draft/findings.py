"""The checks that apply to a drafted plan, as findings with severity and source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rembuk.core.checks import ItemFacts, PlanFacts, check_plan
from rembuk.core.draft.plan import DraftPlan
from rembuk.core.draft.ranking import Ranked
from rembuk.core.errors import Finding
from rembuk.core.text import authority_question

_LONGEST_NAME = 100


def plan_findings(plan: DraftPlan, village: str) -> Sequence[Finding]:
    """Return the findings about *plan* for the village with that code, in the order of the check codes.

    A draft knows names, places and money only; what needs more (RPJM, RAB, field check) is said to be unchecked. One
    finding per check and item: of twenty alike, each is named once.
    """
    facts = PlanFacts(
        village=village,
        budget_year=plan.budget_year,
        items=tuple(_facts(plan, item) for item in plan.chosen),
        ceilings=dict(plan.ceilings.free),
        earmarked={state.id: state.earmarked for state in plan.outcome.sources if state.earmarked},
        known=frozenset(),
        regency=".".join(village.split(".")[:2]),
    )
    kept: dict[tuple[str, str, str], Finding] = {}
    for one in (*check_plan(facts), *_authority(plan), *_focus(plan)):
        kept.setdefault((one.code, one.severity, one.subject or one.message), _placed(one))
    return sorted(kept.values(), key=lambda one: one.code)


def _facts(plan: DraftPlan, item: Ranked) -> ItemFacts:
    return ItemFacts(
        id=str(item.row.row),
        name=_name(item),
        activity_code=item.kegiatan,
        location=", ".join(part for part in (item.row.hamlet, item.row.location) if part),
        volume=" ".join(part for part in (item.row.volume, item.row.unit) if part),
        funding=dict(plan.amounts(item)),
        focus=item.focus,
    )


def _name(item: Ranked) -> str:
    text = item.row.text
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 3]}..."


def _placed(finding: Finding) -> Finding:
    """Put the list's row number in front of a finding about one proposal."""
    if not finding.subject.isdigit():
        return finding
    return replace(finding, message=f"Baris {finding.subject}: {finding.message}")


def _authority(plan: DraftPlan) -> Iterator[Finding]:
    """Ask who owns what the chosen proposals speak of; words never decide it."""
    for item in plan.chosen:
        question = authority_question(item.row.text)
        if question is not None:
            source = "Permendagri 114/2014 Pasal 43; Permendesa PDTT 21/2020"
            text = f"{_name(item)}: {question.question} Bila bukan milik Desa, pindahkan ke DU-RKP."
            yield Finding("G09", "warn", text, source, str(item.row.row))


def _focus(plan: DraftPlan) -> Iterator[Finding]:
    """Say that the focus of Dana Desa was only suggested, where the year asks for one."""
    row = next((row for row in plan.pack.rows if row.kind == "MUST_TAG"), None) if plan.pack is not None else None
    count = sum(any(source == "DDS" for source, _ in plan.amounts(item)) for item in plan.chosen)
    if row is not None and count:
        text = f"Fokus Dana Desa {count} kegiatan masih saran dari kode kegiatannya; tetapkan satu per satu."
        yield Finding("G11", "note", text, row.source, row.code)
