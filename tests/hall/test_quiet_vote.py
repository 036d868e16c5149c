"""The quiet vote: one slip a person, one ballot a slip, and nothing that tells which ballot was whose."""

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from deliberation import given
from deliberation.conftest import checked, sdk, secretary  # noqa: F401
from rembuk.core.errors import RefusedError
from rembuk.core.hall.slips import read_slip
from rembuk.deliberation import services as meetings
from rembuk.deliberation.models import Attendance, BallotBundle, MeetingProposal
from rembuk.hall import services, venue
from rembuk.hall.models import Arrival, BallotBox
from rembuk.hall.services.voting import digest_of
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

ROOM = "abcd2345"


@pytest.fixture
def meeting(cycle, sdk, three):  # noqa: F811
    meeting = given.running(cycle, sdk, "MUSREN")
    given.come(meeting, sdk)
    with setting_up():
        for row in three:
            MeetingProposal.objects.create(meeting=meeting, proposal=row)
    return meeting


@pytest.fixture
def boxes(meeting, sdk):  # noqa: F811
    return services.open_boxes(meeting_id=meeting.pk, hamlets=[None], per_voter=2, actor=sdk, at=clock.now())


@pytest.fixture
def in_hall(settings, meeting, sdk):  # noqa: F811
    """Let this process be the laptop of the hall."""
    settings.HALL = True
    held = venue.Venue(
        meeting.pk, meeting.pk, meeting.village_id, meeting.title, clock.now(), clock.now(), (), ROOM, "", "", "", ""
    )
    venue._read[django_settings.DATA_DIR] = held
    yield held
    venue._read.clear()


def slip_of(person, sdk):  # noqa: F811
    return services.give_slip(attendance_id=person.pk, hamlet_id=None, actor=sdk, at=clock.now())


def voters(meeting):
    return list(Attendance.objects.filter(meeting=meeting, has_voting_right=True).order_by("id"))


def test_each_person_gets_one_slip_and_each_slip_casts_one_ballot(meeting, boxes, three, sdk):  # noqa: F811
    person = voters(meeting)[0]
    code = slip_of(person, sdk)
    with pytest.raises(RefusedError) as told:
        slip_of(person, sdk)
    assert told.value.code == "hall-slip-given"
    services.cast(meeting_id=meeting.pk, code=code.lower(), chosen=[three[0].pk])
    with pytest.raises(RefusedError) as told:
        services.cast(meeting_id=meeting.pk, code=code, chosen=[three[1].pk])
    assert told.value.code == "hall-slip-used"
    assert BallotBox.objects.get().ballots == [[1, [str(three[0].pk)]]]


def test_a_wrong_slip_too_many_marks_and_a_closed_box_put_nothing_in(meeting, boxes, three, sdk):  # noqa: F811
    code = slip_of(voters(meeting)[0], sdk)
    tries = [("AAAAAA", [], "hall-slip-unknown"), ("", [], "hall-slip-unknown")]
    tries.append((code, [row.pk for row in three], "hall-too-many-marks"))
    tries.append((code, [meeting.pk], "hall-mark-unknown"))
    for text, chosen, reason in tries:
        with pytest.raises(RefusedError) as told:
            services.cast(meeting_id=meeting.pk, code=text, chosen=chosen)
        assert told.value.code == reason
    services.close_boxes(meeting_id=meeting.pk, actor=sdk, at=clock.now())
    with pytest.raises(RefusedError) as told:
        services.cast(meeting_id=meeting.pk, code=code, chosen=[])
    assert told.value.code == "hall-box-closed"
    box = BallotBox.objects.get()
    assert (box.used, box.ballots) == ([], [])


def whole_database():
    """Return every row of every table as text, the trail as well."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = [json.dumps(row, default=str) for row in cursor.fetchall()]
    return found


def test_no_row_of_the_whole_database_links_a_slip_with_a_ballot_a_person_or_a_time(
    meeting,
    boxes,
    three,
    sdk,  # noqa: F811
):
    people = voters(meeting)
    before = whole_database()
    codes = {person.pk: slip_of(person, sdk) for person in people}
    for number, person in enumerate(people):
        services.cast(meeting_id=meeting.pk, code=codes[person.pk], chosen=[three[number % 3].pk])
    after = whole_database()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed <= {"hall_ballotbox", "hall_slipgiven"}  # no session, trail, job or stamp was written
    text = "\n".join(row for rows in after.values() for row in rows)
    assert not any(code in text for code in codes.values())
    digests = {person: digest_of(meeting, code) for person, code in codes.items()}
    assert all(not any(digest in row for digest in digests.values()) for row in after["hall_slipgiven"])
    box = BallotBox.objects.get()
    assert box.handed == sorted(digests.values())
    assert box.used == sorted(digests.values())
    assert [marked for _count, marked in box.ballots] == sorted(marked for _count, marked in box.ballots)
    assert not any(field.get_internal_type() in ("DateTimeField", "TimeField") for field in BallotBox._meta.fields)


def test_the_box_is_the_same_whoever_voted_first(meeting, boxes, three, sdk):  # noqa: F811
    people = voters(meeting)
    codes = [slip_of(person, sdk) for person in people]
    wishes = [[three[number % 2].pk] for number in range(len(people))]
    for code, wish in reversed(list(zip(codes, wishes, strict=True))):
        services.cast(meeting_id=meeting.pk, code=code, chosen=wish)
    backwards = (BallotBox.objects.get().used, BallotBox.objects.get().ballots)
    BallotBox.objects.update(used=[], ballots=[])
    for code, wish in zip(codes, wishes, strict=True):
        services.cast(meeting_id=meeting.pk, code=code, chosen=wish)
    assert (BallotBox.objects.get().used, BallotBox.objects.get().ballots) == backwards


def test_the_result_becomes_ordinary_ballots_and_few_are_never_counted_alone(meeting, three, hamlets, sdk):  # noqa: F811
    upper, lower = hamlets
    services.open_boxes(meeting_id=meeting.pk, hamlets=[upper.pk, lower.pk], per_voter=1, actor=sdk, at=clock.now())
    people = voters(meeting)
    for number, person in enumerate(people):
        key = upper.pk if number else lower.pk
        code = services.give_slip(attendance_id=person.pk, hamlet_id=key, actor=sdk, at=clock.now())
        services.cast(meeting_id=meeting.pk, code=code, chosen=[three[0].pk])
    services.close_boxes(meeting_id=meeting.pk, actor=sdk, at=clock.now())
    with pytest.raises(RefusedError) as told:
        services.count_boxes(meeting_id=meeting.pk, actor=sdk, at=clock.now())
    assert told.value.code == "lot-first"
    meetings.draw_lot(meeting_id=meeting.pk, seed="407193", actor=sdk, at=clock.now())
    assert services.count_boxes(meeting_id=meeting.pk, actor=sdk, at=clock.now()) == len(people)
    services.count_boxes(meeting_id=meeting.pk, actor=sdk, at=clock.now())
    assert min(BallotBundle.objects.values_list("voters", flat=True)) >= 5
    assert sum(BallotBundle.objects.values_list("voters", flat=True)) == len(people)


def test_paper_dots_come_in_only_when_two_people_counted_the_same(meeting, three, sdk):  # noqa: F811
    meetings.draw_lot(meeting_id=meeting.pk, seed="407193", actor=sdk, at=clock.now())

    def count(counter, dots):
        return services.count_dots(
            meeting_id=meeting.pk,
            hamlet_id=None,
            counter=counter,
            voters=3,
            totals={three[0].pk: dots},
            actor=sdk,
            at=clock.now(),
        )

    assert count("Ahmad Yani", 4) == "first"
    with pytest.raises(RefusedError) as told:
        count(" ahmad  yani ", 4)
    assert told.value.code == "hall-counter-same"
    assert count("Siti Rahma", 5) == "differs"
    assert not BallotBundle.objects.exists()
    assert count("Ahmad Yani", 5) == "first"
    assert count("Siti Rahma", 5) == "entered"
    assert BallotBundle.objects.get().marks == [[1, [[str(three[0].pk), 5]]]]


def test_a_phone_says_who_came_an_officer_confirms_and_the_slip_votes(meeting, boxes, three, in_hall, client, sdk):  # noqa: F811
    from django.test import Client

    phone, desk = Client(), client("SDK")
    line = meeting.invitations.get(name="Halimah")
    Attendance.objects.filter(meeting=meeting, name="Halimah").delete()
    assert "Halimah" in phone.get(f"/balai/hp/{ROOM}/hadir/").content.decode()
    said = phone.post(f"/balai/hp/{ROOM}/hadir/", {"undangan": str(line.pk), "jk": "P"})
    assert "Menunggu petugas" in phone.get(said["Location"]).content.decode()
    assert "Halimah" in desk.get(f"/balai/petugas/{meeting.pk}/").content.decode()
    desk.post(f"/balai/petugas/{meeting.pk}/datang/", {"semua": "1"})
    row = Attendance.objects.get(meeting=meeting, name="Halimah")
    assert (row.sex, row.element, row.invited) == ("P", "NELAYAN", True)
    assert "sudah dicatat" in phone.get(said["Location"]).content.decode()
    slip = desk.post(f"/balai/petugas/{meeting.pk}/slip/", {"siapa": str(row.pk), "dusun": ""}).content.decode()
    code = read_slip(slip.split('class="slip-code">')[1].split("<")[0])
    sent = {"slip": code, "usulan": [str(three[1].pk)]}
    assert "Suara tersimpan" in phone.post(f"/balai/hp/{ROOM}/suara/", sent).content.decode()
    again = phone.post(f"/balai/hp/{ROOM}/suara/", sent)
    assert again.status_code == 409
    assert "sudah dipakai" in again.content.decode()


def test_what_was_typed_on_a_phone_stays_when_it_is_refused(meeting, boxes, in_hall):
    from django.test import Client

    answer = Client().post(f"/balai/hp/{ROOM}/hadir/", {"nama": "Rudi Hartono", "unsur": "TANI", "alamat": "RT 02"})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "Rudi Hartono" in shown
    assert "RT 02" in shown
    assert not Arrival.objects.exists()


def test_the_pages_of_a_hall_are_nowhere_else(meeting, client):
    from django.test import Client

    assert Client().get(f"/balai/hp/{ROOM}/").status_code == 409
    assert client("SDK").get(f"/balai/petugas/{meeting.pk}/").status_code == 409


def test_another_room_word_opens_nothing(meeting, in_hall):
    from django.test import Client

    assert Client().get("/balai/hp/zzzz9999/").status_code == 404


def test_no_module_of_the_hall_asks_for_a_system_that_windows_lacks():
    """Web, sync, documents and choice are promised on Windows; none of it was run on Windows here."""
    import rembuk

    folder = Path(rembuk.__file__).parent
    posix = ("fcntl", "pwd", "grp", "resource", "termios")
    found = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().split(" ")[0] in ("import", "from") and line.split()[1].split(".")[0] in posix
    ]
    # Asked for inside a function, after a look at the system.
    assert sorted(found) == ["cli/server.py", "documents/renderers/typst_process.py"]
    forks = [
        str(path.relative_to(folder)) for path in folder.rglob("*.py") if "os.fork(" in path.read_text(encoding="utf-8")
    ]
    assert forks == []
