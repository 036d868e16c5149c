"""Commitments by their services: written down, proven, judged by another, told while late, counted."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from factories import people, places
from guidance.programme import given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.guidance.commitments import CommitmentEvent
from rembuk.core.hat import Role
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.models import Commitment, CommitmentEvidence
from rembuk.guidance.programme.services import PromiseValues, ProofValues, remind_commitments
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
DUE = date(2026, 6, 30)


def proven(promise, hat, text="Berita acara serah terima"):
    services.prove(
        evidence_id=uuid4(), commitment_id=promise.pk, values=ProofValues(text, "2026-06-20"), actor=hat, at=AT
    )


def judged(promise, hat, event, words=""):
    promise.refresh_from_db()
    return services.judge(commitment_id=promise.pk, event=event, words=words, version=promise.version, actor=hat, at=AT)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "commitment-text-missing"),
        ({"due": "2026-01-04"}, "commitment-due-before"),
        ({"made": "2026-07-11", "due": "2026-08-01"}, "commitment-made-future"),
        ({"due": ""}, "commitment-days-missing"),
        ({"amount": "-1"}, "programme-amount-negative"),
        ({"promiser": "agency"}, "commitment-promiser"),
        ({"promiser": "agency", "agency": "tidak-ada"}, "commitment-promiser"),
        ({"promiser": "other"}, "commitment-promiser-name"),
        ({"owner": "role:KAD"}, "programme-owner"),
    ],
)
def test_a_commitment_that_cannot_be_is_refused_in_words(hats, fields, code):
    with pytest.raises(BadInputError) as error:
        given.promise(hats["STF"], AT, **fields)
    assert error.value.code == code
    assert Commitment.objects.count() == 0


def test_a_promise_of_the_bupati_is_their_own_and_an_agency_is_named(hats):
    bupati = people.holder(Role.BUP)
    own = given.promise(hats["STF"], AT)
    agency = given.promise(hats["STF"], AT, promiser="agency", agency="dpu", text="Gambar titian")
    assert (own.promiser_name, own.promiser_person_id, own.owner_role) == ("Bupati", bupati.person_id, "BUP")
    assert (agency.owner_role, agency.promiser_name) == ("OPD", agency.agency_name)


def test_an_agency_reads_and_proves_its_own_commitments_only(hats):
    own = given.promise(hats["STF"], AT, promiser="agency", agency="dpu", text="Gambar titian")
    other = given.promise(hats["STF"], AT)
    office = people.holder(Role.OPD, agency="dpu").hat()
    assert list(queries.commitments_seen_by(office)) == [own]
    proven(own, office)
    with pytest.raises(NotAllowedError):
        proven(other, office)


def test_evidence_shows_something_and_the_same_key_adds_it_once(hats):
    promise = given.promise(hats["STF"], AT)
    with pytest.raises(BadInputError) as error:
        proven(promise, hats["STF"], " ")
    assert error.value.code == "commitment-evidence-empty"
    key = uuid4()
    for _ in range(2):
        services.prove(evidence_id=key, commitment_id=promise.pk, values=ProofValues("Foto"), actor=hats["STF"], at=AT)
    assert CommitmentEvidence.objects.count() == 1
    assert Notice.objects.filter(person_id_value=hats["KDP"].person_id).count() == 1


def test_who_entered_the_evidence_does_not_judge_it_while_another_can(hats):
    promise = given.promise(hats["KBD"], AT)
    proven(promise, hats["KBD"])
    with pytest.raises(RefusedError) as error:
        judged(promise, hats["KBD"], CommitmentEvent.KEEP)
    assert (error.value.code, error.value.values["names"]) == ("commitment-own-evidence", hats["KDP"].name)
    kept = judged(promise, hats["KDP"], CommitmentEvent.KEEP)
    assert (kept.state, kept.judged_alone) == ("kept", False)


def test_where_nobody_else_can_judge_it_is_marked(hats, posts):
    promise = given.promise(hats["KBD"], AT)
    proven(promise, hats["KBD"])
    with setting_up():
        posts["KDP"].delete()
    kept = judged(promise, hats["KBD"], CommitmentEvent.KEEP)
    assert (kept.state, kept.judged_alone) == ("kept", True)


def test_staff_do_not_judge(hats):
    promise = given.promise(hats["STF"], AT)
    with pytest.raises(NotAllowedError):
        judged(promise, hats["STF"], CommitmentEvent.WITHDRAW, "batal")


def test_a_judgement_on_an_old_page_is_refused(hats):
    promise = given.promise(hats["STF"], AT)
    proven(promise, hats["STF"])
    judged(promise, hats["KDP"], CommitmentEvent.PARTLY, "baru satu perahu")
    with pytest.raises(StaleError):
        services.judge(
            commitment_id=promise.pk, event=CommitmentEvent.KEEP, words="", version=1, actor=hats["KDP"], at=AT
        )


def test_what_was_judged_is_not_rewritten(hats):
    promise = given.promise(hats["STF"], AT)
    judged(promise, hats["KDP"], CommitmentEvent.WITHDRAW, "dana dialihkan")
    promise.refresh_from_db()
    with pytest.raises(RefusedError) as error:
        services.edit_promise(
            commitment_id=promise.pk,
            version=promise.version,
            values=PromiseValues("bupati", "Lain", "2026-01-05", "2026-06-30"),
            actor=hats["STF"],
            at=AT,
        )
    assert error.value.code == "commitment-judged"


def test_a_late_commitment_is_told_the_day_after_and_weekly_to_owner_kabid_and_kepala(hats):
    bupati = people.holder(Role.BUP)
    given.promise(hats["STF"], AT)
    people_told = {bupati.person_id, hats["KBD"].person_id, hats["KDP"].person_id}
    assert remind_commitments(DUE) == 0
    assert remind_commitments(DUE + timedelta(days=1)) == 3
    assert remind_commitments(DUE + timedelta(days=1)) == 0
    assert remind_commitments(DUE + timedelta(days=7)) == 0
    assert remind_commitments(DUE + timedelta(days=8)) == 3
    told = Notice.objects.filter(key__startswith="commitment-late:")
    assert set(told.values_list("person_id_value", flat=True)) == people_told
    assert sorted(set(told.values_list("title", flat=True))) == [
        "Komitmen terlambat 1 hari: Bupati",
        "Komitmen terlambat 8 hari: Bupati",
    ]


def test_a_day_that_was_missed_is_caught_up_once(hats):
    given.promise(hats["STF"], AT)
    assert remind_commitments(DUE + timedelta(days=10)) == 2
    assert remind_commitments(DUE + timedelta(days=11)) == 0


def test_an_agency_without_anybody_is_told_through_who_stands_in(hats):
    planner = people.holder(Role.BAP)
    given.promise(hats["STF"], AT, promiser="agency", agency="dpu", text="Gambar")
    remind_commitments(DUE + timedelta(days=1))
    assert Notice.objects.filter(person_id_value=planner.person_id).count() == 1


def test_kept_of_due_counts_bupati_and_agencies_of_one_regency(hats):
    kept = given.promise(hats["STF"], AT)
    proven(kept, hats["STF"])
    judged(kept, hats["KDP"], CommitmentEvent.KEEP)
    given.promise(hats["STF"], AT, text="Kedua")
    given.promise(hats["STF"], AT, promiser="other", promiser_name="Perusahaan", text="Ketiga")
    places.merancang()
    found = queries.commitments_kept("64.02", AT.date())
    assert (found.due, found.kept, found.late) == (2, 1, 1)
    assert queries.commitments_kept("64.03", AT.date()).due == 0


def test_only_what_the_kepala_publishes_is_public(hats):
    promise = given.promise(hats["STF"], AT)
    assert list(queries.published()) == []
    with pytest.raises(NotAllowedError):
        services.publish(commitment_id=promise.pk, public=True, actor=hats["KBD"], at=AT)
    services.publish(commitment_id=promise.pk, public=True, actor=hats["KDP"], at=AT)
    assert list(queries.published("64.02")) == [promise]
    services.publish(commitment_id=promise.pk, public=False, actor=hats["KDP"], at=AT)
    assert list(queries.published()) == []
