"""Money planned and paid, and what was done beside it; payments and links of an activity."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.programme_money import Beside
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.labels import KINDS, SOURCES
from rembuk.guidance.programme.models import GuidancePlan, PlanActivity, Realisation
from rembuk.guidance.programme.queries.money import PlanMoney
from rembuk.guidance.programme.services import PaymentValues
from rembuk.guidance.programme.views.activities import show
from rembuk.guidance.programme.views.finding import activity_of, attachment, key_of, may, payment_of, plan_of
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.sheets.writing import Cell
from rembuk.shared.web import page, worn

QUARTERS = ("I", "II", "III", "IV")
Line = tuple[str, Beside]


@page("programme.money", of=plan_of)
def money(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Planned beside paid and done: by activity, source, kecamatan and quarter."""
    told = queries.money_of_plan(found)
    activities = list(queries.activities_of(found))
    counts = queries.counts_of(found, activities)
    beside = {row.key: row for row in told.money.activities}
    gone = set(beside) - {str(row.pk) for row in activities}
    context: dict[str, Any] = {
        "plan": found,
        "may": may(worn(request), found),
        "money": told.money,
        "rows": [
            {
                "activity": row,
                "kind": KINDS[row.kind],
                "beside": beside.get(str(row.pk), Beside(str(row.pk), 0, 0)),
                "counts": counts[row.pk],
                "unplanned": [SOURCES[source] for key, source in sorted(told.unplanned) if key == str(row.pk)],
            }
            for row in activities
        ],
        "removed": [(_("kegiatan yang dihapus dalam revisi"), beside[key]) for key in sorted(gone)],
        "sources": named_sources(told),
        "districts": named_districts(told),
        "quarters": list(zip(QUARTERS, told.money.quarters, strict=True)),
        "used": queries.budget_used(found.regency_id, found.year) if found.version_no else None,
    }
    return render(request, "programme/money.html", context)


def named_sources(told: PlanMoney) -> list[Line]:
    return [(str(SOURCES.get(row.key, row.key)), row) for row in told.money.sources]


def named_districts(told: PlanMoney) -> list[Line]:
    lines = [(told.districts.get(row.key, _("tanpa desa sasaran")), row) for row in told.money.districts]
    return sorted(lines, key=lambda line: (not line[1].key, line[0]))


@page("programme.money", of=plan_of)
def export(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """The money as a workbook: a sheet each for activities, sources, kecamatan, quarters."""
    told = queries.money_of_plan(found)
    head = [_("Rencana (Rp)"), _("Realisasi (Rp)"), _("Sisa (Rp)"), _("Lebih (Rp)")]

    def rows(lines: list[Line]) -> list[list[Cell]]:
        return [[name, row.planned, row.paid, row.left, row.over] for name, row in lines]

    activities = [(told.titles.get(row.key, _("kegiatan yang dihapus")), row) for row in told.money.activities]
    quarters: list[list[Cell]] = [[name, paid] for name, paid in zip(QUARTERS, told.money.quarters, strict=True)]
    data = xlsx_bytes(
        [
            ("Kegiatan", [_("Kegiatan"), *head], rows(activities)),
            ("Sumber", [_("Sumber dana"), *head], rows(named_sources(told))),
            ("Kecamatan", [_("Kecamatan"), *head], rows(named_districts(told))),
            ("Triwulan", [_("Triwulan"), _("Realisasi (Rp)")], quarters),
        ]
    )
    return attachment(data, XLSX, f"realisasi-pembinaan-{found.year}.xlsx")


@page("programme.pay", of=activity_of, methods=("POST",))
def pay(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Write a payment down."""
    post, file = request.POST, request.FILES.get("berkas")
    values = PaymentValues(
        day=post.get("tanggal", ""),
        amount=post.get("jumlah", ""),
        source=post.get("sumber", ""),
        number=post.get("nomor", ""),
        note=post.get("keterangan", ""),
        district=post.get("kecamatan", ""),
        file=file,
        file_name=file.name or "" if file else "",
    )
    try:
        services.pay(
            payment_id=key_of(request), activity_id=found.pk, values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, found, error, "pay")
    messages.success(request, _("Realisasi tersimpan."))
    return redirect("programme:activity", found.pk)


@page("programme.pay", of=payment_of, methods=("POST",))
def withdraw(request: HttpRequest, found: Realisation) -> HttpResponse:
    """Take a payment back that was entered by mistake."""
    reason = request.POST.get("alasan", "")
    try:
        services.withdraw_payment(payment_id=found.pk, reason=reason, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, activity_of(found.activity_id), error, f"withdraw-{found.pk}")
    messages.success(request, _("Realisasi dibatalkan; barisnya tetap terbaca dan tidak dihitung lagi."))
    return redirect("programme:activity", found.activity_id)


@page("programme.pay", of=activity_of, methods=("POST",))
def link(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Let a record of another room count for the activity."""
    value = request.POST.get("kaitan", "")
    try:
        services.link(activity_id=found.pk, value=value, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, found, error, "link")
    messages.success(request, _("Kaitan tersimpan; capaiannya dihitung dari catatan itu."))
    return redirect("programme:activity", found.pk)


@page("programme.pay", of=activity_of, methods=("POST",))
def unlink(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Let a record count no more."""
    try:
        key = UUID(request.POST.get("kaitan", ""))
    except ValueError:
        return redirect("programme:activity", found.pk)
    services.unlink(activity_id=found.pk, link_id=key, actor=worn(request), at=clock.now())
    messages.success(request, _("Kaitan dilepas."))
    return redirect("programme:activity", found.pk)
