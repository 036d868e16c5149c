"""The village's own check before it hands in: the same items as questions in plain words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.guidance.desk_checklists import list_on
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.guidance.evaluation.labels import ANSWERS
from rembuk.guidance.evaluation.models import SelfCheck
from rembuk.guidance.evaluation.typed import read_words
from rembuk.shared import trail


@transaction.atomic
def save_self_check(
    *,
    cycle_id: UUID,
    answers: Mapping[int, tuple[str, str]],
    show_score: bool,
    version: int,
    actor: Hat,
    at: datetime,
) -> SelfCheck:
    """Keep the answers (number -> answer, note); an empty answer leaves the question open.

    version: of what was read, 0 for the first time. Raises: NotAllowedError, BadInputError, StaleError.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("village__regency").get(pk=cycle_id)
    require(actor, "evaluation.self_check", cycle)
    known = SelfCheck.objects.select_for_update(of=("self",)).filter(cycle=cycle).first()
    if (known.version if known is not None else 0) != version:
        raise StaleError("desk-stale", changes=[], version=known.version if known is not None else 0)
    row = known or SelfCheck(cycle=cycle, list_version=list_on("EV-RKP", local_day(cycle.village.regency, at)).version)
    numbers = {item.number for item in list_on("EV-RKP", local_day(cycle.village.regency, at)).items}
    kept: dict[str, dict[str, str]] = {}
    for number, (answer, note) in sorted(answers.items()):
        if number not in numbers or not (answer or note.strip()):
            continue
        if answer and answer not in ANSWERS:
            raise BadInputError("desk-answer", read=answer[:20])
        kept[str(number)] = {"answer": answer, "note": read_words("catatan", note, 300)}
    row.answers, row.show_score = kept, show_score
    row.answered_by, row.answered_at = actor.person_id, at
    if known is not None:
        row.version += 1
    with trail.acting(actor, "evaluation.self_check"):
        row.save()
    return row
