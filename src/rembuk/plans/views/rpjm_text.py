"""What the team writes of the RPJM Desa: the texts of its document (F18) and of its Perdes, the expected income."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.documents.legal_basis import RPJM_PERDES_BASIS
from rembuk.core.documents.rpjm_chapters import CHAPTERS, SECTIONS
from rembuk.core.documents.rpjm_income import INCOME_SOURCES, Income, sum_of_all, sum_of_source, sum_of_year
from rembuk.core.errors import RembukError, StaleError
from rembuk.core.lists import funding_sources
from rembuk.core.money import format_amount
from rembuk.core.workflow.plan_states import EDITABLE, PlanState
from rembuk.plans.considerations import usual_rpjm_considerations
from rembuk.plans.models import Rpjmdes
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_income import income_of, known_incomes, offered
from rembuk.plans.rpjm_labels import SECTION_NAMES, text_problem
from rembuk.plans.services.perdes import TEXT_LISTS
from rembuk.plans.services.rpjm_text import save_rpjm_income, save_rpjm_perdes_text, save_rpjm_text
from rembuk.plans.views.rpjm_finding import rpjm_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

VISION, MISSION = "vision", "mission"


def may_write(request: HttpRequest, rpjmdes: Rpjmdes) -> bool:
    """Return whether texts and income are open to the hat, as the matrix is."""
    return rpjmdes.in_work and PlanState(rpjmdes.state) in EDITABLE and allows(hat_of(request), "edit", rpjmdes)


def shown(request: HttpRequest, rpjmdes: Rpjmdes, template: str, status: int, more: Mapping[str, Any]) -> HttpResponse:
    context = {
        "rpjmdes": rpjmdes,
        "cycle": rpjmdes.cycle,
        "village": rpjmdes.village,
        "version": rpjmdes.version,
        "paper_subject": f"rpjm:{rpjmdes.id}",
        **more,
    }
    return render(request, template, context, status=status)


def version_sent(request: HttpRequest) -> int:
    text = request.POST.get("versi", "")
    return int(text) if text.isdigit() else 0


def kept(
    request: HttpRequest, rpjmdes: Rpjmdes, do: Callable[[], object], again: Callable[..., HttpResponse], told: str
) -> HttpResponse | None:
    """Save; answer with the same page where it is refused, so that what was typed stays. None: it is saved."""
    try:
        do()
    except StaleError as error:
        return again(request, rpjmdes, status=409, error=sentence(error), version=error.values["version"])
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        found: Any = error.values.get("problems", ())
        problems = [("", text_problem(problem)) for problem in found]
        return again(
            request, rpjmdes, status=error.status, error="" if problems else sentence(error), problems=problems
        )
    messages.success(request, told)
    return None


# The document


def text_page(request: HttpRequest, rpjmdes: Rpjmdes, status: int = 200, **more: Any) -> HttpResponse:
    typed = request.POST if request.method == "POST" else texts_of(rpjmdes)
    chapters = []
    for number, title in CHAPTERS:
        own = [section.key for section in SECTIONS.values() if section.chapter == number]
        keys = [VISION, MISSION, *own] if number == "III" else own
        chapters.append((number, title, [(key, SECTION_NAMES[key], typed.get(key, "")) for key in keys]))
    context = {
        "chapters": chapters,
        "editable": may_write(request, rpjmdes),
        "empty": sum(1 for key, section in SECTIONS.items() if section.asked and not rpjmdes.text_data.get(key)),
        **more,
    }
    return shown(request, rpjmdes, "plans/rpjm_text.html", status, context)


def texts_of(rpjmdes: Rpjmdes) -> dict[str, str]:
    """Return the texts as they are typed."""
    written = {key: "\n\n".join(rpjmdes.text_data.get(key, ())) for key in SECTIONS}
    return {VISION: rpjmdes.vision, MISSION: rpjmdes.mission, **written}


@page("plans.read", of=rpjm_of)
def text(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The texts of the RPJM Desa, chapter by chapter."""
    return text_page(request, rpjmdes)


@page("plans.edit", of=rpjm_of, methods=("POST",))
def save_text(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Keep the texts as a whole."""
    post = request.POST

    def do() -> object:
        return save_rpjm_text(
            rpjmdes_id=rpjmdes.id,
            vision=post.get(VISION, ""),
            mission=post.get(MISSION, ""),
            sections={key: post.get(key, "") for key in SECTIONS},
            version=version_sent(request),
            actor=worn(request),
            at=clock.now(),
        )

    refused = kept(request, rpjmdes, do, text_page, _("Naskah tersimpan."))
    return refused or redirect("plans:rpjm_text", rpjmdes.cycle_id)


# The income


def income_page(request: HttpRequest, rpjmdes: Rpjmdes, status: int = 200, **more: Any) -> HttpResponse:
    typed, editable = more.pop("typed", None), may_write(request, rpjmdes)
    written = income_of(rpjmdes)
    if typed is None:
        typed = typed_income(request, rpjmdes) if request.method == "POST" else texts_of_income(written)
    offers = offered(known_incomes(rpjmdes.village_id), rpjmdes.period) if editable else {}
    names = funding_sources()
    rows = []
    for code, short in INCOME_SOURCES.items():
        cells = [(year, f"{code}-{year}", typed.get((year, code), "")) for year in rpjmdes.period]
        known = offers.get((rpjmdes.end_year, code))
        rows.append((short, names[code].name, cells, sum_of_source(written, code), known))
    context = {
        "rows": rows,
        "by_year": [sum_of_year(written, year) for year in rpjmdes.period],
        "total": sum_of_all(written) if written else None,
        "editable": editable,
        "may_offer": bool(offers),
        **more,
    }
    return shown(request, rpjmdes, "plans/rpjm_income.html", status, context)


def texts_of_income(written: Income) -> dict[tuple[int, str], str]:
    return {(year, code): format_amount(amount) for year, row in written.items() for code, amount in row.items()}


def typed_income(request: HttpRequest, rpjmdes: Rpjmdes) -> dict[tuple[int, str], str]:
    """Return (year, source) -> what stands in the cell."""
    return {(year, code): request.POST.get(f"{code}-{year}", "") for year in rpjmdes.period for code in INCOME_SOURCES}


@page("plans.read", of=rpjm_of)
def income(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """What the village expects of each source in each year."""
    return income_page(request, rpjmdes)


@page("plans.edit", of=rpjm_of, methods=("POST",))
def save_income(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Keep the figures; or write what is known into the empty cells and show them, kept only by a second press."""
    typed = typed_income(request, rpjmdes)
    if request.POST.get("isi") == "1":
        offers = offered(known_incomes(rpjmdes.village_id), rpjmdes.period)
        filled = {
            key: format_amount(offers[key].amount)
            for key, words in typed.items()
            if not words.strip() and key in offers
        }
        told = _("%(n)d sel kosong diisi dari angka yang diketahui. Periksa, ubah, lalu simpan.") % {"n": len(filled)}
        return income_page(request, rpjmdes, typed={**typed, **filled}, told=told, version=version_sent(request))

    def do() -> object:
        return save_rpjm_income(
            rpjmdes_id=rpjmdes.id, typed=typed, version=version_sent(request), actor=worn(request), at=clock.now()
        )

    refused = kept(request, rpjmdes, do, income_page, _("Proyeksi pendapatan tersimpan."))
    return refused or redirect("plans:rpjm_income", rpjmdes.cycle_id)


# The texts of the Perdes


def perdes_text_page(request: HttpRequest, rpjmdes: Rpjmdes, status: int = 200, **more: Any) -> HttpResponse:
    typed: Mapping[str, str] = {name: "\n".join(rpjmdes.perdes_data.get(name, ())) for name in TEXT_LISTS}
    context = {
        "typed": request.POST if request.method == "POST" else typed,
        "default_considerations": usual_rpjm_considerations(rpjmdes),
        "default_basis": RPJM_PERDES_BASIS,
        "editable": rpjmdes.in_work and allows(hat_of(request), "edit_perdes", rpjmdes),
        **more,
    }
    return shown(request, rpjmdes, "plans/rpjm_perdes_text.html", status, context)


@page("plans.read", of=rpjm_of)
def perdes_text(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """What the Perdes weighs and rests on."""
    return perdes_text_page(request, rpjmdes)


@page("plans.edit_perdes", of=rpjm_of, methods=("POST",))
def save_perdes_text(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Keep the texts of the Perdes; an empty list is the usual one."""

    def do() -> object:
        return save_rpjm_perdes_text(
            rpjmdes_id=rpjmdes.id,
            lists={name: request.POST.get(name, "").splitlines() for name in TEXT_LISTS},
            version=version_sent(request),
            actor=worn(request),
            at=clock.now(),
        )

    refused = kept(request, rpjmdes, do, perdes_text_page, _("Naskah Perdes tersimpan."))
    return refused or redirect("plans:rpjm_perdes_text", rpjmdes.cycle_id)
