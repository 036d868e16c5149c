"""The file that came by cable is the same sending through another door."""

import io
import json
import zipfile

import pytest

from deliberation import given as meetings
from factories import people
from offline.given import Field, guest, picture, row_of
from rembuk.core.errors import BadInputError, NotAllowedError
from rembuk.deliberation.models import Attendance, MeetingPhoto
from rembuk.offline.models import Envelope
from rembuk.offline.services import Brought, bring_file

pytestmark = pytest.mark.django_db


def zipped(sent, parts=None, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("amplop-1.json", json.dumps({"envelopes": sent}))
        for key, data in (parts or {}).items():
            archive.writestr(f"potongan/{key}", data)
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def sent(field: Field, cycle, secretary, time):
    meeting = meetings.running(cycle, secretary.hat())
    photo, parts = field.phone.photo(picture(), str(meeting.pk), "meeting", at=time.now)
    records = [field.seal("attendance", guest(str(meeting.pk), f"Tamu {number}")) for number in range(60)]
    return [*records, photo], parts


def test_the_file_brings_records_and_photos_and_twice_changes_nothing(sent, secretary, time, field):
    records, parts = sent
    for _ in range(2):
        told = bring_file(source=zipped(records, parts), actor=secretary.hat(), at=time.now)
        assert told.records == 61 and told.parts == len(parts)
    assert (Attendance.objects.count(), MeetingPhoto.objects.count(), Envelope.objects.count()) == (60, 1, 61)
    assert {row.way for row in Envelope.objects.all()} == {"file"}
    # The network brings the same records afterwards: they are known.
    assert field.send(*records[:50])[0]["state"] == "applied" and Envelope.objects.count() == 61


def test_a_part_that_lies_about_its_name_is_counted_as_strange(sent, secretary, time):
    records, parts = sent
    wrong = dict.fromkeys(parts, b"lain")
    told = bring_file(source=zipped(records[-1:], {**wrong, "0" * 64: b"x"}), actor=secretary.hat(), at=time.now)
    assert told == Brought(1, {"waiting": 1}, 0, len(parts) + 1)


@pytest.mark.parametrize(
    "data",
    [b"bukan zip", zipped([]), zipped(3), b"PK\x03\x04" + b"\x00" * 50],
    ids=["not a zip", "nothing in it", "no list", "broken"],
)
def test_another_file_is_refused_in_words_and_nothing_is_stored(data, village, secretary, time):
    with pytest.raises(BadInputError, match="offline-file"):
        bring_file(source=data, actor=secretary.hat(), at=time.now)
    assert Envelope.objects.count() == 0


def test_a_file_that_unpacks_without_end_is_refused(village, secretary, time):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("amplop.json", b" " * (210 * 1024 * 1024))
    with pytest.raises(BadInputError, match="offline-file-size"):
        bring_file(source=out.getvalue(), actor=secretary.hat(), at=time.now)


def test_somebody_without_the_right_brings_nothing(sent, village, time):
    with pytest.raises(NotAllowedError):
        bring_file(source=zipped(sent[0]), actor=people.rt_head(village).hat(), at=time.now)


def test_a_file_carried_by_another_person_keeps_the_author_of_each_record(sent, secretary, time, field):
    bring_file(source=zipped(sent[0][:1]), actor=secretary.hat(), at=time.now)
    assert row_of(sent[0][0]).person_id == field.assignment.person_id
