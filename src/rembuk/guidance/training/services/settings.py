"""What a regency sets for its trainings: the numbers, and the units of its curriculum."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.training_rules import RULE_BOUNDS, RULE_NOTES, TrainingRules
from rembuk.core.hat import Hat
from rembuk.core.permissions import Somewhere, require
from rembuk.guidance.training import typed
from rembuk.guidance.training.models import CurriculumUnit
from rembuk.guidance.training.queries.batches import SETTING
from rembuk.regions.models import Regency
from rembuk.shared import trail


@transaction.atomic
def set_rules(*, numbers: Mapping[str, str], actor: Hat, at: datetime) -> TrainingRules:
    """Set the numbers of the hat's regency, all of them at once. Raises: NotAllowedError, BadInputError."""
    require(actor, "training.edit_rules", Somewhere(actor.place))
    read = {name: read_rule(name, numbers.get(name, "")) for name in RULE_NOTES}
    try:
        rules = TrainingRules(**read)
    except ValueError as error:
        raise BadInputError("rule-order") from error
    regency = Regency.objects.select_for_update().get(pk=actor.place.regency)
    regency.settings = {**regency.settings, SETTING: read}
    with trail.acting(actor, "training.edit_rules"):
        regency.save(update_fields=["settings"])
    return rules


def read_rule(name: str, text: str) -> int:
    least, most = RULE_BOUNDS[name]
    value = typed.whole(text, least, most)
    if value is None:
        raise BadInputError("rule-range", title=RULE_NOTES[name].title, read=text[:20], least=least, most=most)
    return value


@transaction.atomic
def keep_unit(
    *, unit_id: UUID, code: str, topic: str, title: str, jp: str, outcomes: str, link: str, active: bool,
    actor: Hat, at: datetime,
) -> CurriculumUnit:  # fmt: skip
    """Make or change a unit of the hat's regency. Batches keep the JP they were laid out with.

    Raises: NotAllowedError, BadInputError.
    """
    require(actor, "training.curriculum", Somewhere(actor.place))
    unit = CurriculumUnit.objects.filter(pk=unit_id).first() or CurriculumUnit(
        id=unit_id, regency_id=actor.place.regency
    )
    require(actor, "training.curriculum", unit)
    hours = typed.whole(jp, 1, 60)
    unit.code, unit.title = typed.words("kode", code, 12).upper(), typed.words("judul", title, 150)
    if not unit.code or not unit.title or topic not in TOPICS or hours is None:
        raise BadInputError("unit-values")
    if CurriculumUnit.objects.filter(regency_id=unit.regency_id, code=unit.code).exclude(pk=unit.pk).exists():
        raise BadInputError("unit-twice", taken=unit.code)
    unit.topic, unit.jp, unit.active = topic, hours, active
    unit.outcomes, unit.link = typed.words("hasil belajar", outcomes, 500), typed.link(link)
    unit.version += 1
    with trail.acting(actor, "training.curriculum"):
        unit.save()
    return unit
