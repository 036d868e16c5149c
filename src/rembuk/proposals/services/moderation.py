"""The secretary's look at what residents hand in, and what happens when it does not come in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat, command_hat
from rembuk.core.law.reasons import ABUSE
from rembuk.core.permissions import require
from rembuk.core.workflow.photo_looks import VERDICTS, is_shown
from rembuk.core.workflow.proposal_states import ProposalEvent
from rembuk.proposals.models import Intake, Proposal, ProposalPhoto
from rembuk.proposals.services.steps import locked, move, step_of, touched
from rembuk.proposals.values import LIMITS
from rembuk.shared import clock, trail
from rembuk.shared.notices.services import withdraw as withdraw_notice

COVER_TITLE = "(isi ditutup)"
SHOWN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PublicWords:
    """What everyone will read."""

    title: str
    problem: str = ""
    location_text: str = ""


@transaction.atomic
def look_at_proposal(
    *,
    proposal_id: UUID,
    words: PublicWords,
    actor: Hat,
    at: datetime,
    photos: Mapping[UUID, str] | None = None,
    closed: bool = False,
    note: str = "",
) -> Proposal:
    """Take a resident's proposal on: the words for everyone, which photos, and whether it is shown by itself at all.

    photos: photo -> verdict (core.workflow.photo_looks); a photo that is not in it stays as it was looked at.
    closed: help for one person or one house; it is worked on like any other, but no public page shows it.
    Later it may be called again to mend the public words. The words as typed stay with the village office.
    Raises: NotAllowedError, RefusedError when the proposal is no resident's or was rejected, BadInputError.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.look", proposal)
    refuse_unfit(proposal)
    read = read_words(words)
    before, event = proposal.state, "cover"
    columns = ["version", "changed_at"]
    if proposal.state == "sent":
        columns, event = move(proposal, ProposalEvent.CHECK, actor=actor, act="proposals.check"), "check"
    else:
        proposal.version += 1
    proposal.title, proposal.problem, proposal.location_text = read.title, read.problem, read.location_text
    proposal.showing = Proposal.Showing.CLOSED if closed else Proposal.Showing.BY_STATE
    with trail.acting(actor, "proposals.look"):
        proposal.save(update_fields=[*columns, "title", "problem", "location_text", "showing"])
        judge_photos(proposal, photos or {}, closed=closed)
        step_of(proposal, event, before, actor, at, text=one_line(note)[:1_000]).save()
        touched([proposal])
    withdraw_notice(key=f"usulan-warga:{proposal.id}")
    return proposal


def refuse_unfit(proposal: Proposal) -> None:
    if not Intake.objects.filter(proposal=proposal).exists():
        raise RefusedError("look-not-resident")
    if proposal.state in ("draft", "withdrawn") or proposal.reason_code == ABUSE:
        raise RefusedError("look-answered")


def one_line(text: str) -> str:
    """Return a text with single spaces and without the sign that PostgreSQL cannot store."""
    return " ".join(text.replace("\x00", " ").split())


def read_words(words: PublicWords) -> PublicWords:
    """Return the words with single spaces. Raises: BadInputError without a title or with a text that is too long."""
    title, place, problem = (
        one_line(words.title),
        one_line(words.location_text),
        words.problem.replace("\x00", "").strip(),
    )
    if not title:
        raise BadInputError("look-title")
    lengths = {"title": len(title), "problem": len(problem), "location_text": len(place)}
    if any(lengths[name] > LIMITS[name] for name in lengths):
        raise BadInputError("proposal-incomplete")
    return PublicWords(title, problem, place)


def judge_photos(proposal: Proposal, verdicts: Mapping[UUID, str], *, closed: bool) -> None:
    """Write down what was said of each photo. closed: none of them is shown, whatever was said."""
    if any(verdict not in VERDICTS for verdict in verdicts.values()):
        raise BadInputError("photo-verdict")
    for photo in ProposalPhoto.objects.select_for_update().filter(proposal=proposal).order_by("id"):
        verdict = verdicts.get(photo.id, photo.verdict)
        shown = is_shown(verdict) and not closed
        if (photo.verdict, photo.shown) != (verdict, shown):
            photo.verdict, photo.shown = verdict, shown
            photo.save(update_fields=["verdict", "shown"])


@transaction.atomic
def look_at_photo(*, photo_id: UUID, verdict: str, actor: Hat, at: datetime) -> ProposalPhoto:
    """Say of one photo of any proposal whether everybody may see it, and why. Idempotent; may be changed later.

    Raises: NotAllowedError, BadInputError without a known verdict, ProposalPhoto.DoesNotExist.
    """
    photo = ProposalPhoto.objects.get(pk=photo_id)
    proposal = locked(photo.proposal_id)
    require(actor, "proposals.look", proposal)
    with trail.acting(actor, "proposals.look"):
        judge_photos(proposal, {photo_id: verdict}, closed=proposal.showing == Proposal.Showing.CLOSED)
    photo.refresh_from_db()
    return photo


@transaction.atomic
def set_showing(*, proposal_id: UUID, closed: bool, actor: Hat, at: datetime) -> Proposal:
    """Close a proposal of the office to the public, since it helps one person or few houses, or open it again.

    What a resident handed in goes through `look_at_proposal`. Raises: NotAllowedError, RefusedError for a resident's
    and for a draft.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.look", proposal)
    if proposal.state in ("draft", "withdrawn") or Intake.objects.filter(proposal=proposal).exists():
        raise RefusedError("look-answered")
    after = Proposal.Showing.CLOSED if closed else Proposal.Showing.BY_STATE
    if proposal.showing == after:
        return proposal
    proposal.showing = after
    proposal.version += 1
    with trail.acting(actor, "proposals.look"):
        proposal.save(update_fields=["showing", "version", "changed_at"])
        judge_photos(proposal, {}, closed=closed)
        step_of(proposal, "cover", proposal.state, actor, at).save()
    return proposal


@transaction.atomic
def reject_as_abuse(*, proposal_id: UUID, text: str, actor: Hat, at: datetime) -> Proposal:
    """Answer that this is no proposal (insult, advertisement, nonsense). It is kept for the village office, shown to
    nobody else, and whoever holds the receipt code reads the reason.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError without a sentence.
    """
    proposal = locked(proposal_id)
    require(actor, "proposals.reject_abuse", proposal)
    refuse_unfit(proposal)
    before, sentence = proposal.state, one_line(text)[:1_000]
    columns = move(
        proposal, ProposalEvent.DECLINE, actor=actor, act="proposals.reject_abuse", code=ABUSE, text=sentence
    )
    proposal.title, proposal.problem, proposal.location_text = COVER_TITLE, "", ""
    proposal.showing = Proposal.Showing.CLOSED
    with trail.acting(actor, "proposals.reject_abuse"):
        proposal.save(update_fields=[*columns, "title", "problem", "location_text", "showing"])
        judge_photos(proposal, {}, closed=True)
        step_of(proposal, "decline", before, actor, at, code=ABUSE, text=sentence).save()
    withdraw_notice(key=f"usulan-warga:{proposal.id}")
    return proposal


def show_unlooked(today: date) -> int:
    """Open what the secretary has not looked at in time: covered words, no photo; returns how many. Idempotent.

    What seems to help one person or house stays closed until somebody looks.
    """
    late = Intake.objects.filter(look_due__lt=today, proposal__state="sent", proposal__showing="state")
    ids = list(late.order_by("look_due", "id").values_list("proposal_id", flat=True)[:SHOWN_AT_ONCE])
    return sum(show_one(proposal_id=key, at=clock.now()) for key in ids)


@transaction.atomic
def show_one(*, proposal_id: UUID, at: datetime) -> bool:
    proposal = locked(proposal_id)
    if proposal.state != "sent" or proposal.showing != Proposal.Showing.BY_STATE:
        return False
    proposal.showing = Proposal.Showing.OPEN
    proposal.version += 1
    actor = command_hat("jam", proposal.village.regency_id)
    with trail.acting(actor, "proposals.look"):
        proposal.save(update_fields=["showing", "version", "changed_at"])
        step = step_of(proposal, "show", "sent", actor, at)
        step.by, step.by_label = None, ""
        step.save()
    return True
