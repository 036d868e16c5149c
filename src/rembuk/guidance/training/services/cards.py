"""The card of a participant: a code on paper with which somebody without an account takes tests and fills their sheet.

The code is told by the place in the batch and this installation's secret, so nothing of it is stored and a lost card is
printed anew. Forty bits, known to nobody but who holds the card, open one person's own papers of one batch, each once.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from rembuk.core.errors import RefusedError
from rembuk.core.guidance.certificates import CODE_SIGNS, read_code
from rembuk.core.hat import VISITOR, Hat, Role
from rembuk.guidance.training.models import AnswerSheet, Enrolment, Reaction
from rembuk.guidance.training.queries import carded, test_by_id
from rembuk.guidance.training.services.looking_back import keep_own_reaction
from rembuk.guidance.training.services.testing import check_takes, keep_answers
from rembuk.shared import trail

SIGNS = 8
SALT = "rembuk.training.card"


def card_code(enrolment: Enrolment) -> str:
    """Return the code of a card: eight signs without letters that are mistaken for digits."""
    digest = salted_hmac(SALT, f"{enrolment.batch_id}:{enrolment.pk}", algorithm="sha256").digest()
    return "".join(CODE_SIGNS[byte % len(CODE_SIGNS)] for byte in digest[:SIGNS])


def shown_card(code: str) -> str:
    """Return a code as it is printed: ``7K3Q-FM2X``."""
    return f"{code[:4]}-{code[4:]}"


def holder_of(batch_id: UUID, text: str) -> Enrolment:
    """Return whose card it is in a batch. Raises: RefusedError ``card-unknown``."""
    code = read_code(text)[:40]
    for enrolment in carded(batch_id):
        if hmac.compare_digest(card_code(enrolment), code):
            return enrolment
    raise RefusedError("card-unknown")


def hat_of_card(enrolment: Enrolment) -> Hat:
    """Return the hat under which the trail tells what was done with a card."""
    return Hat(
        person_id=enrolment.person_id or VISITOR,
        name=enrolment.name,
        role=Role(enrolment.role),
        place=enrolment.place,
        place_name="kartu peserta",
    )


@transaction.atomic
def answer_by_card(
    *, batch_id: UUID, code: str, test_id: UUID, answers: Mapping[int, str], hand_in: bool, at: datetime
) -> AnswerSheet:
    """Keep the answers of whoever holds the card, and hand them in when they say so.

    Raises: RefusedError (card, closed, handed in, not one who takes it), BadInputError (no such question or letter).
    """
    enrolment, test = holder_of(batch_id, code), test_by_id(test_id)
    check_takes(test, enrolment)
    hat = hat_of_card(enrolment)
    with trail.acting(hat, "training.card"):
        return keep_answers(test, enrolment, answers, hand_in=hand_in, actor=hat, at=at)


@transaction.atomic
def react_by_card(*, batch_id: UUID, code: str, marks: Mapping[str, int], words: str, at: datetime) -> Reaction:
    """Keep the sheet of whoever holds the card, once. Raises: RefusedError, BadInputError."""
    enrolment = holder_of(batch_id, code)
    hat = hat_of_card(enrolment)
    with trail.acting(hat, "training.card"):
        return keep_own_reaction(enrolment, marks, words, actor=hat, at=at)
