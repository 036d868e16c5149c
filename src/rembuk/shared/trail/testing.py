"""For the tests of every room: who writes while a test prepares, and that no service forgets to say who acts.

with setting_up():                      # rows of a test's scene, written under the name of nobody in particular
    village = make_village()
with every_write_has_an_actor():        # fails when a write inside left a row "tanpa pelaku"
    submit_proposal(proposal_id=..., actor=hat, at=...)
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rembuk.core.hat import command_hat
from rembuk.shared.trail import sqlite
from rembuk.shared.trail.context import acting
from rembuk.shared.trail.models import TrailEntry
from rembuk.shared.trail.triggers import NOBODY


@contextmanager
def setting_up() -> Iterator[None]:
    """Let the scene of a test be written under the act ``test.scene``."""
    with acting(command_hat("uji", ""), "test.scene"):
        yield


def unattributed(since: int = 0) -> list[TrailEntry]:
    """Return the trail rows after entry *since* that say "tanpa pelaku"."""
    return list(TrailEntry.objects.filter(id__gt=since, act=NOBODY).order_by("id"))


def last_entry() -> int:
    """Return the id of the newest trail row, 0 if there is none."""
    last = TrailEntry.objects.order_by("-id").first()
    return last.id if last else 0


@contextmanager
def every_write_has_an_actor() -> Iterator[None]:
    """Fail when a write to an audited table inside the block had no actor. Raises: AssertionError."""
    since = last_entry()
    yield
    rows = [f"{entry.operation} {entry.table_name} {entry.object_id}" for entry in unattributed(since)]
    assert not rows, f"tanpa pelaku: {', '.join(rows)}"


@contextmanager
def services_say_who_acts() -> Iterator[None]:
    """Fail when a function of a room's ``services`` writes without an actor (SQLite only). Raises: AssertionError."""
    found: list[str] = []

    def look() -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            path = Path(frame.f_code.co_filename)
            if "rembuk" in path.parts and "services" in (path.stem, path.parent.name):
                found.append(f"{path.parent.name}/{path.name}:{frame.f_lineno} {frame.f_code.co_name}")
                return
            frame = frame.f_back

    sqlite.WATCHERS.append(look)
    try:
        yield
    finally:
        sqlite.WATCHERS.remove(look)
    assert not found, f"tanpa pelaku: {', '.join(sorted(set(found)))}"
