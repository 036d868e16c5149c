"""Commitments: written down, proven, judged by somebody else where there is somebody, made public."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.guidance.commitments import CommitmentEvent, CommitmentState, next_commitment_state
from rembuk.core.hat import Hat, Role
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import Somewhere, require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.labels import COMMITMENT_STATES, PROMISERS
from rembuk.guidance.programme.models import Commitment, CommitmentEvidence
from rembuk.guidance.programme.queries.commitments import judges_of
from rembuk.guidance.programme.queries.owners import holders_of
from rembuk.guidance.programme.services.base import people_of, read_owner
from rembuk.regions.models import Regency
from rembuk.shared import files, trail
from rembuk.shared.notices.services import notify


@dataclass(frozen=True, slots=True)
class PromiseValues:
    """A commitment as typed. owner: ``role:KBD`` or ``person:<key>``; agency: code of the office that promised."""

    promiser: str
    text: str
    made: str
    due: str
    promiser_name: str = ""
    agency: str = ""
    basis: str = ""
    amount: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ProofValues:
    """A piece of evidence as typed."""

    text: str = ""
    day: str = ""
    amount: str = ""
    file: files.Upload | bytes | None = None
    file_name: str = ""


@transaction.atomic
def promise(*, commitment_id: UUID, values: PromiseValues, actor: Hat, at: datetime) -> Commitment:
    """Write a commitment down; the same key again changes nothing. Raises: NotAllowedError, BadInputError."""
    require(actor, "programme.promise", Somewhere(actor.place))
    there = Commitment.objects.filter(pk=commitment_id).select_related("regency").first()
    if there is not None:
        require(actor, "programme.promise", there)
        return there
    regency = Regency.objects.get(pk=actor.place.regency)
    commitment = Commitment(pk=commitment_id, regency=regency, entered_by=actor.person_id)
    fill(commitment, values, at)
    with trail.acting(actor, "programme.promise"):
        commitment.save(force_insert=True)
    return commitment


@transaction.atomic
def edit_promise(*, commitment_id: UUID, version: int, values: PromiseValues, actor: Hat, at: datetime) -> Commitment:
    """Change a commitment that nobody has judged. Raises: NotAllowedError, StaleError, RefusedError, BadInputError."""
    commitment = locked(commitment_id, actor, "promise_edit")
    if commitment.version != version:
        raise StaleError("programme-stale", changes=[], version=commitment.version)
    if commitment.at is not CommitmentState.PROMISED:
        raise RefusedError("commitment-judged")
    fill(commitment, values, at)
    commitment.version += 1
    with trail.acting(actor, "programme.promise_edit"):
        commitment.save()
    return commitment


def fill(commitment: Commitment, values: PromiseValues, at: datetime) -> None:
    """Write what was typed into *commitment*. Raises: BadInputError for the first fault."""
    today = local_day(commitment.regency, at)
    if values.promiser not in PROMISERS or (values.promiser == "agency" and values.agency not in regional_agencies()):
        raise BadInputError("commitment-promiser")
    commitment.promiser = values.promiser
    commitment.agency = values.agency if values.promiser == "agency" else ""
    commitment.promiser_name = promiser_name(values)
    commitment.text = typed.needed("isi komitmen", values.text, "commitment-text-missing", 1000)
    commitment.basis = typed.words("dasar janji", values.basis, 300)
    commitment.amount = typed.optional_amount(values.amount)
    made = typed.day(values.made, "commitment-days-missing")
    due = typed.day(values.due, "commitment-days-missing")
    if made > today:
        raise BadInputError("commitment-made-future", day=made.isoformat())
    if due < made:
        raise BadInputError("commitment-due-before", due=due.isoformat(), made=made.isoformat())
    commitment.made_date, commitment.due_date = made, due
    commitment.owner_role, commitment.owner_person = read_owner(values.owner, commitment.place)
    if not commitment.owner_role and commitment.owner_person is None:
        commitment.owner_role = {"agency": Role.OPD.value, "bupati": Role.BUP.value}.get(
            values.promiser, Role.KBD.value
        )
    commitment.promiser_person_id = promising_person(commitment, at)


def promiser_name(values: PromiseValues) -> str:
    """Return who promised in words: as typed, else the Bupati or the agency by its name. Raises: BadInputError."""
    said = typed.words("yang berjanji", values.promiser_name, 150)
    if said:
        return said
    if values.promiser == "bupati":
        return str(PROMISERS["bupati"])
    if values.promiser == "agency":
        return regional_agencies()[values.agency].name[:150]
    raise BadInputError("commitment-promiser-name")


def promising_person(commitment: Commitment, at: datetime) -> UUID | None:
    """Return the account of the Bupati for a promise of theirs, so that it is their own. One query."""
    if commitment.promiser != "bupati":
        return None
    rows = Assignment.objects.valid_on(local_day(commitment.regency, at))
    found = rows.filter(regency_id=commitment.regency_id, role=Role.BUP.value).order_by("start_date", "id").first()
    return found.person_id if found else None


def prove(
    *, evidence_id: UUID, commitment_id: UUID, values: ProofValues, actor: Hat, at: datetime
) -> CommitmentEvidence:
    """Add a piece of evidence; the same key again changes nothing. Who may judge it is told.

    Raises: NotAllowedError, RefusedError (judged already), BadInputError (nothing shown, a day to come).
    """
    commitment = Commitment.objects.select_related("regency").get(pk=commitment_id)
    require(actor, "programme.prove", commitment)
    text, today = typed.words("bukti", values.text, 500), local_day(commitment.regency, at)
    day = typed.optional_day(values.day) or today
    amount = typed.optional_amount(values.amount)
    if day > today:
        raise BadInputError("programme-paid-future", day=day.isoformat())
    if not text and values.file is None:
        raise BadInputError("commitment-evidence-empty")
    if commitment.at in (CommitmentState.KEPT, CommitmentState.WITHDRAWN):
        raise RefusedError("commitment-judged")
    file = None
    if values.file is not None:
        file = files.store(values.file, name=values.file_name or "bukti.pdf", village_id="", hat=actor, scan=True)
    with transaction.atomic():
        commitment = locked(commitment_id, actor, "prove")
        there = CommitmentEvidence.objects.filter(pk=evidence_id, commitment=commitment).first()
        if there is not None:
            return there
        with trail.acting(actor, "programme.prove"):
            proof = CommitmentEvidence.objects.create(
                pk=evidence_id,
                commitment=commitment,
                text=text,
                evidence_date=day,
                amount=amount,
                file=file,
                entered_by=actor.person_id,
                entered_label=f"{actor.name}, {actor.label}"[:200],
                entered_at=at,
            )
        tell_judges(commitment, proof, actor, at)
    return proof


def tell_judges(commitment: Commitment, proof: CommitmentEvidence, actor: Hat, at: datetime) -> None:
    people = people_of(Role.KDP, commitment.place, local_day(commitment.regency, at))
    notify(
        person_ids=[person for person in people if person != actor.person_id],
        key=f"commitment-proof:{proof.pk}",
        title=_("Bukti baru: %(who)s") % {"who": commitment.promiser_name},
        body=commitment.text[:300],
        link=reverse("programme:promise", args=[commitment.pk]),
    )


@transaction.atomic
def judge(
    *, commitment_id: UUID, event: CommitmentEvent, words: str, version: int, actor: Hat, at: datetime
) -> Commitment:
    """Judge a commitment, withdraw it, or take a judgement back; the owner is told.

    Who entered evidence does not judge it while somebody else can; else it is marked. Raises: NotAllowedError,
    StaleError, IllegalTransitionError, RefusedError.
    """
    commitment = locked(commitment_id, actor, "judge")
    if commitment.version != version:
        raise StaleError("programme-stale", changes=[], version=commitment.version)
    today, said = local_day(commitment.regency, at), typed.words("penjelasan", words, 1000)
    alone = event in (CommitmentEvent.KEEP, CommitmentEvent.PARTLY) and entered_evidence(commitment, actor)
    if alone:
        others = [row.person.name for row in judges_of(commitment, today) if row.person_id != actor.person_id]
        if others:
            raise RefusedError("commitment-own-evidence", names=", ".join(sorted(set(others))))
    commitment.state = next_commitment_state(
        commitment.at,
        event,
        evidence=commitment.evidence.count(),
        words=said,
        due=commitment.due_date,
        today=today,
    ).value
    commitment.judge_note, commitment.judged_alone = said, alone
    commitment.judged_by, commitment.judged_label = actor.person_id, f"{actor.name}, {actor.label}"[:200]
    commitment.judged_at = at
    commitment.version += 1
    with trail.acting(actor, f"programme.judge_{event.value}"):
        commitment.save()
    tell_owner(commitment, at)
    return commitment


def entered_evidence(commitment: Commitment, actor: Hat) -> bool:
    return commitment.evidence.filter(entered_by=actor.person_id).exists()


def tell_owner(commitment: Commitment, at: datetime) -> None:
    today = local_day(commitment.regency, at)
    role, person = commitment.owner_role, commitment.owner_person_id
    notify(
        person_ids=holders_of(role, person, commitment.place, today, commitment.agency),
        key=f"commitment-judged:{commitment.pk}:{commitment.version}",
        title=_("Komitmen %(who)s: %(state)s")
        % {"who": commitment.promiser_name, "state": COMMITMENT_STATES[commitment.state]},
        body=commitment.judge_note or commitment.text[:300],
        link=reverse("programme:promise", args=[commitment.pk]),
        kind="answer",
    )


@transaction.atomic
def publish(*, commitment_id: UUID, public: bool, actor: Hat, at: datetime) -> Commitment:
    """Let everybody read a commitment, or no longer. Raises: NotAllowedError."""
    commitment = locked(commitment_id, actor, "publish")
    commitment.published_at = at if public else None
    commitment.published_by = actor.person_id if public else None
    commitment.version += 1
    with trail.acting(actor, "programme.publish"):
        commitment.save()
    return commitment


def locked(commitment_id: UUID, actor: Hat, act: str) -> Commitment:
    """Return a commitment held until the end of the transaction. Raises: NotAllowedError."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("regency")
    commitment = rows.get(pk=commitment_id)
    require(actor, f"programme.{act}", commitment)
    return commitment
