"""Opening the review of an RPJM Desa in force: its stages from the draft on, the assessment left as it is."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import review_profile, review_stage_dates
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.procedure import procedure_of
from rembuk.cycles.services.opening import PERIODS
from rembuk.regions.models import Village
from rembuk.shared import trail


@transaction.atomic
def open_rpjm_review(
    *,
    village: Village,
    on: date | None,
    start_year: int,
    end_year: int,
    actor: Hat,
    at: datetime,
    cycle_id: UUID | None = None,
) -> Cycle:
    """Open the cycle that changes the RPJM Desa in force. on: the day the review began; the law sets no clock for it.

    The same *cycle_id* again changes nothing. Source: Permendagri 114/2014 Pasal 28; PP 43/2014 Pasal 120.
    Raises: NotAllowedError, BadInputError (no day, one to come, an odd period), RefusedError when one is open already.
    """
    require(actor, "cycles.open_rpjm", village)
    if cycle_id is not None and (known := Cycle.medium_term.filter(pk=cycle_id, village=village).first()):
        return known
    if on is None:
        raise BadInputError("review-day-missing")
    if on > local_day(village.regency, at):
        raise BadInputError("review-in-future", date=on.isoformat())
    if end_year - start_year + 1 not in PERIODS:
        raise BadInputError("review-period-odd", start=start_year, end=end_year)
    if Cycle.medium_term.filter(village=village, review_date__isnull=False, closed_at__isnull=True).exists():
        raise RefusedError("rpjm-review-open")
    profile = review_profile(procedure_of(village.regency).profile)
    cycle = Cycle(
        id=cycle_id or uuid4(),
        village=village,
        kind=Cycle.Kind.RPJM,
        plan_year=on.year,
        budget_year=on.year + 1,
        start_year=start_year,
        end_year=end_year,
        review_date=on,
        profile=profile.code,
    )
    dates = {stage.code: review_stage_dates(stage.code, on) for stage in profile.stages()}
    records = [StageRecord(cycle=cycle, stage=code, target_date=row.target) for code, row in dates.items()]
    with trail.acting(actor, "cycles.open_rpjm"):
        cycle.save(force_insert=True)
        StageRecord.objects.bulk_create(records)
    return cycle
