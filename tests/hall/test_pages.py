"""The studio without a script: what each hat sees and can press, from the address alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgeting.given import LATER, NOW, hall, proposal
from factories import people, places
from rembuk.budgeting import services
from rembuk.budgeting.choice import Choice
from rembuk.budgeting.models import AllocationRun
from rembuk.deliberation.models import BallotBundle
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

HTMX = {"HX-Request": "true"}


def studio(cycle, **query):
    return address("studio", cycle, **query)


def address(name, *targets, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"hall:{name}", args=[target.pk for target in targets]) + (f"?{words}" if words else "")


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_shows_both_choices_what_differs_the_list_and_the_money(cycle, run, three, hamlets, client):
    run()
    shown = client("TIM").get(studio(cycle, lantai="80", c1="5", c2="0"))
    text = text_of(shown)
    assert shown.status_code == 200
    assert "Pilihan A: Nilai tertinggi" in text and "Pilihan B: Nilai tertinggi" in text
    assert "Kedua pilihan sama: 2 masuk di keduanya" in text
    assert "Dusun Hilir tidak mendapat uang, padahal jiwanya 25 %." in text
    assert "Garis batas: Rp200.000.000 terpakai, sisa Rp50.000.000" in text
    assert "Pagu DDS sudah terpakai; kurang Rp50.000.000." in text
    assert text.count("Kenapa tidak?") == 1


def test_the_form_works_without_a_script_and_says_what_was_chosen(cycle, run, three, hamlets, client):
    run()
    page = client("TIM").get(studio(cycle, aturan="mes", lantai="60", pagu_DDS="150", pemilih="dusun"))
    html = page.content.decode()
    form = html[html.index('<form class="sheet stack-s no-print" id="timbangan"') :]
    form = form[: form.index("</form>")]
    assert 'method="get"' in form and "<button" in form
    assert 'value="mes" checked' in form and 'value="dusun" checked' in form
    assert re.search(r'id="lantai"[^>]*value="60"', form)
    assert re.search(r'id="pagu_DDS"[^>]*value="150"', form)


def test_other_ceilings_than_the_letters_are_said_to_be_a_question_and_cannot_be_brought(cycle, run, three, client):
    run()
    text = text_of(client("TIM").get(studio(cycle, pagu_DDS="120")))
    assert "Pilihan B memakai pagu pengandaian, jadi tidak bisa disahkan." in text
    assert "Rp300.000.000, menurut surat Rp250.000.000" in text
    assert "Bawa B ke musyawarah" not in text
    asked = {"pilihan": "pagu_DDS=120&musyawarah=tim"}
    refused = client("SDK").post(address("bring", cycle), asked)
    assert refused.status_code == 409
    assert "Pagu pengandaian (DDS 120 %) tidak sama dengan surat pagu" in refused.content.decode()


def test_the_team_brings_a_choice_and_the_chair_adopts_it_in_one_act(cycle, run, three, hamlets, client):
    meeting = hall(cycle)
    team = client("TIM")
    page = team.get(studio(cycle, lantai="50", musyawarah=meeting.pk))
    query = re.search(r'name="pilihan" value="([^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    brought = team.post(address("bring", cycle), {"pilihan": query}, follow=True)
    (made,) = AllocationRun.objects.all()
    assert (made.meeting_id, made.problem["context"]["choice"]["floor"]) == (meeting.pk, 50)
    assert "dibawa ke musyawarah, belum disahkan" in text_of(brought)
    assert "Sahkan B" not in text_of(brought)
    chair = client("KAD")
    assert "Sahkan" in text_of(chair.get(studio(cycle, lantai="50", musyawarah=meeting.pk)))
    asked = text_of(chair.get(address("adopt", made)))
    assert "1 pengusul yang belum terpilih dijawab dengan kode dan kalimat" in asked
    assert "Berita acara memuat cara memilih" in asked
    assert AllocationRun.objects.get().adopted_at is None, "the page alone does nothing"
    done = chair.post(address("adopt", made), {"catatan": "Sepakat"}, follow=True)
    assert "Pilihan disahkan." in text_of(done) and "dipakai di rancangan" in text_of(done)
    meeting.refresh_from_db()
    assert "Bagian terkecil tiap dusun: 50 %" in meeting.minutes["allocation"]["text"]
    assert Proposal.objects.get(pk=three[2].pk).state == "shelved"


@pytest.mark.parametrize(
    ("role", "bring", "adopt"), [("TIM", True, False), ("KAD", False, True), ("RTK", False, False)]
)
def test_each_role_sees_only_the_buttons_that_it_may_press(cycle, run, three, client, role, bring, adopt):
    run()
    reader = client(role)
    assert ("Bawa B ke musyawarah" in text_of(reader.get(studio(cycle, lantai="50")))) is bring
    text = text_of(reader.get(studio(cycle)))
    assert (" Sahkan B" in text) is adopt
    assert " Sahkan A" not in text, "one run is adopted by one button"
    assert ("Putusan musyawarah" in text) is adopt


def test_nobody_who_may_not_changes_anything_by_the_address(cycle, run, three, client):
    made = run()
    for role, name, targets in [
        ("RTK", "bring", (cycle,)),
        ("SDK", "adopt", (made,)),
        ("TIM", "pin", (made, three[0])),
    ]:
        assert client(role).post(address(name, *targets), {}).status_code == 403
    with setting_up():
        stranger = people.signed_in(people.stranger())
    assert stranger.get(studio(cycle)).status_code == 404


def test_a_reader_asks_why_not_and_hears_what_would_change_it(cycle, run, three, hamlets, client):
    run()
    text = text_of(client("RTK").get(address("why", cycle, three[2], musyawarah="tim")))
    assert "Kenapa Titian ulin RT 03 belum masuk?" in text
    assert "Uang yang boleh membiayainya sudah terpakai, kurang Rp50.000.000." in text
    assert "Ia masuk bila salah satu ini terjadi" in text
    assert "ALOK-02" in text
    chosen = text_of(client("KAD").get(address("why", cycle, three[0])))
    assert "Kenapa Titian ulin RT 01 masuk?" in chosen


def test_of_a_proposal_that_takes_no_part_it_says_what_keeps_it_out(cycle, run, three, client):
    with setting_up():
        higher = proposal(cycle, 9, authority="higher")
    text = text_of(client("RTK").get(address("why", cycle, higher)))
    assert "Di luar kewenangan desa; diteruskan lewat DU-RKP." in text


def test_a_proposal_of_elsewhere_is_not_found(cycle, run, three, client):
    with setting_up():
        other = proposal(cycle, 9, "withdrawn", reason_code="TARIK-01", reason_text="Ditarik.")
    assert client("RTK").get(address("why", cycle, other)).status_code == 404


def test_the_chair_pins_with_a_reason_and_comes_back_to_the_same_sliders(cycle, run, three, client):
    made = run()
    chair = client("KAD")
    page = address("pin", made, three[2], lantai="40", putusan="in")
    assert "Masukkan" in text_of(chair.get(page))
    answer = chair.post(page, {"putusan": "in", "alasan": "Hampir putus"})
    assert answer.headers["Location"] == studio(cycle, lantai="40")
    text = text_of(chair.get(studio(cycle, lantai="40")))
    assert "Masuk karena wajib: Hampir putus" in text
    refused = chair.post(page, {"putusan": "in", "alasan": " "})
    assert refused.status_code == 400 and "Tulis alasan musyawarah" in refused.content.decode()


def test_a_stored_count_is_counted_again_on_its_page(cycle, run, three, client):
    made = run()
    text = text_of(client("RTK").get(address("replay", made)))
    assert "Hitungan ulang sama persis" in text
    assert text.count(made.digest) == 2
    AllocationRun.objects.filter(pk=made.pk).update(digest="0" * 64)
    altered = client("RTK").get(address("replay", made))
    assert altered.status_code == 409


def test_the_projector_shows_the_list_the_cut_and_the_keys(cycle, run, three, hamlets, client):
    run()
    text = text_of(client("KAD").get(address("projector", cycle, sisi="A")))
    assert "Pilihan A: Nilai tertinggi" in text
    assert "Garis batas Rp200.000.000, sisa Rp50.000.000" in text
    for key in ("pilih usulan", "kenapa", "ganti pilihan", "masukkan", "tidak", "sahkan", "timbangan"):
        assert key in text
    reader = text_of(client("RTK").get(address("projector", cycle)))
    assert "sahkan" not in reader and "masukkan" not in reader


def test_without_money_or_proposals_the_page_says_what_is_missing(cycle, client):
    with setting_up():
        proposal(cycle, 1)
    shown = client("TIM").get(studio(cycle))
    assert shown.status_code == 200
    assert "Belum ada pagu 2027 yang berlaku" in text_of(shown)
    assert client("TIM").get(address("projector", cycle)).status_code == 200


def test_a_moved_slider_asks_five_queries_however_many_proposals_there_are(cycle, run, three, hamlets, client):
    team = client("TIM")
    run()

    def count(percent: int) -> int:
        with CaptureQueriesContext(connection) as found:
            assert team.get(studio(cycle, lantai=percent), headers=HTMX).status_code == 200
        return len(found)

    count(5)
    few = count(10)
    with setting_up():
        for number in range(4, 31):
            proposal(cycle, number)
    cold = count(15)
    assert (few, count(20)) == (5, 5)
    assert cold > 5, "what was written meanwhile is read again"


def test_the_whole_page_asks_as_many_queries_for_thirty_proposals_as_for_three(cycle, run, three, hamlets, client):
    head = client("KAD")
    run()

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert head.get(studio(cycle)).status_code == 200
        return len(found)

    count()
    few = count()
    with setting_up():
        for number in range(4, 31):
            proposal(cycle, number)
    count()
    assert count() == few


def test_to_htmx_goes_only_what_the_sliders_change(cycle, run, three, client):
    run()
    part = client("TIM").get(studio(cycle, lantai="5"), headers=HTMX).content.decode()
    assert "<!doctype" not in part and 'id="timbangan"' not in part
    assert 'data-query="lantai=5&amp;musyawarah=tim"' in part


def test_a_rule_that_asks_the_solver_answers_at_once_and_fills_in_by_a_second_request(cycle, run, three, client):
    run()
    team = client("TIM")
    first = team.get(studio(cycle, aturan="optimum"), headers=HTMX).content.decode()
    assert "Menghitung." in first and "hitung=ya" in first
    second = team.get(studio(cycle, aturan="optimum", hitung="ya"), headers=HTMX).content.decode()
    assert "Menghitung." not in second and "Garis batas" in second
    whole = team.get(studio(cycle, aturan="optimum")).content.decode()
    assert "Garis batas" in whole, "without a script the page waits for the figures"


def test_nobody_learns_from_any_page_who_cast_a_ballot(cycle, three, hamlets, hat, client):
    meeting = hall(cycle, lot_seed="perahu", lot_drawn_at=NOW, count_closed_at=NOW)
    with setting_up():
        for hamlet, voters, group, liked in (
            (hamlets[0], 9, "", three[0]),
            (hamlets[1], 8, "", three[1]),
            (hamlets[1], 1, "DIFABEL", three[2]),
        ):
            BallotBundle.objects.create(
                meeting=meeting, hamlet=hamlet, group=group, method="papers", voters=voters, per_voter=3,
                marks=[[voters, [[str(liked.pk), 1]]]], digest="0" * 64, entered_by=meeting.pk,
            )  # fmt: skip
    services.run_allocation(
        cycle_id=cycle.pk, meeting_id=meeting.pk, choice=Choice(rule="mes"), actor=hat("SDK"), at=LATER
    )
    reader = client("RTK")
    pages = [studio(cycle, aturan="mes"), address("projector", cycle, aturan="mes")]
    pages += [address("why", cycle, row, aturan="mes") for row in three]
    told = " ".join(text_of(reader.get(page)) for page in pages)
    assert "DIFABEL" not in told.upper().replace("DIFABEL: TERWAKILI", "")
    assert "1 suara" not in told and "1 pendukung " not in told.replace("1 pendukung lagi", "")


def test_the_list_of_priorities_leads_to_the_studio_and_ties_stages(cycle, run, three, client):
    made = run()
    team = client("TIM")
    page = reverse("budgeting:cycle", args=[cycle.pk])
    html = team.get(page).content.decode()
    assert f"{studio(cycle)}?musyawarah=tim" in html and address("replay", made) in html
    answer = team.post(
        reverse("budgeting:link", args=[cycle.pk]),
        {"jenis": "excludes", "satu": three[0].pk, "lain": three[1].pk, "alasan": "Tahap dari jembatan yang sama"},
        follow=True,
    )
    assert "1 ikatan antara usulan" in text_of(answer) and "Tahap dari jembatan yang sama" in text_of(answer)
    link = cycle.proposal_links.get()
    why = text_of(team.get(address("why", cycle, three[1])))
    assert "saling menggantikan: Tahap dari jembatan yang sama" in why
    team.post(reverse("budgeting:unlink", args=[link.pk]))
    assert not cycle.proposal_links.exists()
    assert "Ikat dua usulan" not in text_of(client("RTK").get(page))


def test_a_hat_of_another_village_of_the_district_sees_nothing(cycle, run, three):
    run()
    with setting_up():
        other = people.signed_in(people.holder("SDK", places.enggelam()))
    assert other.get(studio(cycle)).status_code == 404
