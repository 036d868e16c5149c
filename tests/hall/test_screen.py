"""The large screen, and that what the pages of a hall read is what the package carries."""

import time

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation import given
from deliberation.conftest import sdk, secretary  # noqa: F401
from rembuk.deliberation import services as meetings
from rembuk.deliberation.models import Attendance, MeetingProposal
from rembuk.deliberation.values import NoteValues
from rembuk.hall.tables import TABLES
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

MADE_HERE = {
    "hall.Taking": "the lock, which the laptop does not have",
    "shared.Notice": "messages of the server",
    "shared.Paper": "papers made in the hall begin there",
    "facilitation.Facilitation": "checklists of facilitators stay at home",
    "facilitation.Turn": "the guide's own count of turns lies with the checklist",
    "plans.DuRkpdesItem": "what goes up to the regency stays at home",
    "budgeting.Apbdes": "the budget comes after the meeting",
    "works.Work": "works come after the meeting",
    "deliberation.MeetingPhoto": "pictures taken before stay at home, they make a package heavy",
    "shared.StoredFile": "files stay at home",
    "cycles.Evidence": "evidence is a file or a paper, and those stay at home",
    "evaluation.Review": "a badge of the menu; nothing of it is carried",
    "mentoring.ActionItem": "a badge of the menu; nothing of it is carried",
    "offline.Envelope": "a badge of the menu; envelopes come to the server alone",
    "sectors.SupportRequest": "a badge of the menu; nothing of it is carried",
}


@pytest.fixture
def meeting(cycle, sdk, three):  # noqa: F811
    meeting = given.running(cycle, sdk, "MUSREN")
    given.come(meeting, sdk)
    with setting_up():
        for row in three:
            MeetingProposal.objects.create(meeting=meeting, proposal=row)
    return meeting


def test_what_the_pages_of_a_hall_read_lies_in_the_package(meeting, cycle, client):
    carried = {table.model._meta.db_table for table in TABLES}
    excused = {apps.get_model(label)._meta.db_table for label in MADE_HERE}
    rooms = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("rembuk.") and not model._meta.db_table.startswith("trail_")
    }
    page = client("SDK")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in (
            f"/musyawarah/{meeting.pk}/",
            f"/musyawarah/{meeting.pk}/layar/?lihat=gagasan",
            f"/musyawarah/{meeting.pk}/suara/",
            f"/musyawarah/{meeting.pk}/skor/",
            f"/meja/{cycle.pk}/",
            f"/meja/{cycle.pk}/layar/",
        ):
            assert page.get(address).status_code == 200, address
    text = "\n".join(query["sql"] for query in asked.captured_queries)
    read = {table for table in rooms if f'FROM "{table}"' in text or f'JOIN "{table}"' in text}
    missing = sorted(table for table in read - carried - excused if not table.startswith("hall_"))
    assert not missing, " ".join(missing)


def test_a_hundred_and_fifty_arrivals_are_on_the_screen_within_two_seconds(meeting, client):
    with setting_up():
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, name=f"Warga {n}", sex="LP"[n % 2], element="TANI", captured_at=clock.now())
            for n in range(150)
        )
    page = client("SDK")
    address = f"/musyawarah/{meeting.pk}/layar/"
    page.get(address)
    begun = time.perf_counter()
    shown = page.get(address).content.decode()
    assert time.perf_counter() - begun < 2
    assert f'<p class="big">{150 + len(given.INVITEES)}' in shown


def test_the_screen_says_who_spoke_by_sex_and_element_each_once_and_never_a_name(meeting, client, sdk):  # noqa: F811
    for speaker, sex, element in (
        ("Halimah", "P", "NELAYAN"),
        ("halimah", "P", "NELAYAN"),
        ("Budi Santoso", "L", "BPD"),
        ("Karim", "L", "DIFABEL"),
    ):
        note = NoteValues("Air", "", speaker, sex, element)
        meetings.add_note(meeting_id=meeting.pk, values=note, actor=sdk, at=clock.now())
    shown = client("SDK").get(f"/musyawarah/{meeting.pk}/layar/").content.decode()
    assert "Sudah bicara: 3 orang" in shown
    assert "Nelayan dan buruh nelayan <b>1</b>" in shown
    assert "berkebutuhan khusus <b>" not in shown
    assert "Belum terdengar: <b>Pemerintah Desa, Kelompok perempuan</b>" in shown
    assert "Halimah" not in shown
    assert "Karim" not in shown


def test_the_keys_lead_through_ideas_decisions_and_the_agenda(meeting, client, sdk):  # noqa: F811
    meetings.decide(meeting_id=meeting.pk, text="Sumur didahulukan.", actor=sdk, at=clock.now())
    page, address = client("SDK"), f"/musyawarah/{meeting.pk}/layar/"
    assert "Titian ulin RT 01" in page.get(f"{address}?lihat=gagasan").content.decode()
    assert "Sumur didahulukan." in page.get(f"{address}?lihat=keputusan").content.decode()
    for odd in ("?lihat=x&agenda=-1", "?agenda=99999", "?agenda=x", "?agenda=²"):
        assert page.get(address + odd).status_code == 200
    shown = page.get(f"{address}?agenda=2").content.decode()
    assert '<li aria-current="step">Pembahasan' in shown
