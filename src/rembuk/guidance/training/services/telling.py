"""Who hears of what happened: the news of a training to the people it concerns, once each."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.guidance.training.models import BatchTest, Certificate, Enrolment, TrainingBatch
from rembuk.guidance.training.queries import expiring, rules_of
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.notices.services import notify


def tell_nomination(batch: TrainingBatch) -> int:
    """Ask village heads and Camats for names, once enrolment is open. Returns how many were told."""
    rows = Assignment.objects.valid_on(clock.today()).filter(
        regency_id=batch.regency_id, role__in=(Role.KAD.value, Role.CAM.value)
    )
    if batch.district_id:
        rows = rows.filter(district_id=batch.district_id)
    return notify(
        person_ids=rows.values_list("person_id", flat=True),
        key=f"training-nominate:{batch.pk}",
        title=_("Calonkan peserta: %(title)s") % {"title": batch.title},
        body=_("Pendaftaran dibuka untuk %(places)s tempat.") % {"places": batch.quota},
        link=reverse("training:nominate", args=(batch.pk,)),
        due_date=batch.enrol_until,
    )


def tell_decision(enrolment: Enrolment) -> int:
    """Tell somebody whether they got a place, wait, or were turned away with the reason."""
    if enrolment.person_id is None:
        return 0
    state = enrolment.get_state_display()
    return notify(
        person_ids=[enrolment.person_id],
        key=f"training-decision:{enrolment.pk}:{enrolment.state}:{enrolment.version}",
        title=_("%(title)s: Anda %(state)s") % {"title": enrolment.batch.title, "state": state},
        body=enrolment.reason,
        link=reverse("training:batch", args=(enrolment.batch_id,)),
        kind="answer",
    )


def tell_test_open(test: BatchTest, person_ids: Iterable[UUID]) -> int:
    """Tell the participants that a test is open."""
    words = {"phase": test.get_phase_display(), "title": test.batch.title}
    return notify(
        person_ids=person_ids,
        key=f"training-test:{test.pk}",
        title=_("%(phase)s dibuka: %(title)s") % words,
        link=reverse("training:take", args=(test.pk,)),
    )


def tell_certificate(certificate: Certificate) -> int:
    """Tell the person and their village head that a certificate is signed."""
    enrolment = certificate.enrolment
    told = 0
    if enrolment.person_id is not None:
        told = notify(
            person_ids=[enrolment.person_id],
            key=f"certificate-ready:{certificate.pk}",
            title=_("Sertifikat Anda sudah terbit: %(title)s") % {"title": certificate.title},
            link=reverse("training:my_certificate", args=(certificate.pk,)),
            kind="news",
        )
    return told + notify(
        person_ids=[key for key in heads_of(enrolment) if key != enrolment.person_id],
        key=f"certificate-ready:{certificate.pk}",
        title=_("Sertifikat %(name)s sudah terbit: %(title)s") % {"name": certificate.name, "title": certificate.title},
        link=reverse("training:certificate", args=(certificate.pk,)),
        kind="news",
    )


def heads_of(enrolment: Enrolment) -> list[UUID]:
    """Return the head of the village that somebody comes from, if they come from one."""
    if not enrolment.village_id:
        return []
    rows = Assignment.objects.valid_on(clock.today()).filter(village_id=enrolment.village_id, role=Role.KAD.value)
    return list(rows.values_list("person_id", flat=True))


def remind_expiry(today: date) -> int:
    """Tell people whose certificate runs out soon, once per certificate. Returns how many were told. Idempotent."""
    told = 0
    for regency in Regency.objects.order_by("code"):
        days = rules_of(regency).expiry_notice_days
        for certificate in expiring(today, days):
            if certificate.regency_id != regency.pk:
                continue
            told += tell_expiry(certificate)
    return told


def tell_expiry(certificate: Certificate) -> int:
    """Tell the person and their village head that a certificate runs out soon; each reads it on a page of their own."""
    enrolment = certificate.enrolment
    title = _("Sertifikat %(name)s hampir habis masa berlakunya: %(title)s")
    told = 0
    for page, people in (
        ("my_certificate", [enrolment.person_id] if enrolment.person_id is not None else []),
        ("certificate", [head for head in heads_of(enrolment) if head != enrolment.person_id]),
    ):
        told += notify(
            person_ids=people,
            key=f"certificate-expires:{certificate.pk}",
            title=title % {"name": certificate.name, "title": certificate.title},
            link=reverse(f"training:{page}", args=(certificate.pk,)),
            kind="deadline",
            due_date=certificate.valid_until,
        )
    return told
