"""Tests with their bank of questions, and certificates from preparing to revoking."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from factories import people, places
from guidance.training import given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.guidance.certificates import read_signed, verify
from rembuk.core.guidance.enrolment import EnrolmentEvent
from rembuk.core.guidance.items import shipped_items
from rembuk.core.guidance.training_states import BatchEvent
from rembuk.core.hat import Role
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.models import AnswerSheet, BatchTest, Certificate, ItemSet, OutsideCredit, SigningKey
from rembuk.guidance.training.services import TypedPaper
from rembuk.guidance.training.services.keys import opened, public_key
from rembuk.guidance.training.sheets import judge_credits
from rembuk.shared.models import Notice

pytestmark = pytest.mark.django_db


def test_a_set_in_use_is_frozen_and_a_changed_one_becomes_a_new_version(world):
    batch, actor = given.proposed(), given.staff()
    given.laid_out(batch)
    used = ItemSet.objects.get(topic="K7", form="A")
    assert used.frozen_at is not None
    services.keep_items(items=given.items("K7", "A", note="baru"), actor=actor, at=given.NOW)
    assert sorted(ItemSet.objects.filter(topic="K7", form="A").values_list("version_no", flat=True)) == [1, 2]
    assert not used.items.filter(note="baru").exists()
    services.keep_items(items=given.items("K7", "A", note="lagi"), actor=actor, at=given.NOW)
    assert ItemSet.objects.filter(topic="K7", form="A").count() == 2


def test_the_same_questions_again_change_nothing(world):
    actor = given.staff()
    first = given.bank(actor)
    assert given.bank(actor) == first
    assert ItemSet.objects.count() == 2


def test_shipped_questions_are_loaded_as_samples_that_nobody_has_approved(world):
    sets = services.load_shipped(actor=given.staff(), at=given.NOW)
    assert {one.topic for one in sets} == {item.topic for item in shipped_items()}
    assert all(one.shipped for one in sets)


def test_a_test_with_no_question_or_no_key_is_refused(world):
    batch, actor = given.proposed(), given.staff()
    with pytest.raises(BadInputError, match="test-no-questions"):
        services.set_test(batch_id=batch.pk, phase="pre", set_ids=[], actor=actor, at=given.NOW)
    sets = given.bank(actor)
    ItemSet.objects.get(pk=sets["K7", "A"]).items.filter(number=2).update(key="")
    with pytest.raises(BadInputError, match="test-no-key"):
        services.set_test(batch_id=batch.pk, phase="pre", set_ids=[sets["K7", "A"]], actor=actor, at=given.NOW)
    assert not batch.tests.exists()


def test_before_and_after_ask_different_forms(world):
    batch, actor = given.proposed(), given.staff()
    sets = given.bank(actor)
    services.set_test(batch_id=batch.pk, phase="pre", set_ids=[sets["K7", "A"]], actor=actor, at=given.NOW)
    with pytest.raises(RefusedError, match="test-forms"):
        services.set_test(batch_id=batch.pk, phase="post", set_ids=[sets["K7", "A"]], actor=actor, at=given.NOW)
    services.set_test(batch_id=batch.pk, phase="post", set_ids=[sets["K7", "B"]], actor=actor, at=given.NOW)


def taken(batch, phase="pre"):
    return BatchTest.objects.get(batch=batch, phase=phase)


def test_answers_on_a_screen_are_kept_and_count_once_handed_in(world):
    batch = given.running()
    given.attended(batch)
    test, mine, outsider = taken(batch), people.secretary().hat(), people.bpd_chair().hat()

    def answer(answers, *, hand_in=False, hat=mine):
        return services.answer(test_id=test.pk, answers=answers, hand_in=hand_in, actor=hat, at=given.CLASS)

    with pytest.raises(RefusedError, match="test-closed"):
        answer({1: "A"})
    services.open_test(test_id=test.pk, actor=given.staff(), at=given.CLASS)
    assert Notice.objects.filter(key=f"training-test:{test.pk}").count() == 2
    assert answer({1: "A"}).handed_in_at is None
    assert answer({1: "A", 2: "B", 3: "D"}, hand_in=True).score == 50
    assert batch.enrolments.get(person_id=mine.person_id).pre == 50
    with pytest.raises(RefusedError, match="test-handed-in"):
        answer({1: "B"})
    with pytest.raises(RefusedError, match="test-not-yours"):
        answer({1: "A"}, hat=outsider)


def test_closing_a_test_hands_in_what_was_begun(world):
    batch = given.running()
    given.attended(batch)
    test, mine = taken(batch), people.secretary().hat()
    services.open_test(test_id=test.pk, actor=given.staff(), at=given.CLASS)
    services.answer(test_id=test.pk, answers={1: "A"}, hand_in=False, actor=mine, at=given.CLASS)
    services.close_test(test_id=test.pk, actor=given.staff(), at=given.AFTER)
    assert test.attempts.get().score == 25


def test_a_score_of_a_hundred_and_five_is_refused_and_the_other_lines_are_kept(world):
    batch = given.running()
    given.attended(batch)
    test = taken(batch, "post")
    first, second = services.takers(test)
    keyed = services.key_in_papers(
        test_id=test.pk,
        rows=[TypedPaper(first.pk, score="105"), TypedPaper(second.pk, score="72,5"), TypedPaper(uuid4())],
        actor=given.staff(),
        at=given.AFTER,
    )
    assert keyed.kept == 1
    assert [error.code for error in keyed.refused.values()] == ["test-score"]
    assert list(AnswerSheet.objects.values_list("score", flat=True)) == [73]


def test_letters_from_paper_are_judged_by_topic(world):
    batch = given.running()
    given.attended(batch)
    given.typed(batch, "post", "abc-")
    paper = AnswerSheet.objects.first()
    assert (paper.score, paper.topics, paper.origin) == (75, {"K7": [3, 4]}, "paper")


def test_a_remedial_is_for_those_it_was_given_to_and_decides_again(world):
    batch = given.settled(letters="AAAA")
    assert set(batch.enrolments.values_list("state", flat=True)) == {"NOT_PASSED"}
    actor, row = given.staff(), batch.enrolments.first()
    services.decide(
        batch_id=batch.pk, enrolment_ids=[row.pk], event=EnrolmentEvent.REMEDY, reason="", actor=actor, at=given.AFTER
    )
    sets = given.bank(actor, ("K7",))
    test = services.set_test(
        batch_id=batch.pk, phase="remedial1", set_ids=[sets["K7", "A"]], actor=actor, at=given.AFTER
    )
    assert [taker.pk for taker in services.takers(test)] == [row.pk]
    given.typed(batch, "remedial1", "ABCD")
    row.refresh_from_db()
    assert (row.state, row.post, row.remedials) == ("PASSED", 100, 1)


def certified(**changes):
    """A batch whose papers are prepared by staff and signed by the head of DPMD."""
    batch = given.settled(**changes)
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    keys = [row.pk for row in made]
    return services.sign_certificates(certificate_ids=keys, actor=given.head_of_dpmd(), at=given.AFTER)


def test_a_certificate_is_prepared_by_one_and_signed_by_another(world):
    secretary = people.secretary()
    first, _second = sorted(certified(), key=lambda row: row.enrolment.role, reverse=True)
    assert first.enrolment.person_id == secretary.person_id
    assert (first.state, first.enrolment.state, first.kind) == ("signed", "CERTIFIED", "certificate")
    assert first.valid_until.isoformat() == "2029-06-03"
    facts, _text, _raw = read_signed(first.signed_text)
    assert (facts.number, facts.name, facts.jp, facts.code) == (first.number, first.name, 8, first.code)
    assert verify(first.signed_text, public_key(first.key))
    assert services.check_text(first.signed_text).genuine
    assert queries.by_code(first.code.lower()).pk == first.pk
    assert Notice.objects.filter(person_id_value=secretary.person_id, key=f"certificate-ready:{first.pk}").count() == 1
    assert queries.key_roles_certified("64.02", given.END).count == 2


def test_the_private_key_lies_sealed_and_opens_only_with_the_installations_secret(world, settings):
    key = certified()[0].key
    assert opened(key).public_key().public_numbers() == public_key(key).public_numbers()
    assert SigningKey.objects.count() == 1
    settings.SECRET_KEY = "a" * 50
    with pytest.raises(RefusedError, match="certificate-key-shut"):
        opened(key)


def test_nothing_counts_before_it_is_signed(world):
    batch = given.settled()
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    assert queries.by_code(made[0].code) is None
    assert queries.own_certificates(made[0].enrolment.person_id) == []
    assert services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER) == []


def test_whoever_passed_without_enough_hours_gets_the_letter_that_they_attended(world):
    batch = given.running()
    rows = list(batch.enrolments.order_by("id"))
    session = batch.sessions.first()
    services.key_in_attendance(
        session_id=session.pk, sheet=services.PaperList(frozenset([rows[0].pk])), actor=given.staff(), at=given.AFTER
    )
    given.attended(batch, rows[1:])
    services.key_in_attendance(
        session_id=session.pk,
        sheet=services.PaperList(frozenset(row.pk for row in rows)),
        actor=given.staff(),
        at=given.AFTER,
    )
    given.stepped(batch, BatchEvent.COMPLETE, given.AFTER)
    given.typed(batch, "post", "ABCD")
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    assert {row.enrolment_id: row.kind for row in made} == {rows[0].pk: "attendance", rows[1].pk: "certificate"}
    signed = services.sign_certificates(
        certificate_ids=[row.pk for row in made], actor=given.head_of_dpmd(), at=given.AFTER
    )
    letter = next(row for row in signed if row.kind == "attendance")
    assert (letter.valid_until, letter.enrolment.state) == (None, "PASSED")
    assert read_signed(letter.signed_text)[0].title.startswith("Keterangan mengikuti")


def test_the_head_of_dpmd_signs_while_there_is_one_and_the_stand_in_only_when_not(world):
    batch = given.settled()
    (first, second) = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    secretary_of_the_regency = people.holder(Role.SEK).hat()
    head = people.holder(Role.KDP)
    with pytest.raises(RefusedError, match="certificate-not-stand-in"):
        services.sign_certificates(certificate_ids=[first.pk], actor=secretary_of_the_regency, at=given.AFTER)
    head.delete()
    services.sign_certificates(certificate_ids=[first.pk], actor=secretary_of_the_regency, at=given.AFTER)
    with pytest.raises(NotAllowedError):
        services.sign_certificates(certificate_ids=[second.pk], actor=given.staff(), at=given.AFTER)


def test_whoever_prepared_a_certificate_does_not_sign_it(world):
    batch = given.settled()
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    person = people.holder(Role.STF, username="staf.lain").person
    Certificate.objects.update(prepared_by=person.pk)
    both = people.holder(Role.KDP, person=person).hat()
    with pytest.raises(RefusedError, match="certificate-same-person"):
        services.sign_certificates(certificate_ids=[made[0].pk], actor=both, at=given.AFTER)


def test_a_certificate_is_revoked_once_with_a_reason(world):
    row = certified()[0]
    actor = given.staff()

    def revoke(reason: str):
        return services.revoke_certificate(certificate_id=row.pk, reason=reason, actor=actor, at=given.LATER)

    with pytest.raises(BadInputError, match="certificate-reason"):
        revoke("  ")
    assert revoke("salah orang").state == "revoked"
    with pytest.raises(RefusedError, match="certificate-revoked-twice"):
        revoke("sekali lagi")
    assert queries.check_list(given.END).revoked == (row.code,)
    assert queries.certificate_standing(queries.by_code(row.code), given.END) == "revoked"


def test_a_certificate_expires_and_says_so_ninety_days_before(world):
    row = certified()[0]
    last = row.valid_until
    assert services.remind_expiry(last - timedelta(days=91)) == 0
    told = services.remind_expiry(last - timedelta(days=90))
    assert told > 0
    assert services.remind_expiry(last - timedelta(days=89)) == 0
    assert queries.certificate_standing(row, last) == "valid"
    assert queries.certificate_standing(row, last + timedelta(days=1)) == "expired"
    services.mark_refresh(certificate_id=row.pk, reason="Permendagri baru", actor=given.staff(), at=given.LATER)
    row.refresh_from_db()
    assert queries.certificate_standing(row, last) == "refresh"


def test_a_certificate_from_elsewhere_is_taken_once_and_counts_as_a_test(world):
    secretary = people.secretary()
    line = {
        "nama": "Siti", "nama_masuk": secretary.person.username, "kode_desa": "64.02.18.2003",
        "penerbit": "LMS Pamong Desa", "nomor": "77", "judul": "Perencanaan", "topik": "K7", "jp": "24",
        "tanggal": "14/3/2026", "nilai": "90",
    }  # fmt: skip
    wrong = {**line, "nomor": "78", "nilai": "105", "tanggal": "kapan"}
    good, troubles = judge_credits([(2, line), (3, wrong)], "64.02")
    assert [(one.row, one.column) for one in troubles] == [(3, "tanggal"), (3, "nilai")]
    actor = given.staff()
    assert services.keep_credits(rows=good, actor=actor, at=given.NOW) == (1, 0)
    assert services.keep_credits(rows=good, actor=actor, at=given.NOW) == (0, 1)
    assert OutsideCredit.objects.get().issued_date.isoformat() == "2026-03-14"
    assert queries.ratings_of([secretary.person_id])[secretary.person_id]["K7"].score == 90


def test_a_village_of_another_regency_gets_no_credit_here(world):
    other = places.merancang()
    line = {"nama": "A", "penerbit": "B", "nomor": "1", "judul": "C", "jp": "1", "tanggal": "2026-01-02"}
    _good, troubles = judge_credits([(2, {**line, "kode_desa": other.pk})], "64.02")
    assert [one.column for one in troubles] == ["kode_desa"]


def test_the_archive_holds_the_certificate_with_its_code(world):
    row = certified()[0]
    paper = row.paper
    assert (paper.code, paper.number, paper.village_key) == ("sertifikat", row.number, "64.02.18.2003")
    assert row.name not in paper.title
    text = json.dumps(paper.data, ensure_ascii=False)
    assert row.name in text
    assert "Pemerintah Kabupaten" in text


@pytest.mark.parametrize(("letters", "state"), [("ABCD", "PASSED"), ("AB--", "NOT_PASSED")])
def test_a_test_written_before_the_class_ends_decides_when_it_ends(world, letters, state):
    batch = given.completed(letters=letters)
    assert set(batch.enrolments.values_list("state", flat=True)) == {state}


def test_without_a_test_the_end_of_the_class_decides_nothing(world):
    batch = given.running()
    given.attended(batch)
    given.stepped(batch, BatchEvent.COMPLETE, given.AFTER)
    assert set(batch.enrolments.values_list("state", flat=True)) == {"COMPLETED"}
