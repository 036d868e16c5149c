"""The village and the sheet: it acknowledges or objects, in the program or on paper; somebody else closes the visit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.visit_states import VisitEvent
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.services.base import Uploaded, kept, locked_visit, move, save, today_at
from rembuk.guidance.mentoring.services.sheet import signing_day
from rembuk.guidance.mentoring.typed import lines, words
from rembuk.shared import files, trail
from rembuk.shared.notices.services import notify

SIGNED = (Visit.State.ACKNOWLEDGED, Visit.State.CLOSED)


@transaction.atomic
def acknowledge_visit(*, visit_id: UUID, objection: str = "", actor: Hat, at: datetime) -> Visit:
    """Let kades or sekdes acknowledge the sheet; without an objection that closes the visit.

    The village is the second person, so nothing is left to check; an objection waits for an answer. Repeating changes
    nothing. Raises: NotAllowedError, BadInputError, IllegalTransitionError.
    """
    visit = locked_visit(visit_id, "acknowledge", actor)
    if visit.state in SIGNED and visit.acknowledged_by == actor.person_id:
        return visit
    move(visit, VisitEvent.ACKNOWLEDGE)
    visit.objection = lines(_("keberatan"), objection)
    visit.signed_how, visit.signed_date = Visit.Signed.PROGRAM, today_at(visit, at)
    visit.signer_name, visit.signer_role = actor.name[:150], actor.role.value
    visit.acknowledged_by, visit.acknowledged_at = actor.person_id, at
    if not visit.objection and visit.reported_by != actor.person_id:
        end(visit, actor, at)
    with trail.acting(actor, "mentoring.acknowledge"):
        save(visit)
        tell_author(visit)
    return visit


@dataclass(frozen=True, slots=True)
class PaperValues:
    """The signed page as typed: who signed, which task (KAD or SDK), when, and the objection written on it."""

    file: Uploaded | None
    signer_name: str
    signer_role: str
    signed_date: str = ""
    objection: str = ""


def sign_on_paper(*, visit_id: UUID, values: PaperValues, actor: Hat, at: datetime) -> Visit:
    """Take the page that kades or sekdes signed in the village; another person looks at it and closes the visit.

    Raises: NotAllowedError, BadInputError, IllegalTransitionError.
    """
    found = Visit.objects.select_related("village__regency", "village__district").get(pk=visit_id)
    require(actor, "mentoring.sign_paper", found)
    if values.file is None:
        raise BadInputError("visit-file-missing")
    signer = words(_("penanda tangan"), values.signer_name, 150)
    if not signer or values.signer_role not in ("KAD", "SDK"):
        raise BadInputError("visit-signer")
    day = signing_day(values.signed_date, found.day, today_at(found, at))
    objection = lines(_("keberatan"), values.objection)
    page = kept(values.file, found.village_id, actor, scan=True)
    if page.content_type not in (files.JPEG, files.PDF):
        raise BadInputError("item-evidence-kind")
    with transaction.atomic():
        visit = locked_visit(visit_id, "sign_paper", actor)
        if visit.state in SIGNED and visit.signed_file_id == page.pk:
            return visit
        move(visit, VisitEvent.ACKNOWLEDGE)
        visit.signed_how, visit.signed_file, visit.signed_date = Visit.Signed.PAPER, page, day
        visit.signer_name, visit.signer_role, visit.objection = signer, values.signer_role, objection
        visit.acknowledged_by, visit.acknowledged_at = actor.person_id, at
        with trail.acting(actor, "mentoring.sign_paper"):
            save(visit)
    return visit


@transaction.atomic
def close_visit(*, visit_id: UUID, note: str = "", actor: Hat, at: datetime) -> Visit:
    """Close a visit after looking at its signature; an objection wants an answer. Repeating changes nothing.

    Raises: NotAllowedError, BadInputError, IllegalTransitionError.
    """
    visit = locked_visit(visit_id, "close", actor)
    if visit.state == Visit.State.CLOSED:
        return visit
    visit.closing_note = lines(_("catatan penutup"), note)
    if visit.objection and not visit.closing_note:
        raise BadInputError("visit-objection-answer")
    end(visit, actor, at)
    with trail.acting(actor, "mentoring.close"):
        save(visit)
    return visit


def end(visit: Visit, actor: Hat, at: datetime) -> None:
    move(visit, VisitEvent.CLOSE)
    visit.closed_by, visit.closed_at = actor.person_id, at


def tell_author(visit: Visit) -> None:
    """Tell who wrote the sheet what the village said to it."""
    title = _("%(village)s menulis keberatan") if visit.objection else _("%(village)s mengakui lembar kunjungan")
    notify(
        person_ids=[visit.reported_by] if visit.reported_by else [],
        key=f"visit:{visit.pk}:acknowledged",
        title=title % {"village": visit.village.full_name},
        body=visit.objection[:300],
        link=reverse("mentoring:visit", args=[visit.pk]),
        kind="answer",
    )
