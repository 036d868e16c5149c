"""The page behind F37: what a cycle has in papers, what is missing, and the page where each missing one is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents import draft_comments
from rembuk.core.documents.completeness import ItemState, Need, states_of
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.documents.gather.completeness import Holdings, holdings_of, remarks_of, things_of
from rembuk.documents.recipes import FORMS, TEAM_FORMS, Subject
from rembuk.documents.wishes import Wish
from rembuk.plans.comment_board import window_of
from rembuk.plans.models import Rpjmdes

TOOL_FORMS = ("F08", "F09", "F10", "F11", "F12", "F15")
"""What the screens of the assessment fill: a village that has not opened one is led there, not to an upload."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to where a paper is made or laid."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list as the page shows it. ways: only those that the reader may go."""

    state: ItemState
    remark: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole page. forms: every paper that the cycle can print now; meetings: their papers are on their pages."""

    lines: tuple[Line, ...]
    there: int
    total: int
    forms: tuple[tuple[str, Way], ...]
    meetings: tuple[Meeting, ...]


def shown(cycle: Cycle, hat: Hat) -> Shown:
    """Return the list of a cycle for a reader, in a constant number of queries."""
    held = holdings_of(cycle)
    stages = frozenset(cycle.stages.values_list("stage", flat=True))
    remarks = dict(remarks_of(held))
    states = states_of(held.paper_set, things_of(held))
    lines = tuple(
        Line(state, words_of(state, remarks.get(state.item.mark, ""), stages), ways_of(state, held, hat, stages))
        for state in states
    )
    counted = [state for state in states if not state.heading]
    return Shown(
        lines,
        sum(state.complete for state in counted),
        len(counted),
        tuple(forms_of(held, hat)),
        tuple(row for row in held.meetings.values() if TABLE.allows(hat, "deliberation.read", row)),
    )


def words_of(state: ItemState, remark: str, stages: frozenset[str]) -> str:
    """Return the remark of a row; a stage that the regency does not hold is said."""
    held = any(stage in stages for need in state.missing for stage in need.stages)
    off = _("tahapannya tidak dijalankan di kabupaten ini") if state.missing and stages and not held else ""
    return "; ".join(filter(None, (state.remark, remark, off)))


def ways_of(state: ItemState, held: Holdings, hat: Hat, stages: frozenset[str]) -> tuple[Way, ...]:
    found = (way_of(need, held, hat, stages) for need in state.missing)
    return tuple(dict.fromkeys(way for way in found if way is not None))


def way_of(need: Need, held: Holdings, hat: Hat, stages: frozenset[str]) -> Way | None:
    """Return where a missing paper is made; else the stage where it is uploaded; None where the reader may not go."""
    own = own_page(need, held, stages)
    if own is not None:
        return own
    printable = wish_for(need.form, held, need.stages)
    if printable is not None:
        if not TABLE.allows(hat, "documents.preview", printable):
            return None
        return Way(_("Buat %(name)s") % {"name": need.name}, address_of(printable))
    stage = next((code for code in need.stages if code in stages), None)
    if stage is None:
        return None
    return Way(_("Unggah di tahap %(stage)s") % {"stage": stage}, reverse("cycles:stage", args=(held.cycle.pk, stage)))


def own_page(need: Need, held: Holdings, stages: frozenset[str]) -> Way | None:
    """Return the page on which people bring a paper about that is not simply printed; None where there is none."""
    plan, cycle = held.plan, held.cycle.pk
    if need.form in ("F35", "F36") and stages.intersection(need.stages):
        return Way(_("Surat dan keputusan"), reverse("documents:letters", args=(cycle,)))
    if need.form == "F22" and "K9" in need.stages:
        return Way(_("Prioritas dan pagu"), reverse("budgeting:cycle", args=(cycle,)))
    if need.form in TOOL_FORMS and held.cycle.is_medium_term and held.assessment is None:
        return Way(_("Buka pengkajian"), reverse("assessment:list"))
    if plan is None:
        return None
    if held.cycle.is_medium_term:
        match need.form:
            case "F19":
                return Way(_("Langkah penetapan"), reverse("plans:rpjm_steps", args=(cycle,)))
            case "F18" if need.told_by_word:
                return Way(_("Tulis naskah"), reverse("plans:rpjm_text", args=(cycle,)))
        return None
    match need.form:
        case "F19":
            return Way(_("Langkah penetapan"), reverse("plans:steps", args=(plan.pk,)))
        case "F27":
            return Way(_("Kegiatan fisik"), reverse("plans:grid", args=(plan.pk,)))
    return None


def wish_for(code: str, held: Holdings, stages: Sequence[str] = ()) -> Wish | None:
    """Return the paper *code* of this cycle as it could be printed now; None while its thing is not there."""
    form = FORMS.get(code)
    if form is None:
        return None
    things = {kind: thing_of(kind, code, held, stages) for kind in form.kinds}
    return next((Wish(form, kind, str(thing.pk), thing) for kind, thing in things.items() if thing is not None), None)


def thing_of(kind: str, code: str, held: Holdings, stages: Sequence[str]) -> Subject | None:
    """Return the thing of a kind that the paper *code* of this cycle prints; none where the cycle has no such thing."""
    plan = held.plan
    match kind:
        case "cycle":
            return held.cycle if code in held.paper_set.of_cycle else None
        case "plan" | "rpjm":
            if plan is None or isinstance(plan, Rpjmdes) != (kind == "rpjm"):
                return None
            if code == draft_comments.CODE:
                return plan if window_of(plan.pk) is not None else None
            return plan if code != "F33" or plan.is_amendment else None
        case "assessment":
            return held.assessment
        case "team":
            return next((team for team in held.teams if code in TEAM_FORMS.get(team.kind, ())), None)
        case "meeting":
            return next(iter(held.meetings_at(stages, every=False)), None)
    return None


def forms_of(held: Holdings, hat: Hat) -> Iterator[tuple[str, Way]]:
    """Yield the form number and the page of every paper that the cycle can print now and the reader may see."""
    for code in sorted(FORMS):
        wish = wish_for(code, held)
        if wish is not None and TABLE.allows(hat, "documents.preview", wish):
            yield code, Way(str(wish.form.title), address_of(wish))


def address_of(wish: Wish) -> str:
    return reverse("documents:paper", args=(wish.form.code, wish.subject))
