"""The pages of meetings: what they show, to whom, in how many queries, and that a form keeps what was typed."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deliberation import given
from deliberation.given import NOW
from factories import people
from factories.people import signed_in
from rembuk.core.documents.attendance import build_attendance
from rembuk.core.documents.frozen import to_json
from rembuk.core.documents.minutes import build_minutes
from rembuk.core.hat import Role
from rembuk.cycles import duties
from rembuk.deliberation import queries, services
from rembuk.deliberation.models import Attendance, Meeting
from rembuk.deliberation.values import AttendanceValues, Marks
from rembuk.shared import panels


@pytest.fixture
def client(secretary):
    return signed_in(secretary)


@pytest.fixture
def meeting(cycle, sdk):
    made = given.running(cycle, sdk)
    given.come(made, sdk)
    return made


def counted(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(found)


def test_the_list_asks_as_often_for_a_hundred_meetings_as_for_one(cycle, sdk, client):
    given.planned(cycle, sdk)
    address = reverse("deliberation:list")
    client.get(address)
    one = counted(client, address)
    rows = [Meeting(**values) for values in Meeting.objects.values()] * 99
    for row in rows:
        row.pk = uuid.uuid4()
        Meeting.objects.bulk_create([row])
    assert Meeting.objects.count() == 100
    assert counted(client, address) == one


def test_a_meeting_asks_as_often_for_a_hundred_people_as_for_one(meeting, sdk, client):
    address = reverse("deliberation:detail", args=[meeting.id])
    client.get(address)
    one = counted(client, address)
    for number in range(100):
        person = AttendanceValues(f"Warga {number}", "P", "TANI")
        services.record_attendance(meeting_id=meeting.id, values=person, actor=sdk, at=NOW)
    assert counted(client, address) == one


def test_the_export_holds_the_filtered_rows_and_nobody(meeting, client):
    text = client.get(reverse("deliberation:export"), {"jenis": "MUSDES_P"}).content.decode()
    assert text.count("\n") == 2
    assert "Mulyadi" not in text
    assert client.get(reverse("deliberation:export"), {"jenis": "MUSREN"}).content.decode().count("\n") == 1


def test_the_screen_of_the_hall_names_nobody_and_counts_no_poor_or_disabled(meeting, client):
    text = client.get(reverse("deliberation:screen", args=[meeting.id])).content.decode()
    assert all(line.name not in text for line in given.INVITEES)
    assert "Kelompok masyarakat miskin: terwakili" in text
    assert "Kelompok berkebutuhan khusus: terwakili" in text


def test_the_page_never_writes_poor_or_disabled_beside_a_name(meeting, client):
    text = client.get(reverse("deliberation:detail", args=[meeting.id])).content.decode()
    table = text[text.index('id="undangan"') : text.index('id="usulan"')]
    rows = [part for part in table.split("<tr>") if "Mulyadi" in part or "Karim" in part]
    assert len(rows) == 4
    assert all("Wakil kelompok" in row and "miskin" not in row and "khusus" not in row for row in rows)


def test_a_resident_group_reads_the_meeting_without_names(meeting, village):
    group = signed_in(people.holder(Role.LKD, village))
    text = group.get(reverse("deliberation:detail", args=[meeting.id])).content.decode()
    assert all(line.name not in text for line in given.INVITEES)


def test_a_stranger_learns_nothing_of_the_meeting(meeting):
    assert signed_in(people.stranger()).get(reverse("deliberation:detail", args=[meeting.id])).status_code == 404


def test_planning_by_the_form_keeps_what_was_typed_when_something_is_missing(cycle, client):
    address = reverse("deliberation:create", args=[cycle.pk])
    fields = {"kind": "MUSDUS", "scheduled_at": "2026-12-10T09:00", "location": "Rumah Pak RT", "agenda": "Usulan"}
    refused = client.post(address, fields)
    assert (refused.status_code, Meeting.objects.count()) == (400, 0)
    assert "Rumah Pak RT" in refused.content.decode()
    hamlet = cycle.village.hamlets.create(name="Hulu")
    assert client.post(address, {**fields, "hamlet": str(hamlet.id)}).status_code == 302
    made = Meeting.objects.get()
    assert (made.title, made.scheduled_at.isoformat()) == ("Musyawarah Dusun Hulu", "2026-12-10T01:00:00+00:00")


def test_an_invited_person_is_written_present_by_one_press(cycle, sdk, client):
    made = given.running(cycle, sdk)
    row = made.invitations.get(name="Halimah")
    client.post(reverse("deliberation:attendance", args=[made.id]), {"undangan": str(row.id), "lp": "P"})
    assert list(Attendance.objects.values_list("name", "sex", "element", "invited")) == [
        ("Halimah", "P", "NELAYAN", True)
    ]


def test_the_grid_of_points_stores_all_rows_or_none(cycle, sdk, client, checked):
    proposals = [checked("Jembatan"), checked("Posyandu")]
    made = given.running(cycle, sdk, "MUSKEL", group_name="Nelayan")
    services.table_proposals(meeting_id=made.id, proposal_ids=[p.id for p in proposals], actor=sdk, at=NOW)
    address = reverse("deliberation:scores", args=[made.id])
    fields = {"kelompok": "Ibu & anak #2", "simpan": "ya", "tanggal": "2026-06-10"}
    fields |= {f"C{n}_{proposals[0].id}": "4" for n in range(1, 6)} | {f"C1_{proposals[1].id}": "7"}
    refused = client.post(address, fields)
    assert (refused.status_code, made.scores.count()) == (400, 0)
    assert refused.content.decode().count('value="4"') == 5
    fields |= {f"C{n}_{proposals[1].id}": "2" for n in range(1, 6)}
    stored = client.post(address, fields, follow=True)
    assert stored.context["group"] == "Ibu & anak #2"
    assert [row.total_shown for row in queries.ranking_of_meeting(made)] == ["20", "10"]


def test_the_autosave_answers_with_versions_and_with_what_stands_there(meeting, client):
    address = reverse("deliberation:minutes", args=[meeting.id])
    fields = {"bagian": "basis", "teks": "Perdes 4", "versi": "0"}
    first = client.post(address, fields, headers={"accept": "application/json"})
    assert json.loads(first.content)["version"] == 1
    stale = client.post(address, {**fields, "teks": "Perdes 5"}, headers={"accept": "application/json"})
    assert (stale.status_code, json.loads(stale.content)["text"]) == (409, "Perdes 4")
    page = client.post(address, {**fields, "teks": "Perdes 5"})
    assert page.status_code == 409
    assert "Perdes 4" in page.content.decode()
    assert "Perdes 5" in page.content.decode()


def test_every_page_of_a_signed_meeting_answers(cycle, sdk, chair, client, checked):
    one = checked()
    made = given.running(cycle, sdk)
    services.table_proposals(meeting_id=made.id, proposal_ids=[one.id], actor=sdk, at=NOW)
    services.enter_scores(
        meeting_id=made.id,
        scorer_group="Perempuan",
        marks=[Marks(one.id, (1, 2, 3, 4, 5))],
        score_date=given.HELD_DATE,
        actor=sdk,
        at=NOW,
    )
    given.come(made, sdk)
    for name in ("detail", "screen", "meter", "edit", "invite", "minutes", "scores"):
        assert client.get(reverse(f"deliberation:{name}", args=[made.id])).status_code == 200
    row = made.attendance.first()
    assert client.get(reverse("deliberation:edit_attendance", args=[made.id, row.id])).status_code == 200
    assert client.get(reverse("deliberation:ranking", args=[cycle.pk])).status_code == 200
    assert client.get(reverse("deliberation:rules", args=[cycle.village_id])).status_code == 200


def test_the_minutes_are_filled_from_the_meeting(cycle, sdk, chair):
    made = given.signed(given.complete(cycle, sdk, chair_name="Budi Santoso", chair_element="BPD"), chair)
    values = queries.minutes_values(made.id)
    assert (values.kind, values.present_men, values.present_women, values.invited) == ("musdes_planning", 3, 3, 6)
    assert (values.starts.isoformat(), values.ends.isoformat(), values.time_zone) == ("09:30:00", "13:00:00", "WITA")
    assert values.decisions == ("Menyepakati hasil pencermatan.",)
    text = to_json(build_minutes(values))
    assert "140/12/BA/2026" in text
    assert "Kelompok masyarakat miskin (terwakili)" in text


def test_the_attendance_list_shelters_elements_and_its_public_copy_has_nobody(cycle, sdk, chair):
    made = given.signed(given.complete(cycle, sdk), chair)
    full = to_json(build_attendance(queries.attendance_values(made.id)))
    assert "Mulyadi" in full
    assert "0812345678" in full
    assert "miskin" not in full
    public = to_json(build_attendance(queries.attendance_values(str(made.id), public=True)))
    assert all(line.name not in public for line in given.INVITEES)
    assert "0812345678" not in public


def test_a_closed_meeting_is_a_duty_of_its_chair_until_it_is_signed(cycle, sdk, chair):
    made = given.complete(cycle, sdk)

    def keys():
        return [duty.key for duty in duties.of(chair, NOW.date()) if duty.key.startswith("deliberation")]

    assert keys() == [f"deliberation:{made.id}:closed"]
    given.signed(made, chair)
    assert keys() == []


def test_a_proposal_and_a_cycle_learn_of_their_meetings(cycle, sdk, checked):
    one = checked()
    made = given.running(cycle, sdk, "MUSKEL", group_name="Nelayan")
    services.table_proposals(meeting_id=made.id, proposal_ids=[one.id], actor=sdk, at=NOW)
    mine = [panel for panel in panels.for_many("proposal", [one.id], sdk)[one.id] if panel.title == "Musyawarah"]
    assert mine[0].rows == (("Musyawarah Kelompok Nelayan, 10 Juni 2026", "berlangsung"),)
    found = [panel for panel in panels.for_many("cycle", [cycle.pk], sdk)[cycle.pk] if panel.title == "1 musyawarah"]
    assert found[0].rows == mine[0].rows


def test_a_note_of_several_lines_is_mended_by_its_page(meeting, client):
    client.post(reverse("deliberation:note", args=[meeting.id]), {"pokok": "Air\r\nbersih", "kunci": str(uuid.uuid4())})
    row = meeting.notes.get()
    address = reverse("deliberation:edit_note", args=[meeting.id, row.id])
    seen = client.get(address).context["seen"].replace("\n", "\r\n")
    assert client.post(address, {"pokok": "Air minum", "terlihat": seen}).status_code == 302
    row.refresh_from_db()
    assert row.point == "Air minum"
    assert client.post(address, {"pokok": "Lain", "terlihat": seen}).status_code == 409
