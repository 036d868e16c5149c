"""The secretary's look at a comment, the team's answer, what happens by time, and the letter to who left an address."""

import logging
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat, command_hat
from rembuk.core.permissions import require
from rembuk.plans.comment_news import subject_of_news, text_of_news
from rembuk.plans.models import DraftComment
from rembuk.plans.services.commenting import cleaned
from rembuk.shared import clock, mail, trail
from rembuk.shared.notices.services import withdraw as withdraw_notice

AT_ONCE = 500
LETTERS_AT_ONCE = 200
WITH_PLACE = ("window__plan__cycle", "window__plan__village__district", "window__plan__village__regency")

log = logging.getLogger(__name__)


def locked_comment(comment_id: UUID) -> DraftComment:
    rows = DraftComment.objects.select_for_update(of=("self",)).select_related(*WITH_PLACE)
    return rows.get(pk=comment_id)


@transaction.atomic
def look_comment(
    *, comment_id: UUID, text: str, actor: Hat, at: datetime, closed: bool = False, hide_reason: str = ""
) -> DraftComment:
    """Show a comment with *text* as its public words, or hide it (insult, advertisement) when a reason is given.

    closed: about help for one person or one house; it is answered like any other, but no page and no paper shows it.
    Later it may be called again to mend the words. Raises: NotAllowedError, BadInputError.
    """
    row = locked_comment(comment_id)
    require(actor, "plans.look_comment", row)
    reason = " ".join(hide_reason.replace("\x00", " ").split())[:300]
    if reason:
        row.state, row.hidden_reason = "hidden", reason
    else:
        row.text, row.hidden_reason, row.closed = cleaned(text), "", closed
        row.state = "answered" if row.answer else "shown"
    row.looked_at = at
    with trail.acting(actor, "plans.look_comment"):
        row.save()
    withdraw_notice(key=f"tanggapan:{row.id}")
    return row


@transaction.atomic
def answer_comment(*, comment_id: UUID, answer: str, actor: Hat, at: datetime) -> DraftComment:
    """Answer a comment that is shown, or mend its answer; the whole answer is public.

    Raises: NotAllowedError, BadInputError, RefusedError ``comment-not-shown``.
    """
    row = locked_comment(comment_id)
    require(actor, "plans.answer_comment", row)
    if row.state not in ("shown", "answered"):
        raise RefusedError("comment-not-shown")
    row.answer, row.state, row.answered_at = cleaned(answer), "answered", at
    with trail.acting(actor, "plans.answer_comment"):
        row.save()
    return row


def show_unlooked_comments(today: date) -> int:
    """Show what the secretary has not looked at in time, covered words only; returns how many. Idempotent.

    What seems to help one person or house stays closed until somebody looks.
    """
    late = DraftComment.objects.filter(state="new", closed=False, look_due__lt=today).order_by("look_due", "id")
    return sum(show_one(comment_id=key) for key in late.values_list("id", flat=True)[:AT_ONCE])


@transaction.atomic
def show_one(*, comment_id: UUID) -> bool:
    row = locked_comment(comment_id)
    if row.state != "new" or row.closed:
        return False
    row.state = "shown"
    with trail.acting(command_hat("jam", row.window.plan.village.regency_id), "plans.look_comment"):
        row.save(update_fields=["state"])
    return True


def tell_writers(_today: date) -> int:
    """Send each answer once to who left an e-mail address; returns how many letters went out.

    Without a mail server nothing is sent, and the text for WhatsApp on the comment's page remains. A letter that fails
    goes again the next day.
    """
    if not mail.configured():
        return 0
    fresh = Q(told_at__isnull=True) | Q(told_at__lt=F("answered_at"))
    waiting = DraftComment.objects.filter(fresh, state="answered").exclude(email="").order_by("answered_at", "id")
    return sum(tell_one(key) for key in waiting.values_list("id", flat=True)[:LETTERS_AT_ONCE])


def tell_one(comment_id: UUID) -> bool:
    """Send one letter. The mark is set before the letter leaves, and taken back when it fails."""
    row = DraftComment.objects.select_related(*WITH_PLACE).get(pk=comment_id)
    before = row.told_at
    # Two workers on the same day: only the one that moves the mark sends.
    if not DraftComment.objects.filter(pk=comment_id, told_at=before).update(told_at=clock.now()):
        return False
    try:
        mail.send(row.email, subject_of_news(row), text_of_news(row, mail.site_address("/lacak/")))
    except OSError as error:
        DraftComment.objects.filter(pk=comment_id).update(told_at=before)
        log.warning("letter to a resident failed: %s", type(error).__name__)
        return False
    return True
