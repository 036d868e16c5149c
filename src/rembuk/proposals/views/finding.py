"""How the pages of this room find their thing and answer a refusal."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Place
from rembuk.core.intake.messages import SENTENCES as INTAKE_SENTENCES
from rembuk.core.intake.messages import sentence as intake_sentence
from rembuk.proposals.models import ImportBatch, Proposal, ProposalPhoto
from rembuk.proposals.queries import is_public, proposal_by_number, with_places
from rembuk.proposals.resident_queries import public_photos
from rembuk.regions.models import Village
from rembuk.shared.wording import sentence


def by_number(number: str) -> Proposal:
    return proposal_by_number(number)


@dataclass(frozen=True, slots=True)
class PhotoOf:
    """A photo as the target of an act: the rights are those of its proposal."""

    photo: ProposalPhoto
    proposal: Proposal

    @property
    def place(self) -> Place:
        return self.proposal.place

    @property
    def state(self) -> str:
        return self.proposal.state

    @property
    def created_by(self) -> UUID | None:
        return self.proposal.created_by


def photo_of(number: str, photo_id: UUID) -> PhotoOf:
    """Return a photo of the proposal *number*. Raises: DoesNotExist, also for a photo of another one."""
    proposal = proposal_by_number(number)
    return PhotoOf(ProposalPhoto.objects.get(pk=photo_id, proposal=proposal), proposal)


def by_key(proposal_id: UUID) -> Proposal:
    return with_places(Proposal.objects.all()).get(pk=proposal_id)


def batch_of(batch_id: UUID) -> ImportBatch:
    rows = ImportBatch.objects.select_related("village__district", "village__regency", "cycle", "file")
    return rows.get(pk=batch_id)


def own_village(hat: Hat) -> Village | None:
    """Return the village a hat works in; None for a wider hat."""
    if not hat.place.village:
        return None
    return Village.objects.select_related("district", "regency").get(pk=hat.place.village)


def address(proposal: Proposal) -> str:
    """Return the address of a proposal: by number, or by key while it is a draft without one."""
    if proposal.number:
        return reverse("proposals:detail", args=[proposal.number])
    return reverse("proposals:draft", args=[proposal.id])


def words_of(error: RembukError) -> str:
    """Return the sentence of a refusal; those of reading files come from the core."""
    if error.code in INTAKE_SENTENCES:
        return intake_sentence(error.code, error.values)
    return sentence(error)


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)


def village_by_code(code: str) -> Village:
    """Return the village with the official code of today. Raises: Village.DoesNotExist."""
    return Village.objects.select_related("district", "regency").get(
        code=code.replace("\x00", ""), valid_to__isnull=True
    )


def public_by_number(number: str) -> Proposal:
    """Return a proposal that anybody may read. Raises: Proposal.DoesNotExist for one that is not public."""
    proposal = proposal_by_number(number)
    if not is_public(proposal):
        raise Proposal.DoesNotExist
    return proposal


@dataclass(frozen=True, slots=True)
class PublicPhoto:
    """A photo that the secretary has opened, of a proposal that is public."""

    photo: ProposalPhoto
    place: Place


def public_photo_of(number: str, photo_id: UUID) -> PublicPhoto:
    """Return a photo for everyone. Raises: DoesNotExist for one that waits, is hidden, or belongs to another."""
    proposal = public_by_number(number)
    return PublicPhoto(public_photos(proposal).get(pk=photo_id), proposal.place)
