"""People and what they may do: accounts, and assignments with role, place, decree and dates."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Hat, Place, Role
from rembuk.core.lists import regional_agencies
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village
from rembuk.shared.models import Record


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by any of the names they may sign in with."""

    def create_person(self, *, username: str, name: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(username=username.strip().lower(), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def by_any_name(self, text: str) -> "Person | None":
        """Return the person whose user name, e-mail or phone is *text*, or None."""
        text = text.strip().lower()
        match = Q(username=text) | Q(email=text)
        if looks_like_phone(text):
            match |= Q(phone=normal_phone(text))
        # A user name wins over somebody else's e-mail or phone that reads the same.
        found = sorted(self.filter(match), key=lambda person: (person.username != text, person.created_at))
        return found[0] if found else None


def looks_like_phone(text: str) -> bool:
    """Return whether *text* is only digits, spaces and phone signs, with at least eight digits."""
    return not text.strip(" +-.()0123456789") and sum(c.isdigit() for c in text) >= 8


def normal_phone(text: str) -> str:
    """Return an Indonesian phone number as ``628...``, or the bare digits when it is not one."""
    digits = "".join(c for c in text if c.isdigit())
    return "62" + digits[1:] if digits.startswith("0") else digits


class Person(AbstractBaseUser):
    """An account of a person of 17 or older. Rights come only from assignments."""

    class State(models.TextChoices):
        INVITED = "invited", _("diundang")
        ACTIVE = "active", _("aktif")
        SUSPENDED = "suspended", _("dibekukan")
        ENDED = "ended", _("berakhir")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(null=True, blank=True, unique=True)
    phone = models.CharField(max_length=20, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    language = models.CharField(max_length=5, default="id")
    settings = models.JSONField(default=dict)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Django would write this at each sign-in, outside any act; sessions and the trail tell who was there.
    last_login = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state in (self.State.ACTIVE, self.State.INVITED)

    @property
    def is_staff(self) -> bool:
        return False


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Filters over assignments."""

    def approved(self) -> "AssignmentQuerySet":
        return self.filter(state=Assignment.State.APPROVED)

    def valid_on(self, on: date) -> "AssignmentQuerySet":
        """Return those that give rights on the day *on*; one that is only proposed gives none."""
        return self.approved().filter(Q(end_date__isnull=True) | Q(end_date__gte=on), start_date__lte=on)

    def with_place(self) -> "AssignmentQuerySet":
        return self.select_related("person", "regency", "district", "village", "hamlet", "rt")


DATED_ROLES = (Role.PTP.value, Role.PLD.value, Role.PDA.value, Role.TIM.value)


class Assignment(Record):
    """A role at a place from a date to a date, by a decree (SK). *acting* marks Plt/Pj.

    The place is written out whole: a village carries its district and regency too, so that scoping needs no join.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        APPROVED = "approved", _("disetujui")
        DECLINED = "declined", _("ditolak")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=5, choices=[(role.value, role.value) for role in Role])
    regency = models.ForeignKey(Regency, null=True, blank=True, on_delete=models.PROTECT)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT)
    village = models.ForeignKey(Village, null=True, blank=True, on_delete=models.PROTECT)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT)
    rt = models.ForeignKey(Rt, null=True, blank=True, on_delete=models.PROTECT)
    agency = models.CharField(max_length=40, blank=True)
    decree_number = models.CharField(max_length=100, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    acting = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPROVED)
    proposed_by = models.UUIDField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("person", "start_date", "id")
        indexes = [models.Index(fields=("regency", "district", "village"), name="assignment_by_place")]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=Q(end_date__isnull=True) | Q(end_date__gte=models.F("start_date")),
            ),
            models.CheckConstraint(
                name="assignment_place_is_whole",
                condition=(Q(district__isnull=True) | Q(regency__isnull=False))
                & (Q(village__isnull=True) | Q(district__isnull=False))
                & (Q(hamlet__isnull=True) | Q(village__isnull=False))
                & (Q(rt__isnull=True) | Q(village__isnull=False)),
            ),
            models.CheckConstraint(
                name="assignment_by_decree_has_number_and_end",
                condition=~Q(role__in=DATED_ROLES) | (Q(end_date__isnull=False) & ~Q(decree_number="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.place_name}"

    @property
    def place(self) -> Place:
        return Place(
            regency=self.regency_id or "",
            district=self.district_id or "",
            village=self.village_id or "",
            hamlet=str(self.hamlet_id) if self.hamlet_id else "",
            rt=str(self.rt_id) if self.rt_id else "",
        )

    @property
    def agency_name(self) -> str:
        """The agency in words; what is no code of the list names itself."""
        known = regional_agencies().get(self.agency)
        return known.name if known else self.agency

    @property
    def place_name(self) -> str:
        """The smallest part with its kind and, below a village, the village: ``RT 03, Desa Melintang``."""
        if self.village is not None:
            below = self.rt or self.hamlet
            return f"{below}, {self.village.full_name}" if below else self.village.full_name
        if self.district is not None:
            return self.district.full_name
        return self.regency.name if self.regency is not None else ""

    def valid_on(self, on: date) -> bool:
        """Return whether this assignment gives rights on the day *on*."""
        begun = self.start_date <= on and (self.end_date is None or self.end_date >= on)
        return begun and self.state == self.State.APPROVED

    def hat(self) -> Hat:
        """Return the hat that this assignment puts on its person."""
        return Hat(
            person_id=self.person_id,
            name=self.person.name,
            role=Role(self.role),
            place=self.place,
            place_name=self.place_name,
            assignment_id=self.id,
            acting=self.acting,
            agency=self.agency,
        )


class OneTimeCode(Record):
    """A code that lets a person in once: invitation, reset printed by the level above, first administrator.

    Only the SHA-256 of the code is stored; the code itself stands on the printed slip and nowhere else.
    """

    class Purpose(models.TextChoices):
        INVITE = "invite", _("undangan")
        RESET = "reset", _("atur ulang sandi")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    made_by = models.UUIDField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return f"{self.purpose} {self.person_id}"
