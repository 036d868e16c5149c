"""The DU-RKP of a cycle (F32): its rows with what they lack, the letter upward, the answers that came back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.deadlines import DEADLINES, due_in_year
from rembuk.core.money import format_amount
from rembuk.core.workflow.du_states import ANSWERS, EDITABLE, REASONS, DuState
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.plans import services, sheets
from rembuk.plans.du_list import completeness
from rembuk.plans.labels import DU_ANSWERS, DU_CHIPS, DU_STATES
from rembuk.plans.models import DuRkpdesItem, DuTransmittal
from rembuk.plans.permissions import allows
from rembuk.plans.services import DuAnswer, DuLetter, DuValues
from rembuk.plans.typed import InputError, Problem, read_code, read_day, read_money, read_text
from rembuk.plans.views.finding import cycle_of, du_item_of, transmittal_of
from rembuk.plans.views.perdes import scan_of
from rembuk.proposals.models import Proposal
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

DU_FIELDS = {
    "name": 300,
    "reason": 2000,
    "location": 200,
    "volume_text": 80,
    "schedule": 60,
    "proposed_source": 60,
    "destination": 60,
}
DU_TICKS = ("has_design", "land_ready")


@page("plans.read", of=cycle_of)
def du(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """What the village asks of the regency, the province or the centre."""
    return du_page(request, cycle)


def du_page(request: HttpRequest, cycle: Cycle, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    rows = list(DuRkpdesItem.objects.filter(cycle=cycle).select_related("proposal").order_by("order", "id"))
    waiting = Proposal.objects.filter(cycle=cycle, state="forwarded", du_item__isnull=True).count()
    wanted = more.pop("edited", request.GET.get("ubah", ""))
    edited = next((row for row in rows if str(row.id) == wanted and DuState(row.state) in EDITABLE), None)
    hat, states = hat_of(request), {row.state for row in rows}
    context = {
        "cycle": cycle,
        "rows": [shown_row(row) for row in rows],
        "total": sum(row.cost or 0 for row in rows),
        "waiting": waiting,
        "edited": edited,
        "typed": more.pop("typed", None) or (du_typed(edited) if edited is not None else {}),
        "may_edit": allows(hat, "edit_du", cycle),
        "may_agree": DuState.DRAFT in states and allows(hat, "agree_du", cycle),
        "may_reopen": DuState.AGREED_VILLAGE in states and allows(hat, "agree_du", cycle),
        "may_submit": bool(states & {DuState.AGREED_VILLAGE, DuState.RETURNED}) and allows(hat, "submit_du", cycle),
        "may_receive": allows(hat, "submit_du", cycle),
        "may_answer": allows(hat, "answer_du", cycle),
        "transmittals": list(DuTransmittal.objects.filter(cycle=cycle).select_related("file")),
        "answers": [(event.value, DU_ANSWERS[event.value]) for event in ANSWERS],
        "reasons": REASONS.items(),
        "today": local_day(cycle.village.regency, clock.now()),
        "sent_due": due_in_year("D11", cycle.plan_year),
        "answer_due": due_in_year("D12", cycle.plan_year),
        "law": DEADLINES["D11"].source,
        "posted": request.POST,
        "paper_subject": f"cycle:{cycle.pk}",
        **more,
    }
    return render(request, "plans/du.html", context, status=status)


def shown_row(row: DuRkpdesItem) -> dict[str, Any]:
    """Return a need with its state in words and what it lacks."""
    state, found = DuState(row.state), completeness(row)
    return {
        "row": row,
        "marks": _("%(met)d dari %(total)d") % {"met": found.met, "total": found.total},
        "state": DU_STATES[row.state],
        "chip": DU_CHIPS[row.state],
        "done": found,
        "editable": state in EDITABLE,
        "removable": state is DuState.DRAFT,
        "answerable": state is DuState.SUBMITTED_CAMAT,
        "reason": REASONS.get(row.answer_code, ""),
    }


def du_typed(row: DuRkpdesItem) -> dict[str, str]:
    typed = {name: str(getattr(row, name)) for name in (*DU_FIELDS, "activity_code")}
    ticks = {name: "1" for name in DU_TICKS if getattr(row, name)}
    return {**typed, **ticks, "cost": "" if row.cost is None else format_amount(row.cost)}


@page("plans.edit_du", of=cycle_of, methods=("POST",))
def take_forwarded(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Put the forwarded proposals into the DU-RKP."""
    try:
        made = services.take_forwarded(cycle_id=cycle.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("%(count)s usulan masuk DU-RKP.") % {"count": len(made)})
    return redirect("plans:du", cycle.id)


@page("plans.edit_du", of=cycle_of, methods=("POST",))
def save_du(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Make a row of the DU-RKP or change one."""
    post = request.POST
    typed = {name: post.get(name, "") for name in (*DU_FIELDS, "activity_code", "cost")}
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for name, text in typed.items():
        try:
            if name == "cost":
                read[name] = read_money(text) if text.strip() else None
            else:
                read[name] = read_code(text) if name == "activity_code" else read_text(text, DU_FIELDS[name])
        except InputError as problem:
            problems.append(Problem("amount" if name == "cost" else name, problem.code, problem.values))
    if problems:
        said = [problem.sentence for problem in problems]
        return du_page(request, cycle, status=400, typed=typed, problems=said)
    version = post.get("versi", "0")
    ticks = {name: post.get(name) == "1" for name in DU_TICKS}
    try:
        services.save_du_item(
            cycle_id=cycle.id,
            item_id=UUID(post["baris"]) if post.get("baris") else None,
            values=DuValues(**{**read, **ticks}),
            version=int(version) if version.isdigit() else 0,
            actor=worn(request),
            at=clock.now(),
        )
    except ValueError:
        return redirect("plans:du", cycle.id)
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        kept = {**typed, **{name: "1" for name, ticked in ticks.items() if ticked}}
        return du_page(
            request, cycle, status=error.status, typed=kept, edited=post.get("baris", ""), error=sheets.worded(error)
        )
    messages.success(request, _("Baris DU-RKP tersimpan."))
    return redirect("plans:du", cycle.id)


@page("plans.edit_du", of=du_item_of, methods=("POST",))
def remove_du(request: HttpRequest, row: DuRkpdesItem) -> HttpResponse:
    """Take a row out of the DU-RKP."""
    try:
        services.remove_du_item(item_id=row.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return du_page(request, row.cycle, status=error.status, error=sheets.worded(error))
    messages.success(request, _("Baris “%(name)s” dikeluarkan dari DU-RKP.") % {"name": row.name})
    return redirect("plans:du", row.cycle_id)


# The way upward


def done(request: HttpRequest, cycle: Cycle, do: Any, told: str) -> HttpResponse:
    """Do one step of the list; a refusal is shown on the page and what was typed stays."""
    try:
        do()
    except InputError as error:
        return du_page(request, cycle, status=400, error=Problem("amount", error.code, error.values).sentence)
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        return du_page(request, cycle, status=error.status, error=sheets.worded(error))
    messages.success(request, told)
    return redirect("plans:du", cycle.id)


def letter_of(request: HttpRequest, cycle: Cycle) -> DuLetter:
    return DuLetter(
        request.POST.get("nomor", ""),
        read_day(request.POST.get("tanggal", ""), "tanggal"),
        scan_of(request, cycle.village_id),
    )


@page("plans.agree_du", of=cycle_of, methods=("POST",))
def agree_du(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Record that the village agreed to send the drafted needs."""

    def do() -> object:
        minutes = letter_of(request, cycle)
        return services.agree_du(cycle_id=cycle.id, minutes=minutes, actor=worn(request), at=clock.now())

    return done(request, cycle, do, _("Kesepakatan DU-RKP tercatat."))


@page("plans.agree_du", of=cycle_of, methods=("POST",))
def reopen_du(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Take agreed needs back into the draft."""
    return done(
        request,
        cycle,
        lambda: services.reopen_du(cycle_id=cycle.id, actor=worn(request), at=clock.now()),
        _("Daftar dibuka lagi untuk diubah."),
    )


@page("plans.submit_du", of=cycle_of, methods=("POST",))
def submit_du(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Record the letter by which the list goes upward through the Camat."""

    def do() -> object:
        letter = letter_of(request, cycle)
        return services.submit_du(cycle_id=cycle.id, letter=letter, actor=worn(request), at=clock.now())

    return done(request, cycle, do, _("DU-RKP dicatat terkirim lewat Camat."))


@page("plans.submit_du", of=transmittal_of, methods=("POST",))
def receive_du(request: HttpRequest, transmittal: DuTransmittal) -> HttpResponse:
    """Record the day on the receipt."""

    def do() -> object:
        on = read_day(request.POST.get("tanggal", ""), "tanggal")
        return services.receive_du(transmittal_id=transmittal.id, on=on, actor=worn(request), at=clock.now())

    return done(request, transmittal.cycle, do, _("Tanda terima tercatat."))


@page("plans.answer_du", of=du_item_of, methods=("POST",))
def answer_du(request: HttpRequest, row: DuRkpdesItem) -> HttpResponse:
    """Record what a letter from above says of one need."""
    post = request.POST

    def do() -> object:
        year = post.get("tahun", "")
        answer = DuAnswer(
            event=post.get("jawaban", ""),
            letter=letter_of(request, row.cycle),
            code=post.get("sebab", ""),
            text=post.get("alasan", ""),
            amount=read_money(post["pagu"]) if post.get("pagu", "").strip() else None,
            year=int(year) if year.isdigit() and 2000 <= int(year) <= 2100 else None,
        )
        return services.answer_du(item_id=row.id, answer=answer, actor=worn(request), at=clock.now())

    return done(request, row.cycle, do, _("Jawaban tercatat."))
