"""A batch from its proposal to its close, with its people, papers and certificates."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from factories import people, places
from guidance.training import given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.guidance.enrolment import EnrolmentEvent
from rembuk.core.guidance.kirkpatrick import BEHAVIOUR, TEACHING
from rembuk.core.guidance.training_rules import DEFAULT_RULES, RULE_NOTES
from rembuk.core.guidance.training_states import BatchEvent
from rembuk.core.hat import Role
from rembuk.guidance.training import queries, services
from rembuk.guidance.training.models import Enrolment, TrainingBatch
from rembuk.guidance.training.services import PaperList
from rembuk.shared.models import Notice

pytestmark = pytest.mark.django_db


def states(batch):
    return sorted(batch.enrolments.values_list("state", flat=True))


def test_a_batch_walks_from_its_proposal_to_its_close(world):
    batch = given.settled()
    assert states(batch) == ["PASSED", "PASSED"]
    batch = given.stepped(batch, BatchEvent.EVALUATE, given.AFTER)
    ptpd = people.holder(Role.PTP).hat()
    services.observe(
        enrolment_id=batch.enrolments.first().pk, day="2026-08-05", seen=dict.fromkeys(BEHAVIOUR, True), note="",
        actor=ptpd, at=given.LATER,
    )  # fmt: skip
    batch = given.stepped(batch, BatchEvent.FOLLOW_UP, given.LATER)
    assert given.stepped(batch, BatchEvent.CLOSE, given.LATER).state == "CLOSED"


def test_a_class_does_not_begin_before_its_first_test_is_ready(world):
    batch = given.proposed()
    given.laid_out(batch)
    batch.tests.all().delete()
    for event in (BatchEvent.ASSESS, BatchEvent.SCHEDULE, BatchEvent.OPEN):
        given.stepped(batch, event)
    given.accepted(batch, people.secretary())
    given.stepped(batch, BatchEvent.CONFIRM)
    with pytest.raises(RefusedError) as refused:
        given.stepped(batch, BatchEvent.START, given.CLASS)
    assert [finding.code for finding in refused.value.findings] == ["batch-pre-test"]
    services.edit_batch(
        batch_id=given.proposed().pk, version=1, values=given.values(paper_pre_test=True), actor=given.staff(),
        at=given.NOW,
    )  # fmt: skip
    TrainingBatch.objects.filter(pk=batch.pk).update(paper_pre_test=True)
    assert given.stepped(batch, BatchEvent.START, given.CLASS).state == "RUNNING"


def test_a_village_proposes_and_only_dpmd_moves_it_on(world):
    head = people.village_head().hat()
    batch = given.proposed(head)
    assert (batch.district_id, batch.state) == ("64.02.18", "PROPOSED")
    with pytest.raises(NotAllowedError):
        services.step_batch(batch_id=batch.pk, event=BatchEvent.ASSESS, reason="", actor=head, at=given.NOW)


def test_the_same_proposal_sent_twice_is_one_batch(world):
    key, actor = uuid4(), given.staff()
    for _again in range(2):
        services.propose_batch(batch_id=key, values=given.values(), actor=actor, at=given.NOW)
    assert TrainingBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "batch-title"),
        ({"topics": ()}, "batch-topics"),
        ({"quota": "nol"}, "batch-quota"),
        ({"start_date": "2026-06-05"}, "batch-days-turned"),
        ({"start_date": "kapan"}, "training-day"),
        ({"link": "javascript:alert(1)"}, "training-link"),
        ({"cost": "dua"}, "training-money"),
        ({"purpose": "x" * 501}, "training-text-long"),
    ],
)
def test_a_proposal_that_cannot_be_read_is_refused_and_nothing_is_written(world, changes, code):
    with pytest.raises(BadInputError, match=code):
        given.proposed(**changes)
    assert not TrainingBatch.objects.exists()


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(world):
    batch, actor = given.proposed(), given.staff()
    services.edit_batch(batch_id=batch.pk, version=1, values=given.values(), actor=actor, at=given.NOW)
    with pytest.raises(StaleError):
        services.edit_batch(batch_id=batch.pk, version=1, values=given.values(), actor=actor, at=given.NOW)


def test_whoever_finds_no_place_waits_and_moves_up_when_one_is_free(world):
    batch = given.opened(quota="1")
    secretary, head = given.secretary_and_head()
    first, second = given.accepted(batch, secretary, head)
    assert {first.state, second.state} == {"ACCEPTED", "WAITLISTED"}
    seated = next(row for row in (first, second) if row.state == "ACCEPTED")
    waiting = next(row for row in (first, second) if row.state == "WAITLISTED")

    def decide(row: Enrolment, event: EnrolmentEvent, reason: str = ""):
        return services.decide(
            batch_id=batch.pk, enrolment_ids=[row.pk], event=event, reason=reason, actor=given.staff(), at=given.NOW
        )

    with pytest.raises(RefusedError, match="batch-full"):
        decide(waiting, EnrolmentEvent.ACCEPT)
    decide(seated, EnrolmentEvent.DROP, "sakit")
    assert decide(waiting, EnrolmentEvent.ACCEPT)[0].state == "ACCEPTED"


def test_a_village_head_nominates_own_people_only(world):
    batch, head = given.opened(), people.village_head().hat()
    outsider = people.secretary(places.perian())
    with pytest.raises(BadInputError, match="enrolment-elsewhere"):
        services.nominate(batch_id=batch.pk, assignment_ids=[outsider.pk], actor=head, at=given.NOW)
    own = people.secretary()
    assert len(services.nominate(batch_id=batch.pk, assignment_ids=[own.pk], actor=head, at=given.NOW)) == 1
    assert services.nominate(batch_id=batch.pk, assignment_ids=[own.pk], actor=head, at=given.NOW) == []


def test_nobody_is_nominated_while_enrolment_is_not_open(world):
    batch = given.proposed()
    with pytest.raises(RefusedError, match="batch-not-open"):
        services.nominate(batch_id=batch.pk, assignment_ids=[people.secretary().pk], actor=given.staff(), at=given.NOW)


def test_an_open_batch_asks_village_heads_for_names_once(world):
    head = people.village_head()
    batch = given.opened()
    assert Notice.objects.filter(person_id_value=head.person_id, key=f"training-nominate:{batch.pk}").count() == 1


def test_a_code_at_the_door_is_taken_for_two_turns_and_only_from_a_participant(world):
    batch = given.running()
    session = batch.sessions.first()
    mine = people.secretary().hat()
    at = session.starts_at
    code = services.door_code(session, at)
    services.check_in(session_id=session.pk, code=code, actor=mine, at=at + timedelta(minutes=9))
    services.check_in(session_id=session.pk, code=code, actor=mine, at=at + timedelta(minutes=9))
    assert session.attendance.count() == 1
    assert batch.enrolments.get(person_id=mine.person_id).state == "ATTENDING"
    with pytest.raises(RefusedError, match="attendance-code"):
        services.check_in(session_id=session.pk, code=code, actor=mine, at=at + timedelta(minutes=25))
    with pytest.raises(RefusedError, match="attendance-not-yours"):
        services.check_in(session_id=session.pk, code=code, actor=people.bpd_chair().hat(), at=at)
    early = at - timedelta(hours=2)
    with pytest.raises(RefusedError, match="attendance-early"):
        services.check_in(session_id=session.pk, code=services.door_code(session, early), actor=mine, at=early)


def test_guests_outside_an_open_register_are_refused_and_the_rest_is_kept(world):
    batch = given.running()
    session, rows = batch.sessions.first(), list(batch.enrolments.all())
    sheet = PaperList(frozenset(row.pk for row in rows), ("Pak Tamu",))
    with pytest.raises(RefusedError, match="attendance-guest"):
        services.key_in_attendance(session_id=session.pk, sheet=sheet, actor=given.staff(), at=given.AFTER)
    assert session.attendance.filter(enrolment__isnull=False).count() == 2
    assert not session.attendance.filter(enrolment__isnull=True).exists()
    with pytest.raises(RefusedError, match="attendance-more"):
        services.key_in_attendance(
            session_id=session.pk, sheet=PaperList(sheet.enrolment_ids, (), 3), actor=given.staff(), at=given.AFTER
        )


def test_an_open_register_keeps_guests_beside_the_participants(world):
    batch = given.running(guests_allowed=True)
    session = batch.sessions.first()
    for names in (("Pak Tamu", "Bu Tamu"), ("Pak Tamu",)):
        services.key_in_attendance(
            session_id=session.pk, sheet=PaperList(frozenset(), names, 9), actor=given.staff(), at=given.AFTER
        )
    assert list(session.attendance.values_list("guest_name", flat=True)) == ["Pak Tamu"]


def test_attendance_from_the_field_is_stored_once_with_its_device(world):
    batch = given.running()
    session, row, key = batch.sessions.first(), batch.enrolments.first(), uuid4()
    device = uuid4()
    how = services.Captured("field", given.CLASS, given.AFTER, "offline", device)
    for _again in range(2):
        services.record_present(
            attendance_id=uuid4() if _again else key, session_id=session.pk, enrolment_id=row.pk, how=how,
            actor=given.staff(),
        )  # fmt: skip
    kept = session.attendance.get()
    assert (kept.device, kept.captured_at, kept.origin) == (device, given.CLASS, "offline")


def test_somebody_who_never_came_is_dropped_when_the_class_is_over(world):
    batch = given.running()
    came = batch.enrolments.order_by("id").first()
    given.attended(batch, [came])
    given.stepped(batch, BatchEvent.COMPLETE, given.AFTER)
    assert states(batch) == ["COMPLETED", "DROPPED"]


def test_four_fifths_with_test_and_reaction_are_enough_to_be_evaluated(world):
    batch = given.running()
    given.attended(batch)
    given.typed(batch, "post", "ABCD")
    batch = given.stepped(batch, BatchEvent.COMPLETE, given.AFTER)
    with pytest.raises(RefusedError) as refused:
        given.stepped(batch, BatchEvent.EVALUATE, given.AFTER)
    assert [finding.code for finding in refused.value.findings] == ["batch-evaluated"]
    given.reacted(batch)
    assert given.stepped(batch, BatchEvent.EVALUATE, given.AFTER).state == "EVALUATED"


def test_behaviour_is_kept_only_inside_its_window_and_by_the_own_district(world):
    batch = given.settled()
    row = batch.enrolments.first()
    whole = dict.fromkeys(BEHAVIOUR, True)

    def observe(day: str, hat=None, at: datetime = given.LATER, seen=whole):
        return services.observe(
            enrolment_id=row.pk, day=day, seen=seen, note="", actor=hat or people.holder(Role.PTP).hat(), at=at
        )

    with pytest.raises(BadInputError, match="observed-outside"):
        observe("2026-07-01")
    with pytest.raises(BadInputError, match="observed-future"):
        observe("2026-08-20")
    with pytest.raises(BadInputError, match="marks-missing"):
        observe("2026-08-05", seen={"rab": True})
    with pytest.raises(NotAllowedError):
        observe("2026-08-05", people.holder(Role.PTP, places.perian()).hat())
    assert observe("2026-08-05").yes_count == 8


def test_a_trainer_needs_the_score_and_the_teaching(world):
    batch = given.settled(for_trainers=True)
    row = batch.enrolments.first()
    weak = services.mark_teaching(
        enrolment_id=row.pk, day="2026-06-03", marks=dict.fromkeys(TEACHING, 2), actor=given.staff(),
        at=given.AFTER,
    )  # fmt: skip
    assert not weak.is_trainer
    good = services.mark_teaching(
        enrolment_id=row.pk, day="2026-06-03", marks=dict.fromkeys(TEACHING, 3), actor=given.staff(),
        at=given.AFTER,
    )  # fmt: skip
    assert good.is_trainer
    assert [found.pk for found in queries.trainers_seen_by(given.staff())] == [good.pk]


def test_the_facts_of_the_programme_are_counted_from_what_happened(world):
    batch = given.settled()
    regency = batch.regency
    assert queries.villages_reached("64.02", given.END).count == 1
    assert queries.villages_reached("64.02", given.START).count == 0
    gain = queries.mean_gain(regency, 2026)
    assert (gain.mean, gain.people, [(t.topic, t.pre, t.post) for t in gain.topics]) == (75, 2, [("K7", 25, 100)])
    assert queries.key_roles_certified("64.02", given.END).count == 0


def test_ratings_and_tests_make_the_matrix(world):
    secretary = people.secretary()
    ptpd = people.holder(Role.PTP).hat()
    services.rate_self(levels={"K7": "3"}, actor=secretary.hat(), at=given.NOW)
    services.rate(assignment_id=secretary.pk, levels={"K7": "1"}, actor=ptpd, at=given.NOW)
    rules = queries.rules_of(world.regency)

    def gap():
        (row,) = queries.matrix_of([secretary], rules)
        cell = next(cell for cell in row.cells if cell.topic == "K7")
        return cell.gap, cell.basis

    assert (float(gap()[0]), gap()[1]) == (1.2, "both")
    given.settled()
    assert gap() == (0, "test")
    with pytest.raises(BadInputError, match="rating-unreadable"):
        services.rate_self(levels={"K7": "4"}, actor=secretary.hat(), at=given.NOW)
    with pytest.raises(NotAllowedError):
        services.rate(assignment_id=people.secretary(places.perian()).pk, levels={}, actor=ptpd, at=given.NOW)


def test_a_regency_sets_its_own_numbers_within_bounds(world):
    kabid = people.division_head().hat()
    numbers = {name: str(getattr(DEFAULT_RULES, name)) for name in RULE_NOTES}
    services.set_rules(numbers={**numbers, "pass_score": "75"}, actor=kabid, at=given.NOW)
    world.regency.refresh_from_db()
    assert queries.rules_of(world.regency).pass_score == 75
    with pytest.raises(BadInputError, match="rule-range"):
        services.set_rules(numbers={**numbers, "pass_score": "0"}, actor=kabid, at=given.NOW)
    with pytest.raises(BadInputError, match="rule-order"):
        services.set_rules(numbers={**numbers, "follow_until_days": "10"}, actor=kabid, at=given.NOW)
    with pytest.raises(NotAllowedError):
        services.set_rules(numbers=numbers, actor=given.staff(), at=given.NOW)
