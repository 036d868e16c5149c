"""The pages of the clinic: lists that stay quick, forms that keep what was typed, answers found by words."""

from uuid import uuid4

import pytest

from factories import people, places
from rembuk.core.hat import Role
from rembuk.guidance.clinic import services
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.services import AskValues, FaqValues, LogValues
from rembuk.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return places.melintang()


def asked(village, hat, text="Bolehkah satuan paket dipakai?"):
    values = AskValues(topic="K7", question=text)
    return services.ask(ticket_id=uuid4(), village=village, values=values, actor=hat, at=clock.now())


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(village, django_assert_max_num_queries):
    office, team = people.holder(Role.SDK), people.holder(Role.PTP)
    client = people.signed_in(team)
    counts = []
    for wanted in (1, 3):
        while Ticket.objects.count() < wanted:
            asked(village, office.hat(), f"Soal {Ticket.objects.count()}")
        client.get("/klinik/")
        with django_assert_max_num_queries(40) as seen:
            page = client.get("/klinik/")
        counts.append(len(seen))
        assert page.status_code == 200
    assert counts[0] == counts[1]


def test_filters_stand_in_the_address_and_the_sheet_follows_them(village):
    office, team = people.holder(Role.SDK), people.holder(Role.PTP)
    asked(village, office.hat(), "Soal jembatan")
    asked(village, office.hat(), "Soal posyandu")
    client = people.signed_in(team)
    page = client.get("/klinik/?cari=posyandu&keadaan=menunggu&topik=K7&cara=online").content.decode()
    assert ("Soal posyandu" in page, "Soal jembatan" in page) == (True, False)
    assert "1 pertanyaan" in page
    sheet = client.get("/klinik/daftar.xlsx?cari=posyandu")
    assert (sheet.status_code, sheet.content[:2]) == (200, b"PK")


def test_a_refused_form_keeps_what_was_typed(village):
    client = people.signed_in(people.holder(Role.PTP))
    typed = {"kunci": str(uuid4()), "cara": "phone", "desa": "", "topik": "K8", "soal": "Jembatan rusak"}
    page = client.post("/klinik/catat/", typed)
    assert page.status_code == 400
    kept = page.content.decode()
    assert "Jembatan rusak" in kept
    assert '<option value="K8" selected>' in kept
    assert Ticket.objects.count() == 0


def test_at_the_counter_a_village_a_question_and_an_answer_are_enough(village):
    client = people.signed_in(people.holder(Role.PTP))
    typed = {"kunci": str(uuid4()), "cara": "walk_in", "desa": village.pk, "topik": "", "penanya": ""}
    said = {"soal": "Harga kayu ulin memakai daftar mana?", "jawaban": "Daftar kabupaten.", "puas": "ya"}
    assert client.post("/klinik/catat/", typed | said).url == "/klinik/catat/"
    made = Ticket.objects.get()
    assert (made.state, made.topic, made.channel) == ("closed", "K8", "walk_in")
    later = typed | {"kunci": str(uuid4()), "soal": "Pagu turun, bagaimana?"}
    other = client.post("/klinik/catat/", later)
    waiting = Ticket.objects.get(topic="K14")
    assert (other.url, waiting.state) == (f"/klinik/{waiting.pk}/", "assigned")


def test_a_question_cannot_be_done_with_before_it_is_answered(village):
    client = people.signed_in(people.holder(Role.PTP))
    typed = {
        "kunci": str(uuid4()),
        "cara": "walk_in",
        "desa": village.pk,
        "soal": "Kapan?",
        "jawaban": " ",
        "puas": "ya",
    }
    page = client.post("/klinik/catat/", typed)
    assert (page.status_code, "Tulis jawabannya" in page.content.decode()) == (400, True)
    assert Ticket.objects.count() == 0


def test_who_answers_puts_a_question_under_another_topic_and_the_village_does_not(village):
    office, team = people.holder(Role.SDK), people.holder(Role.PTP)
    made = asked(village, office.hat())
    address = f"/klinik/{made.pk}/topik/"
    assert people.signed_in(office).post(address, {"topik": "K8"}).status_code == 403
    client = people.signed_in(team)
    assert client.post(address, {"topik": "K99"}).status_code == 400
    assert client.post(address, {"topik": "K8"}).url == f"/klinik/{made.pk}/"
    made.refresh_from_db()
    assert (made.topic, made.version) == ("K8", 2)
    client.post(address, {"topik": "K8"})
    made.refresh_from_db()
    assert made.version == 2
    assert list(made.steps.values_list("event", flat=True)) == ["ask", "topic"]


def test_pressing_twice_asks_once(village):
    client = people.signed_in(people.holder(Role.SDK))
    typed = {"kunci": str(uuid4()), "topik": "K7", "soal": "Kapan?"}
    first, second = (client.post("/klinik/tanya/", typed) for _ in range(2))
    assert (first.url, second.url, Ticket.objects.count()) == (second.url, first.url, 1)


def test_the_road_of_a_question_over_its_pages(village):
    office, team = people.signed_in(people.holder(Role.SDK)), people.signed_in(people.holder(Role.PTP))
    address = office.post("/klinik/tanya/", {"kunci": str(uuid4()), "topik": "K7", "soal": "Kapan?"}).url
    assert team.post(f"{address}ambil/").url == address
    refused = team.post(f"{address}jawab/", {"jawaban": "  "})
    assert (refused.status_code, "Tulis jawabannya" in refused.content.decode()) == (400, True)
    team.post(f"{address}jawab/", {"jawaban": "Juli."})
    assert "Apakah jawabannya membantu?" in office.get(address).content.decode()
    office.post(f"{address}membantu/")
    page = office.get(address).content.decode()
    assert ("selesai" in page, "Apakah jawabannya membantu?" in page) == (True, False)


def test_everybody_finds_an_answer_by_its_words_and_the_stage_that_it_is_about(client, village):
    clerk, staff = people.holder(Role.PTP).hat(), people.holder(Role.STF).hat()
    values = AskValues(topic="K10", question="Jalan kabupaten rusak")
    logged = LogValues(asked=values, channel="walk_in", answer="Masukkan DU-RKP.", satisfied=True)
    made = services.log(ticket_id=uuid4(), village=village, values=logged, actor=clerk, at=clock.now())
    said = FaqValues("K10", "Jalan kabupaten rusak, apa yang dilakukan?", "Masukkan DU-RKP Desa.")
    services.promote(ticket_id=made.pk, values=said, actor=staff, at=clock.now())
    page = client.get("/klinik/tanya-jawab/?cari=mengusulkan+jalan+kabupaten").content.decode()
    assert ("Masukkan DU-RKP Desa." in page, "Tarik" in page) == (True, False)
    assert "K9" in client.get("/klinik/tanya-jawab/?cari=musrenbang").content.decode()
    nothing = client.get("/klinik/tanya-jawab/?cari=zzzz").content.decode()
    assert "Belum ada jawaban yang cocok" in nothing


def test_the_head_of_dpmd_sees_numbers_and_no_question(village):
    asked(village, people.holder(Role.SDK).hat(), "Soal rahasia")
    client = people.signed_in(people.holder(Role.KDP))
    page = client.get("/klinik/ringkasan/").content.decode()
    assert ("Soal rahasia" in page, client.get("/klinik/").status_code) == (False, 403)
