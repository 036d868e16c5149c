"""A phone comes back after two weeks: 200 queued records and 40 photos of 150 kB. Processor seconds of the server.

A fresh process with a database of its own in a temporary folder. The sealing on the phone is done before the clock
starts. Run ``./rembuk bench field``, or this file alone.
"""

import io
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fresh import Result, apart, started  # beside this file, no package

RECORDS, PHOTOS, PHOTO_BYTES, AT_ONCE = 200, 40, 150_000, 50
TESTS = Path(__file__).resolve().parents[1] / "tests"


def set_up() -> None:
    """Make the database, with the phone of the tests at hand."""
    sys.path.insert(0, str(TESTS))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.test")
    import django  # the settings must be named first

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


def photo() -> bytes:
    """Return a JPEG of about 150 kB, each another one."""
    from PIL import Image

    quality, picture = 90, Image.effect_noise((1000, 750), 60).convert("RGB")
    while True:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= PHOTO_BYTES or quality < 20:
            return out.getvalue()
        quality -= 5


def scene() -> tuple[Any, list[Any]]:
    """Return a facilitator with a package, and two running meetings."""
    from deliberation import given as meetings
    from factories import people, places
    from offline.given import NOW, Field
    from rembuk.core.hat import Role
    from rembuk.cycles.services import open_cycle
    from rembuk.shared import clock

    clock.now = lambda: NOW
    village = places.melintang()
    office = people.secretary(village).hat()
    cycle = open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=NOW)
    halls = [meetings.running(cycle, office), meetings.running(cycle, office, "MUSDES_E")]
    return Field(people.holder(Role.FAS, village), SimpleNamespace(now=NOW)), halls


def measure() -> Result:
    """Send everything as a phone does, records first, and then the records once more."""
    from offline.given import NOW, guest
    from rembuk.offline.models import Envelope

    field, halls = scene()
    records = [field.seal("attendance", guest(str(halls[n % 2].pk), f"Tamu {n}")) for n in range(RECORDS)]
    photos = [field.phone.photo(photo(), str(halls[n % 2].pk), "meeting", at=NOW) for n in range(PHOTOS)]

    def send_records() -> float:
        begun = time.process_time()
        for start in range(0, RECORDS, AT_ONCE):
            assert field.post("amplop", {"envelopes": records[start : start + AT_ONCE]}).status_code == 200
        return time.process_time() - begun

    first, begun = send_records(), time.process_time()
    assert field.post("amplop", {"envelopes": [sent for sent, _parts in photos]}).status_code == 200
    for _sent, parts in photos:
        for key, data in parts.items():
            assert field.put(key, data) == 204
    pictures, again = time.process_time() - begun, send_records()
    assert Envelope.objects.filter(state="applied").count() == RECORDS + PHOTOS
    return [
        (f"field: {RECORDS} records stored and applied, CPU s", first, 8),
        (f"field: {PHOTOS} photos of {PHOTO_BYTES // 1000} kB stored, opened and shrunk, CPU s", pictures, 20),
        (f"field: the same {RECORDS} records again, CPU s", again, 2),
    ]


def main() -> Result:
    """Measure in a fresh process with its own data folder."""
    return apart(__file__)


if __name__ == "__main__":
    started(main, set_up, measure)
