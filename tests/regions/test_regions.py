"""Regions: loading, prefixes, scoping, what a village says of itself, maps."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from factories import people, places
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Place, Role, command_hat
from rembuk.regions import official, services
from rembuk.regions.boundaries import district_borders
from rembuk.regions.loading import time_zone
from rembuk.regions.map import Dot, borders_of, draw, legend
from rembuk.regions.models import District, Regency, Rt, Village, VillageScore
from rembuk.regions.prefixes import candidates, prefixes
from rembuk.regions.queries import hamlets_of, scope_q, villages_in, villages_seen_by
from rembuk.shared import clock

COMMAND = command_hat("operator", "64.02")


def test_melintang_is_mlt() -> None:
    assert prefixes({"64.02.18.2003": "Melintang"}) == {"64.02.18.2003": "MLT"}


def test_two_of_one_name_differ_and_the_smaller_code_has_the_better_letters() -> None:
    assert prefixes({"2": "Melintang", "1": "Melintang"}) == {"1": "MLT", "2": "MEL"}


def test_a_prefix_once_given_stays() -> None:
    assert prefixes({"1": "Melintang", "2": "Melintang"}, {"2": "MLT"}) == {"1": "MEL", "2": "MLT"}


@pytest.mark.parametrize("name", ["", "I", "123", "Ulu", "Kota Bangun III"])
def test_any_name_gives_three_to_five_letters(name: str) -> None:
    letters = next(candidates(name))
    assert 3 <= len(letters) <= 5 and letters.isascii() and letters.isupper() and letters.isalpha()


@pytest.mark.parametrize("code", ["64.02", "11.03", "35.09", "91.03"])
def test_every_village_of_a_regency_has_its_own_prefix(code: str) -> None:
    names = {
        row.code: row.name
        for district in official.regions_within(code)
        for row in official.regions_within(district.code)
        if row.kind != "kelurahan"
    }
    given = prefixes(names)
    assert len(set(given.values())) == len(names) > 0
    assert all(3 <= len(letters) <= 5 for letters in given.values())


@pytest.mark.parametrize(
    ("code", "zone"), [("64.02", "Asia/Makassar"), ("32.04", "Asia/Jakarta"), ("91.03", "Asia/Jayapura")]
)
def test_a_regency_lives_in_the_time_of_its_province(code: str, zone: str) -> None:
    assert time_zone(code) == zone


@pytest.mark.django_db
def test_kutai_kartanegara_is_loaded_whole_and_twice_is_once() -> None:
    for _time in range(2):
        regency = services.load_regency("64.02", COMMAND)
        assert (regency.districts.count(), Village.objects.count(), VillageScore.objects.count()) == (20, 193, 193)
    village = Village.objects.get(code="64.02.18.2003")
    assert (village.name, village.number_prefix, village.kind) == ("Melintang", "MLT", "desa")
    assert village.latitude is not None and village.postal_code
    assert regency.name == "Kabupaten Kutai Kartanegara"
    assert regency.province_name == "Kalimantan Timur"


@pytest.mark.django_db
def test_loading_again_keeps_what_people_wrote() -> None:
    services.load_regency("64.02", COMMAND)
    Village.objects.filter(pk="64.02.18.2003").update(access_mode="lake", latitude=-0.2, number_prefix="MTG")
    Regency.objects.update(settings={"hari_kerja": 5})
    services.load_regency("64.02", COMMAND)
    village = Village.objects.get(pk="64.02.18.2003")
    assert (village.access_mode, village.latitude, village.number_prefix) == ("lake", -0.2, "MTG")
    assert Regency.objects.get().settings == {"hari_kerja": 5}


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "name"), [("35.79", "Kota Batu"), ("91.03", "Kabupaten Jayapura")])
def test_any_other_regency_is_loaded_by_the_same_act(code: str, name: str) -> None:
    regency = services.load_regency(code, command_hat("operator", code))
    assert regency.name == name
    assert Village.objects.exclude(kind="kelurahan").count() == Village.objects.count() > 0
    assert not VillageScore.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["64", "64.02.18", "99.99", "enam empat", ""])
def test_what_is_no_regency_is_refused_and_nothing_is_written(code: str) -> None:
    with pytest.raises(BadInputError) as caught:
        services.load_regency(code, COMMAND)
    assert caught.value.code == "regency-unknown"
    assert not Regency.objects.exists() and not District.objects.exists()


@pytest.mark.django_db
def test_only_the_owner_of_the_data_loads_regions() -> None:
    with pytest.raises(NotAllowedError):
        services.load_regency("64.02", people.planner().hat())


@pytest.mark.django_db
def test_scope_follows_the_tree() -> None:
    melintang, enggelam, perian = places.melintang(), places.enggelam(), places.perian()
    merancang = places.merancang()
    seen = {
        "country": list(villages_in(Place())),
        "regency": list(villages_seen_by(people.planner().hat())),
        "district": list(villages_seen_by(people.holder(Role.CAM).hat())),
        "village": list(villages_seen_by(people.village_head().hat())),
        "rt": list(villages_seen_by(people.rt_head().hat())),
    }
    assert seen == {
        "country": [perian, enggelam, melintang, merancang],
        "regency": [perian, enggelam, melintang],
        "district": [enggelam, melintang],
        "village": [melintang],
        "rt": [melintang],
    }
    places.rt(places.hamlet(melintang))
    places.rt(places.hamlet(enggelam))
    assert Rt.objects.filter(scope_q(people.secretary().hat())).count() == 1
    assert Rt.objects.filter(scope_q(None)).count() == 0


@pytest.mark.django_db
def test_the_secretary_edits_their_village_and_dpmd_any_but_not_the_head() -> None:
    village = places.melintang()
    facts = services.VillageFacts("lake", "none", -0.5, 116.5, "75559", 0)
    for hat in (people.secretary().hat(), people.planner().hat()):
        edited = services.edit_village(hat=hat, village_id=village.id, facts=facts)
        assert (edited.access_mode, edited.population) == ("lake", 0)
    for hat in (people.village_head().hat(), people.secretary(places.enggelam()).hat()):
        with pytest.raises(NotAllowedError):
            services.edit_village(hat=hat, village_id=village.id, facts=facts)


@pytest.mark.django_db
@pytest.mark.parametrize("point", [(-11.6, 116.0), (6.6, 116.0), (-0.5, 94.4), (-0.5, 141.6), (None, 116.0)])
def test_a_point_outside_indonesia_is_refused(point: tuple[float | None, float | None]) -> None:
    facts = services.VillageFacts("lake", "none", *point, "", None)
    with pytest.raises(BadInputError):
        services.edit_village(hat=people.secretary().hat(), village_id=places.melintang().id, facts=facts)


@pytest.mark.django_db
def test_hamlets_and_rt_carry_one_name_once_per_village() -> None:
    hat, village, other = people.secretary().hat(), places.melintang(), places.hamlet(places.enggelam())
    hamlet = services.add_hamlet(hat=hat, village_id=village.id, facts=services.HamletFacts("Dusun Danau"))
    with pytest.raises(RefusedError) as caught:
        services.add_hamlet(hat=hat, village_id=village.id, facts=services.HamletFacts("dusun danau"))
    assert caught.value.code == "hamlet-name-taken"
    rt = services.add_rt(hat=hat, village_id=village.id, facts=services.RtFacts("03", hamlet.id, 0))
    for facts, code in (
        (services.RtFacts("03"), "rt-number-taken"),
        (services.RtFacts("04", other.id), "hamlet-elsewhere"),
    ):
        with pytest.raises(RefusedError) as caught:
            services.add_rt(hat=hat, village_id=village.id, facts=facts)
        assert caught.value.code == code
    edited = services.edit_rt(hat=hat, rt_id=rt.id, facts=services.RtFacts("05", None, 12))
    assert (edited.number, edited.hamlet, edited.household_count) == ("05", None, 12)
    services.remove_rt(hat=hat, rt_id=rt.id)
    assert not village.rts.exists()


@pytest.mark.django_db
def test_an_ended_hamlet_leaves_the_list_and_stays_in_the_records() -> None:
    hat, hamlet = people.secretary().hat(), places.hamlet()
    services.end_hamlet(hat=hat, hamlet_id=hamlet.id, on=clock.today())
    assert list(hamlets_of(hamlet.village)) == []
    assert hamlet.village.hamlets.count() == 1
    with pytest.raises(RefusedError):
        services.end_hamlet(hat=hat, hamlet_id=hamlet.id, on=clock.today())


@pytest.mark.django_db
def test_an_rt_that_somebody_heads_is_not_removed() -> None:
    head = people.rt_head()
    with pytest.raises(RefusedError) as caught:
        services.remove_rt(hat=people.secretary().hat(), rt_id=head.rt_id)
    assert caught.value.code == "rt-in-use"
    assert Rt.objects.filter(pk=head.rt_id).exists()


@pytest.mark.django_db
def test_the_list_filters_counts_and_exports_the_same_rows() -> None:
    places.melintang(), places.enggelam(), places.perian()
    Village.objects.filter(name="Perian").update(access_mode="lake")
    client = people.signed_in(people.planner())
    for asked, names in (
        ({}, ["Perian", "Enggelam", "Melintang"]),
        ({"cari": "mlt"}, ["Melintang"]),
        ({"cari": "64.02.01"}, ["Perian"]),
        ({"kecamatan": "64.02.18"}, ["Enggelam", "Melintang"]),
        ({"akses": "lake"}, ["Perian"]),
        ({"sinyal": "good"}, []),
        ({"akses": "terbang", "hal": "x"}, ["Perian", "Enggelam", "Melintang"]),
    ):
        page = client.get("/desa/", asked).context["page"]
        assert [village.name for village in page.object_list] == names
        assert page.paginator.count == len(names)
        lines = client.get("/desa/unduh/", asked).content.decode().splitlines()[1:]
        assert [line.split(",")[1] for line in lines] == names


@pytest.mark.django_db
def test_the_list_asks_as_often_for_many_as_for_one() -> None:
    places.melintang()
    client = people.signed_in(people.planner())
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/desa/")
        counts.append(len(queries))
        if number == 0:
            for extra in range(40):
                places.hamlet(
                    places.village(
                        f"64.02.18.3{extra:03}", f"Desa {extra}", f"X{chr(65 + extra // 26)}{chr(65 + extra % 26)}"
                    )
                )
    assert counts[0] == counts[1] <= 8


@pytest.mark.django_db
def test_an_rt_head_reads_their_village_and_not_the_next() -> None:
    client = people.signed_in(people.rt_head())
    assert client.get(f"/desa/{places.melintang().id}/data/").status_code == 200
    assert client.get(f"/desa/{places.enggelam().id}/data/").status_code == 404


@pytest.mark.django_db
def test_a_typed_coordinate_may_have_a_comma_and_what_is_wrong_stays_typed() -> None:
    client, village = people.signed_in(people.secretary()), places.melintang()
    typed = {"access_mode": "lake", "signal": "weak", "latitude": "-0,25", "longitude": "116,5", "postal_code": "7555"}
    page = client.post(f"/desa/{village.id}/data/ubah/", typed)
    assert page.status_code == 400
    assert list(page.context["form"].errors) == ["postal_code"]
    assert 'value="-0,25"' in page.content.decode()
    assert client.post(f"/desa/{village.id}/data/ubah/", typed | {"postal_code": ""}).status_code == 302
    village.refresh_from_db()
    assert (village.latitude, village.longitude) == (-0.25, 116.5)


def test_states_differ_by_shape_on_the_map() -> None:
    states = ("ok", "due", "late", "paused", "next")
    shapes = {legend(state).replace(f"d-{state}", "") for state in ("ok", "late", "next")}
    assert len(shapes) == 3
    drawn = draw([Dot(-0.5, 116.0 + n / 10, state, f"Desa {n}") for n, state in enumerate(states)], "Lima desa")
    tree = ElementTree.fromstring(drawn)
    assert (tree.get("role"), tree.get("aria-label")) == ("img", "Lima desa")
    assert [child.get("class") for child in tree] == ["d-next", "d-ok", "d-paused", "d-due", "d-late"]


def test_the_map_keeps_north_up_and_east_right_inside_its_frame() -> None:
    drawn = draw([Dot(1.0, 116.0, "ok", "utara barat"), Dot(-1.0, 117.0, "ok", "selatan timur")], "dua")
    tree = ElementTree.fromstring(drawn)
    first, second = ((float(c.get("cx", "")), float(c.get("cy", ""))) for c in tree)
    titles = [child[0].text for child in tree]
    north_west, south_east = (first, second) if titles[0] == "utara barat" else (second, first)
    assert north_west[0] < south_east[0] and north_west[1] < south_east[1]
    assert all(0 <= value <= 1000 for point in (first, second) for value in point)


def test_a_name_cannot_break_out_of_the_map() -> None:
    drawn = draw([Dot(0, 116, "late", '<script>"&', link='/x"y')], '"><b>')
    assert "<script>" not in drawn and "<b>" not in drawn
    ElementTree.fromstring(drawn)


def test_a_map_of_nothing_is_nothing_and_of_one_village_is_a_point() -> None:
    assert draw([], "kosong") == ""
    assert "nan" not in draw([Dot(-0.5, 116.5, "ok", "satu")], "satu").lower()


def test_borders_come_from_a_file_and_a_broken_file_gives_none(tmp_path: Path, settings: Settings) -> None:
    ring = [[116.0, 0.0], [117.0, 0.0], [117.0, 1.0], [116.0, 0.0]]
    features = [
        {"properties": {"code": "64.02.18"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"properties": {"code": "64.02.01"}, "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}},
        {"properties": None, "geometry": None},
    ]
    settings.DATA_DIR = tmp_path
    (tmp_path / "batas").mkdir()
    file = tmp_path / "batas" / "64.02.geojson"
    assert district_borders("64.02") == []
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert len(district_borders("64.02")) == 3
    assert len(borders_of(file, ["64.02.18"])) == 1
    assert '<path class="land"' in draw([], "batas", district_borders("64.02"))
    for broken in (
        "[",
        "[]",
        '{"features": 3}',
        '{"features": [{"geometry": {"type": "Polygon"}}]}',
        '{"features": ["x"]}',
    ):
        file.write_text(broken, encoding="utf-8")
        assert borders_of(file) == []


def test_a_regency_code_cannot_lead_out_of_the_data_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path / "data"
    assert district_borders("../../etc/passwd") == []
