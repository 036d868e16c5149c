"""Reads over certificates: by hat, by code, the list of the revoked, the public keys, what runs out soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.core.guidance.certificates import Standing, read_code, standing_of
from rembuk.core.hat import Hat
from rembuk.guidance.training.models import Certificate, OutsideCredit, SigningKey

PLACE = ("enrolment__village__district", "enrolment__district", "enrolment__regency", "regency")


def certificates_seen_by(hat: Hat) -> "QuerySet[Certificate]":
    """Return the certificates of people from the hat's place, newest first."""
    found = Q()
    for level in ("regency", "district", "village"):
        key = getattr(hat.place, level)
        found &= Q(**{f"enrolment__{level}_id": key}) if key else Q()
    return Certificate.objects.filter(found).select_related(*PLACE).order_by("-year", "-serial", "id")


def certificate_by_id(certificate_id: UUID | str) -> Certificate:
    """Return one certificate. Raises: Certificate.DoesNotExist."""
    return Certificate.objects.select_related("key", "paper", "enrolment__batch", *PLACE).get(pk=certificate_id)


def own_certificates(person_id: UUID) -> list[Certificate]:
    """Return a person's own certificates, newest first; one that nobody has signed yet is not there."""
    rows = Certificate.objects.filter(enrolment__person_id=person_id).exclude(state=Certificate.State.PREPARED)
    return list(rows.select_related(*PLACE).order_by("-issued_date", "-serial", "id"))


def own_credits(person_id: UUID) -> list[OutsideCredit]:
    """Return a person's certificates from elsewhere, newest first."""
    return list(OutsideCredit.objects.filter(person_id=person_id).order_by("-issued_date", "id"))


def credits_of(regency_id: str) -> "QuerySet[OutsideCredit]":
    """Return the certificates from elsewhere of a regency, newest first."""
    rows = OutsideCredit.objects.filter(regency_id=regency_id).select_related("village__district")
    return rows.order_by("-issued_date", "name", "id")


def by_code(text: str) -> Certificate | None:
    """Return the signed or revoked certificate with the printed code *text*, or nothing."""
    code = read_code(text)
    rows = Certificate.objects.filter(code=code).exclude(state=Certificate.State.PREPARED)
    return rows.select_related("key", "regency", "enrolment").first() if code else None


def certificate_standing(certificate: Certificate, today: date) -> Standing | str:
    """Return how a certificate stands today; ``prepared`` until somebody has signed it."""
    if certificate.state == Certificate.State.PREPARED:
        return "prepared"
    return standing_of(
        certificate.valid_until,
        today,
        revoked=certificate.state == Certificate.State.REVOKED,
        refresh=bool(certificate.refresh_reason),
    )


@dataclass(frozen=True, slots=True)
class CheckList:
    """What a page or a device needs to check certificates without network, as of one day.

    keys: code -> public key as base64 of its SPKI. revoked: codes of the certificates that no longer hold.
    """

    as_of: date
    keys: tuple[tuple[str, str], ...]
    revoked: tuple[str, ...]

    def packed(self) -> dict[str, object]:
        """Return it as plain values."""
        return {"as_of": self.as_of.isoformat(), "keys": dict(self.keys), "revoked": list(self.revoked)}


def check_list(today: date) -> CheckList:
    """Return the public keys of every regency and the codes that were revoked. Two queries. Holds no name."""
    keys = SigningKey.objects.order_by("created_at", "id").values_list("code", "public")
    revoked = Certificate.objects.filter(state=Certificate.State.REVOKED).order_by("code")
    return CheckList(today, tuple(keys), tuple(revoked.values_list("code", flat=True)))


def expiring(today: date, days: int) -> Sequence[Certificate]:
    """Return the signed certificates that run out within *days*, soonest first."""
    rows = Certificate.objects.filter(
        state=Certificate.State.SIGNED, valid_until__gte=today, valid_until__lte=today + timedelta(days=days)
    )
    return list(rows.select_related("enrolment", "regency").order_by("valid_until", "id"))
