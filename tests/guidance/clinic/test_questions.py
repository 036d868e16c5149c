"""A question from the counter or a screen to an answer that everybody may read."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from factories import people, places
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.guidance.clinic import queries, services
from rembuk.guidance.clinic.models import FaqEntry, Step, Ticket
from rembuk.guidance.clinic.services import AskValues, FaqValues, LogValues
from rembuk.shared.models import Notice

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
QUESTION = AskValues(topic="K7", question="Bolehkah satuan paket dipakai?")


@pytest.fixture
def village():
    return places.melintang()


@pytest.fixture
def hats(village):
    return {role: people.holder(role).hat() for role in (Role.SDK, Role.PTP, Role.STF, Role.HKM, Role.RTK, Role.BPD)}


@pytest.fixture
def asked(village, hats):
    return services.ask(ticket_id=uuid4(), village=village, values=QUESTION, actor=hats[Role.SDK], at=AT)


def test_a_question_tells_the_team_of_the_district(asked, hats):
    notice = Notice.objects.get(person_id_value=hats[Role.PTP].person_id)
    assert (notice.title, notice.link) == ("Pertanyaan baru dari Melintang", f"/klinik/{asked.pk}/")


def test_without_a_team_the_camat_is_told(village, hats):
    camat = people.holder(Role.CAM).hat()
    people.Assignment.objects.filter(role="PTP").update(end_date=AT.date() - timedelta(days=1))
    services.ask(ticket_id=uuid4(), village=village, values=QUESTION, actor=hats[Role.SDK], at=AT)
    assert Notice.objects.filter(person_id_value=camat.person_id).count() == 1


def test_the_same_question_sent_twice_is_one(asked, village, hats):
    again = services.ask(ticket_id=asked.pk, village=village, values=QUESTION, actor=hats[Role.SDK], at=AT)
    assert (again.pk, Ticket.objects.count(), Step.objects.count()) == (asked.pk, 1, 1)


def test_the_same_key_with_another_question_is_refused(asked, village, hats):
    other = AskValues(topic="K7", question="Lain sama sekali")
    with pytest.raises(RefusedError, match="clinic-key-taken"):
        services.ask(ticket_id=asked.pk, village=village, values=other, actor=hats[Role.SDK], at=AT)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (AskValues(topic="K7", question="  "), "clinic-question-missing"),
        (AskValues(topic="K99", question="Apa?"), "clinic-topic"),
        (AskValues(topic="K7", question="x" * 2001), "clinic-text-long"),
        (AskValues(topic="K7", question="Apa?", captured_at=AT + timedelta(hours=1)), "clinic-future"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_and_nothing_is_kept(village, hats, values, code):
    with pytest.raises(BadInputError, match=code):
        services.ask(ticket_id=uuid4(), village=village, values=values, actor=hats[Role.SDK], at=AT)
    assert Ticket.objects.count() == 0


def test_a_visitor_at_the_counter_is_written_down_answered_and_done_in_one_act(village, hats):
    values = LogValues(asked=QUESTION, channel="walk_in", answer="Tulis ukurannya, misalnya 12 meter.", satisfied=True)
    made = services.log(ticket_id=uuid4(), village=village, values=values, actor=hats[Role.PTP], at=AT)
    assert (made.state, made.first_reply_at, made.closed_at) == ("closed", AT, AT)
    assert [step.event for step in queries.steps_of(made.pk)] == ["ask", "assign", "answer", "confirm", "close"]


def test_a_question_is_taken_sent_on_answered_asked_again_and_found_helpful(asked, hats):
    clerk, law, office = hats[Role.PTP], hats[Role.HKM], hats[Role.SDK]
    services.assign(ticket_id=asked.pk, actor=clerk, at=AT)
    services.refer(ticket_id=asked.pk, to="HUKUM", words="Mohon pendapat.", actor=clerk, at=AT)
    assert Notice.objects.filter(person_id_value=law.person_id).count() == 1
    services.answer(ticket_id=asked.pk, words="Boleh bila ada ukurannya.", actor=law, at=AT)
    services.reopen(ticket_id=asked.pk, words="Ukuran apa?", actor=office, at=AT)
    services.answer(ticket_id=asked.pk, words="Panjang dalam meter.", actor=clerk, at=AT)
    done = services.confirm(ticket_id=asked.pk, actor=office, at=AT)
    assert (done.state, done.answer) == ("closed", "Panjang dalam meter.")
    events = [step.event for step in queries.steps_of(asked.pk)]
    assert events == ["ask", "assign", "refer", "answer", "reopen", "answer", "confirm", "close"]


def test_whoever_is_not_consulted_neither_sees_nor_answers(asked, hats):
    services.assign(ticket_id=asked.pk, actor=hats[Role.PTP], at=AT)
    assert queries.tickets_seen_by(hats[Role.HKM]).count() == 0
    with pytest.raises(NotAllowedError):
        services.answer(ticket_id=asked.pk, words="Boleh.", actor=hats[Role.HKM], at=AT)


def test_the_head_of_an_rt_sees_only_what_they_asked(asked, village, hats):
    mine = services.ask(ticket_id=uuid4(), village=village, values=QUESTION, actor=hats[Role.RTK], at=AT)
    assert [ticket.pk for ticket in queries.tickets_seen_by(hats[Role.RTK])] == [mine.pk]
    assert queries.tickets_seen_by(hats[Role.SDK]).count() == 2


def test_a_step_that_the_table_does_not_know_changes_nothing(asked, hats):
    with pytest.raises(IllegalTransitionError):
        services.confirm(ticket_id=asked.pk, actor=hats[Role.SDK], at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.version, Step.objects.count()) == ("new", 1, 1)


def test_an_answer_for_everybody_holds_no_name(village, hats):
    asked = AskValues(topic="K7", question="Pak Darmawan bertanya soal satuan.", asker_name="Darmawan")
    values = LogValues(asked=asked, channel="phone", answer="Darmawan perlu menulis 12 meter.", satisfied=True)
    made = services.log(ticket_id=uuid4(), village=village, values=values, actor=hats[Role.PTP], at=AT)

    def promote(question: str, answer: str, *, looked: bool = False) -> FaqEntry:
        said = FaqValues("K7", question, answer, looked)
        return services.promote(ticket_id=made.pk, values=said, actor=hats[Role.STF], at=AT)

    with pytest.raises(RefusedError, match=r"clinic-names'") as refused:
        promote(made.question, made.answer)
    assert "Darmawan" in str(refused.value.values["signs"])
    with pytest.raises(RefusedError, match="clinic-names-look"):
        promote("Satuan apa menurut Ibu Kota?", "Tulis 12 meter.")
    entry = promote("Satuan apa menurut Ibu Kota?", "Tulis 12 meter.", looked=True)
    assert [found.pk for found in queries.published()] == [entry.pk]
    with pytest.raises(RefusedError, match="clinic-faq-twice"):
        promote("Satuan apa?", "Tulis 12 meter.")
    services.withdraw(entry_id=entry.pk, actor=hats[Role.STF], at=AT)
    assert list(queries.published()) == []


def test_only_an_answer_that_is_done_becomes_one_for_everybody(asked, hats):
    with pytest.raises(RefusedError, match="clinic-not-closed"):
        services.promote(ticket_id=asked.pk, values=FaqValues("K7", "a", "b"), actor=hats[Role.STF], at=AT)


def test_the_numbers_of_the_clinic_count_replies_in_time_and_too_late(village, hats):
    for days in (1, 12):
        asked = AskValues(topic="K7", question=f"Soal {days}", captured_at=AT - timedelta(days=days))
        values = LogValues(asked=asked, channel="phone", answer="Begini.", satisfied=True)
        services.log(ticket_id=uuid4(), village=village, values=values, actor=hats[Role.PTP], at=AT)
    services.ask(ticket_id=uuid4(), village=village, values=QUESTION, actor=hats[Role.SDK], at=AT)
    found = queries.summary_of(hats[Role.PTP].place, 2026, AT.date() + timedelta(days=30))
    assert (found.asked, found.open, found.kept, found.missed, found.late_now) == (3, 1, 1, 1, 1)
    assert (found.kept_percent, found.topics) == (50, (("K7", 3),))
