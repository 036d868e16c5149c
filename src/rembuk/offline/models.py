"""Keys of the server, devices, packages that are out, and every envelope that ever came, with its parts."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Assignment, Person
from rembuk.core.hat import Place
from rembuk.regions.models import Regency, Village
from rembuk.shared.models import Record


class ServerKey(Record):
    """A pair of keys (RSA 3072) that phones seal for. private: sealed with the secret of this installation.

    A retired one is kept for at least 400 days, since a phone may have been away that long.
    """

    code = models.CharField(max_length=40, unique=True)
    public = models.TextField()
    private = models.TextField()
    at_work = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("at_work",), condition=Q(at_work=True), name="one_server_key_at_work"),
            models.CheckConstraint(
                name="a_retired_server_key_has_a_day", condition=Q(at_work=True) | Q(retired_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Device(Record):
    """One person on one phone; its private key never leaves the phone. Its id was made there.

    village, district, regency: of the hat that registered it, so that an office finds the devices of its place.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80)
    public_key = models.TextField()
    regency = models.ForeignKey(Regency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    district_key = models.CharField(max_length=8, blank=True)
    village = models.ForeignKey(Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("person", "registered_at", "id")
        constraints = [
            models.CheckConstraint(
                name="a_revoked_device_says_why",
                condition=Q(revoked_at__isnull=True) | (Q(revoked_by__isnull=False) & ~Q(revoked_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        return Place(self.regency_id or "", self.district_key, self.village_id or "")


class Package(Record):
    """One package that went out: who has it, on which device, of which village, until when. size: bytes as gzip."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="packages")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="packages")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="packages")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="packages")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    rights_until = models.DateTimeField()
    key_code = models.CharField(max_length=40)
    program = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-issued_at", "id")
        indexes = [models.Index(fields=("village", "expires_at"), name="package_out_of_village")]
        constraints = [
            models.CheckConstraint(
                name="package_ends_after_it_begins", condition=Q(expires_at__gt=models.F("issued_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.issued_at:%Y-%m-%d}"

    @property
    def place(self) -> Place:
        return self.village.place


class Envelope(Record):
    """One envelope as it came. envelope_id: the id of the record in it; several rows share it when they differ.

    raw: the text as received, never changed. verified: the signature is that of the device. device, person, assignment,
    package, village: what was found behind the ids that stand in it, empty where nothing was; regency: of the village,
    or of those who look after what nobody can place. skew: seconds that its clock was behind at sync. about_key: the
    meeting, visit or forum that its body names, once it was opened. code, message: why it stands where it stands.
    object_key: the record that it became, which is another than envelope_id once a meeting was joined. attempts: how
    often applying it broke down.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("diterima")
        APPLIED = "applied", _("masuk")
        WAITING = "waiting", _("menunggu")
        REVIEW = "review", _("perlu diputuskan")
        QUARANTINE = "quarantine", _("dikarantina")
        SET_ASIDE = "set_aside", _("disisihkan")

    class Way(models.TextChoices):
        NETWORK = "network", _("jaringan")
        FILE = "file", _("berkas USB")

    envelope_id = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64)
    raw = models.TextField()
    kind = models.CharField(max_length=20, blank=True)
    schema = models.PositiveIntegerField(default=0)
    device_key = models.UUIDField(null=True, blank=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT, related_name="envelopes")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, null=True, blank=True, on_delete=models.PROTECT, related_name="envelopes")
    village = models.ForeignKey(Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    regency = models.ForeignKey(Regency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key_code = models.CharField(max_length=40, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    skew = models.IntegerField(default=0)
    after = models.JSONField(default=list)
    about_key = models.UUIDField(null=True, blank=True, db_index=True)
    verified = models.BooleanField(default=False)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.NETWORK)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    flags = models.JSONField(default=list)
    code = models.CharField(max_length=60, blank=True)
    message = models.TextField(blank=True)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    object_key = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=10, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("received_at", "id")
        indexes = [
            models.Index(fields=("village", "state", "received_at"), name="envelope_of_village_by_state"),
            models.Index(fields=("state", "received_at"), name="envelope_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("envelope_id", "digest"), name="one_row_per_envelope_and_digest"),
            models.CheckConstraint(
                name="an_applied_envelope_names_its_object",
                condition=~Q(state="applied") | Q(applied_at__isnull=False, object_key__isnull=False),
            ),
            models.CheckConstraint(
                name="an_envelope_set_aside_says_why",
                condition=~Q(state="set_aside")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_reason="")),
            ),
            models.CheckConstraint(
                name="an_envelope_that_stands_still_says_why",
                condition=~Q(state__in=("waiting", "review", "quarantine")) | ~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.envelope_id}"

    @property
    def place(self) -> Place:
        """The village it is about; what nobody can place lies with the regency."""
        return self.village.place if self.village is not None else Place(self.regency_id or "")


class Part(models.Model):
    """A piece of a photo that an envelope names; its sealed bytes lie under their SHA-256 once they came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    stored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("envelope", "order")
        constraints = [models.UniqueConstraint(fields=("envelope", "order"), name="one_part_in_a_place")]

    def __str__(self) -> str:
        return self.sha256[:12]
