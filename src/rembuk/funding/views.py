"""Pages of ceilings: the list of a place, one village's year, the regency's sheet, the year's Dana Desa rules."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat, Place
from rembuk.core.law.dana_desa import LOCAL_RULES, RULE_PACKS, RulePack, rule_pack
from rembuk.core.permissions import TABLE
from rembuk.funding import services
from rembuk.funding.filters import STATES, CeilingFilter
from rembuk.funding.forms import IssueForm, LetterForm, OwnForm, SheetForm
from rembuk.funding.labels import CERTAINTY_WORDS, source_name
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import CeilingsInForce, ceilings_of_many, history, own_sources, scoped, village_ceilings
from rembuk.funding.sheets import SheetOffer, offer_of, sheet_template, unpack, worded
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import clock, files
from rembuk.shared.models import StoredFile
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class VillageYear:
    """One village and one budget year: what a ceiling page is about."""

    village: Village
    year: int

    @property
    def place(self) -> Place:
        return self.village.place

    @property
    def address(self) -> str:
        return reverse("funding:village", args=(self.village.id, self.year))


def village_year(village: str, year: int) -> VillageYear:
    found = Village.objects.select_related("district", "regency").get(pk=village)
    if not 2000 <= year <= 2100:
        raise ValueError(year)
    return VillageYear(found, year)


@dataclass(frozen=True, slots=True)
class Bar:
    """One source of a village as a bar: widths in percent of the largest source."""

    code: str
    name: str
    amount: int
    earmarked: int
    notes: tuple[str, ...]
    plain_width: str
    hatch_start: str
    hatch_width: str


def bars_of(found: CeilingsInForce) -> list[Bar]:
    """Return a bar per source that has money of either kind, zero included."""
    codes = list(dict.fromkeys([row.source for row in found.rows]))
    bound = {code: sum(found.earmarked.get(code, {}).values()) for code in codes}
    most = max([found.plannable.get(code, 0) + bound[code] for code in codes], default=0) or 1
    bars = []
    for code in codes:
        amount = found.plannable.get(code, 0)
        start = 100 * amount / most
        notes = tuple(dict.fromkeys(row.programme for row in found.rows if row.source == code and row.programme))
        bars.append(
            Bar(
                code=code,
                name=source_name(code),
                amount=amount,
                earmarked=bound[code],
                notes=notes,
                plain_width=f"{start:.2f}",
                hatch_start=f"{start:.2f}",
                hatch_width=f"{100 * bound[code] / most:.2f}",
            )
        )
    return bars


@page("funding.list")
def ceilings(request: HttpRequest) -> HttpResponse:
    """The villages of the hat's place with their ceilings of one year; as CSV with ``?bentuk=csv``."""
    hat = worn(request)
    wanted = CeilingFilter.read(request.GET, clock.today())
    villages = wanted.villages(hat)
    if request.GET.get("bentuk") == "csv":
        return exported(villages, wanted.year)
    shown = Paginator(villages, PAGE_SIZE).get_page(request.GET.get("hal"))
    found = ceilings_of_many([(village.id, wanted.year) for village in shown])
    waiting = scoped(hat.place).filter(budget_year=wanted.year, issued_at__isnull=True).count()
    context = {
        "filter": wanted,
        "states": STATES,
        "districts": sorted({(v.district_id, v.district.name) for v in villages_seen_by(hat)}),
        "page": shown,
        "rows": [(village, found[village.id, wanted.year]) for village in shown],
        "waiting": waiting,
        "may_issue": TABLE.allows(hat, "funding.issue", hat),
        "may_import": TABLE.allows(hat, "funding.import", hat),
        "issue_form": IssueForm(),
    }
    return render(request, "funding/list.html", context)


def exported(villages: Any, year: int) -> HttpResponse:
    """Return exactly the filtered villages as CSV, one row per source in force."""
    listed = list(villages)
    found = ceilings_of_many([(village.id, year) for village in listed])
    header = ("kode desa", "desa", "kecamatan", "tahun", "sumber", "untuk", "program", "jumlah", "jenis", "nomor surat")
    rows = [
        (
            village.code,
            village.name,
            village.district.name,
            year,
            row.source,
            row.earmark,
            row.programme,
            row.amount,
            str(Ceiling.Stage(row.stage).label),
            row.letter_number,
        )
        for village in listed
        for row in found[village.id, year].rows
    ]
    response = HttpResponse(csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pagu-{year}.csv"'
    return response


@page("funding.read", of=village_year)
def village(request: HttpRequest, target: VillageYear) -> HttpResponse:
    """One village's ceilings of one year: in force, waiting, earlier, and the forms for who may fill them."""
    return village_page(request, target)


def village_page(
    request: HttpRequest,
    target: VillageYear,
    *,
    letter: LetterForm | None = None,
    own: OwnForm | None = None,
    error: RembukError | None = None,
) -> HttpResponse:
    hat = worn(request)
    found = village_ceilings(target.village.id, target.year)
    rows = list(history(target.village.id, target.year))
    may = {act: TABLE.allows(hat, f"funding.{act}", target) for act in ("enter_letter", "enter_own", "issue")}
    context = {
        "target": target,
        "village": target.village,
        "year": target.year,
        "found": found,
        "bars": bars_of(found),
        "trail_of": rows[0].pk if rows else None,
        "waiting": [row for row in rows if row.issued_at is None],
        "earlier": [row for row in rows if row.issued_at is not None and not row.in_force],
        "may": may,
        "may_provisional": TABLE.allows(hat, "funding.enter_provisional", target) and not found.stage,
        "letter_form": letter or LetterForm(),
        "own_form": own or OwnForm(sources=own_sources(), initial=own_initial(found)),
        "issue_form": IssueForm(),
        "sentence": sentence(error) if error else "",
        "rules_loaded": rule_pack(target.year) is not None,
    }
    status = error.status if error else (400 if (letter or own) else 200)
    return render(request, "funding/village.html", context, status=status)


def own_initial(found: CeilingsInForce) -> dict[str, int]:
    return {code.lower(): found.plannable[code] for code in own_sources() if code in found.plannable}


@page("funding.enter_letter", of=village_year, methods=("POST",))
def enter_letter(request: HttpRequest, target: VillageYear) -> HttpResponse:
    """Write down a letter's figures for this village."""
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return village_page(request, target, letter=form)
    data = form.cleaned_data
    try:
        file = scan_of(request, worn(request), target.village.id)
        letter = services.Letter(data["letter_number"], data["letter_date"], data["received_date"], file)
        rows = services.enter_ceilings(
            village=target.village,
            budget_year=target.year,
            lines=form.lines(),
            letter=letter,
            stage=data["stage"],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return village_page(request, target, letter=form, error=error)
    messages.success(request, _("%(count)d angka tercatat. Pagu berlaku sesudah diterbitkan.") % {"count": len(rows)})
    return redirect(target.address)


def scan_of(request: HttpRequest, hat: Hat, village_id: str) -> StoredFile | None:
    """Keep the scanned letter of a form, if there is one. Raises: BadInputError."""
    upload = request.FILES.get("file")
    if upload is None or upload.name is None:
        return None
    return files.store(upload, name=upload.name, village_id=village_id, hat=hat, scan=True)


@page("funding.enter_own", of=village_year, methods=("POST",))
def enter_own(request: HttpRequest, target: VillageYear) -> HttpResponse:
    """Write down the village's own estimates."""
    form = OwnForm(request.POST, sources=own_sources())
    if not form.is_valid():
        return village_page(request, target, own=form)
    try:
        services.enter_own(
            village=target.village,
            budget_year=target.year,
            lines=form.lines(),
            basis=form.cleaned_data["basis"],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return village_page(request, target, own=form, error=error)
    messages.success(request, _("Perkiraan desa tersimpan dan langsung berlaku."))
    return redirect(target.address)


@page("funding.enter_provisional", of=village_year, methods=("POST",))
def enter_provisional(request: HttpRequest, target: VillageYear) -> HttpResponse:
    """Let the village plan with its last figures until the letter comes."""
    try:
        services.enter_provisional(village=target.village, budget_year=target.year, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Pagu sementara dipakai sampai surat pagu datang."))
    return redirect(target.address)


@page("funding.issue", of=village_year, methods=("POST",))
def issue(request: HttpRequest, target: VillageYear) -> HttpResponse:
    """Bring into force what waits for this village."""
    return issued(request, target.place, target.year, target.address)


@page("funding.issue", methods=("POST",))
def issue_all(request: HttpRequest, year: int) -> HttpResponse:
    """Bring into force all that waits in the hat's place."""
    return issued(request, worn(request).place, year, f"{reverse('funding:list')}?tahun={year}")


def issued(request: HttpRequest, place: Place, year: int, address: str) -> HttpResponse:
    form = IssueForm(request.POST)
    received = form.cleaned_data["received_date"] if form.is_valid() else None
    try:
        count = services.issue_ceilings(
            place=place, budget_year=year, received_date=received, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    words = ngettext("%(count)d angka pagu diterbitkan.", "%(count)d angka pagu diterbitkan.", count)
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(address)


@page("funding.import", methods=("GET", "POST"))
def sheet(request: HttpRequest) -> HttpResponse:
    """Read a regency's sheet of ceilings and show what would be stored; nothing is stored yet."""
    hat = worn(request)
    initial = {"budget_year": clock.today().year + 1}
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm(initial=initial)
    offer: SheetOffer | None = None
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            offer = offer_of(form, hat, scan_of(request, hat, ""))
        except BadInputError as refused:
            error = refused
    return sheet_page(request, form, offer, error)


def sheet_page(
    request: HttpRequest, form: SheetForm, offer: SheetOffer | None, error: RembukError | None
) -> HttpResponse:
    context = {"form": form, "offer": offer, "sentence": worded(error) if error else ""}
    status = error.status if error else (400 if form.is_bound and not form.is_valid() else 200)
    return render(request, "funding/sheet.html", context, status=status)


@page("funding.import", methods=("POST",))
def sheet_save(request: HttpRequest) -> HttpResponse:
    """Store what was shown. The rows travel in the page, signed for this person."""
    hat = worn(request)
    try:
        offer = unpack(request.POST.get("isi", ""), hat)
        stored = services.enter_many(
            figures=offer.figures(hat),
            budget_year=offer.budget_year,
            letter=offer.letter(),
            stage=offer.stage,
            actor=hat,
            at=clock.now(),
        )
    except RembukError as error:
        return refusal(request, error)
    count = sum(len(rows) for rows in stored.values())
    words = _("%(count)d angka untuk %(villages)d desa tercatat. Pagu berlaku sesudah diterbitkan.")
    messages.success(request, words % {"count": count, "villages": len(stored)})
    return redirect(f"{reverse('funding:list')}?tahun={offer.budget_year}")


@page("funding.import")
def sheet_example(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the villages of the hat, to be filled and sent back."""
    content = sheet_template(worn(request))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="pagu-contoh.xlsx"'
    return response


@page("funding.read_rules")
def rules(request: HttpRequest, year: int) -> HttpResponse:
    """The Dana Desa rules of one budget year, or that they are not loaded."""
    pack: RulePack | None = rule_pack(year)
    local = [rule for rule in LOCAL_RULES if rule.regency == worn(request).place.regency and rule.from_year <= year]
    context = {
        "year": year,
        "pack": pack,
        "rows": [(row, CERTAINTY_WORDS[row.certainty]) for row in pack.rows] if pack else [],
        "local": [(row, CERTAINTY_WORDS[row.certainty]) for row in local],
        "years": sorted({*RULE_PACKS, clock.today().year + 1}),
    }
    return render(request, "funding/rules.html", context)
