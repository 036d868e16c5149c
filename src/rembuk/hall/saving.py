"""The last file: a whole copy of the hall in one zip, written beside its folder every minute and after each decision.

Another laptop opens it and goes on. It is written under another name and moved into place, so that a power cut leaves
the one before. It knows no Django: the process that starts the server keeps it.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.hall.venue_files import DATABASE, KEY, SECRET, START, VENUE

FORMAT: Final = "rembuk-hall-last/1"
NAME: Final = "berkas-terakhir.zip"
ABOUT: Final = "terakhir.json"
EVERY_SECONDS: Final = 60
DECIDED: Final = (
    "SELECT (SELECT count(*) FROM deliberation_decision), (SELECT total(version) FROM deliberation_meeting), "
    "(SELECT count(*) FROM deliberation_ballotbundle), (SELECT total(version) FROM deliberation_ballotbundle), "
    "(SELECT count(*) FROM budgeting_allocationrun WHERE adopted_at IS NOT NULL)"
)
"""What changes with a decision; seen within a second."""


def save(folder: Path, places: Sequence[Path]) -> None:
    """Copy the hall in *folder* into the last file at each of *places* (folders). Raises: OSError, sqlite3.Error."""
    copy = folder / f".salinan-{os.getpid()}.sqlite3"
    try:
        with (
            contextlib.closing(sqlite3.connect(folder / DATABASE, timeout=20)) as live,
            contextlib.closing(sqlite3.connect(copy)) as saved,
        ):
            live.backup(saved)
            saved.execute("PRAGMA journal_mode=DELETE")
        files = {DATABASE: copy, **{name: folder / name for name in (VENUE, START, KEY, SECRET)}}
        stored = folder / "berkas"
        for path in sorted(stored.rglob("*")) if stored.exists() else ():
            if path.is_file():
                files[path.relative_to(folder).as_posix()] = path
        for place in places:
            with contextlib.suppress(FileNotFoundError):  # a stick that was pulled out comes back later
                write(files, place / NAME)
    finally:
        copy.unlink(missing_ok=True)


def write(files: dict[str, Path], target: Path) -> None:
    half = target.with_name(f".{target.name}.{os.getpid()}")
    sums = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if path.exists()}
    about = {"format": FORMAT, "saved_at": datetime.now(UTC).isoformat(), "members": sums}
    try:
        with half.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(ABOUT, json.dumps(about, sort_keys=True))
                for name in sums:
                    archive.write(files[name], name)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(0o600)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def is_last_file(path: Path) -> bool:
    """Return whether this is such a file and no package."""
    try:
        with zipfile.ZipFile(path) as archive:
            return ABOUT in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def venue_in(path: Path) -> dict[str, object]:
    """Return what the hall in a last file says of itself. Raises: RefusedError ``hall-last-broken``."""
    try:
        with zipfile.ZipFile(path) as archive:
            return dict(json.loads(archive.read(VENUE)))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise RefusedError("hall-last-broken") from error


def restore(path: Path, folder: Path) -> None:
    """Put the hall of a last file into an empty folder. Raises: RefusedError; nothing usable is left behind then."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(ABOUT))
            content = {name: archive.read(name) for name in about["members"]}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise RefusedError("hall-last-broken") from error
    if about.get("format") != FORMAT or any(
        hashlib.sha256(content[name]).hexdigest() != digest for name, digest in about["members"].items()
    ):
        raise RefusedError("hall-last-broken")
    # The venue comes last: a folder without it is no hall yet and is made again.
    for name in sorted(content, key=lambda each: each == VENUE):
        target = (folder / name).resolve()
        if folder.resolve() not in target.parents:
            raise RefusedError("hall-last-broken")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content[name])
        target.chmod(0o600)


def keep_saving(folder: Path, places: Sequence[Path], stop: threading.Event) -> None:
    """Save every minute in which something changed, and within a second of a decision, until *stop*."""
    seen: tuple[object, ...] | None = None
    version, waited = -1, 0
    with contextlib.closing(sqlite3.connect(folder / DATABASE, timeout=20)) as watch:
        watch.isolation_level = None
        while not stop.wait(1):
            waited += 1
            try:
                decided = watch.execute(DECIDED).fetchone()
                now = watch.execute("PRAGMA data_version").fetchone()[0]
                if (decided != seen) or (waited >= EVERY_SECONDS and now != version):
                    save(folder, places)
                    seen, version, waited = decided, now, 0
            except (sqlite3.Error, OSError):
                continue  # a full disk or a busy database: tried again in a second, the last whole file stays
