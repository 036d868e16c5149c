"""Support for a proposal: counted at a meeting, a signed list, or one resident online. None of it makes a score."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.proposals.models import Proposal, Support
from rembuk.proposals.permissions import OPEN_STATES, is_public
from rembuk.proposals.resident_values import Supporter
from rembuk.proposals.residents import device_digest, person_digest
from rembuk.proposals.services.photos import picture_of
from rembuk.proposals.services.steps import locked, step_of
from rembuk.shared import files, trail

MOST_PEOPLE = 100_000
SUPPORTED = OPEN_STATES - {"draft"}


def refuse_answered(proposal: Proposal) -> None:
    if proposal.state not in SUPPORTED:
        raise RefusedError("support-closed")


@transaction.atomic
def count_support(
    *, key: UUID, proposal_id: UUID, count: int, on_date: date | None, note: str, actor: Hat, at: datetime
) -> Support:
    """Record how many people at a meeting were for a proposal. The same key again changes nothing.

    Raises: NotAllowedError, BadInputError without count or date, RefusedError once answered.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.count_support", proposal)
    made = checked_entry(key, proposal, Support.Kind.MEETING, count, on_date, note, at)
    return stored(made, proposal, "proposals.count_support", actor, at)


@transaction.atomic
def list_support(
    *,
    key: UUID,
    proposal_id: UUID,
    count: int,
    on_date: date | None,
    note: str,
    photo: files.Upload | bytes | None,
    photo_name: str,
    actor: Hat,
    at: datetime,
) -> Support:
    """Record a signed list by the RT head or the secretary: how many signed, and the list's photo, never public.

    Raises: NotAllowedError, BadInputError without count, date or photo, RefusedError once answered or for a photo that
    was counted already.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.list_support", proposal)
    made = checked_entry(key, proposal, Support.Kind.LIST, count, on_date, note, at)
    if Support.objects.filter(pk=key, proposal=proposal).exists():
        return Support.objects.get(pk=key)
    if photo is None:
        raise BadInputError("support-photo")
    data = picture_of(photo, name=photo_name, code="support-photo")
    kept = files.store(data, name=photo_name, village_id=proposal.village_id, hat=actor, scan=True)
    if Support.objects.filter(proposal=proposal, file__sha256=kept.sha256).exists():
        raise RefusedError("support-same-list")
    made.file = kept
    return stored(made, proposal, "proposals.list_support", actor, at)


def checked_entry(
    key: UUID, proposal: Proposal, kind: str, count: int, on_date: date | None, note: str, at: datetime
) -> Support:
    """Return the unsaved entry. Raises: BadInputError, RefusedError."""
    refuse_answered(proposal)
    if not 1 <= count <= MOST_PEOPLE:
        raise BadInputError("support-count")
    if on_date is None or on_date > timezone.localtime(at).date():
        raise BadInputError("support-date")
    text = " ".join(note.replace("\x00", " ").split())[:200]
    return Support(id=key, proposal=proposal, kind=kind, count=count, on_date=on_date, note=text)


def stored(made: Support, proposal: Proposal, act: str, actor: Hat, at: datetime) -> Support:
    """Save an entry with its step; one whose key is known already is returned as it stands."""
    known = Support.objects.filter(pk=made.pk, proposal=proposal).first()
    if known is not None:
        return known
    with trail.acting(actor, act):
        made.save(force_insert=True)
        step_of(proposal, "support", proposal.state, actor, at).save()
    return made


def support_online(*, proposal_id: UUID, supporter: Supporter, device: str, actor: Hat, at: datetime) -> Support:
    """Record one resident's support given online. Kept are two salted digests, no name.

    device: the token of the device's cookie, empty where there is none.
    Raises: RefusedError ``support-twice``, ``support-device``, ``support-closed``; DoesNotExist for one not public.
    """
    proposal = Proposal.objects.select_related("village").get(pk=proposal_id)
    if not is_public(None, proposal):
        raise Proposal.DoesNotExist
    require(actor, "proposals.public_support", proposal)
    refuse_answered(proposal)
    thing = f"proposal.{proposal.id}"
    person = person_digest(
        thing=thing,
        village_id=proposal.village_id,
        name=supporter.name,
        hamlet_id=supporter.hamlet_id,
        birth_year=supporter.birth_year,
    )
    made = Support(
        proposal=proposal,
        kind=Support.Kind.ONLINE,
        person_digest=person,
        device_digest=device_digest(thing=thing, token=device),
    )
    refuse_double(made)
    try:
        with transaction.atomic(), trail.acting(actor, "proposals.public_support"):
            made.save(force_insert=True)
    except IntegrityError:
        # Two answers of one person at the same moment: the constraint let one through.
        refuse_double(made)
        raise
    return made


def refuse_double(made: Support) -> None:
    """Refuse a person or device that supports this proposal already. Raises: RefusedError."""
    others = Support.objects.filter(proposal=made.proposal)
    if others.filter(person_digest=made.person_digest).exists():
        raise RefusedError("support-twice")
    if made.device_digest and others.filter(device_digest=made.device_digest).exists():
        raise RefusedError("support-device")
