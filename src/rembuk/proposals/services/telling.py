"""News by e-mail to residents who left an address: once a day, one letter with where the proposal stands now."""

import logging
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.deletion import ProtectedError

from rembuk.core.hat import VISITOR, command_hat
from rembuk.proposals.models import Intake, ProposalPhoto, ProposalStep
from rembuk.proposals.news import subject_of, text_of_news
from rembuk.shared import blobs, clock, mail, trail
from rembuk.shared.models import StoredFile

LETTERS_AT_ONCE = 200
FORGOTTEN_AT_ONCE = 500
KEPT_UNSENT_DAYS = 2
# What concerns the office alone is no news for the proposer.
NO_NEWS = ("send", "receipt", "support", "cover", "joined")

log = logging.getLogger(__name__)


def tell_residents(_today: date) -> int:
    """Send what is new since the last letter; returns how many letters went out. Without a mail server nothing is sent,
    and the text for WhatsApp on the proposal's page remains. A letter that fails goes again the next day.
    """
    if not mail.configured():
        return 0
    news = ProposalStep.objects.filter(proposal=OuterRef("proposal"), at__gt=OuterRef("told_at")).exclude(
        event__in=NO_NEWS
    )
    waiting = Intake.objects.filter(Exists(news)).exclude(email="").order_by("created_at", "id")
    return sum(tell_one(key) for key in waiting.values_list("id", flat=True)[:LETTERS_AT_ONCE])


def tell_one(intake_id: UUID) -> bool:
    """Send one letter when there is news. The mark is set before the letter leaves, and taken back when it fails."""
    intake = Intake.objects.select_related("proposal__village").get(pk=intake_id)
    before = intake.told_at
    steps = ProposalStep.objects.filter(proposal=intake.proposal, at__gt=before).exclude(event__in=NO_NEWS)
    newest = steps.order_by("-at", "-created_at", "-id").first()
    # Two workers on the same day: only the one that moves the mark sends.
    if newest is None or not Intake.objects.filter(pk=intake_id, told_at=before).update(told_at=newest.at):
        return False
    address = mail.site_address("/lacak/")
    try:
        mail.send(intake.email, subject_of(intake.proposal), text_of_news(intake.proposal, address))
    except OSError as error:
        Intake.objects.filter(pk=intake_id).update(told_at=before)
        log.warning("letter to a resident failed: %s", type(error).__name__)
        return False
    return True


def forget_unsent_photos(_today: date) -> int:
    """Delete the photos that residents chose for something which they never sent; returns how many."""
    before = clock.now() - timedelta(days=KEPT_UNSENT_DAYS)
    used = ProposalPhoto.objects.filter(file=OuterRef("pk"))
    lost = StoredFile.objects.filter(~Exists(used), uploaded_by=VISITOR, received_at__lt=before)
    return sum(forget_one(row) for row in lost.order_by("received_at", "id")[:FORGOTTEN_AT_ONCE])


def forget_one(row: StoredFile) -> bool:
    """Delete one file and its bytes; what another room still holds stays."""
    try:
        with transaction.atomic(), trail.acting(command_hat("jam", row.regency_key), "files.forget"):
            row.delete()
    except ProtectedError:
        return False
    if not StoredFile.objects.filter(sha256=row.sha256).exists():
        blobs.drop(row.sha256)
    return True
