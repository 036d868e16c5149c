"""The secretary's look at a photo of a work: are there people on it, and may everybody see it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.photo_looks import VERDICTS
from rembuk.shared import trail
from rembuk.works.models import Progress


@transaction.atomic
def look_at_photo(*, progress_id: UUID, verdict: str, actor: Hat, at: datetime) -> Progress:
    """Say of the photo of one report whether everybody may see it, and why. Idempotent; may be changed later, also
    once the work is closed.

    verdict: of core.workflow.photo_looks. Raises: NotAllowedError, BadInputError without a known verdict, RefusedError
    for a report without a photo, Progress.DoesNotExist.
    """
    row = Progress.objects.select_for_update(of=("self",)).select_related("work__village").get(pk=progress_id)
    require(actor, "works.look_photo", row.work)
    if verdict not in VERDICTS:
        raise BadInputError("photo-verdict")
    if row.photo_id is None:
        raise RefusedError("work-no-photo")
    if row.photo_verdict != verdict:
        row.photo_verdict = verdict
        with trail.acting(actor, "works.look_photo"):
            row.save(update_fields=["photo_verdict"])
    return row
