"""What the step pages of RKP Desa and RPJM Desa share: what they show, and how an act ends."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core.errors import Finding, RembukError
from rembuk.core.workflow.plan_states import PlanEvent, PlanState, possible_events
from rembuk.plans.labels import STATES
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.plans.permissions import allows
from rembuk.plans.typed import InputError, read_day
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.web import hat_of, refusal
from rembuk.shared.wording import sentence

ACT_OF = {
    PlanEvent.VERIFY: "verify",
    PlanEvent.APPROVE: "approve",
    PlanEvent.RETURN: "return",
    PlanEvent.REVISE: "revise",
    PlanEvent.HOLD_MUSRENBANG: "hold_musrenbang",
    PlanEvent.FINALISE: "finalise",
    PlanEvent.AGREE: "agree",
    PlanEvent.ENACT: "enact",
}
NOT_SHOWN = ("returned", "verified")
"""States that are named only while a plan is in them."""

Linked = Sequence[tuple[Finding, str]]


def standing(
    request: HttpRequest, plan: RkpdesVersion | Rpjmdes, found: Sequence[Finding], *, in_work: bool
) -> dict[str, Any]:
    """Return what both pages show: the acts open to the hat, the states on the way, how much holds the next step.

    found: what the next act weighs.
    """
    hat = hat_of(request)
    possible = possible_events(PlanState(plan.state)) if in_work else ()
    order = list(STATES)
    return {
        "in_work": in_work,
        "may": {ACT_OF[event]: allows(hat, ACT_OF[event], plan) for event in possible},
        "may_change": in_work and allows(hat, "edit_changes", plan),
        "states": [
            (words, order.index(code) < order.index(plan.state), code == plan.state)
            for code, words in STATES.items()
            if code not in NOT_SHOWN or code == plan.state
        ],
        "blocks": sum(finding.severity == "block" for finding in found),
        "people": names(key for key in (plan.head_approved_by, plan.enacted_by) if key is not None),
        "today": clock.today(),
        "typed": request.POST,
    }


def blocks_first(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings that block before the others, each in the order given."""
    return sorted(found, key=lambda finding: finding.severity != "block")


def ended(
    request: HttpRequest,
    do: Callable[[], object],
    told: str,
    *,
    show: Callable[..., HttpResponse],
    links: Callable[[Sequence[Finding]], Linked],
    then: tuple[str, object],
) -> HttpResponse:
    """Do one act and go on to *then*; a refusal is shown by *show* with every reason, and what was typed stays.

    links: findings -> each with the address of the page that mends it.
    """
    try:
        do()
    except InputError as error:
        return show(status=400, error=_("Tanggal tidak terbaca: %(read)s") % error.values)
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        refused = links(getattr(error, "findings", ()))
        return show(status=error.status, error=sentence(error), refused=refused)
    messages.success(request, told)
    return redirect(*then)


def day_of(request: HttpRequest, name: str) -> date | None:
    """Return a posted day, nothing where it is empty. Raises: InputError."""
    return read_day(request.POST.get(name, ""), name)
