"""Looking at a proposal: the secretary's look, the field check, the activity code, authority and pre-filter B."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.categories import need_category
from rembuk.core.law.reasons import DATA_LACKING, FEASIBLE, NOT_FEASIBLE
from rembuk.core.lists import is_kegiatan
from rembuk.core.permissions import require
from rembuk.core.scoring import Fit, FitResult, ScoreError, prefilter
from rembuk.core.workflow.proposal_states import ProposalEvent
from rembuk.proposals.models import FieldCheck, Intake, Proposal
from rembuk.proposals.permissions import OPEN_STATES
from rembuk.proposals.public_words import seems_for_few
from rembuk.proposals.services.photos import picture_of
from rembuk.proposals.services.steps import locked, move, step_of, touched
from rembuk.shared import files, trail

VERDICTS = (FEASIBLE, NOT_FEASIBLE, DATA_LACKING)


@transaction.atomic
def check_proposal(*, proposal_id: UUID, actor: Hat, at: datetime, note: str = "") -> Proposal:
    """Record that the village secretary has looked at a sent proposal; from now on its public page opens.

    One that seems to help a single person or a few houses is closed to the public instead; `set_showing` opens it.
    Raises: NotAllowedError, IllegalTransitionError.
    """
    proposal = locked(proposal_id)
    before = proposal.state
    changed = move(proposal, ProposalEvent.CHECK, actor=actor, act="proposals.check")
    if proposal.showing == Proposal.Showing.BY_STATE and seems_for_few(proposal):
        proposal.showing = Proposal.Showing.CLOSED
        changed = [*changed, "showing"]
    with trail.acting(actor, "proposals.check"):
        proposal.save(update_fields=changed)
        step_of(proposal, "check", before, actor, at, text=note).save()
        touched([proposal])
    return proposal


@transaction.atomic
def give_back_proposal(*, proposal_id: UUID, text: str, actor: Hat, at: datetime) -> Proposal:
    """Give a sent proposal back to its author with what to mend; number and receipt code stay.

    Raises: NotAllowedError, IllegalTransitionError, BadInputError without a sentence, RefusedError for a resident's,
    who has no account to mend it with.
    """
    text = " ".join(text.split())
    if not text:
        raise BadInputError("proposal-note-needed")
    proposal = locked(proposal_id)
    if Intake.objects.filter(proposal=proposal).exists():
        raise RefusedError("resident-has-no-draft")
    before = proposal.state
    changed = move(proposal, ProposalEvent.GIVE_BACK, actor=actor, act="proposals.give_back")
    with trail.acting(actor, "proposals.give_back"):
        proposal.save(update_fields=changed)
        step_of(proposal, "give_back", before, actor, at, text=text).save()
        touched([proposal])
    return proposal


@transaction.atomic
def field_check_proposal(
    *,
    proposal_id: UUID,
    verdict_code: str,
    note: str,
    check_date: date,
    actor: Hat,
    at: datetime,
    photo: files.Upload | bytes | None = None,
    photo_name: str = "",
) -> FieldCheck:
    """Record what the verification team saw on the place: PRIK-01 feasible, -02 not feasible, -03 data lacking.

    photo: a picture taken there, kept with the check and shown to those who may open the proposal.
    The state stays; a proposal that is not feasible is answered by the meeting or the village head.
    Raises: NotAllowedError (also for the author of the proposal), BadInputError, RefusedError once answered.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.field_check", proposal)
    if verdict_code not in VERDICTS:
        raise BadInputError("proposal-verdict-unknown")
    note = " ".join(note.split())
    if not note:
        raise BadInputError("proposal-note-needed")
    if check_date > timezone.localtime(at).date():
        raise BadInputError("proposal-date-future")
    if proposal.state not in OPEN_STATES - {"draft"}:
        raise RefusedError("proposal-not-editable")
    kept = None
    if photo is not None:
        data = picture_of(photo, name=photo_name, code="proposal-check-photo")
        kept = files.store(data, name=photo_name, village_id=proposal.village_id, hat=actor)
    check = FieldCheck(
        proposal=proposal,
        verdict_code=verdict_code,
        note=note,
        check_date=check_date,
        checked_by=actor.person_id,
        photo=kept,
    )
    with trail.acting(actor, "proposals.field_check"):
        check.save()
        step_of(proposal, "field_check", proposal.state, actor, at, code=verdict_code, text=note).save()
        touched([proposal])
    return check


@transaction.atomic
def confirm_code(*, proposal_id: UUID, code: str, actor: Hat, at: datetime) -> Proposal:
    """Set the activity code by a person's choice. Raises: NotAllowedError, BadInputError, RefusedError if answered."""
    proposal = locked(proposal_id)
    require(actor, "proposals.confirm_code", proposal)
    if not is_kegiatan(code):
        raise BadInputError("proposal-code-unknown", read=code)
    if proposal.state not in OPEN_STATES:
        raise RefusedError("proposal-not-editable")
    if proposal.activity_code == code and proposal.activity_confirmed_by is not None:
        return proposal
    proposal.activity_code, proposal.activity_confirmed_by = code, actor.person_id
    proposal.need_category = need_category(code)
    proposal.version += 1
    with trail.acting(actor, "proposals.confirm_code"):
        proposal.save(
            update_fields=["activity_code", "activity_confirmed_by", "need_category", "version", "changed_at"]
        )
        touched([proposal])
    return proposal


@transaction.atomic
def set_authority(*, proposal_id: UUID, authority: str, note: str, actor: Hat, at: datetime) -> Proposal:
    """Record a person's word about who owns the road, school or channel. It never moves the proposal by itself.

    Raises: NotAllowedError, BadInputError without the word, RefusedError once answered.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.set_authority", proposal)
    note = " ".join(note.split())
    if authority not in Proposal.Authority.values or (authority == Proposal.Authority.HIGHER and not note):
        raise BadInputError("proposal-authority-word")
    if proposal.state not in OPEN_STATES:
        raise RefusedError("proposal-not-editable")
    proposal.authority, proposal.authority_note = authority, note[:300]
    proposal.authority_by = None if authority == Proposal.Authority.UNKNOWN else actor.person_id
    proposal.version += 1
    with trail.acting(actor, "proposals.set_authority"):
        proposal.save(update_fields=["authority", "authority_note", "authority_by", "version", "changed_at"])
        touched([proposal])
    return proposal


@transaction.atomic
def set_prefilter(*, proposal_id: UUID, scores: Mapping[str, int], actor: Hat, at: datetime) -> FitResult:
    """Record pre-filter B of a proposal within village authority. The same scores again change nothing.

    scores: sdgs, regency, resources -> 1 to 5, all three. Authority is the proposal's own answer, never guessed here:
    where nobody has said it, or it lies above the village, there is nothing to score and the act is refused.
    Raises: NotAllowedError, RefusedError, BadInputError for scores that are missing, unknown or outside the scale.
    Source: procedure, scheme B.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.set_prefilter", proposal)
    if proposal.state not in OPEN_STATES - {"draft"}:
        raise RefusedError("proposal-not-editable")
    if proposal.authority == Proposal.Authority.UNKNOWN:
        raise RefusedError("prefilter-authority-unknown")
    if proposal.authority == Proposal.Authority.HIGHER:
        raise RefusedError("prefilter-goes-up")
    try:
        result = prefilter(Fit(str(proposal.id), authority=True, scores=dict(scores)))
    except ScoreError as error:
        raise BadInputError("prefilter-scores") from error
    if proposal.feasibility_b == dict(scores):
        return result
    proposal.feasibility_b = dict(scores)
    proposal.version += 1
    with trail.acting(actor, "proposals.set_prefilter"):
        proposal.save(update_fields=["feasibility_b", "version", "changed_at"])
        touched([proposal])
    return result
