"""What an agency answers to the help that a visit sheet asks of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.roster import Roster
from rembuk.guidance.mentoring.services.base import fresh, locked_visit, save, today_at
from rembuk.guidance.mentoring.services.telling import VILLAGE_TOLD
from rembuk.guidance.mentoring.typed import LONGEST_TEXT, needed
from rembuk.shared import trail
from rembuk.shared.notices.services import notify


@transaction.atomic
def answer_help(*, visit_id: UUID, answer: str, version: int | None = None, actor: Hat, at: datetime) -> Visit:
    """Answer the help that a sheet asks of an agency; village and writer of the sheet hear of it.

    A later answer replaces the first, which the trail keeps. Raises: NotAllowedError, BadInputError, StaleError.
    """
    visit = locked_visit(visit_id, "answer_help", actor)
    fresh(visit, version)
    text = needed(_("jawaban"), answer, "help-answer", LONGEST_TEXT)
    visit.help_answer, visit.help_answered_by, visit.help_answered_at = text, actor.person_id, at
    with trail.acting(actor, "mentoring.answer_help"):
        save(visit)
        roster = Roster(VILLAGE_TOLD, today_at(visit, at))
        village = [row.person_id for role in VILLAGE_TOLD for row in roster.holders(role, visit.place)]
        notify(
            person_ids={*village, *([visit.reported_by] if visit.reported_by else [])},
            key=f"visit:{visit.pk}:help:{visit.version}",
            title=_("%(agency)s menjawab permintaan bantuan") % {"agency": visit.agency_name},
            body=text[:300],
            link=reverse("mentoring:visit", args=[visit.pk]),
            kind="answer",
        )
    return visit
