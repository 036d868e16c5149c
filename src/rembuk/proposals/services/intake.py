"""The public door: a resident without account hands in a proposal and gets a receipt code."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rembuk.core.errors import RefusedError
from rembuk.core.hat import VISITOR, Hat
from rembuk.core.permissions import require
from rembuk.core.text.masking import masked, seems_aid_to_one
from rembuk.proposals.models import Intake, Proposal, ProposalPhoto
from rembuk.proposals.receipts import code_from, digest_of
from rembuk.proposals.resident_queries import Known, known_in, secretaries_of
from rembuk.proposals.resident_values import LONGEST_TITLE, ONE_HOUSE, ResidentWords
from rembuk.proposals.residents import look_due
from rembuk.proposals.services.drafts import fill, new_draft
from rembuk.proposals.services.photos import picture_of
from rembuk.proposals.services.steps import step_of
from rembuk.proposals.services.submission import Submitted, next_numbers, open_cycle_of
from rembuk.regions.models import Village
from rembuk.shared import files, trail
from rembuk.shared.models import StoredFile
from rembuk.shared.notices.services import notify
from rembuk.shared.templatetags.rembuk import tanggal

COVERED = ("title", "problem", "location_text")


def keep_photo(*, village_id: str, source: files.Upload | bytes, name: str, actor: Hat) -> StoredFile:
    """Keep a resident's photo until the proposal is sent; it belongs to nothing yet and nobody else can open it.

    It is shrunk, and what the camera wrote into it (also the place) is gone. Raises: BadInputError.
    """
    village = Village.objects.get(pk=village_id)
    require(actor, "proposals.public_new", village)
    return files.store(picture_of(source, name=name, code="photo-unread"), name=name, village_id=village_id, hat=actor)


@transaction.atomic
def propose_as_resident(
    *,
    key: UUID,
    village_id: str,
    words: ResidentWords,
    actor: Hat,
    at: datetime,
    photo_id: UUID | None = None,
) -> Submitted:
    """Hand in a proposal at the public door. The village gets it as typed; the proposal carries the covered words.

    key: made with the form and known only there. Sent again with the same body it returns the same number and code, so
    that a lost answer costs nothing; with another body it is refused. No gate of the cycle stirs before the secretary
    has looked: otherwise anybody could keep a village rechecking.
    Raises: RefusedError when no cycle is open or the key is taken.
    """
    village = Village.objects.select_related("district", "regency").get(pk=village_id)
    require(actor, "proposals.public_new", village)
    proposal_id, code = uuid5(key, "usulan"), code_from(key)
    found = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if found is not None:
        if found.created_digest != words.digest():
            raise RefusedError("proposal-key-taken")
        return Submitted(found, code if found.receipt_digest == digest_of(code) else "")
    proposal = sent_proposal(proposal_id, village, words, known_in(village), actor, at)
    proposal.receipt_digest = digest_of(code)
    with trail.acting(actor, "proposals.public_new"):
        proposal.save(force_insert=True)
        step_of(proposal, "send", "draft", actor, at).save()
        intake_for(proposal, village, words, at).save(force_insert=True)
        attach(proposal, photo_id)
    tell_secretary(proposal, at)
    return Submitted(proposal, code)


def sent_proposal(
    key: UUID, village: Village, words: ResidentWords, known: Known, actor: Hat, at: datetime
) -> Proposal:
    """Return the unsaved proposal: sent, numbered, its words covered, closed when it helps one house alone."""
    cycle = open_cycle_of(village.id)
    proposal = new_draft(key, village, actor, at)
    fill(proposal, words.values, actor)
    proposal.created_by = None
    own_name = (words.values.proposer_name,)
    for column in COVERED:
        text = getattr(words.values, column)
        setattr(proposal, column, masked(text, known.parts(text, own_name)))
    proposal.title = proposal.title[: LONGEST_TITLE * 2]
    text = f"{words.values.problem} {words.values.location_text}"
    if words.households == ONE_HOUSE or seems_aid_to_one(text, known.parts(text, own_name)):
        proposal.showing = Proposal.Showing.CLOSED
    proposal.cycle, proposal.state, proposal.submitted_at = cycle, "sent", at
    proposal.number = next_numbers(village, cycle.budget_year, 1)[0]
    proposal.created_digest = words.digest()
    return proposal


def intake_for(proposal: Proposal, village: Village, words: ResidentWords, at: datetime) -> Intake:
    return Intake(
        id=uuid5(proposal.id, "asli"),
        proposal=proposal,
        original_title=words.values.title,
        original_problem=words.values.problem,
        original_location=words.values.location_text,
        households=words.households,
        email=words.email,
        look_due=look_due(village, at),
        told_at=at,
    )


def attach(proposal: Proposal, photo_id: UUID | None) -> None:
    """Give the kept photo to the proposal; only one that a resident of this village handed in."""
    if photo_id is None:
        return
    mine = StoredFile.objects.filter(uploaded_by=VISITOR, village_id_text=proposal.village_id)
    stored = mine.filter(pk=photo_id).first()
    if stored is not None:
        ProposalPhoto.objects.create(id=uuid5(proposal.id, "foto"), proposal=proposal, file=stored)


def tell_secretary(proposal: Proposal, at: datetime) -> None:
    due = proposal.intake.look_due
    notify(
        person_ids=secretaries_of(proposal.village, timezone.localtime(at).date()),
        key=f"usulan-warga:{proposal.id}",
        title=_("Usulan warga %(number)s menunggu Anda lihat") % {"number": proposal.number},
        body=_("Sesudah %(date)s tampil sendiri dengan nama disamarkan dan tanpa foto.") % {"date": tanggal(due)},
        link=reverse("proposals:look", args=[proposal.number]),
        kind="task",
        due_date=due,
    )
