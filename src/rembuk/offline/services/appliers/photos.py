"""Photos: put together from their parts, opened with the key of the sealed body, given to the room they belong to."""

from uuid import UUID

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.offline.sealing import SealError, open_photo
from rembuk.deliberation.services import add_photo as add_meeting_photo
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers.base import Applier, Job, meeting_key
from rembuk.offline.services.base import HeldError
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import add_photo as add_proposal_photo
from rembuk.shared import blobs

NAME = "foto-lapangan.jpg"


def photo(job: Job) -> UUID:
    """Keep the picture with its meeting or proposal; the same picture again adds nothing."""
    digests = job.opened.parts
    if not digests:
        raise BadInputError("offline-photo-empty")
    try:
        picture = open_photo(job["key"], job["iv"], b"".join(blobs.read(sha256) for sha256 in digests))
    except SealError as error:
        raise RefusedError("offline-photo-unreadable") from error
    told = {"source": picture, "name": job["name"] or NAME, "caption": job["caption"], "actor": job.hat, "at": job.at}
    match job["of_kind"]:
        case "meeting":
            return add_meeting_photo(meeting_id=meeting_key(job, job["of"]), **told).pk
        case "proposal":
            return add_proposal_photo(proposal_id=proposal_key(job), **told).pk
    raise BadInputError("offline-values")


def proposal_key(job: Job) -> UUID:
    """Return the proposal of a photo. Raises: HeldError while it has not come."""
    key: UUID = job["of"]
    if not Proposal.objects.filter(pk=key).exists():
        aside = Envelope.objects.filter(envelope_id=key, kind="proposal", state=Envelope.State.SET_ASIDE)
        if not aside.exists():
            raise HeldError("parent-missing", parent=str(key))
    return key


PHOTO = Applier(photo)
