"""Letting people in: one-time codes, passwords, the second factor."""

from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import salted_hmac

from rembuk.accounts.codes import Slip, new_code, read_code
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.accounts.queries import hats_of
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat, Place, Role
from rembuk.shared import trail

INVITE_DAYS = 14
RESET_DAYS = 3


def self_hat(person: Person) -> Hat:
    """Return a hat for what a person does to their own account, also when they hold no valid assignment."""
    hats = hats_of(person)
    return hats[0].hat() if hats else Hat(person.id, person.name, Role.WGA, Place())


def digest_of(code: str) -> str:
    """Return what is stored of a code: keyed, so that a copied database alone does not give the codes away."""
    return salted_hmac("rembuk.accounts.code", code, algorithm="sha256").hexdigest()


def new_slip(person: Person, *, made_by: UUID, at: datetime) -> Slip:
    """Make the one valid code of *person*; the caller has checked the right and says who acts. Writes."""
    reset = person.has_usable_password()
    expires_at = at + timedelta(days=RESET_DAYS if reset else INVITE_DAYS)
    code = new_code()
    OneTimeCode.objects.filter(person=person, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    OneTimeCode.objects.create(
        person=person,
        digest=digest_of(code),
        purpose=OneTimeCode.Purpose.RESET if reset else OneTimeCode.Purpose.INVITE,
        made_by=made_by,
        expires_at=expires_at,
    )
    return Slip(code, expires_at)


def person_of_code(text: str, at: datetime) -> Person:
    """Return whom a typed code lets in. Raises: RefusedError ``code-unknown`` (wrong, used or too late alike)."""
    code = read_code(text)
    found = (
        OneTimeCode.objects.select_related("person")
        .filter(digest=digest_of(code), used_at__isnull=True, expires_at__gt=at)
        .first()
        if code
        else None
    )
    if found is None or not found.person.is_active:
        raise RefusedError("code-unknown")
    return found.person


@transaction.atomic
def use_code(*, text: str, password: str, at: datetime) -> Person:
    """Set the first or a new password by a code, which is then used up. Raises: RefusedError ``code-unknown``."""
    code = read_code(text)
    found = OneTimeCode.objects.select_for_update().filter(digest=digest_of(code)).first() if code else None
    if found is None or found.used_at is not None or found.expires_at <= at:
        raise RefusedError("code-unknown")
    person = Person.objects.select_for_update().get(pk=found.person_id)
    if not person.is_active:
        raise RefusedError("code-unknown")
    with trail.acting(self_hat(person), "accounts.use_code"):
        found.used_at = at
        found.save(update_fields=["used_at"])
        person.set_password(password)
        person.state, person.must_change_password = Person.State.ACTIVE, False
        person.password_changed_at = at
        person.save(update_fields=["password", "state", "must_change_password", "password_changed_at"])
    return person


@transaction.atomic
def change_password(*, person: Person, password: str, at: datetime) -> None:
    """Set a person's own new password; other sessions of theirs end."""
    with trail.acting(self_hat(person), "accounts.change_password"):
        person.set_password(password)
        person.must_change_password, person.password_changed_at = False, at
        person.save(update_fields=["password", "must_change_password", "password_changed_at"])


@transaction.atomic
def set_profile(*, person: Person, name: str, language: str, email: str, phone: str) -> None:
    """Write a person's own name, language, e-mail and phone (already checked to be free)."""
    with trail.acting(self_hat(person), "accounts.me"):
        person.name, person.language = name, language
        person.email, person.phone = email or None, phone or None
        person.save(update_fields=["name", "language", "email", "phone"])


@transaction.atomic
def set_second_factor(*, person: Person, secret: str, code: str) -> bool:
    """Turn the second factor on if *code* is what the device shows for *secret*; a new device replaces the old one."""
    if not validate_totp_code(secret, code):
        return False
    with trail.acting(self_hat(person), "accounts.second_factor_setup"):
        Authenticator.objects.filter(user=person).delete()
        TOTP.activate(person, secret)
        RecoveryCodes.activate(person)
    return True


def recovery_codes(person: Person) -> list[str]:
    """Return the recovery codes not used yet, or none without a second factor."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(found).get_unused_codes()) if found else []


@transaction.atomic
def renew_recovery_codes(*, person: Person) -> list[str]:
    """Throw the old recovery codes away and make new ones."""
    with trail.acting(self_hat(person), "accounts.recovery_codes"):
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        return list(RecoveryCodes.activate(person).get_unused_codes())


@transaction.atomic
def second_factor_fits(person: Person, code: str) -> bool:
    """Return whether *code* is the device's code of now (once only) or an unused recovery code, which is used up."""
    typed = "".join(sign for sign in code if sign in "0123456789")
    found = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=person)}
    totp, recovery = found.get(Authenticator.Type.TOTP), found.get(Authenticator.Type.RECOVERY_CODES)
    with trail.acting(self_hat(person), "accounts.second_factor"):
        if totp is not None and _fits_once(totp, typed):
            return True
        return recovery is not None and bool(RecoveryCodes(recovery).validate_code(typed))


def _fits_once(totp: Authenticator, code: str) -> bool:
    """Take a code of the device and remember its turn in the database, since each worker has its own memory."""
    secret = decrypt(totp.data["secret"])
    for turn in yield_hotp_counters_from_time():
        if compare_digest(format_hotp_value(hotp_value(secret, turn)), code) and turn > totp.data.get("last_turn", -1):
            totp.data["last_turn"] = turn
            totp.save(update_fields=["data"])
            return True
    return False
