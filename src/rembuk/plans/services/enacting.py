"""What every plan of a village asks of the paper that enacts it: a number of its own, days in order, a signature."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.workflow.perdes_states import may_promulgate_unsigned
from rembuk.plans.models import RkpdesVersion, Rpjmdes
from rembuk.plans.perdes_numbers import refuse_number_of


@dataclass(frozen=True, slots=True)
class Enactment:
    """What the signed and promulgated paper says. delivered_date: when BPD's chair handed the agreed draft over.

    signed: False where the head let the days run out and the secretary promulgates all the same.
    """

    perdes_number: str
    perdes_date: date | None
    promulgated_date: date | None
    gazette_number: str = ""
    delivered_date: date | None = None
    signed: bool = True


def check_enactment(
    plan: RkpdesVersion | Rpjmdes, enactment: Enactment, today: date, delivered: date | None = None
) -> None:
    """Refuse missing or disordered particulars. delivered: the day that is recorded already, before that of the paper.

    Raises: BadInputError; RefusedError ``perdes-not-signed-yet`` where the head may still sign.
    """
    if not enactment.perdes_number.strip():
        raise BadInputError("perdes-number-missing")
    if enactment.perdes_date is None or enactment.promulgated_date is None:
        raise BadInputError("perdes-dates-missing")
    agreed = plan.bpd_agreement_date
    days = (agreed, enactment.delivered_date, enactment.perdes_date, enactment.promulgated_date, today)
    for before, after in pairwise([day for day in days if day is not None]):
        if before > after:
            raise BadInputError("perdes-dates-order", first=date_text(before), second=date_text(after))
    refuse_number_of(plan.village_id, plan.id, enactment.perdes_number, enactment.perdes_date)
    handed_over = delivered or enactment.delivered_date or agreed
    if not enactment.signed and (
        handed_over is None or not may_promulgate_unsigned(handed_over, enactment.promulgated_date)
    ):
        raise RefusedError("perdes-not-signed-yet", delivered=date_text(handed_over) if handed_over else "?")
