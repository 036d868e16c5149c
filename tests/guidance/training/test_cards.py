"""People without an account: put forward by name, and with a card at the tests and the reaction sheet, each once."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import people, places
from guidance.training import given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.guidance.enrolment import EnrolmentEvent
from rembuk.core.guidance.kirkpatrick import REACTION
from rembuk.core.guidance.training_states import BatchEvent
from rembuk.core.hat import VISITOR, Role
from rembuk.guidance.training import services
from rembuk.guidance.training.models import AnswerSheet, BatchTest, Enrolment, Reaction
from rembuk.guidance.training.services import NamedPerson
from rembuk.shared.models import TrailEntry

pytestmark = pytest.mark.django_db
MARKS = dict.fromkeys(REACTION, 4)


def named(batch, name="Ibu Rahmah", role=Role.LKD.value, village=None, actor=None):
    at = village or places.melintang()
    return services.nominate_by_name(
        batch_id=batch.pk, values=NamedPerson(name, role, at.pk), actor=actor or given.staff(), at=given.NOW
    )


@pytest.fixture
def holder(world):
    """Somebody without an account who sits in a class that has begun."""
    batch = given.opened()
    made = named(batch)
    services.decide(
        batch_id=batch.pk, enrolment_ids=[made.pk], event=EnrolmentEvent.ACCEPT, reason="", actor=given.staff(),
        at=given.NOW,
    )  # fmt: skip
    given.stepped(batch, BatchEvent.CONFIRM)
    given.stepped(batch, BatchEvent.START, given.CLASS)
    return Enrolment.objects.select_related("batch").get(pk=made.pk)


def opened(holder, phase="pre"):
    test = BatchTest.objects.get(batch=holder.batch, phase=phase)
    return services.open_test(test_id=test.pk, actor=given.staff(), at=given.CLASS)


def address(holder, name, *more):
    return reverse(f"training:{name}", args=(holder.batch_id, services.card_code(holder), *more))


def test_the_same_name_of_the_same_village_is_put_forward_once(world):
    batch = given.opened()
    first, again = named(batch), named(batch, "  ibu   rahmah ")
    assert (first.pk, first.person_id, first.state) == (again.pk, None, "NOMINATED")
    other = named(batch, village=places.perian())
    assert other.pk != first.pk
    assert Enrolment.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "enrolment-name"),
        ({"role": "BUP"}, "enrolment-role"),
        ({"role": "tidak ada"}, "enrolment-role"),
    ],
)
def test_a_name_without_name_or_role_is_refused(world, changes, code):
    with pytest.raises(BadInputError, match=code):
        named(given.opened(), **changes)
    assert Enrolment.objects.count() == 0


def test_a_head_names_people_of_the_own_village_alone(world):
    batch, head = given.opened(), people.village_head().hat()
    assert named(batch, actor=head).village_id == places.melintang().pk
    with pytest.raises(BadInputError, match="enrolment-village"):
        named(batch, village=places.perian(), actor=head)
    with pytest.raises(NotAllowedError):
        named(batch, actor=people.secretary().hat())


def test_somebody_with_an_account_is_ticked_and_not_typed(world):
    batch, known = given.opened(), people.secretary()
    with pytest.raises(BadInputError, match="enrolment-has-account"):
        named(batch, known.person.name.upper(), role="SDK")


def test_names_come_while_enrolment_is_open(world):
    with pytest.raises(RefusedError, match="batch-not-open"):
        named(given.proposed())


def test_the_page_of_names_keeps_what_was_typed_and_lists_who_has_no_account(world):
    batch = given.opened()
    client, page = people.signed_in(people.planner()), reverse("training:nominate", args=(batch.pk,))
    refused = client.post(page, {"nama": "Pak Usman", "peran": "", "desa": places.melintang().pk})
    assert (refused.status_code, 'value="Pak Usman"' in refused.content.decode()) == (400, True)
    assert client.post(page, {"nama": "Pak Usman", "peran": "LKD", "desa": places.melintang().pk}).status_code == 302
    assert "Pak Usman" in client.get(page).content.decode()


def test_a_code_is_found_as_it_is_read_and_opens_one_batch_only(holder):
    code = services.card_code(holder)
    assert services.holder_of(holder.batch_id, f" {services.shown_card(code).lower()} ").pk == holder.pk
    elsewhere = given.running()
    for batch, text in ((holder.batch_id, "AAAA-AAAA"), (elsewhere.pk, code), (holder.batch_id, "")):
        with pytest.raises(RefusedError, match="card-unknown"):
            services.holder_of(batch, text)


def test_whoever_has_no_seat_has_no_card(world):
    batch = given.opened(quota="1")
    first, second = named(batch, "Satu"), named(batch, "Dua")
    services.decide(
        batch_id=batch.pk, enrolment_ids=[first.pk, second.pk], event=EnrolmentEvent.ACCEPT, reason="",
        actor=given.staff(), at=given.NOW,
    )  # fmt: skip
    states = {row.name: row for row in Enrolment.objects.all()}
    waiting = next(row for row in states.values() if row.state == "WAITLISTED")
    with pytest.raises(RefusedError, match="card-unknown"):
        services.holder_of(batch.pk, services.card_code(waiting))


def test_a_test_is_taken_on_a_phone_without_signing_in_and_counts_once(holder):
    test, phone = opened(holder), Client()
    page = phone.get(address(holder, "card"))
    assert (page.status_code, "Kerjakan tes" in page.content.decode()) == (200, True)
    take = address(holder, "card_take", test.pk)
    assert "soal 1?" in phone.get(take).content.decode()
    assert phone.post(take, {"j-1": "A", "simpan": "ya"}).url == take
    assert AnswerSheet.objects.get().handed_in_at is None
    assert phone.post(take, {"j-1": "A", "j-2": "B", "serahkan": "ya"}).url == address(holder, "card")
    paper = AnswerSheet.objects.get()
    holder.refresh_from_db()
    assert (paper.score, paper.recorded_by, holder.pre) == (50, VISITOR, 50)
    again = phone.post(take, {"j-1": "A", "serahkan": "ya"})
    assert again.status_code == 409
    assert "sudah diserahkan" in phone.get(address(holder, "card")).content.decode()


def test_the_trail_names_the_card_and_not_an_office(holder):
    test = opened(holder)
    services.answer_by_card(
        batch_id=holder.batch_id, code=services.card_code(holder), test_id=test.pk, answers={1: "A"}, hand_in=True,
        at=given.CLASS,
    )  # fmt: skip
    told = TrailEntry.objects.filter(act="training.card").values_list("hat", flat=True).distinct()
    assert list(told) == ["LKD kartu peserta"]


def test_a_closed_test_and_one_of_another_batch_are_refused(holder):
    closed = BatchTest.objects.get(batch=holder.batch, phase="pre")
    refused = Client().post(address(holder, "card_take", closed.pk), {"j-1": "A", "serahkan": "ya"})
    assert refused.status_code == 409
    assert AnswerSheet.objects.count() == 0
    other = BatchTest.objects.get(batch=given.running(), phase="pre")
    assert Client().get(address(holder, "card_take", other.pk)).status_code == 404


def test_a_wrong_code_opens_nothing_and_says_what_to_do(holder):
    phone, door = Client(), reverse("training:card_door", args=(holder.batch_id,))
    wrong = phone.get(door, {"kode": "salah"})
    assert (wrong.status_code, "minta kartu baru" in wrong.content.decode()) == (409, True)
    assert phone.get(reverse("training:card", args=(holder.batch_id, "SALAH"))).status_code == 404
    right = phone.get(door, {"kode": services.shown_card(services.card_code(holder)).lower()})
    assert right.url == address(holder, "card")


def test_the_reaction_sheet_opens_once_somebody_has_come_and_is_filled_once(holder):
    phone = Client()
    assert "Isi lembar reaksi" not in phone.get(address(holder, "card")).content.decode()
    assert phone.post(address(holder, "card_react"), MARKS).status_code == 409
    given.attended(holder.batch)
    assert "Isi lembar reaksi" in phone.get(address(holder, "card")).content.decode()
    missing = phone.post(address(holder, "card_react"), {"content": 5, "kesan": "Bagus"})
    assert (missing.status_code, "Bagus" in missing.content.decode()) == (400, True)
    assert phone.post(address(holder, "card_react"), {**MARKS, "kesan": "Bagus"}).status_code == 302
    assert Reaction.objects.get().words == "Bagus"
    assert phone.post(address(holder, "card_react"), MARKS).status_code == 409
    assert Reaction.objects.count() == 1


def test_cards_are_printed_for_those_with_a_seat_by_who_teaches(holder):
    address = reverse("training:cards", args=(holder.batch_id,))
    page = people.signed_in(people.planner()).get(address).content.decode()
    assert page.count('class="qr-card"') == 1
    assert services.shown_card(services.card_code(holder)) in page
    assert people.signed_in(people.village_head()).get(address).status_code == 404


def test_somebody_without_an_account_gets_a_certificate_like_everybody(holder):
    given.attended(holder.batch)
    given.typed(holder.batch, "pre", "A---")
    given.typed(holder.batch, "post", "ABCD")
    given.stepped(holder.batch, BatchEvent.COMPLETE, given.AFTER)
    given.typed(holder.batch, "post", "ABCD")
    made = services.prepare_certificates(batch_id=holder.batch_id, actor=given.staff(), at=given.AFTER)
    assert [(row.name, row.kind) for row in made] == [("Ibu Rahmah", "certificate")]
