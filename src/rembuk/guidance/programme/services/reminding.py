"""The daily chore: a late commitment is told to its owner, the Kabid and the Kepala DPMD, the day after and weekly."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.guidance.commitments import days_late, notice_step
from rembuk.core.hat import Role
from rembuk.guidance.programme.models import Commitment
from rembuk.guidance.programme.queries.commitments import late_commitments
from rembuk.guidance.programme.queries.owners import holders_of
from rembuk.guidance.programme.services.base import people_of
from rembuk.shared.notices.services import notify


def remind_commitments(today: date) -> int:
    """Tell of every late commitment, once per step: H+1 and then weekly; a day missed is caught up.

    Returns notices written. Idempotent. Source: the programme's table of notices (design).
    """
    leaders: dict[str, set[UUID]] = {}
    told = 0
    for commitment in late_commitments(today):
        late = days_late(commitment.at, commitment.due_date, today)
        step = notice_step(late)
        if step is None:
            continue
        if commitment.regency_id not in leaders:
            place = commitment.place
            leaders[commitment.regency_id] = {
                *people_of(Role.KBD, place, today),
                *people_of(Role.KDP, place, today),
            }
        told += notify(
            person_ids=owners(commitment, today) | leaders[commitment.regency_id],
            key=f"commitment-late:{commitment.pk}:{commitment.due_date.isoformat()}:{step}",
            title=_("Komitmen terlambat %(days)s hari: %(who)s") % {"days": late, "who": commitment.promiser_name},
            body=commitment.text[:300],
            link=reverse("programme:promise", args=[commitment.pk]),
            kind="deadline",
            due_date=commitment.due_date,
        )
    return told


def owners(commitment: Commitment, today: date) -> set[UUID]:
    """Return the people of the owner; one query."""
    role, person = commitment.owner_role, commitment.owner_person_id
    return set(holders_of(role, person, commitment.place, today, commitment.agency))
