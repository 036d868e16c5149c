"""The pages of the count: what they show to whom, in how many queries, and that a form keeps what was typed."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deliberation import given
from deliberation.given import NOW
from deliberation.given_ballots import SEED, enter, hall, hamlets
from factories import people
from factories.people import signed_in
from rembuk.core.hat import Role
from rembuk.deliberation import services
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.deliberation.permissions import READERS
from rembuk.deliberation.views.screen import REFRESH_SECONDS, ballot_context
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def client(secretary):
    return signed_in(secretary)


@pytest.fixture
def places(village):
    return hamlets(village, "Hulu", "Tengah", "Hilir")


@pytest.fixture
def meeting(cycle, sdk, checked, places):
    return hall(cycle, sdk, [checked("Jembatan"), checked("Posyandu"), checked("Jalan tani")])


def at(meeting, name="ballots", query=""):
    return reverse(f"deliberation:{name}", args=[meeting.id]) + query


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def form(hamlet, **fields):
    return {"dusun": str(hamlet.id), "cara": "papers", "versi": "0", "pemilih": "6", "jatah": "0"} | fields


@pytest.mark.parametrize("name", ["ballots", "enter_ballots", "screen", "count_sheet", "detail"])
@pytest.mark.parametrize("closed", [False, True])
def test_a_page_asks_as_often_for_three_hamlets_and_proposals_as_for_one(
    cycle, village, sdk, checked, client, name, closed
):
    first = hamlets(village, "Hulu")[0]
    made = hall(cycle, sdk, [checked("Jembatan")])
    enter(made, sdk, first, papers=[(6, [(1, 1)])])
    if closed and name != "enter_ballots":
        services.close_count(meeting_id=made.id, actor=sdk, at=NOW)
    one = counted(client, at(made, name))
    services.open_count(meeting_id=made.id, actor=sdk, at=NOW)
    more = [checked("Posyandu").id, checked("Jalan tani").id]
    services.table_proposals(meeting_id=made.id, proposal_ids=more, actor=sdk, at=NOW)
    for hamlet in hamlets(village, "Tengah", "Hilir"):
        enter(made, sdk, hamlet, papers=[(5, [(1, 1), (2, 1)]), (1, [(3, 1)])])
    if closed and name != "enter_ballots":
        services.close_count(meeting_id=made.id, actor=sdk, at=NOW)
    assert counted(client, at(made, name)) == one


@pytest.mark.parametrize("name", ["ballots", "enter_ballots", "screen", "count_sheet"])
def test_no_page_of_the_count_names_anybody_who_is_present(meeting, sdk, places, client, name):
    given.come(meeting, sdk)
    enter(meeting, sdk, places[0], papers=[(6, [(1, 1)])])
    text = text_of(client, at(meeting, name))
    assert [line.name for line in given.INVITEES if line.name in text] == []


def test_the_totals_appear_only_when_the_count_is_closed_and_for_a_handful_not_at_all(meeting, sdk, places, client):
    enter(meeting, sdk, places[0], "dots", voters=4, papers=[(1, [(2, 917), (1, 41)])])
    services.close_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    for name in ("ballots", "screen"):
        assert ">917<" not in text_of(client, at(meeting, name))
    services.open_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    enter(meeting, sdk, places[1], voters=6, papers=[(6, [(3, 1)])])
    for name in ("ballots", "screen"):
        assert ">917<" not in text_of(client, at(meeting, name))
    services.close_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    for name in ("ballots", "screen"):
        rows = client.get(at(meeting, name)).context["results"].rows
        assert [(row.number, row.total) for row in rows] == [(2, 917), (1, 41), (3, 6)]
        assert ">917<" in text_of(client, at(meeting, name))


def test_a_reader_sees_no_number_of_a_small_hamlet_and_no_way_to_change_it(meeting, sdk, places, village):
    for place, voters in zip(places, (3, 12, 20), strict=True):
        enter(meeting, sdk, place, voters=voters)
    answer = signed_in(people.holder(Role.LKD, village)).get(at(meeting))
    assert [line.voters for line in answer.context["lines"]] == [None, None, None]
    assert [bundle for line in answer.context["lines"] for bundle in line.bundles] == []
    text = answer.content.decode()
    assert [words for words in ("3 pemilih", "12 pemilih", "20 pemilih", "/suara/isi/") if words in text] == []


@pytest.mark.parametrize("role", sorted(Role))
def test_each_role_finds_only_the_buttons_it_may_press(meeting, sdk, places, village, role):
    enter(meeting, sdk, places[0], papers=[(6, [(1, 1)])])
    answer = signed_in(people.holder(role, village, username=f"peran.{role}")).get(at(meeting))
    assert answer.status_code == (200 if role in READERS else 403)
    text = answer.content.decode()
    offered = {name for name in ("enter_ballots", "close_count") if at(meeting, name) in text}
    assert offered == ({"enter_ballots", "close_count"} if role in {Role.TIM, Role.FAS, Role.SDK} else set())


def test_the_seed_is_written_down_by_the_form_and_only_then_a_hamlet_opens(cycle, sdk, checked, places, client):
    made = hall(cycle, sdk, [checked("Jembatan")], seed="")
    assert at(made, "enter_ballots") not in text_of(client, at(made))
    assert "data-ballots" not in text_of(client, at(made, "enter_ballots"))
    assert client.post(at(made, "draw_lot"), {"benih": SEED}).status_code == 302
    assert Meeting.objects.get(pk=made.id).lot_seed == SEED
    assert client.post(at(made, "draw_lot"), {"benih": "1"}).status_code == 409
    text = text_of(client, at(made))
    assert at(made, "enter_ballots") in text and SEED in text
    assert SEED in text_of(client, at(made, "screen"))


def test_a_form_with_a_line_at_fault_keeps_everything_and_names_the_line(meeting, places, client):
    fields = form(places[0], baris="1 2\n1 satu\n2 2", pemilih="9", jatah="3")
    answer = client.post(at(meeting, "enter_ballots"), fields)
    text = answer.content.decode()
    assert (answer.status_code, BallotBundle.objects.count()) == (400, 0)
    assert answer.context["entry"].wrong_lines == [
        "Baris 2: “satu” bukan nomor. Tulis nomor usulan dipisah spasi, misalnya 1 4 7.",
        "Baris 3: nomor 2 tertulis dua kali.",
    ]
    assert [words for words in ("1 2\n1 satu\n2 2", 'value="9"', 'value="3"') if words not in text] == []


def test_dots_that_are_no_number_are_marked_and_kept(meeting, places, client):
    fields = form(places[0], cara="dots", t_1="12", t_2="-3")
    answer = client.post(at(meeting, "enter_ballots"), fields)
    rows = answer.context["entry"].rows
    assert (answer.status_code, BallotBundle.objects.count()) == (400, 0)
    assert [(row.value, row.bad) for row in rows] == [("12", False), ("-3", True), ("", False)]


def test_after_one_hamlet_the_next_uncounted_one_opens(meeting, places, client):
    fields = form(places[0], baris="1 x4\n2 3", lanjut="ya")
    answer = client.post(at(meeting, "enter_ballots"), fields, follow=True)
    assert answer.context["entry"].place.name == "Tengah"
    assert (answer.context["entry"].method, BallotBundle.objects.get().voters) == ("papers", 6)
    last = form(places[1], baris="1", lanjut="ya"), form(places[2], baris="1", lanjut="ya")
    answers = [client.post(at(meeting, "enter_ballots"), fields, follow=True) for fields in last]
    assert answers[1].request["PATH_INFO"] == at(meeting)


def test_a_stored_bundle_comes_back_as_it_was_typed_but_sorted(meeting, places, client):
    client.post(at(meeting, "enter_ballots"), form(places[0], baris="3 1\n2\n1 3"))
    entry = client.get(at(meeting, "enter_ballots", f"?dusun={places[0].id}")).context["entry"]
    assert (entry.text, entry.voters, entry.seen) == ("1 3 x2\n2", "6", 1)


def test_the_background_answer_is_an_address_or_a_sentence(meeting, places, client):
    address, headers = at(meeting, "enter_ballots"), {"accept": "application/json"}
    stored = client.post(address, form(places[0], baris="1"), headers=headers)
    assert json.loads(stored.content) == {"url": at(meeting)}
    refused = client.post(address, form(places[1], baris="1", pemilih="70"), headers=headers)
    assert refused.status_code == 409
    assert json.loads(refused.content)["sentence"].startswith(
        "Pemilih menjadi 76 orang, padahal yang hadir dan berhak bersuara 60 orang."
    )


@pytest.mark.parametrize("query", ["?dusun=x", "?dusun=00000000-0000-0000-0000-000000000000", "?kelompok=PKK"])
def test_a_hamlet_or_group_that_is_not_there_is_not_found(meeting, client, query):
    assert client.get(at(meeting, "enter_ballots", query)).status_code == 404


def test_fewer_present_than_voted_is_said_when_the_attendance_is_mended_afterwards(meeting, sdk, places, client):
    enter(meeting, sdk, places[0], voters=30)
    assert "finding warn" not in text_of(client, at(meeting))
    services.set_tally(meeting_id=meeting.id, element="TOMAS", male=10, female=15, actor=sdk, at=NOW)
    assert "yang hadir dan berhak bersuara tinggal 25 orang" in text_of(client, at(meeting))


def test_a_stranger_learns_nothing_of_the_count(meeting):
    stranger = signed_in(people.stranger())
    assert {stranger.get(at(meeting, name)).status_code for name in ("ballots", "count_sheet", "screen")} == {404}


def test_bundles_are_cleared_by_the_form_of_the_version_it_showed(meeting, sdk, places, client):
    enter(meeting, sdk, places[0], papers=[(6, [(1, 1)])])
    fields = {"dusun": str(places[0].id), "kelompok": "", "versi": "0"}
    assert client.post(at(meeting, "clear_ballots"), fields).status_code == 409
    assert client.post(at(meeting, "clear_ballots"), fields | {"versi": "1"}).status_code == 302
    assert BallotBundle.objects.count() == 0


def test_a_long_table_turns_its_pages_on_the_screen_until_each_number_was_shown(meeting):
    moments = [given.NOW.replace(second=turn * REFRESH_SECONDS) for turn in range(2)]
    pages = [[row.number for row in ballot_context(meeting, moment, most=2)["table"]] for moment in moments]
    assert sorted(pages) == [[1, 2], [3]]


def test_the_sheet_has_a_page_for_each_hamlet_with_the_numbers_of_the_table(meeting, client, places):
    assert client.get(at(meeting, "count_sheet")).context["names"] == ["Hulu", "Tengah", "Hilir"]
    one = client.get(at(meeting, "count_sheet", f"?dusun={places[1].id}"))
    assert one.context["names"] == ["Tengah"]
    assert one.content.decode().count('class="table-no"') == 3


def test_a_signed_meeting_shows_its_count_and_offers_nothing(meeting, sdk, places, client):
    enter(meeting, sdk, places[0], papers=[(6, [(1, 1)])])
    services.close_count(meeting_id=meeting.id, actor=sdk, at=NOW)
    with setting_up():
        Meeting.objects.filter(pk=meeting.id).update(
            state="signed", signed_at=NOW, minutes_date=given.HELD_DATE, ended_at=NOW
        )
    text = text_of(client, at(meeting))
    assert [name for name in ("open_count", "close_count", "enter_ballots") if at(meeting, name) in text] == []
    assert 'class="form-table plain totals"' in text
