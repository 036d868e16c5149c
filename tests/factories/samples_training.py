"""Samples of the training room for the walk over all routes: a running batch with a person from the village."""

from datetime import UTC, date, datetime
from uuid import UUID

from factories import people
from factories.samples import sample
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.guidance.training.models import (
    BatchTest,
    Certificate,
    Enrolment,
    ItemSet,
    SigningKey,
    TrainingBatch,
    TrainingSession,
)
from rembuk.guidance.training.services import card_code
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

SOMEBODY = UUID(int=1)
AT = datetime(2026, 6, 2, 1, 0, tzinfo=UTC)


def batch_in(village: Village) -> TrainingBatch:
    """Return a running batch of the village's regency."""
    with setting_up():
        return TrainingBatch.objects.get_or_create(
            regency_id=village.regency_id,
            title="Bimtek contoh",
            defaults={
                "state": "RUNNING",
                "topics": ["K7"],
                "start_date": date(2026, 6, 2),
                "end_date": date(2026, 6, 3),
                "for_trainers": True,
                "proposed_by": SOMEBODY,
            },
        )[0]


def enrolled(village: Village, owner: Assignment | None = None) -> Enrolment:
    """Return somebody from the village in the batch."""
    with setting_up():
        return Enrolment.objects.get_or_create(
            batch=batch_in(village),
            person=owner.person if owner else None,
            village=village,
            defaults={
                "name": "Contoh",
                "role": "SDK",
                "regency_id": village.regency_id,
                "district_id": village.district_id,
                "state": "PASSED",
                "nominated_by": SOMEBODY,
            },
        )[0]


def signed(village: Village, owner: Assignment | None = None) -> Certificate:
    """Return a signed certificate of somebody from the village; its paper was never made."""
    with setting_up():
        key = SigningKey.objects.get_or_create(
            code=f"K{village.id[-6:]}", defaults={"regency_id": village.regency_id, "public": "AA=="}
        )[0]
        number = Certificate.objects.count() + 1
        return Certificate.objects.get_or_create(
            enrolment=enrolled(village, owner),
            defaults={
                "regency_id": village.regency_id,
                "kind": "certificate",
                "state": "signed",
                "number": f"{number:04d}/SERTIFIKAT/DPMD/2026",
                "serial": number,
                "year": 2026,
                "name": "Contoh",
                "title": "Bimtek contoh",
                "jp": 8,
                "start_date": date(2026, 6, 2),
                "end_date": date(2026, 6, 3),
                "issued_date": date(2026, 6, 4),
                "valid_until": date(2029, 6, 3),
                "signed_at": AT,
                "key": key,
                "signed_text": "contoh",
                "code": f"{number:010d}",
                "prepared_by": SOMEBODY,
            },
        )[0]


@sample("batch_id", "training:")
def batch(village: Village) -> object:
    return batch_in(village).pk


@sample("session_id", "training:")
def session(village: Village) -> object:
    with setting_up():
        return TrainingSession.objects.create(batch=batch_in(village), title="Hari 1", starts_at=AT, jp=4).pk


@sample("code", "training:check_in")
def code(_village: Village) -> object:
    return "lewat"


@sample("code", "training:card")
def card(village: Village) -> object:
    return card_code(enrolled(village))


@sample("test_id", "training:")
def paper(village: Village) -> object:
    with setting_up():
        found = BatchTest.objects.get_or_create(
            batch=batch_in(village), phase="pre", defaults={"made_by": SOMEBODY, "opened_at": AT}
        )
        return found[0].pk


@sample("set_id", "training:")
def item_set(village: Village) -> object:
    with setting_up():
        found = ItemSet.objects.get_or_create(
            regency_id=village.regency_id, topic="K7", form="A", version_no=1, defaults={"made_by": SOMEBODY}
        )
        return found[0].pk


@sample("enrolment_id", "training:")
def enrolment(village: Village) -> object:
    return enrolled(village).pk


@sample("certificate_id", "training:")
def certificate(village: Village) -> object:
    return signed(village).pk


@sample("certificate_id", "training:my_", personal=True)
def my_certificate(village: Village, owner: Assignment) -> object:
    return signed(village, owner).pk


@sample("assignment_id", "training:")
def assignment(village: Village) -> object:
    return people.holder(Role.TIM, village, username=f"dinilai.{village.id}").pk
