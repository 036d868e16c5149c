"""The public door of a draft: a resident without account comments on it and gets a receipt code.

Identity, covering, receipt and limits are those of proposals; only the thing that is written about differs.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.text.masking import masked, seems_aid_to_one
from rembuk.plans.comment_board import WHOLE, is_aid, is_open, title_of
from rembuk.plans.models import CommentWindow, DraftComment, RkpdesItem, RkpdesVersion
from rembuk.plans.public_money import closed_items
from rembuk.plans.services.steps import locked_plan
from rembuk.proposals.public_words import Cover, cover_of
from rembuk.proposals.receipts import code_from, digest_of
from rembuk.proposals.resident_queries import known_in, secretaries_of
from rembuk.proposals.resident_values import Supporter
from rembuk.proposals.residents import device_digest, look_due, person_digest
from rembuk.shared import trail
from rembuk.shared.notices.services import notify
from rembuk.shared.templatetags.rembuk import tanggal

LONGEST = 1_000
MOST_OF_DEVICE = 5
"""Numbers of our own. A family shares a phone, so one device may write for several people about the same activity."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a resident wrote. item: key of the activity, empty for the whole draft; contact, email: may be left out."""

    text: str
    item: str = ""
    contact: str = ""
    email: str = ""

    def digest(self, writer: Supporter) -> str:
        """Return the digest of the whole body: equal bodies, equal digest."""
        parts = (self.text, self.item, self.contact, self.email, writer.name, writer.hamlet_id, writer.birth_year)
        return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Received:
    """A comment as stored, and the receipt code that opens its answer."""

    comment: DraftComment
    code: str


def cleaned(text: str) -> str:
    """Return a text without NUL and outer spaces. Raises: BadInputError when empty or too long."""
    plain = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not plain:
        raise BadInputError("comment-empty")
    if len(plain) > LONGEST:
        raise BadInputError("comment-long", count=len(plain), limit=LONGEST)
    return plain


@transaction.atomic
def comment_draft(
    *, key: UUID, plan_id: UUID, words: Words, writer: Supporter, device: str, actor: Hat, at: datetime
) -> Received:
    """Take one resident's comment; of the writer two digests are kept, no name.

    key: made with the form. Sent again with the same body it gives the same comment and code, also after the window,
    so that a lost answer costs nothing. What seems to help one person or house stays closed until somebody looks.
    Raises: BadInputError, RefusedError ``comment-closed``, ``comment-twice``, ``comment-device``.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.public_comment", plan)
    known_before = DraftComment.objects.filter(pk=uuid5(key, "tanggapan")).first()
    if known_before is not None:
        return again(known_before, key, words.digest(writer))
    window = CommentWindow.objects.select_related("plan__cycle", "plan__village__regency").get(plan=plan)
    if not is_open(window, at):
        raise RefusedError("comment-closed")
    text, known, cover = cleaned(words.text), known_in(plan.village), cover_of(plan.village)
    made = comment_of(key, window, chosen_item(plan, words.item, cover), cover, at)
    parts = known.parts(text, (writer.name,))
    made.typed, made.text, made.closed = text, masked(text, parts), seems_aid_to_one(text, parts)
    made.contact, made.email, made.body_digest = words.contact[:40], words.email[:200], words.digest(writer)
    identify(made, plan, writer, device)
    refuse_flood(made)
    with trail.acting(actor, "plans.public_comment"):
        made.save(force_insert=True)
    tell_secretary(made)
    return Received(made, code_from(key))


def again(found: DraftComment, key: UUID, digest: str) -> Received:
    if found.body_digest != digest:
        raise RefusedError("comment-key-taken")
    return Received(found, code_from(key))


def chosen_item(plan: RkpdesVersion, key: str, cover: Cover) -> RkpdesItem | None:
    """Return the activity written about. Raises: BadInputError for one that the page does not list."""
    if not key:
        return None
    try:
        item = plan.items.filter(pk=key).first()
    except (ValidationError, ValueError):
        item = None
    if item is None or is_aid(item, cover, closed_items([item.id])):
        raise BadInputError("comment-item")
    return item


def comment_of(key: UUID, window: CommentWindow, item: RkpdesItem | None, cover: Cover, at: datetime) -> DraftComment:
    return DraftComment(
        id=uuid5(key, "tanggapan"),
        window=window,
        subject=str(item.id) if item else WHOLE,
        item=item,
        activity_code=item.activity_code if item else "",
        item_name=title_of(item, cover) if item else "",
        came_at=at,
        look_due=look_due(window.plan.village, at),
        receipt_digest=digest_of(code_from(key)),
    )


def identify(made: DraftComment, plan: RkpdesVersion, writer: Supporter, device: str) -> None:
    thing = f"draft.{plan.id}.{made.subject}"
    made.person_digest = person_digest(
        thing=thing,
        village_id=plan.village_id,
        name=writer.name,
        hamlet_id=writer.hamlet_id,
        birth_year=writer.birth_year,
    )
    made.device_digest = device_digest(thing=thing, token=device) or ""


def refuse_flood(made: DraftComment) -> None:
    """Refuse a second comment of one person, and many of one device, about the same thing. Raises: RefusedError."""
    there = DraftComment.objects.filter(window=made.window, subject=made.subject)
    if there.filter(person_digest=made.person_digest).exists():
        raise RefusedError("comment-twice")
    if made.device_digest and there.filter(device_digest=made.device_digest).count() >= MOST_OF_DEVICE:
        raise RefusedError("comment-device", count=MOST_OF_DEVICE)


def tell_secretary(made: DraftComment) -> None:
    village = made.window.plan.village
    notify(
        person_ids=secretaries_of(village, timezone.localtime(made.came_at).date()),
        key=f"tanggapan:{made.id}",
        title=_("Tanggapan warga atas rancangan RKP menunggu Anda lihat"),
        body=_("Sesudah %(date)s tampil sendiri dengan nama disamarkan.") % {"date": tanggal(made.look_due)},
        link=reverse("plans:comment", args=[made.id]),
        kind="task",
        due_date=made.look_due,
    )
