"""After the enactment of an RPJM Desa: the steps of its Perdes with their letters, and its publication.

Source: PP 43/2014 Pasal 84 and 87; Permendagri 111/2014; Permendesa PDTT 21/2020 Pasal 34 for the publication.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState, needs, refuse_early
from rembuk.plans.models import Rpjmdes
from rembuk.plans.perdes_rules import silence_clears
from rembuk.plans.rpjm_queries import days_of_rpjm
from rembuk.plans.services.perdes_steps import Letter
from rembuk.plans.services.register import tell_gates
from rembuk.plans.services.rpjm_items import locked_rpjm
from rembuk.plans.services.rpjm_review import restore_superseded
from rembuk.plans.services.rpjm_steps import step, told
from rembuk.plans.services.steps import refuse_future, today_at
from rembuk.shared import trail

_E = PerdesEvent
AFTER_ENACTMENT: Final[Mapping[PerdesEvent, str]] = {
    _E.SEND: "plans.send",
    _E.RECEIVE: "plans.send",
    _E.RESEND: "plans.send",
    _E.CLEAR: "plans.clarify",
    _E.LAPSE: "plans.clarify",
    _E.ASK_REVISION: "plans.clarify",
    _E.ANNUL: "plans.clarify",
}
"""Steps of the Perdes that are recorded one by one, and by which act; those before come with the acts of the plan."""


@transaction.atomic
def move_rpjm_perdes(
    *, rpjmdes_id: UUID, event: str, on: date | None, actor: Hat, at: datetime, letter: Letter | None = None
) -> Rpjmdes:
    """Record one step after the promulgation: sent, received, clarified, asked to be mended, annulled (R11).

    Annulment takes the RPJM Desa out of force; where it was an amendment, the plan that it changed is in force again.
    Raises: NotAllowedError, IllegalTransitionError, BadInputError (no day or number, a day to come, not open yet).
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    known = next((one for one in AFTER_ENACTMENT if one.value == event), None)
    if known is None:
        raise BadInputError("perdes-step-unknown")
    require(actor, AFTER_ENACTMENT[known], rpjmdes)
    paper = letter or Letter()
    if on is None:
        raise BadInputError("perdes-day-missing")
    refuse_future(on, today_at(rpjmdes, at))
    for name, text in (("number", paper.number), ("note", paper.note)):
        if name in needs(known) and not text.strip():
            raise BadInputError(f"perdes-{name}-of-letter-missing")
    state, days = PerdesState(rpjmdes.perdes_state), days_of_rpjm(rpjmdes)
    refuse_early(state, days, known, on, silence_clears=silence_clears(rpjmdes.village.regency))
    fields = ["perdes_state", "perdes_dates", "perdes_log", "version", "changed_at"]
    with trail.acting(actor, AFTER_ENACTMENT[known]):
        step(rpjmdes, known, on, paper, actor, at)
        rpjmdes.version += 1
        if known is _E.ANNUL:
            rpjmdes.is_active = False
            fields.append("is_active")
        rpjmdes.save(update_fields=fields)
        if known is _E.ANNUL and rpjmdes.is_amendment:
            restore_superseded(rpjmdes)
        told(rpjmdes, "R11")
        if known is _E.ANNUL:
            tell_gates(rpjmdes.village_id)
    return rpjmdes


@transaction.atomic
def publish_rpjm(*, rpjmdes_id: UUID, on: date | None, where: str, actor: Hat, at: datetime) -> Rpjmdes:
    """Record the day and the place or media in which the RPJM Desa was made known (R12).

    Raises: NotAllowedError, BadInputError, RefusedError before the enactment.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.publish", rpjmdes)
    if not rpjmdes.enacted or rpjmdes.promulgated_date is None:
        raise RefusedError("rpjm-not-enacted")
    if on is None or not where.strip():
        raise BadInputError("rpjm-published")
    refuse_future(on, today_at(rpjmdes, at))
    if on < rpjmdes.promulgated_date:
        first = date_text(rpjmdes.promulgated_date)
        raise BadInputError("perdes-dates-order", first=first, second=date_text(on))
    with trail.acting(actor, "plans.publish"):
        rpjmdes.published_date, rpjmdes.published_in = on, where.strip()[:200]
        rpjmdes.version += 1
        rpjmdes.save(update_fields=["published_date", "published_in", "version", "changed_at"])
        told(rpjmdes, "R12")
    return rpjmdes
