"""The Perdes of a plan: its stepper with clocks, what is recorded step by step, its texts (F19), the regency's rule."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.documents.legal_basis import PERDES_BASIS
from rembuk.core.errors import RembukError, StaleError
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.law.deadlines import DEADLINES
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState
from rembuk.cycles.calendar import local_day
from rembuk.plans import services
from rembuk.plans.considerations import usual_considerations
from rembuk.plans.labels import PERDES_EVENTS
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.paper_values import CHAPTERS
from rembuk.plans.perdes_rules import silence_clears
from rembuk.plans.perdes_way import Way, shown_way
from rembuk.plans.permissions import allows
from rembuk.plans.queries import days_of, perdes_steps_of
from rembuk.plans.services.perdes import NARRATIVE
from rembuk.plans.views.finding import plan_of, regency_of
from rembuk.plans.views.grid import with_links
from rembuk.plans.views.stepping import day_of, ended
from rembuk.plans.views.steps import act
from rembuk.regions.models import Regency
from rembuk.shared import clock, files
from rembuk.shared.models import StoredFile
from rembuk.shared.people import names
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

_E = PerdesEvent
ROUTES = {
    _E.DELIVER: ("deliver", "plans:deliver"),
    _E.SIGN: ("sign", "plans:sign"),
    _E.PROMULGATE: ("enact", "plans:enact"),
    _E.SEND: ("send", "plans:send"),
    _E.RECEIVE: ("send", "plans:send"),
    _E.RESEND: ("send", "plans:send"),
    _E.CLEAR: ("clarify", "plans:clarify"),
    _E.LAPSE: ("clarify", "plans:clarify"),
    _E.ASK_REVISION: ("clarify", "plans:clarify"),
    _E.ANNUL: ("clarify", "plans:clarify"),
}
CLOCKS = ("D13", "D14", "D15", "D16")


def way_of_plan(request: HttpRequest, plan: RkpdesVersion) -> Way:
    """Return the stepper of the plan's Perdes with the acts of the hat; what was typed stays in its form."""
    hat = hat_of(request)

    def url_of(event: PerdesEvent) -> str:
        if event not in ROUTES or not allows(hat, ROUTES[event][0], plan):
            return ""
        return reverse(ROUTES[event][1], args=(plan.id,))

    values = {name: str(text) for name, text in request.POST.items()}
    values.setdefault("nomor", plan.perdes_number if not plan.enacted else "")
    return shown_way(
        plan.perdes_state,
        days_of(plan),
        local_day(plan.village.regency, clock.now()),
        url_of=url_of,
        silence_clears=silence_clears(plan.village.regency),
        values=values,
    )


def perdes_page(
    request: HttpRequest, plan: RkpdesVersion, typed: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    texts = typed if typed is not None else texts_of(plan)
    recorded = perdes_steps_of(plan)
    context = {
        "plan": plan,
        "typed": texts,
        "version": more.pop("version", plan.version),
        "chapters": [(name, title, texts.get(name, "")) for name, title in CHAPTERS],
        "default_considerations": usual_considerations(plan),
        "default_basis": PERDES_BASIS,
        "editable": not plan.enacted and allows(hat_of(request), "edit_perdes", plan),
        "way": way_of_plan(request, plan),
        "before_agreement": plan.perdes_state in (PerdesState.DRAFT, PerdesState.CONSULTED, PerdesState.DISCUSSED),
        "recorded": [(PERDES_EVENTS.get(row.event, row.event), row) for row in recorded],
        "people": names(row.recorded_by for row in recorded),
        "posted_event": request.POST.get("peristiwa", ""),
        "rules_url": reverse("plans:perdes_rules", args=(plan.village.regency_id,)),
        "today": local_day(plan.village.regency, clock.now()),
        **more,
    }
    return render(request, "plans/perdes.html", context, status=status)


def texts_of(plan: RkpdesVersion) -> dict[str, str]:
    """Return the texts as the village has written them."""
    data = plan.perdes_data
    typed = {name: "\n".join(data.get(name, ())) for name in ("considerations", "legal_basis")}
    typed |= {name: "\n\n".join(data.get(name, ())) for name in NARRATIVE}
    return {**typed, "number": plan.perdes_number}


@page("plans.read", of=plan_of)
def perdes(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Where the Perdes stands, what comes next, and its texts; empty ones take the usual wording."""
    return perdes_page(request, plan)


def step(request: HttpRequest, plan: RkpdesVersion, do: Callable[[], object], told: str) -> HttpResponse:
    """Record one step of the Perdes; a refusal is shown on the same page and what was typed stays."""
    show, links = partial(perdes_page, request, plan), partial(with_links, plan)
    return ended(request, do, told, show=show, links=links, then=("plans:perdes", plan.id))


def move(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record the step that the form names, on the day and with the letter that it tells."""

    def do() -> object:
        return services.move_perdes(
            plan_id=plan.id,
            event=request.POST.get("peristiwa", ""),
            on=day_of(request, "tanggal"),
            letter=services.Letter(
                request.POST.get("nomor", ""), request.POST.get("catatan", ""), scan_of(request, plan.village_id)
            ),
            actor=worn(request),
            at=clock.now(),
        )

    return step(request, plan, do, _("Langkah Perdes tercatat."))


def scan_of(request: HttpRequest, village_id: str) -> StoredFile | None:
    """Keep the scanned letter of a form, if there is one. Raises: BadInputError."""
    upload = request.FILES.get("berkas")
    if upload is None or upload.name is None:
        return None
    return files.store(upload, name=upload.name, village_id=village_id, hat=worn(request), scan=True)


@page("plans.deliver", of=plan_of, methods=("POST",))
def deliver(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record that BPD's chair handed the agreed draft to the village head."""
    return move(request, plan)


@page("plans.sign", of=plan_of, methods=("POST",))
def sign(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record that the village head signed, with the number of the Perdes."""
    return move(request, plan)


@page("plans.send", of=plan_of, methods=("POST",))
def send(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record that the Perdes was sent to the regent, or taken in there."""
    return move(request, plan)


@page("plans.clarify", of=plan_of, methods=("POST",))
def clarify(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Record what the regent answered, or that no answer came in time."""
    return move(request, plan)


@page("plans.enact", of=plan_of, methods=("POST",))
def enact(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Set and promulgate the Perdes: with one paper, or as the last of the steps recorded one by one."""

    def do() -> object:
        promulgated = day_of(request, "diundangkan")
        set_on = day_of(request, "tanggal") or plan.perdes_date
        by_steps = plan.perdes_state in (PerdesState.DELIVERED_TO_HEAD, PerdesState.SIGNED)
        signed = request.POST.get("ditandatangani") == "1"
        enactment = services.Enactment(
            perdes_number=request.POST.get("nomor", "") or plan.perdes_number,
            perdes_date=set_on or (promulgated if by_steps and not signed else None),
            promulgated_date=promulgated,
            gazette_number=request.POST.get("lembaran", "")[:60],
            delivered_date=day_of(request, "disampaikan"),
            signed=signed or plan.perdes_state == PerdesState.SIGNED,
        )
        return services.enact_plan(plan_id=plan.id, enactment=enactment, actor=worn(request), at=clock.now())

    told = _("RKP Desa ditetapkan. Isinya sekarang tidak bisa diubah lagi.")
    if request.POST.get("dari") == "perdes":
        return step(request, plan, do, told)
    return act(request, plan, do, told)


@page("plans.edit_perdes", of=plan_of, methods=("POST",))
def save_perdes(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Save the texts of the Perdes."""
    post = request.POST
    typed = {name: post.get(name, "") for name in ("considerations", "legal_basis", "number", *NARRATIVE)}
    version = int(post.get("versi", "0")) if post.get("versi", "0").isdigit() else 0
    try:
        services.save_perdes(
            plan_id=plan.id,
            lists={name: typed[name].splitlines() for name in ("considerations", "legal_basis")},
            narrative={name: typed[name].replace("\r\n", "\n") for name in NARRATIVE},
            number=typed["number"],
            version=version,
            actor=worn(request),
            at=clock.now(),
        )
    except StaleError as error:
        return perdes_page(request, plan, typed, status=409, error=sentence(error), version=error.values["version"])
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        problems = [problem.sentence for problem in error.values.get("problems", ())]  # type: ignore[attr-defined]
        return perdes_page(request, plan, typed, status=error.status, error=sentence(error), problems=problems)
    messages.success(request, _("Naskah Perdes tersimpan."))
    return redirect("plans:perdes", plan.id)


# What the regency sets


@page("plans.read_perdes_rules", of=regency_of)
def perdes_rules(request: HttpRequest, regency: Regency) -> HttpResponse:
    """The clocks of a Perdes with their articles, and how this regency reads silence."""
    context = {
        "regency": regency,
        "clocks": [(DEADLINES[code], CERTAINTY_LABELS[DEADLINES[code].certainty]) for code in CLOCKS],
        "silence": silence_clears(regency),
        "may_set": allows(hat_of(request), "set_perdes_rules", regency),
    }
    return render(request, "plans/perdes_rules.html", context)


@page("plans.set_perdes_rules", of=regency_of, methods=("POST",))
def set_perdes_rules(request: HttpRequest, regency: Regency) -> HttpResponse:
    """Set how silence is read."""
    silence = request.POST.get("diam") == "1"
    try:
        services.set_perdes_rules(regency_code=regency.code, silence=silence, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Aturan klarifikasi tersimpan."))
    return redirect("plans:perdes_rules", regency.code)
