"""One work: what was promised, paid and built, with its forms; a refusal keeps what was typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah, format_amount
from rembuk.core.works import over_budget, spent_by_source
from rembuk.core.works.closing import MARKS
from rembuk.core.works.spending import Spent
from rembuk.cycles.calendar import local_day
from rembuk.proposals.labels import PHOTO_VERDICTS
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence
from rembuk.works import queries, services
from rembuk.works.labels import STATE_CHIPS, STATES
from rembuk.works.models import Obstacle, Payment, Work
from rembuk.works.permissions import allows
from rembuk.works.services import (
    ClosingValues,
    ContractValues,
    ObstacleValues,
    PaymentValues,
    ProgressValues,
    Uploaded,
)
from rembuk.works.views.finding import PaymentTarget, payment_of, work_of

ACTS = ("edit", "pay", "report", "obstacle", "close", "maintain", "look_photo")


@page("works.read", of=work_of)
def work(request: HttpRequest, found: Work) -> HttpResponse:
    """A work with everything that is known of it."""
    return show(request, found)


def show(
    request: HttpRequest,
    found: Work,
    *,
    error: RembukError | None = None,
    form: str = "",
    status: int = 200,
) -> HttpResponse:
    hat, today = hat_of(request), local_day(found.village.regency, clock.now())
    payments = queries.payments_of(found.pk)
    state = queries.state_of(found, today)
    reports = queries.progress_of(found.pk)
    typed = request.POST.dict() if error is not None else {}
    context: dict[str, Any] = {
        "work": found,
        "cycle": found.cycle,
        "tab": "pelaksanaan",
        "state": STATES[state],
        "chip": STATE_CHIPS[state],
        "today": today,
        "payments": payments,
        **money_of(queries.budget_of(found), payments),
        "reports": reports,
        "marks": [(mark, photo_at(reports, mark)) for mark in MARKS],
        "obstacles": queries.obstacles_of(found.pk),
        "kinds": Obstacle.Kind.choices,
        "missing": services.missing_of(found) if not found.closed else [],
        "contract": typed if form == "edit" else contract_typed(found),
        "typed": typed,
        "form": form,
        "key": typed.get("kunci") or str(uuid4()),
        "error": sentence(error) if error is not None else "",
        "photo_verdicts": PHOTO_VERDICTS.items(),
        "findings": getattr(error, "findings", ()),
        **{f"may_{act}": allows(hat, act, found) for act in ACTS},
    }
    return render(request, "works/work.html", context, status=status)


def money_of(budget: Mapping[str, Rupiah], payments: Sequence[Payment]) -> dict[str, Any]:
    """Return what the page says of money; struck payments count no more."""
    standing = [Spent(row.source, Rupiah(row.amount)) for row in payments if row.struck_at is None]
    spent = spent_by_source(standing)
    return {
        "money": money_rows(budget, spent),
        "budget_total": sum(budget.values()),
        "spent_total": sum(spent.values()),
        "over": over_budget(spent, budget),
        "sources": list(budget) if budget and "" not in budget else list(funding_sources()),
    }


def money_rows(budget: Mapping[str, int], spent: Mapping[str, int]) -> list[tuple[str, int | None, int]]:
    """Return (source, budgeted, paid); untold sources of the budget stand in a row of their own."""
    return [(source, budget.get(source), spent.get(source, 0)) for source in dict.fromkeys([*budget, *spent])]


def photo_at(reports: list[Any], mark: int) -> Any:
    return next((row for row in reversed(reports) if row.percent == mark and row.photo_id), None)


def contract_typed(found: Work) -> dict[str, str]:
    amount = found.contract_amount
    return {
        "implementer": found.implementer,
        "contract_number": found.contract_number,
        "contract_date": found.contract_date.isoformat() if found.contract_date else "",
        "contract_amount": "" if amount is None else format_amount(amount),
        "start_date": found.start_date.isoformat() if found.start_date else "",
        "due_date": found.due_date.isoformat() if found.due_date else "",
        "versi": str(found.version),
    }


def done(request: HttpRequest, found: Work, form: str, words: str, act: Callable[[Hat, Any], object]) -> HttpResponse:
    """Run one act; a refusal shows the page again with what was typed."""
    try:
        act(worn(request), clock.now())
    except RembukError as error:
        return show(request, work_of(found.pk), error=error, form=form, status=error.status)
    messages.success(request, words)
    return redirect("works:work", work_id=found.pk)


def uploaded(request: HttpRequest, name: str) -> Uploaded | None:
    given = request.FILES.get(name)
    return Uploaded(given, given.name or "berkas") if given is not None else None


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form was made with, so that a double press stores once."""
    try:
        return UUID(request.POST.get("kunci", ""))
    except ValueError:
        return uuid4()


@page("works.edit", of=work_of, methods=("POST",))
def edit(request: HttpRequest, found: Work) -> HttpResponse:
    """Write down who carries it out and by when."""
    names = ContractValues.__dataclass_fields__
    values = ContractValues(**{name: request.POST.get(name, "") for name in names})
    text = request.POST.get("versi", "")
    version = int(text) if text.isascii() and text.isdigit() else 0

    def act(hat: Hat, at: Any) -> object:
        return services.edit_work(work_id=found.pk, version=version, values=values, actor=hat, at=at)

    return done(request, found, "edit", _("Pelaksana dan jadwal tersimpan."), act)


@page("works.pay", of=work_of, methods=("POST",))
def pay(request: HttpRequest, found: Work) -> HttpResponse:
    """Record a payment."""
    post, key = request.POST, key_of(request)
    values = PaymentValues(
        paid_date=post.get("tanggal", ""),
        source=post.get("sumber", ""),
        amount=post.get("jumlah", ""),
        note=post.get("keterangan", ""),
        receipt_number=post.get("bukti", ""),
        file=uploaded(request, "berkas"),
    )

    def act(hat: Hat, at: Any) -> object:
        return services.pay(work_id=found.pk, payment_id=key, values=values, actor=hat, at=at)

    return done(request, found, "pay", _("Realisasi tercatat."), act)


@page("works.pay", of=payment_of, methods=("POST",))
def strike(request: HttpRequest, target: PaymentTarget) -> HttpResponse:
    """Strike a wrong payment, with the reason."""
    payment: Payment = target.payment

    def act(hat: Hat, at: Any) -> object:
        return services.strike_payment(payment_id=payment.pk, reason=request.POST.get("alasan", ""), actor=hat, at=at)

    return done(request, payment.work, "strike", _("Pembayaran dicoret; catatannya tetap terbaca."), act)


@page("works.report", of=work_of, methods=("POST",))
def report(request: HttpRequest, found: Work) -> HttpResponse:
    """Record progress with its photo."""
    post, key = request.POST, key_of(request)
    values = ProgressValues(
        seen_date=post.get("tanggal", ""),
        percent=post.get("persen", ""),
        note=post.get("catatan", ""),
        done_volume=post.get("volume", ""),
        photo=uploaded(request, "foto"),
    )

    def act(hat: Hat, at: Any) -> object:
        return services.report(work_id=found.pk, progress_id=key, values=values, actor=hat, at=at)

    return done(request, found, "report", _("Kemajuan tercatat."), act)


@page("works.obstacle", of=work_of, methods=("POST",))
def obstacle(request: HttpRequest, found: Work) -> HttpResponse:
    """Write down an obstacle, or that one is solved."""
    post, key = request.POST, key_of(request)
    values = ObstacleValues(
        noted_date=post.get("tanggal", ""),
        kind=post.get("jenis", ""),
        text=post.get("kendala", ""),
        delay_days=post.get("hari", ""),
        follow_up=post.get("tindak", ""),
        solved_date=post.get("teratasi", ""),
    )

    def act(hat: Hat, at: Any) -> object:
        return services.note_obstacle(work_id=found.pk, obstacle_id=key, values=values, actor=hat, at=at)

    return done(request, found, "obstacle", _("Kendala tercatat."), act)


@page("works.close", of=work_of, methods=("POST",))
def close(request: HttpRequest, found: Work) -> HttpResponse:
    """Close the work with its hand-over minutes."""
    post = request.POST
    values = ClosingValues(
        minutes_number=post.get("nomor", ""),
        minutes_date=post.get("tanggal", ""),
        keeper=post.get("pengelola", ""),
        asset_note=post.get("aset", ""),
        done_volume=post.get("volume", ""),
        stopped_reason=post.get("berhenti", ""),
        file=uploaded(request, "berkas"),
    )

    def act(hat: Hat, at: Any) -> object:
        return services.close_work(work_id=found.pk, values=values, actor=hat, at=at)

    return done(request, found, "close", _("Pekerjaan ditutup dan diserahkan."), act)


@page("works.maintain", of=work_of, methods=("POST",))
def maintain(request: HttpRequest, found: Work) -> HttpResponse:
    """Offer the asset's upkeep to the next plan, as a draft proposal."""
    post = request.POST

    def act(hat: Hat, at: Any) -> object:
        return services.offer_maintenance(
            work_id=found.pk, cost=post.get("biaya", ""), text=post.get("usulan", ""), actor=hat, at=at
        )

    return done(request, found, "maintain", _("Usulan pemeliharaan dibuat sebagai draf. Periksa, lalu kirim."), act)
