"""The signed letter: what it says reaches the village, and for the APB Desa the way of its Perdes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.budgeting.apb_labels import STATES as APB_STATES
from rembuk.budgeting.services.law import StepValues, record_step
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.guidance.desk_signing import signers_of
from rembuk.core.guidance.desk_states import NEEDS_FIX, DeskEvent, DeskResult, DeskState, next_state
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import require
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState
from rembuk.cycles.calendar import local_day
from rembuk.guidance.evaluation.labels import KINDS, RESULTS
from rembuk.guidance.evaluation.models import Delegation, Mark, Review
from rembuk.guidance.evaluation.services.base import OFFICE, WITH_PLACE, locked_review, refuse_own_village, save, tell
from rembuk.guidance.evaluation.standards import delegation_of
from rembuk.guidance.evaluation.typed import read_day, read_words
from rembuk.shared import files, papers, trail

EVENTS = {
    DeskResult.CONFORM: ApbEvent.FIND_CONFORM,
    DeskResult.CONFORM_WITH_NOTES: ApbEvent.FIND_CONFORM_WITH_NOTES,
    DeskResult.NOT_CONFORM: ApbEvent.FIND_NOT_CONFORM,
}
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class SignValues:
    """The signed letter as typed, with its scan."""

    number: str = ""
    day: str = ""
    signer_name: str = ""
    file: files.Upload | bytes | None = None
    file_name: str = ""


def sign_result(*, review_id: UUID, values: SignValues, actor: Hat, at: datetime) -> Review:
    """Record the signed letter of the result; for the APB Desa the result enters the way of its Perdes with it.

    The Camat signs the APB Desa only under a delegation that holds on the day of the letter; nobody signs what they
    drafted. Source: Permendagri 20/2018 Pasal 35 and 37 ayat (6). Raises: NotAllowedError, IllegalTransitionError,
    BadInputError, RefusedError (not delegated, drafted by oneself, own village, result already recorded otherwise).
    """
    review = Review.objects.select_related(*WITH_PLACE).get(pk=review_id)
    refuse_drafter(review, actor)
    require(actor, "evaluation.sign", review)
    next_state(DeskState(review.state), DeskEvent.SIGN)
    refuse_own_village(review, actor, at)
    number, name = read_words("nomor surat", values.number, 100), read_words("penanda tangan", values.signer_name, 150)
    day = read_day(values.day, local_day(review.village.regency, at))
    delegation = entitled(review, actor, day)
    if not number:
        raise BadInputError("desk-letter-missing")
    if not name:
        raise BadInputError("desk-signer-missing")
    if review.registered_date is not None and day < review.registered_date:
        raise BadInputError("desk-day-before", date=day.isoformat(), other=review.registered_date.isoformat())
    if values.file is None:
        raise BadInputError("desk-file-missing")
    # Shrinking a scan takes a moment: never inside the transaction that locks the review.
    file = files.store(
        values.file, name=values.file_name or "hasil-evaluasi.pdf", village_id=review.village_id, hat=actor, scan=True
    )
    with transaction.atomic():
        review = locked_review(review_id, actor, "sign")
        review.state = next_state(DeskState(review.state), DeskEvent.SIGN).value
        review.letter_number, review.letter_date, review.letter_file = number, day, file
        review.signer_name, review.signer_role, review.delegation = name, actor.role.value, delegation
        review.signed_by, review.signed_at = actor.person_id, at
        enter_result(review, actor, at)
        with trail.acting(actor, "evaluation.sign"):
            letter = ("letter_number", "letter_date", "letter_file", "signer_name", "signer_role", "delegation")
            save(review, "state", *letter, "signed_by", "signed_at")
        values_of = {"kind": KINDS[review.checks], "result": RESULTS[review.result]}
        keep_papers(review, actor)
        title = _("Hasil pemeriksaan %(kind)s: %(result)s") % values_of
        tell(review, (*OFFICE, Role.BPD), at, key="signed", title=title, body=notes_text(review))
    return review


def refuse_drafter(review: Review, actor: Hat) -> None:
    """Say in words that one does not sign what one drafted, before the table refuses without them."""
    if review.drafted_by == actor.person_id:
        raise RefusedError("desk-signed-by-drafter")


def entitled(review: Review, actor: Hat, on: date) -> Delegation | None:
    """Return the delegation under which the hat signs, if any. Raises: RefusedError, NotAllowedError."""
    delegation = delegation_of(review, on)
    if actor.role in signers_of(review.checks, delegated=delegation is not None):
        return delegation
    if actor.role is Role.CAM:
        raise RefusedError("desk-not-delegated")
    if delegation is not None:
        raise RefusedError("desk-delegated", decree=delegation.decree_number)
    roles = sorted(signers_of(review.checks, delegated=False))
    raise NotAllowedError("not-allowed", act="evaluation.sign", roles=roles)


def enter_result(review: Review, actor: Hat, at: datetime) -> None:
    """Let the budget's own step record the result; one entered by hand with the same result is left as it is."""
    if review.apbdes is None or review.letter_date is None:
        return
    result = DeskResult(review.result)
    state = ApbState(review.apbdes.state)
    if state.value == result.value:
        return
    if state is not ApbState.SENT_FOR_EVALUATION:
        raise RefusedError("desk-apb-not-sent", state=str(APB_STATES[state]))
    step = StepValues(
        EVENTS[result].value, review.letter_date.isoformat(), review.letter_number, notes_text(review)[:LONGEST_NOTE]
    )
    record_step(apbdes_id=review.apbdes.pk, values=step, actor=actor, at=at)


def keep_papers(review: Review, actor: Hat) -> None:
    """Freeze the filled sheet and the letter into the archive; the room of documents knows how they look."""
    for code in ("F34", "hasil-evaluasi"):
        papers.freeze(
            code,
            f"review:{review.pk}",
            hat=actor,
            sample=review.village.regency.sample,
            number=review.letter_number,
            paper_date=review.letter_date,
        )


def notes_text(review: Review) -> str:
    """Return the notes as lines that cite the item and say what to change; one sentence where there is none."""
    rows = Mark.objects.filter(review=review, mark__in=[mark.value for mark in NEEDS_FIX]).order_by("number")
    lines = [f"{review.checks} {row.number}: {row.fix}" for row in rows]
    return "\n".join(lines) or _("Tidak ada catatan.")
