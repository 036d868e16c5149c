"""A budget file on its way in: what its rows say, which plan item each is, and one button that stores all of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.budgeting import estimating, incoming, queries, services
from rembuk.budgeting.apb_labels import LINKED, RAB_LINKED, SHEET_COLUMNS, SHEET_KINDS
from rembuk.budgeting.estimating import EstimateChoice
from rembuk.budgeting.incoming import Choice
from rembuk.budgeting.lineage import present_keys
from rembuk.budgeting.models import ApbdesImport
from rembuk.budgeting.views.apbdes import attached, cycle_of, home
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.intake import messages as intake_messages
from rembuk.core.intake.apb import BudgetReading, kind_of, read_budget, read_estimate
from rembuk.core.intake.apb.messages import SENTENCES as APB_SENTENCES
from rembuk.core.intake.apb.messages import sentence as apb_sentence
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesItem
from rembuk.plans.queries import field_of, items_of, version_in_force
from rembuk.shared import clock, files
from rembuk.shared.sheets import Workbook, xlsx_bytes
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

MOST_SHEETS = 60


def import_of(import_id: UUID) -> ApbdesImport:
    return queries.import_by_id(import_id)


def words_of(error: RembukError) -> str:
    """Word a refusal of this room or of the reading of files."""
    if error.code in APB_SENTENCES:
        return apb_sentence(error.code, error.values)
    if error.code in intake_messages.SENTENCES:
        return intake_messages.sentence_of(error)
    return sentence(error)


@page("budgeting.import_apbdes", of=cycle_of, methods=("POST",))
def upload(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Take a budget file in and show what it says; no line is stored yet."""
    given = request.FILES.get("berkas")
    if given is None:
        return home(request, cycle, error=_("Pilih berkas .xlsx atau .csv dulu."), status=400)
    try:
        if (given.size or 0) > settings.MAX_UPLOAD_BYTES:
            megabytes = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise BadInputError("file-too-large", megabytes=megabytes)
        made = services.upload_apbdes(
            cycle_id=cycle.pk, content=given.read(), name=given.name or "", actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return home(request, cycle, error=words_of(error), status=error.status)
    return redirect("budgeting:apbdes_import", import_id=made.pk)


@page("budgeting.import_apbdes", of=import_of, methods=("GET", "POST"))
def batch(request: HttpRequest, found: ApbdesImport) -> HttpResponse:
    """Look at the rows, choose plan items, then store everything at once."""
    if request.method == "GET":
        return show(request, found)
    step, hat, at = request.POST.get("langkah", ""), worn(request), clock.now()
    try:
        if step in ("pilih", "simpan"):
            choices, reasons = said(request)
            if chosen := said_of_estimates(request, found):
                services.choose_estimates(import_id=found.pk, choices=chosen, actor=hat, at=at)
            if choices:
                services.choose_items(import_id=found.pk, choices=choices, reasons=reasons, actor=hat, at=at)
        if step == "simpan":
            return saved(request, found)
        if step == "batal":
            services.drop_apbdes(import_id=found.pk, actor=hat, at=at)
            messages.success(request, _("Berkas tidak jadi dipakai. Tidak ada baris APB yang tersimpan."))
            return redirect("budgeting:apbdes", cycle_id=found.cycle_id)
        if step == "lembar":
            return other_sheet(request, found)
    except RembukError as error:
        return show(request, import_of(found.pk), error=words_of(error), status=error.status)
    return redirect("budgeting:apbdes_import", import_id=found.pk)


def said(request: HttpRequest) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the form says of each row: its plan item, and the reason of an emergency."""
    post = request.POST
    choices = {name.removeprefix("item-"): value for name, value in post.items() if name.startswith("item-")}
    reasons = {name.removeprefix("alasan-"): value for name, value in post.items() if name.startswith("alasan-")}
    return {row: str(value) for row, value in choices.items()}, {row: str(value) for row, value in reasons.items()}


def said_of_estimates(request: HttpRequest, found: ApbdesImport) -> dict[str, str]:
    """Return RAB sheet -> the row that the form says it explains; a field names its sheet by place in the file."""
    names = sheet_names(found)
    return {names[n]: request.POST[f"rab-{n}"] for n in range(len(names)) if f"rab-{n}" in request.POST}


def saved(request: HttpRequest, found: ApbdesImport) -> HttpResponse:
    before = queries.current_version(found.cycle_id)
    version = services.save_apbdes(import_id=found.pk, actor=worn(request), at=clock.now())
    if before is not None and before.pk == version.pk:
        messages.success(request, _("Isi berkas ini sama dengan APB Desa yang tersimpan. Tidak ada yang berubah."))
    else:
        count = version.lines.count()
        loose = version.lines.filter(item__isnull=True).count()
        words = _("%(count)s baris APB Desa tersimpan: %(tied)s terikat ke RKP, %(loose)s darurat tanpa RKP.")
        messages.success(request, words % {"count": count, "tied": count - loose, "loose": loose})
    return redirect("budgeting:difference", cycle_id=found.cycle_id)


def other_sheet(request: HttpRequest, found: ApbdesImport) -> HttpResponse:
    """Take another sheet of the same file instead."""
    name = request.POST.get("lembar", "")
    made = services.upload_apbdes(
        cycle_id=found.cycle_id,
        content=files.read(found.file),
        name=found.file.name,
        sheet=name,
        actor=worn(request),
        at=clock.now(),
    )
    if made.pk != found.pk and found.state == ApbdesImport.State.READ:
        services.drop_apbdes(import_id=found.pk, actor=worn(request), at=clock.now())
    return redirect("budgeting:apbdes_import", import_id=made.pk)


def show(request: HttpRequest, found: ApbdesImport, *, error: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"batch": found, "cycle": found.cycle, "error": error, "tab": "apbdes"}
    try:
        book = incoming.workbook_of(found)
        reading = incoming.reading_of(found)
    except RembukError as refused:
        context["error"] = error or words_of(refused)
        context["sheets"] = sheet_names(found)
        return render(request, "budgeting/apbdes_import.html", context, status=max(status, refused.status))
    plan = version_in_force(found.cycle_id)
    items = items_of(plan.id) if plan is not None else []
    present = present_keys(plan) if plan is not None else {}
    choices = incoming.choices_of(found, reading, items, present)
    incomes = reading.incomes or incoming.incomes_beside(book, found.sheet_name)
    loose = [each for each in choices if not each.settled]
    estimates = estimating.estimate_choices(found, reading, estimating.estimates_beside(book, found.sheet_name))
    context |= {
        "reading": reading,
        "columns": [(letter, SHEET_COLUMNS[name]) for name, letter in reading.columns.items()],
        "sheets": book.names,
        "plan": plan,
        "rows": [row_of(each, items, everything="semua" in request.GET) for each in choices],
        "everything": "semua" in request.GET,
        "loose_count": len(loose),
        "blocks": told(reading, "block"),
        "notes": [*told(reading, "warn"), *told(reading, "note")],
        "estimates": [estimate_row(each, book.names) for each in estimates],
        "estimates_waiting": sum(each.waits for each in estimates),
        "estimate_findings": [one.sentence for one in estimating.line_findings(estimates, reading).values()],
        "not_ours": estimating.NOT_OURS,
        "incomes": incomes,
        "income_total": sum(row.amount for row in incomes if row.kind == "income"),
        "may_save": found.state == ApbdesImport.State.READ and not reading.blocks and not loose and bool(choices),
        "open": found.state == ApbdesImport.State.READ,
    }
    return render(request, "budgeting/apbdes_import.html", context, status=status)


def sheet_names(found: ApbdesImport) -> tuple[str, ...]:
    try:
        return incoming.workbook_of(found).names
    except RembukError:
        return ()


def row_of(each: Choice, items: Sequence[RkpdesItem], *, everything: bool) -> dict[str, Any]:
    """Return a row for the page; where a person chooses, the plan's items of the same bidang, or all of them."""
    line = each.line
    alike = everything or line.field is None
    return {
        "choice": each,
        "line": line,
        "field": f"item-{line.row}",
        "reason_field": f"alasan-{line.row}",
        "how": LINKED[each.how],
        "money": [(source, amount) for source, amount in line.funding],
        "offers": [item for item in each.offers if item != each.item],
        "others": [item for item in items if alike or field_of(item) in (0, line.field)],
    }


def estimate_row(each: EstimateChoice, names: Sequence[str]) -> dict[str, Any]:
    """Return a RAB sheet for the page: what it adds up to, the line it explains, what is wrong with it."""
    return {
        "choice": each,
        "reading": each.reading,
        "field": f"rab-{names.index(each.sheet)}",
        "how": RAB_LINKED[each.how],
        "offers": [line for line in each.offers if line != each.line],
        "problems": each.problems,
    }


def told(reading: BudgetReading, severity: str) -> list[dict[str, Any]]:
    """Return the problems of one severity, a line per row."""
    names = {line.row: line.name for line in reading.lines}
    return [
        {"row": each.row, "cell": each.cell, "name": names.get(each.row, ""), "sentence": each.message}
        for each in reading.problems
        if each.severity == severity
    ]


@page("budgeting.import_apbdes", of=import_of)
def problems(request: HttpRequest, found: ApbdesImport) -> HttpResponse:
    """Every remark on the file as a sheet: row, cell, activity, sentence."""
    try:
        reading = incoming.reading_of(found)
    except RembukError as error:
        return refusal(request, error)
    rows = [
        (each["row"], each["cell"], each["name"], each["sentence"])
        for severity in ("block", "warn", "note")
        for each in told(reading, severity)
    ]
    rows += [(each.row, each.cell, each.label, each.message) for each in reading.disagreements]
    header = (_("baris"), _("sel"), _("kegiatan"), _("catatan"))
    return attached(xlsx_bytes([("Catatan", header, rows)]), "catatan-apb-desa.xlsx")


@page("budgeting.import_apbdes", of=import_of)
def sheets(request: HttpRequest, found: ApbdesImport) -> HttpResponse:
    """Every sheet of the file: what it is, what it adds up to, what it prints, and the cells that disagree."""
    try:
        book = incoming.workbook_of(found)
    except RembukError as error:
        return refusal(request, error)
    context = {
        "batch": found,
        "cycle": found.cycle,
        "tab": "apbdes",
        "rows": [sheet_row(book, name) for name in book.names[:MOST_SHEETS]],
        "back": reverse("budgeting:apbdes_import", args=(found.pk,)),
    }
    return render(request, "budgeting/apbdes_sheets.html", context)


def sheet_row(book: Workbook, name: str) -> dict[str, Any]:
    """Return one line of the check of all sheets."""
    try:
        table = book.table(name)
        kind = kind_of(table)
        if kind == "estimate":
            estimate = read_estimate(table)
            wrong = [each.message for each in estimate.disagreements]
            total, printed = estimate.total, estimate.printed
        elif kind:
            reading = read_budget(table)
            wrong = [each.message for each in reading.disagreements]
            total = reading.total or reading.income_total or reading.financing_total
            printed = max((each.printed for each in reading.sums if each.printed is not None), default=None)
        else:
            return {"name": name, "kind": SHEET_KINDS[""], "total": None, "printed": None, "wrong": []}
    except BadInputError as error:
        return {"name": name, "kind": SHEET_KINDS[""], "total": None, "printed": None, "wrong": [words_of(error)]}
    return {"name": name, "kind": SHEET_KINDS[kind], "total": total, "printed": printed, "wrong": wrong}
