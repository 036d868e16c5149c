"""The small map of a proposal, and the QR code on its receipt slip."""

import io
import json
import re

import pytest
import segno
from django.urls import reverse

from factories.people import holder, signed_in
from proposals.given import NOW
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.proposals.spots import spot_of

PLACE = {"latitude": -0.271234, "longitude": 116.313456}


@pytest.fixture(autouse=True)
def centres(village, other_village):
    """Both villages have a centre."""
    for one, latitude, longitude in ((village, -0.27, 116.31), (other_village, -0.3, 116.4)):
        one.latitude, one.longitude = latitude, longitude
        one.save()


@pytest.fixture
def shown(sent, hat):
    """A proposal with a point, already looked at by the secretary."""
    made = sent(**PLACE, proposer_name="Bu Siti", proposer_contact="0812345678")
    services.check_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW)
    return made


def map_in(page):
    found = re.search(r'<svg class="map" viewBox.*?</svg>', page, re.S)
    return found[0] if found else ""


def test_the_map_marks_the_point_among_the_villages_of_the_district_and_says_so(shown, village):
    page = signed_in(holder(Role.BPD, village)).get(reverse("proposals:detail", args=[shown.number])).content.decode()
    drawn = map_in(page)
    assert re.findall(r'<circle class="(d-\w+)"[^>]*><title>(.*?)</title>', drawn) == [
        ("d-next", "Desa Muara Enggelam"),
        ("d-ok", "Titik usulan MLT-27-0001"),
        ("d-paused", "Desa Melintang"),
    ]
    assert (
        'role="img" aria-label="Titik usulan MLT-27-0001 di Desa Melintang, di antara desa-desa Kecamatan Muara Wis."'
        in drawn
    )
    assert " style=" not in page


def test_everyone_sees_the_map_with_a_rounded_point_and_nobodys_name(shown, client):
    page = client.get(reverse("proposals:public", args=[shown.number])).content.decode()
    assert map_in(page) == str(spot_of(shown, rounded=True).svg)
    assert map_in(page) != str(spot_of(shown, rounded=False).svg)
    assert "sekitar 100 meter" in page
    for hidden in ("Siti", "0812", "271234", "313456"):
        assert hidden not in page


def test_two_points_that_round_to_the_same_draw_the_same_map_for_everyone(shown):
    first = spot_of(shown, rounded=True)
    shown.latitude, shown.longitude = -0.2707, 116.3131
    assert spot_of(shown, rounded=True) == first


def test_the_status_behind_a_receipt_code_rounds_the_point_too(draft, hat, client):
    made = draft(**PLACE)
    code = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW).receipt_code
    page = client.post(reverse("proposals:track"), {"kode": code}).content.decode()
    made.refresh_from_db()
    assert map_in(page) == str(spot_of(made, rounded=True).svg)


def test_without_a_point_there_is_no_map(sent, village):
    made = sent()
    page = signed_in(holder(Role.SDK, village)).get(reverse("proposals:detail", args=[made.number])).content.decode()
    assert map_in(page) == ""
    assert 'class="spot"' not in page


def test_a_point_with_nothing_around_it_is_not_drawn(shown, village, other_village):
    for one in (village, other_village):
        one.latitude = one.longitude = None
        one.save()
    assert spot_of(shown, rounded=False) is None


def test_the_outline_of_the_own_district_is_drawn_from_the_operators_file(shown, settings, tmp_path):
    def square(code, west):
        ring = [[west, -0.4], [west + 0.3, -0.4], [west + 0.3, -0.1], [west, -0.1], [west, -0.4]]
        return {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    settings.DATA_DIR = tmp_path
    (tmp_path / "batas").mkdir()
    features = [square("64.02.02", 116.2), square("64.02.03", 116.6)]
    (tmp_path / "batas" / "64.02.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    assert str(spot_of(shown, rounded=False).svg).count('class="land"') == 1


def test_a_lone_point_beside_its_own_centre_does_not_fall_on_the_edge(shown, village, other_village):
    other_village.latitude = other_village.longitude = None
    other_village.save()
    village.latitude, village.longitude = PLACE["latitude"], PLACE["longitude"]
    village.save()
    drawn = str(spot_of(shown, rounded=False).svg)
    assert re.findall(r'class="d-ok" cx="([\d.]+)"', drawn) == ["310.0"]


def test_the_qr_of_the_slip_opens_the_status_with_the_code_where_no_server_sees_it(client, village, cycle):
    answer = signed_in(holder(Role.SDK, village)).post(
        reverse("proposals:new"),
        {
            "kunci": "7b0c2c2e-7d1c-4f55-9f0e-0c5a4a0f9a11",
            "versi": "1",
            "usulan": "Perbaikan jembatan kayu RT 01",
            "langkah": "kirim",
        },
    )
    page = answer.content.decode()
    drawn = re.search(r'<div class="qr-box" role="img" aria-label="([^"]+)">(<svg.*?</svg>)', page, re.S)
    assert drawn[1] == "Kode QR alamat untuk melihat status usulan"
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page)[0]
    wanted = io.BytesIO()
    # A browser never sends what stands behind the #, so that the code is in no log.
    segno.make(f"http://testserver/lacak/#{code}", error="m", micro=False).save(
        wanted,
        kind="svg",
        border=2,
        omitsize=True,
        xmldecl=False,
        svgns=False,
        svgclass="qr",
        lineclass=None,
        light="#fff",
    )
    assert drawn[2] == wanted.getvalue().decode().strip()
    assert " style=" not in page
    assert client.get("/lacak/").status_code == 200
