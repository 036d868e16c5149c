"""What goes out: enough to work without a network, small enough to travel, nothing that stays in the office."""

import gzip
import json
import random
import re
import uuid
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from deliberation import given as meetings
from factories import people, places
from offline.given import API, Field
from rembuk.core.hat import Role
from rembuk.deliberation.models import Invitation
from rembuk.offline.models import Package
from rembuk.offline.packing import LIMIT
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
WORDS = ("jalan", "titian", "ulin", "dusun", "hulu", "rusak", "parah", "sekolah", "air", "bersih", "sumur", "banjir")


def told(chance: random.Random, count: int) -> str:
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(1000)}" for _ in range(count))


@pytest.fixture
def large(cycle, secretary, village):
    """A village with 900 long proposals and eight meetings of 250 invited people."""
    chance, hat = random.Random(7), secretary.hat()
    with setting_up():
        Proposal.objects.bulk_create(
            Proposal(
                id=uuid.UUID(int=chance.getrandbits(128)),
                village=village,
                cycle=cycle,
                number=f"MLT-27-{number:04d}",
                title=told(chance, 6),
                problem=told(chance, 90),
                state="sent",
                submitted_at=cycle.created_at,
                captured_at=cycle.created_at,
            )
            for number in range(900)
        )
    for number in range(8):
        meeting = meetings.planned(cycle, hat, "MUSKEL", group_name=f"Kelompok {number}")
        with setting_up():
            Invitation.objects.bulk_create(
                Invitation(
                    id=uuid.UUID(int=chance.getrandbits(128)), meeting=meeting, name=told(chance, 2), kind="TANI"
                )
                for _ in range(250)
            )


def test_the_package_of_a_large_village_travels_and_says_what_it_left_at_home(large, field, time):
    content = field.take()
    size = len(gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6))
    assert size <= LIMIT and Package.objects.order_by("-issued_at", "-created_at").first().size == size
    assert len(content["meetings"]) == 8 and len(content["meetings"][0]["invitees"]) == 250
    assert content["left_out"]["problems"] == 900
    assert len(content["proposals"]) + content["left_out"].get("proposals", 0) == 900


def test_the_package_holds_what_is_needed_and_no_telephone_number(field, cycle, secretary, time):
    meeting = meetings.running(cycle, secretary.hat())
    meetings.come(meeting, secretary.hat())
    content = field.take()
    assert content["person"]["id"] == str(field.assignment.person_id) and content["device"] == field.phone.id
    [row] = content["meetings"]
    assert (row["id"], row["records"], row["state"]) == (str(meeting.pk), True, "running")
    assert row["quorum"]["elements"][:2] == ["PEREMPUAN", "MISKIN"]
    assert [len(row["invitees"]), len(row["attendance"])] == [len(meetings.INVITEES)] * 2
    assert "0812345678" not in json.dumps(content)
    assert content["hamlets"][0]["rts"][0]["name"] == "RT 01"
    assert content["server_key"]["id"] and content["cycle"]["title"] == "RKP 2027"


def test_every_list_of_choices_that_the_app_reads_is_in_the_package(field):
    app = Path(finders.find("offline/main.js")).parent
    read = set()
    for script in sorted(app.glob("*.js")):
        text = script.read_text(encoding="utf-8")
        read |= set(re.findall(r"\bcodes\.([a-z_]+)", text)) | set(re.findall(r"\boptions\(\"([a-z_]+)\"\)", text))
        read |= set(re.findall(r"\blabel\([a-z.]*pack, \"([a-z_]+)\"", text))
    assert {"elements", "severities", "owners", "visit_answers", "promise_seen", "access", "signal"} <= read
    codes = field.content["codes"]
    assert sorted(name for name in read if not codes.get(name)) == []
    assert all(code is not None and words for name in read for code, words in codes[name])


def test_a_hat_that_may_not_see_names_gets_none(cycle, secretary, time, village):
    meeting = meetings.running(cycle, secretary.hat())
    meetings.come(meeting, secretary.hat())
    field = Field(people.holder(Role.KPMD, village, level="village"), time)
    [row] = field.content["meetings"]
    assert (row["invitees"], row["attendance"], row["records"]) == ([], [], False)


def test_who_else_is_out_is_told_before_a_package_is_taken(field, village, time):
    time.pass_(minutes=1)
    second = Field(people.holder(Role.TIM, village), time)
    [here] = second.desk.get(f"{API}desa").json()["villages"]
    assert here["out"] == [{"name": "FAS Melintang", "device": "HP lapangan", "until": "2026-07-20"}]
    assert here["size"] == Package.objects.order_by("issued_at").last().size


def test_a_package_is_made_only_for_a_village_of_ones_task(field):
    places.enggelam()
    for village in ("64.02.18.2004", "64.99", ""):
        answer = field.post("paket", {"device": field.phone.id, "village": village}, client=field.desk)
        assert answer.status_code == 403, village
    other = {"device": field.phone.id, "village": field.village, "assignment": str(uuid.uuid4())}
    assert field.post("paket", other, client=field.desk).status_code == 403
    assert field.post("paket", {"device": "x"}, client=field.desk).status_code == 400


def test_a_district_facilitator_takes_one_village_of_several(time, cycle, village):
    with setting_up():
        places.enggelam()
    field = Field(people.holder(Role.PTP, village), time)
    told = field.desk.get(f"{API}desa").json()["villages"]
    assert [each["name"] for each in told] == ["Desa Enggelam", "Desa Melintang"]
    assert field.content["village"]["key"] == village.pk


def test_the_same_device_registers_twice_and_a_wrong_key_is_refused(field):
    assert field.register().json()["name"] == "HP lapangan"
    told = {"id": str(uuid.uuid4()), "name": "HP", "public_key": "AAAA"}
    answer = field.post("perangkat", told, client=field.desk)
    assert (answer.status_code, answer.json()["code"]) == (422, "offline-device-key")
    nameless = {"id": str(uuid.uuid4()), "name": "  ", "public_key": field.phone.public_key}
    assert field.post("perangkat", nameless, client=field.desk).status_code == 422
    assert field.post("perangkat", {"id": 3}, client=field.desk).status_code == 400
