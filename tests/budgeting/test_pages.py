"""The pages of priorities: what each hat sees and can press, in a constant number of queries."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgeting.given import LATER, hall, proposal
from factories import people
from rembuk.budgeting import services
from rembuk.budgeting.models import AllocationRun
from rembuk.core.hat import Role
from rembuk.shared import panels
from rembuk.shared.trail.testing import setting_up

LOSER = (
    "Belum masuk: uang yang boleh membiayainya sudah terpakai, kurang Rp50.000.000; masuk bila biayanya paling tinggi "
    "Rp50.000.000 atau ada Rp50.000.000 lagi pada DDS."
)


@pytest.fixture
def client(village):
    """Sign in as a role of the village."""

    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


def address(name, target):
    return reverse(f"budgeting:{name}", args=(target.pk,))


def test_the_team_counts_by_the_button_and_sees_the_cut_and_the_reasons(cycle, three, client):
    team = client("TIM")
    empty = team.get(address("cycle", cycle)).content.decode()
    assert "Belum pernah dihitung" in empty and "Hitung prioritas" in empty
    shown = team.post(address("run", cycle), {"musyawarah": ""}, follow=True)
    text = shown.content.decode()
    (made,) = AllocationRun.objects.all()
    assert shown.status_code == 200 and made.digest in text
    assert text.count("Garis batas") == 1
    assert LOSER in text
    assert "Aturan Dana Desa 2027 belum dimuat" in text
    assert "Rp500.000.000" in text and "terikat, tidak direncanakan warga" in text
    assert "Sahkan hasil ini" not in text
    trail = team.get(reverse("shared:trail", args=("alokasi", made.pk)))
    assert trail.status_code == 200 and "hasil alokasi" in trail.content.decode()


def test_the_head_adopts_by_the_button_and_a_stranger_to_the_act_is_refused(cycle, run, three, client):
    made = run()
    assert client("SDK").post(address("adopt", made)).status_code == 403
    text = client("KAD").post(address("adopt", made), {"catatan": "Disepakati"}, follow=True).content.decode()
    assert "Hasil disahkan" in text and "Disepakati" in text
    assert AllocationRun.objects.get(pk=made.pk).adopted


def test_a_refusal_is_a_sentence_with_a_status_and_changes_nothing(cycle, client):
    answer = client("TIM").post(address("run", cycle), {"musyawarah": ""})
    assert answer.status_code == 409
    assert "Belum ada pagu 2027 yang berlaku" in answer.content.decode()


def test_two_runs_are_compared_by_what_came_in_and_fell_out(cycle, run, three, hat, client):
    first = run()
    services.override(
        run_id=first.pk, proposal_id=three[2].pk, direction="in", reason="Hampir putus", actor=hat("KAD"), at=LATER
    )
    text = client("KAD").get(address("cycle", cycle)).content.decode()
    assert "<dt>Masuk</dt><dd>Titian ulin RT 03</dd>" in text
    assert "<dt>Keluar</dt><dd>Titian ulin RT 02</dd>" in text
    earlier = client("RTK").get(address("cycle", cycle) + f"?hasil={first.pk}").content.decode()
    assert first.digest in earlier


def test_the_reasons_come_as_csv_with_the_columns_of_the_draft(run, three, client):
    answer = client("TIM").get(address("export", run()))
    head, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert head == ["baris", "usulan", "biaya", "terpilih", "sumber", "kode_alasan", "alasan"]
    assert [row[2:6] for row in rows] == [
        ["100000000", "ya", "DDS", "ALOK-01"],
        ["100000000", "ya", "DDS", "ALOK-01"],
        ["100000000", "tidak", "", "ALOK-02"],
    ]


def test_the_page_asks_as_many_queries_for_a_hundred_proposals_as_for_three(cycle, run, three, client):
    head = client("KAD")
    run()

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert head.get(address("cycle", cycle)).status_code == 200
        return len(found)

    few = count()
    AllocationRun.objects.all().delete()
    with setting_up():
        for number in range(4, 101):
            proposal(cycle, number)
    run()
    assert count() == few


def test_a_village_lands_on_its_cycle_and_dpmd_on_the_list(cycle, run, three, client, village):
    run()
    landed = client("SDK").get(reverse("budgeting:list"))
    assert landed.headers["Location"] == address("cycle", cycle)
    with setting_up():
        division = people.signed_in(people.division_head(village))
    text = division.get(reverse("budgeting:list")).content.decode()
    assert "Melintang" in text and "dihitung, belum disahkan" in text


def test_an_adopted_list_tells_everybody_what_became_of_a_proposal(cycle, run, three, hat):
    keys = [row.pk for row in three]
    made = run(meeting_id=hall(cycle).pk)

    def of_this_room():
        found = panels.for_many("proposal", keys, None)
        return {key: [one for one in found[key] if one.title == "Pembagian pagu"] for key in keys}

    assert of_this_room() == {key: [] for key in keys}, "what was not adopted is nobody's business yet"
    services.adopt_run(run_id=made.pk, actor=hat("KAD"), at=LATER)
    shown = of_this_room()
    assert [dict(shown[key][0].rows)["Hasil"] for key in keys] == ["terpilih", "terpilih", "pagu habis"]
    assert dict(shown[keys[0]][0].rows)["DDS"] == "Rp100.000.000"
