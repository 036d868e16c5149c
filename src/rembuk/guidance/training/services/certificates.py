"""Certificates: prepared by one, signed by another, revoked with a reason; credit for certificates from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.certificates import CertificateFacts, new_code, read_signed, sign, verify, years_after
from rembuk.core.guidance.enrolment import EnrolmentEvent, EnrolmentState, Standing, check_certifiable
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.guidance.training_states import AFTER_CLASS, BatchState
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.permissions import Somewhere, require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import typed
from rembuk.guidance.training.models import Certificate, Enrolment, OutsideCredit, SigningKey, TrainingBatch
from rembuk.guidance.training.queries import rules_of, standing_of, standings_of
from rembuk.guidance.training.services.batches import locked
from rembuk.guidance.training.services.keys import public_key, signing_key
from rembuk.guidance.training.services.people import move
from rembuk.guidance.training.services.telling import tell_certificate
from rembuk.shared import papers, trail
from rembuk.shared.roles import role_name

PAPER = "sertifikat"
READY = frozenset({*AFTER_CLASS, BatchState.CLOSED})
DECIDED = frozenset({EnrolmentState.PASSED, EnrolmentState.NOT_PASSED, EnrolmentState.COMPLETED})


@transaction.atomic
def prepare_certificates(*, batch_id: UUID, actor: Hat, at: datetime) -> list[Certificate]:
    """Prepare the papers of everybody of a batch whose result is decided and who has none yet.

    Whoever passed and attended enough gets a certificate, the others a letter that they attended. Nothing counts before
    somebody else has signed it. Raises: NotAllowedError, RefusedError before the class is over.
    """
    batch = locked(batch_id, actor, "training.prepare")
    if batch.at not in READY:
        raise RefusedError("certificate-not-yet")
    states = [state.value for state in DECIDED]
    rows = list(
        Enrolment.objects.filter(batch=batch, state__in=states, certificate__isnull=True).order_by("name", "id")
    )
    standings, rules = standings_of(batch.pk, rows), rules_of(batch.regency)
    day = local_day(batch.regency, at)
    made = []
    with trail.acting(actor, "training.prepare"):
        for row in rows:
            kind = kind_for(row, standings[row.pk], rules)
            if kind:
                made.append(prepared(batch, row, kind, day, actor))
    return made


def kind_for(row: Enrolment, standing: Standing, rules: TrainingRules) -> str:
    """Return which paper somebody gets; none while their result may still change or when they attended nothing."""
    if row.at is EnrolmentState.PASSED:
        try:
            check_certifiable(standing, rules)
        except RefusedError:
            return Certificate.Kind.ATTENDANCE
        return Certificate.Kind.CERTIFICATE
    again = row.at is EnrolmentState.NOT_PASSED and row.remedials < rules.remedial_most
    return "" if again or not standing.jp or row.at is EnrolmentState.COMPLETED else Certificate.Kind.ATTENDANCE


def prepared(batch: TrainingBatch, row: Enrolment, kind: str, day: date, actor: Hat) -> Certificate:
    units = list(batch.units.select_related("unit"))
    last = Certificate.objects.filter(regency_id=batch.regency_id, year=day.year).aggregate(n=Max("serial"))["n"] or 0
    serial = last + 1
    office = "SERTIFIKAT" if kind == Certificate.Kind.CERTIFICATE else "SKM"
    return Certificate.objects.create(
        enrolment=row,
        regency_id=batch.regency_id,
        kind=kind,
        number=f"{serial:04d}/{office}/DPMD/{day.year}",
        serial=serial,
        year=day.year,
        name=row.name,
        title=batch.title,
        jp=sum(unit.jp for unit in units) or 1,
        start_date=batch.start_date or day,
        end_date=batch.end_date or day,
        topics=[f"{unit.unit.title} ({unit.jp} JP)" for unit in units],
        code=new_code(),
        prepared_by=actor.person_id,
    )


@transaction.atomic
def sign_certificates(*, certificate_ids: Sequence[UUID], actor: Hat, at: datetime) -> list[Certificate]:
    """Sign prepared papers: the QR gets its facts, the person and the village head hear of it.

    Raises: NotAllowedError, RefusedError (signed already, prepared by the same person, the head of DPMD is there).
    """
    rows = list(
        Certificate.objects.select_for_update(of=("self",))
        .select_related("enrolment__batch__regency", "enrolment__village", "enrolment__district", "regency")
        .filter(pk__in=certificate_ids)
        .order_by("year", "serial")
    )
    for row in rows:
        check_signable(row, actor, at)
    with trail.acting(actor, "training.sign"):
        for row in rows:
            signed(row, actor, at)
    for row in rows:
        tell_certificate(row)
    return rows


def check_signable(row: Certificate, actor: Hat, at: datetime) -> None:
    """Refuse what this person may not sign. Raises: NotAllowedError, RefusedError."""
    require(actor, "training.sign", row)
    if row.state != Certificate.State.PREPARED:
        raise RefusedError("certificate-signed")
    if row.prepared_by == actor.person_id:
        raise RefusedError("certificate-same-person")
    who = standing_in(Role.KDP, Place(row.regency_id), local_day(row.regency, at))
    if who is not None and actor.role is not who.role:
        raise RefusedError("certificate-not-stand-in")


def signed(row: Certificate, actor: Hat, at: datetime) -> None:
    day = local_day(row.regency, at)
    rules = rules_of(row.regency)
    key, private = signing_key(row.regency_id)
    if row.kind == Certificate.Kind.CERTIFICATE:
        row.valid_until = years_after(day, rules.certificate_years) - timedelta(days=1)
        move(row.enrolment, EnrolmentEvent.CERTIFY, standing=standing_of(row.enrolment))
    row.issued_date, row.signed_at, row.signed_by, row.key = day, at, actor.person_id, key
    row.signer_name, row.signer_office = actor.name, role_name(actor.role)
    row.state = Certificate.State.SIGNED
    row.signed_text = sign(facts_of_certificate(row), private)
    row.version += 1
    row.save()
    sample = row.regency.sample
    row.paper = papers.freeze(
        PAPER, f"certificate:{row.pk}", hat=actor, sample=sample, number=row.number, paper_date=day
    )
    row.save(update_fields=["paper"])


def facts_of_certificate(row: Certificate) -> CertificateFacts:
    """Return the facts of a certificate that is being signed. Raises: RefusedError before that."""
    if row.issued_date is None or row.key is None:
        raise RefusedError("certificate-not-signed")
    title = row.title if row.kind == Certificate.Kind.CERTIFICATE else f"Keterangan mengikuti: {row.title}"
    return CertificateFacts(
        row.number, row.name, title, row.jp, row.issued_date, row.valid_until, row.code, row.key.code
    )


@transaction.atomic
def revoke_certificate(*, certificate_id: UUID, reason: str, actor: Hat, at: datetime) -> Certificate:
    """Revoke a signed certificate with a reason, once. Raises: NotAllowedError, RefusedError, BadInputError."""
    row = locked_certificate(certificate_id, actor, "training.revoke")
    if row.state == Certificate.State.REVOKED and row.revoked_at is not None:
        raise RefusedError("certificate-revoked-twice", date=local_day(row.regency, row.revoked_at).isoformat())
    if row.state != Certificate.State.SIGNED:
        raise RefusedError("certificate-not-signed")
    words = typed.words("alasan", reason, 300)
    if not words:
        raise BadInputError("certificate-reason")
    row.state, row.revoked_at, row.revoked_by, row.revoked_reason = (
        Certificate.State.REVOKED,
        at,
        actor.person_id,
        words,
    )
    row.version += 1
    with trail.acting(actor, "training.revoke"):
        row.save()
    return row


@transaction.atomic
def mark_refresh(*, certificate_id: UUID, reason: str, actor: Hat, at: datetime) -> Certificate:
    """Mark that a rule which a certificate covers has changed; an empty reason takes the mark away.

    Raises: NotAllowedError, RefusedError for one that is not in force.
    """
    row = locked_certificate(certificate_id, actor, "training.revoke")
    if row.state != Certificate.State.SIGNED:
        raise RefusedError("certificate-not-signed")
    row.refresh_reason = typed.words("alasan", reason, 300)
    row.version += 1
    with trail.acting(actor, "training.refresh"):
        row.save()
    return row


def locked_certificate(certificate_id: UUID, actor: Hat, act: str) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related(
        "regency", "enrolment__village", "enrolment__district", "enrolment__regency"
    )
    row = rows.get(pk=certificate_id)
    require(actor, act, row)
    return row


@dataclass(frozen=True, slots=True)
class Checked:
    """What a signed text turned out to be. genuine: signed with one of our keys; known: the row, when it is here."""

    facts: CertificateFacts
    genuine: bool
    known: Certificate | None


def check_text(text: str) -> Checked:
    """Check the text of a QR. Two queries. Raises: BadInputError when it is no certificate at all."""
    facts, _text, _raw = read_signed(text)
    key = SigningKey.objects.filter(code=facts.key).first()
    genuine = key is not None and verify(text, public_key(key))
    known = Certificate.objects.select_related("regency").filter(code=facts.code).first() if genuine else None
    return Checked(facts, genuine, known)


@dataclass(frozen=True, slots=True)
class CreditValues:
    """A certificate from elsewhere, read and judged."""

    name: str
    issuer: str
    number: str
    title: str
    jp: int
    issued: date
    topic: str = ""
    score: int | None = None
    village_id: str = ""
    person_id: UUID | None = None


@transaction.atomic
def keep_credits(*, rows: Sequence[CreditValues], actor: Hat, at: datetime) -> tuple[int, int]:
    """Keep certificates from elsewhere; one that is here already (issuer and number) is left as it is.

    Returns how many were new and how many were here. Raises: NotAllowedError.
    """
    require(actor, "training.credits", Somewhere(actor.place))
    regency = actor.place.regency
    there = set(OutsideCredit.objects.filter(regency_id=regency).values_list("issuer", "number"))
    fresh = {(row.issuer, row.number): row for row in rows if (row.issuer, row.number) not in there}
    with trail.acting(actor, "training.credits"):
        OutsideCredit.objects.bulk_create(
            OutsideCredit(
                regency_id=regency,
                village_id=row.village_id or None,
                person_id=row.person_id,
                name=row.name,
                issuer=row.issuer,
                number=row.number,
                title=row.title,
                topic=row.topic,
                jp=row.jp,
                issued_date=row.issued,
                score=row.score,
                recorded_by=actor.person_id,
                recorded_at=at,
            )
            for row in fresh.values()
        )
    return len(fresh), len(rows) - len(fresh)
