"""Every page of the room opens for who may read it, and does what its button says."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import people
from factories.samples_plans import cycle_of, enacted, plan_of
from plans.given import ceiling
from rembuk.core.money import Rupiah
from rembuk.plans import services
from rembuk.plans.models import ItemFunding, RkpdesItem, Rpjmdes, RpjmdesItem, Team
from rembuk.plans.values import ItemValues
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def office(village):
    """The secretary's browser."""
    with setting_up():
        return people.signed_in(people.secretary(village))


@pytest.fixture
def row(village, plan_here):
    with setting_up():
        hat = people.holder("TIM", village).hat()
    return services.save_item(
        plan_id=plan_here.id,
        item_id=uuid.uuid4(),
        values=ItemValues("2.3.11", "Titian ulin RT 02", "Hulu", funding=(("DDS", Rupiah(70)), ("ADD", Rupiah(30)))),
        version=0,
        actor=hat,
        at=clock.now(),
    )


@pytest.fixture
def plan_here(village):
    return plan_of(village)


def paths(village, plan, item):
    cycle = cycle_of(village)
    return [
        reverse("plans:list"),
        reverse("plans:grid", args=(plan.id,)),
        reverse("plans:grid", args=(plan.id,)) + "?varian=b&bidang=2&sumber=DDS&temuan=peringatan",
        reverse("plans:findings", args=(plan.id,)),
        reverse("plans:steps", args=(plan.id,)),
        reverse("plans:perdes", args=(plan.id,)),
        reverse("plans:new_item", args=(plan.id,)),
        reverse("plans:item", args=(item.id,)),
        reverse("plans:rab", args=(item.id,)),
        reverse("plans:technical", args=(item.id,)),
        reverse("plans:implementers", args=(item.id,)),
        reverse("plans:teams", args=(cycle.id,)),
        reverse("plans:evaluation", args=(cycle.id,)),
        reverse("plans:du", args=(cycle.id,)),
        reverse("plans:rpjmdes", args=(village.id,)),
        reverse("plans:export_csv", args=(plan.id,)),
        reverse("plans:export_xlsx", args=(plan.id,)),
        reverse("plans:rpjmdes_template", args=(village.id,)),
    ]


def test_every_page_opens_for_the_secretary(office, village, plan_here, row):
    answers = {path: office.get(path).status_code for path in paths(village, plan_here, row)}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_pages_of_another_village_are_not_found(village, plan_here, row):
    with setting_up():
        stranger = people.signed_in(people.stranger())
    pages = paths(village, plan_here, row)[1:]
    assert {stranger.get(path).status_code for path in pages} == {404}


def test_everybody_reads_an_enacted_plan_and_nobody_a_draft(client, village, plan_here):
    assert client.get(reverse("plans:public", args=(enacted(village),))).status_code == 200
    assert client.get(reverse("plans:public", args=(plan_here.id,))).status_code == 404


def send(client, plan, **body):
    url = reverse("plans:cells", args=(plan.id,))
    return client.post(url, json.dumps(body), content_type="application/json")


def cell(row, field, value, version=1, base=None):
    return {"item": str(row.id), "field": field, "value": value, "version": version, "base": base}


def test_a_cell_is_written_and_the_sums_come_back(office, plan_here, row, village):
    with setting_up():
        ceiling(village, "DDS", 50)
    answer = send(office, plan_here, cells=[cell(row, "amount:DDS", "1.250.000")])
    data = answer.json()
    shown = {one["field"]: one["shown"] for one in data["items"][str(row.id)]["cells"]}
    assert (answer.status_code, shown["amount:DDS"], data["total"]) == (200, "1.250.000", 1_250_030)
    assert data["undo"] == [{"item": str(row.id), "field": "amount:DDS", "value": "70", "version": 2}]
    assert "1.249.950" in data["sums"]
    back = send(office, plan_here, cells=[cell(row, "amount:DDS", "70", version=2)])
    assert back.json()["total"] == 100


def test_two_people_in_one_cell_see_both_texts_and_nothing_is_lost(office, plan_here, row):
    send(office, plan_here, cells=[cell(row, "location", "Hilir", base="Hulu")])
    other_cell = send(office, plan_here, cells=[cell(row, "schedule", "Mei", base="")])
    clash = send(office, plan_here, cells=[cell(row, "location", "Tengah", base="Hulu")])
    assert other_cell.status_code == 200
    conflict = clash.json()["conflicts"][0]
    assert (clash.status_code, conflict["yours"], conflict["theirs"], conflict["by"]) == (
        409,
        "Tengah",
        "Hilir",
        "SDK Melintang",
    )
    assert RkpdesItem.objects.get(pk=row.id).location == "Hilir"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("amount:DDS", "12,5 jt", "tidak terbaca"),
        ("amount:DDS", "1.000,50", "pecahan rupiah"),
        ("amount:DDS", "-5", "kurang dari nol"),
        ("source:DDS", "APBD", "Sumber dana"),
        ("activity_code", "9.9.99", "Kode kegiatan"),
        ("name", "", "belum diisi"),
        ("name", "<script>x</script>", "HTML"),
    ],
)
def test_an_unreadable_cell_is_named_and_nothing_is_written(office, plan_here, row, field, value, words):
    answer = send(office, plan_here, cells=[cell(row, "location", "Hilir"), cell(row, field, value)])
    assert answer.status_code == 400
    assert words in answer.json()["problems"][0]["sentence"]
    assert RkpdesItem.objects.get(pk=row.id).location == "Hulu"


def test_a_pasted_row_beyond_the_last_becomes_a_new_item_and_undo_takes_it_away(office, plan_here, row):
    fresh = str(uuid.uuid4())
    cells = [
        {"item": fresh, "field": "name", "value": "Posyandu", "version": 0, "base": None},
        {"item": fresh, "field": "funding", "value": "Dana Desa=64.800.000", "version": 0, "base": None},
    ]
    data = send(office, plan_here, cells=cells).json()
    assert (data["moved"], data["created"], data["total"]) == (True, [{"item": fresh, "version": 1}], 64_800_100)
    gone = send(office, plan_here, cells=[], remove=data["created"])
    assert gone.status_code == 200
    assert list(RkpdesItem.objects.values_list("name", flat=True)) == ["Titian ulin RT 02"]


def test_only_the_notes_that_differ_come_back(office, plan_here, row):
    with setting_up():
        RkpdesItem.objects.create(plan=plan_here, name="Posyandu", activity_code="2.2.02")
        twin = RkpdesItem.objects.create(plan=plan_here, name="Sumur bor", activity_code="2.4.10", location="Hulu")
    data = send(office, plan_here, cells=[cell(row, "name", "Sumur bor")]).json()
    assert set(data["notes"]) == {str(row.id), str(twin.id)}
    assert "dan 2 lagi" in data["notes"][str(twin.id)]["html"]


@pytest.mark.parametrize("body", ["", "[]", '{"cells": [{"item": "x"}]}', '{"cells": 5}'])
def test_a_body_that_is_no_grid_is_refused(office, plan_here, body):
    url = reverse("plans:cells", args=(plan_here.id,))
    assert office.post(url, body, content_type="application/json").status_code == 400


def test_the_row_form_keeps_what_was_typed_and_names_what_is_wrong(office, plan_here):
    url = reverse("plans:new_item", args=(plan_here.id,))
    typed = {"kunci": str(uuid.uuid4()), "versi": "0", "name": "Jembatan", "amount_DDS": "5000-7000"}
    answer = office.post(url, typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "kisaran" in page and 'value="5000-7000"' in page and 'value="Jembatan"' in page
    saved = office.post(url, typed | {"amount_DDS": "5.000"})
    again = office.post(url, typed | {"amount_DDS": "5.000"})
    assert (saved.status_code, again.status_code, RkpdesItem.objects.count()) == (302, 302, 1)


def test_the_stale_row_form_shows_both_and_saves_at_the_second_press(office, plan_here, row):
    with setting_up():
        RkpdesItem.objects.filter(pk=row.id).update(location="Hilir", version=2)
    url = reverse("plans:edit_item", args=(row.id,))
    typed = {"versi": "1", "name": row.name, "activity_code": "2.3.11", "location": "Tengah", "amount_DDS": "70"}
    answer = office.post(url, typed | {"amount_ADD": "30"})
    assert answer.status_code == 409
    assert "Hilir" in answer.content.decode() and 'name="versi" value="2"' in answer.content.decode()
    assert office.post(url, typed | {"versi": "2", "amount_ADD": "30"}).status_code == 302
    assert RkpdesItem.objects.get(pk=row.id).location == "Tengah"


def test_the_estimate_is_saved_from_the_page_and_refuses_to_round(office, row):
    url = reverse("plans:save_rab", args=(row.id,))
    line = {"0-section": "1", "0-description": "Papan", "0-volume": "0,5", "0-unit": "m3", "jumlah": "1", "versi": "1"}
    bad = office.post(url, line | {"0-unit_price": "101"})
    assert bad.status_code == 400 and "tidak tepat dalam rupiah utuh" in bad.content.decode()
    assert office.post(url, line | {"0-unit_price": "200"}).status_code == 302
    assert [found.amount for found in row.rab_lines.all()] == [100]


def test_a_team_is_tried_out_before_it_is_formed(office, village):
    url = reverse("plans:save_team", args=(cycle_of(village).id,))
    rows = {"tim": "drafting", "versi": "0", "jumlah": "1", "0-name": "Ani", "0-sex": "P", "0-element": "TOMAS"}
    tried = office.post(url, rows | {"0-position": "chair", "langkah": "periksa"})
    assert "Tim baru 1 orang; paling sedikit 7 orang." in tried.content.decode()
    assert not Team.objects.exists()
    assert office.post(url, rows | {"0-position": "chair"}).status_code == 302
    assert Team.objects.get().members.get().name == "Ani"


def test_a_sheet_of_the_rpjm_is_read_before_it_is_stored(office, village):
    with setting_up():
        rpjmdes = Rpjmdes.objects.create(
            village=village, perdes_number="3", perdes_date="2021-03-01", start_year=2020, end_year=2027
        )
    text = "kode;kegiatan;lokasi;tahun;biaya\n2.3.11;Titian ulin;Hulu;2026-2027;450.000.000\n;Posyandu;;2031;5\n"
    upload = SimpleUploadedFile("rpjm.csv", text.encode())
    page = office.post(reverse("plans:read_rpjmdes", args=(village.id,)), {"berkas": upload})
    offer = page.context["offer"]
    assert ([line.years for line in offer.rows], [error.row for error in offer.errors]) == ([(2026, 2027)], [3])
    assert "di luar periode 2020-2027" in offer.errors[0].message
    assert not RpjmdesItem.objects.exists()
    store = reverse("plans:store_rpjmdes", args=(village.id,))
    assert office.post(store, {"isi": offer.packed + "x"}).status_code == 400
    assert office.post(store, {"isi": offer.packed}).status_code == 302
    line = RpjmdesItem.objects.get(rpjmdes=rpjmdes)
    assert (line.cost, line.years) == (450_000_000, [2026, 2027])


@pytest.mark.parametrize("name", ["plans:grid", "plans:findings", "plans:steps"])
def test_a_page_asks_the_same_number_of_queries_for_one_row_and_a_hundred(
    office, plan_here, row, name, django_assert_max_num_queries
):
    url = reverse(name, args=(plan_here.id,))
    office.get(url)
    with django_assert_max_num_queries(200) as few:
        office.get(url)
    with setting_up():
        more = [
            RkpdesItem(plan=plan_here, order=n, name=f"Kegiatan nomor {n}", activity_code="2.1.01") for n in range(99)
        ]
        RkpdesItem.objects.bulk_create(more)
        ItemFunding.objects.bulk_create([ItemFunding(item=item, source="ADD", amount=5) for item in more])
    with django_assert_max_num_queries(200) as many:
        office.get(url)
    assert len(many.captured_queries) == len(few.captured_queries)
