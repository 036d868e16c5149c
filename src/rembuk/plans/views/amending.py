"""Amending a plan in force: how ceilings moved, the cut line, the form that opens a version, the reasons."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.amendments import grounds_for
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.lists import funding_sources
from rembuk.core.workflow.plan_states import EDITABLE
from rembuk.core.workflow.replan import SourceCut
from rembuk.cycles.calendar import local_day
from rembuk.plans import services
from rembuk.plans.amending import KINDS, Compared, Shift, by_priority, compared, cuts_of, name_of, shift_of
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.permissions import allows
from rembuk.plans.queries import cost_of, items_of, other_versions, version_in_force
from rembuk.plans.services.amending import GroundValues
from rembuk.plans.typed import InputError, read_day
from rembuk.plans.views.finding import plan_of
from rembuk.plans.views.perdes import scan_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

CEILING = "CEILING_CHANGE"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One activity in the cut line of a source."""

    item: RkpdesItem
    amount: int
    cumulative: int
    inside: bool


@dataclass(frozen=True, slots=True)
class ShownCut:
    """One source: ceilings, what is planned, and its activities by priority. first_out: where the line is drawn."""

    cut: SourceCut
    name: str
    rows: tuple[ShownRow, ...]

    @property
    def first_out(self) -> UUID | None:
        return next((row.item.id for row in self.rows if not row.inside), None)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One activity that is not as before, with its reason."""

    kind: str
    words: str
    name: str
    subject: str
    before: int | None
    after: int | None
    difference: int
    reason: str


def shown_cuts(items: list[RkpdesItem], shift: Shift) -> list[ShownCut]:
    known = {str(item.id): item for item in items}
    names = funding_sources()
    return [
        ShownCut(
            cut,
            names[cut.source].name if cut.source in names else cut.source,
            tuple(ShownRow(known[row.id], row.amount, row.cumulative, row.inside) for row in cut.line),
        )
        for cut in cuts_of(items, shift)
    ]


@dataclass(frozen=True, slots=True)
class Droppable:
    """One activity that may leave the amendment. subject: what its reason is kept under. out: below a cut line."""

    item: RkpdesItem
    key: str
    subject: str
    amount: int
    out: bool
    reason: str


def droppable(items: list[RkpdesItem], cuts: list[ShownCut], found: Compared, typed: dict[str, str]) -> list[Droppable]:
    """Return the activities by priority, the most likely to leave first."""
    below = {row.item.id for cut in cuts for row in cut.rows if not row.inside}
    rows = [
        Droppable(
            item,
            str(item.id),
            subject := str(item.previous_id or item.id),
            cost_of(item),
            item.id in below,
            typed.get(subject, found.reasons.get(subject, "")),
        )
        for item in reversed(by_priority(items))
    ]
    return sorted(rows, key=lambda row: not row.out)


def shown_changes(found: Compared, typed: dict[str, str]) -> list[ShownChange]:
    return [
        ShownChange(
            change.kind.value,
            str(KINDS[change.kind]),
            name_of(change),
            change.subject,
            change.before.amount if change.before is not None else None,
            change.after.amount if change.after is not None else None,
            change.difference,
            typed.get(change.subject, found.reasons.get(change.subject, "")),
        )
        for change in found.moved
    ]


def amendment_page(request: HttpRequest, plan: RkpdesVersion, **more: Any) -> HttpResponse:
    """Show one version: what holds it to its ceilings, and, for an amendment, what it changes."""
    status = more.pop("status", 200)
    hat, today = hat_of(request), local_day(plan.village.regency, clock.now())
    force, others = version_in_force(plan.cycle_id), other_versions(plan)
    base = plan.supersedes if plan.is_amendment and plan.supersedes is not None else plan
    shift = shift_of(base) if base.enacted else None
    items = items_of(plan.id)
    found = compared(plan, items) if plan.is_amendment else None
    typed = {name.removeprefix("alasan-"): str(text) for name, text in request.POST.items()}
    in_force = force is not None and force.id == plan.id
    open_version = next((one for one in others if not one.enacted), None)
    cuts = shown_cuts(items, shift) if shift is not None else []
    context = {
        "plan": plan,
        "today": today,
        "force": force,
        "in_force": in_force,
        "open_version": open_version,
        "shift": shift,
        "cuts": cuts,
        "droppable": droppable(items, cuts, found, typed) if found is not None else [],
        "changes": shown_changes(found, typed) if found is not None else [],
        "may_amend": in_force and open_version is None and allows(hat, "amend", plan),
        "may_work": plan.is_amendment and not plan.enacted and plan.state in EDITABLE and allows(hat, "edit", plan),
        "may_meet": plan.is_amendment and not plan.enacted,
        "grounds": [(row, CERTAINTY_LABELS[row.certainty]) for row in grounds_for("rkpdes", today)],
        "ground": next((row for row in grounds_for("rkpdes", today) if row.value.code == plan.ground), None),
        "typed": request.POST or ground_beforehand(shift),
        "leaving": set(request.POST.getlist("keluar")),
        "paper_subject": f"plan:{plan.id}",
        **more,
    }
    return render(request, "plans/amendment.html", context, status=status)


def ground_beforehand(shift: Shift | None) -> dict[str, str]:
    """Return the form's fields from the letter that moved the ceilings."""
    if shift is None or not shift.replan:
        return {}
    day = shift.letter_date.isoformat() if shift.letter_date is not None else ""
    return {"dasar": CEILING, "nomor": shift.letter_number, "tanggal": day}


@page("plans.read", of=plan_of)
def amendment(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """How the ceilings moved since the plan was set, where the cut line falls, and what an amendment changes."""
    return amendment_page(request, plan)


def refused(request: HttpRequest, plan: RkpdesVersion, error: RembukError) -> HttpResponse:
    if error.status == 403:
        return refusal(request, error)
    problems = [problem.sentence for problem in error.values.get("problems", ())]  # type: ignore[attr-defined]
    return amendment_page(request, plan, status=error.status, error=sentence(error), problems=problems)


@page("plans.amend", of=plan_of, methods=("POST",))
def open_amendment(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Open the next version of the plan in force on a ground."""
    post = request.POST
    try:
        ground = GroundValues(
            post.get("dasar", ""),
            post.get("nomor", ""),
            read_day(post.get("tanggal", ""), "tanggal"),
            post.get("uraian", ""),
            scan_of(request, plan.village_id),
        )
        made = services.open_amendment(plan_id=plan.id, ground=ground, actor=worn(request), at=clock.now())
    except InputError as error:
        return amendment_page(request, plan, status=400, error=_("Tanggal tidak terbaca: %(read)s") % error.values)
    except RembukError as error:
        return refused(request, plan, error)
    messages.success(request, _("RKP Perubahan dibuka dengan semua kegiatan. Versi yang berlaku tetap seperti semula."))
    return redirect("plans:amendment", made.id)


@page("plans.edit", of=plan_of, methods=("POST",))
def save_changes(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Keep the reasons, and take out the activities that are ticked."""
    post = request.POST
    reasons = {name.removeprefix("alasan-"): str(text) for name, text in post.items() if name.startswith("alasan-")}
    try:
        drops = {UUID(key) for key in post.getlist("keluar")}
        services.save_changes(plan_id=plan.id, reasons=reasons, drops=drops, actor=worn(request), at=clock.now())
    except ValueError:
        return amendment_page(request, plan, status=400, error=_("Baris yang dicentang tidak dikenal."))
    except RembukError as error:
        return refused(request, plan, error)
    messages.success(request, _("Perubahan dan alasannya tersimpan."))
    return redirect("plans:amendment", plan.id)


@page("plans.edit", of=plan_of, methods=("POST",))
def restore_item(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Take a dropped activity back."""
    try:
        previous = UUID(request.POST.get("baris", ""))
        services.restore_item(plan_id=plan.id, previous_id=previous, actor=worn(request), at=clock.now())
    except ValueError:
        return redirect("plans:amendment", plan.id)
    except RembukError as error:
        return refused(request, plan, error)
    messages.success(request, _("Kegiatan dikembalikan seperti semula."))
    return redirect("plans:amendment", plan.id)
