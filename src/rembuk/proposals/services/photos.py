"""Photos of the problem or the place; `shared.files` shrinks them and takes the phone's hidden data off."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.proposals.models import ProposalPhoto
from rembuk.proposals.services.steps import locked
from rembuk.shared import files, trail

MOST_PHOTOS = 6


@transaction.atomic
def add_photo(
    *, proposal_id: UUID, source: files.Upload | bytes, name: str, actor: Hat, at: datetime, caption: str = ""
) -> ProposalPhoto:
    """Add one photo to a proposal that may still be edited, or that its author has just sent. Again adds nothing.

    Raises: NotAllowedError, BadInputError when it is no picture, broken or too large, RefusedError above six photos.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.photo", proposal)
    data = picture_of(source, name=name)
    if proposal.photos.count() >= MOST_PHOTOS:
        raise RefusedError("proposal-photo-limit", limit=MOST_PHOTOS)
    stored = files.store(data, name=name, village_id=proposal.village_id, hat=actor)
    known = ProposalPhoto.objects.filter(proposal=proposal, file=stored).first()
    if known is not None:
        return known
    with trail.acting(actor, "proposals.add_photo"):
        return ProposalPhoto.objects.create(proposal=proposal, file=stored, caption=" ".join(caption.split())[:200])


def picture_of(source: files.Upload | bytes, *, name: str, code: str = "proposal-photo-bad") -> bytes:
    """Return the bytes of a picture. Raises: BadInputError with *code* when it is none, or when it is too large."""
    data = files.take(source)
    try:
        is_picture = files.kind_of(data) in files.PICTURES
    except BadInputError as error:
        raise BadInputError(code, name=name[:80]) from error
    if not is_picture:
        raise BadInputError(code, name=name[:80])
    return data


@transaction.atomic
def remove_photo(*, photo_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a photo off a proposal that may still be edited; the file stays in the trail's keeping.

    Raises: NotAllowedError.
    """
    photo = ProposalPhoto.objects.select_related("proposal__village").get(pk=photo_id)
    require(actor, "proposals.edit", photo.proposal)
    with trail.acting(actor, "proposals.remove_photo"):
        photo.delete()
