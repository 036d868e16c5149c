"""Certificates with their keys, and certificates from elsewhere that count as credit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Place
from rembuk.guidance.training.models.people import Enrolment
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Paper, Record, Versioned


class SigningKey(Record):
    """A pair of keys (ECDSA P-256) of one regency. private: sealed with the installation's key, empty once retired.

    It lies in the database, since every web process must be able to sign; the seal is the secret of the data folder.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="signing_keys")
    code = models.CharField(max_length=12, unique=True)
    public = models.TextField()
    private = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return self.code


class Certificate(Versioned):
    """A certificate, or a letter that somebody only attended. What is printed is copied here and stays.

    prepared_by makes it, signed_by (somebody else) signs; only then it counts. signed_text: what the QR says.
    refresh_reason: the rule that it covers has changed.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("sertifikat")
        ATTENDANCE = "attendance", _("surat keterangan mengikuti")

    class State(models.TextChoices):
        PREPARED = "prepared", _("menunggu tanda tangan")
        SIGNED = "signed", _("berlaku")
        REVOKED = "revoked", _("dicabut")

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    number = models.CharField(max_length=60)
    serial = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150)
    jp = models.PositiveSmallIntegerField()
    start_date = models.DateField()
    end_date = models.DateField()
    topics = models.JSONField(default=list)
    issued_date = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=10, unique=True)
    key = models.ForeignKey(SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    signed_text = models.TextField(blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    signer_office = models.CharField(max_length=100, blank=True)
    prepared_by = models.UUIDField()
    signed_by = models.UUIDField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)
    refresh_reason = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-year", "-serial", "id")
        constraints = [
            models.UniqueConstraint(fields=("regency", "year", "serial"), name="certificate_serial_once_per_year"),
            models.UniqueConstraint(fields=("regency", "number"), name="certificate_number_once_per_regency"),
            models.CheckConstraint(
                name="signed_certificate_has_day_key_and_text",
                condition=Q(state="prepared")
                | (Q(issued_date__isnull=False, signed_at__isnull=False, key__isnull=False) & ~Q(signed_text="")),
            ),
            models.CheckConstraint(
                name="revoked_certificate_says_why",
                condition=~Q(state="revoked") | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
            ),
            models.CheckConstraint(
                name="nobody_signs_what_they_prepared",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("prepared_by")),
            ),
        ]
        indexes = [models.Index(fields=("regency", "state"), name="certificate_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> Place:
        return self.enrolment.place


class OutsideCredit(Record):
    """A certificate from elsewhere (such as LMS Pamong Desa) that counts as credit."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="outside_credits")
    village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_credits"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_credits"
    )
    name = models.CharField(max_length=150)
    issuer = models.CharField(max_length=100)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    topic = models.CharField(max_length=3, blank=True)
    jp = models.PositiveSmallIntegerField()
    issued_date = models.DateField()
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-issued_date", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=("regency", "issuer", "number"), name="credit_once_per_issuer_and_number"),
            models.CheckConstraint(
                name="credit_score_is_at_most_a_hundred", condition=Q(score__isnull=True) | Q(score__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"

    @property
    def place(self) -> Place:
        district = self.village.district_id if self.village is not None else ""
        return Place(self.regency_id, district, self.village_id or "")
