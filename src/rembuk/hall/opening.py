"""A package becomes a hall on this laptop: its own folder, its own database, its own keys."""

import json
import secrets
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rembuk.core.errors import RefusedError
from rembuk.core.hall.package import Opened
from rembuk.hall.venue_files import CLOCK, DATABASE, KEY, START, VENUE

TRUSTED = "peladen.json"
ROOM_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
EXAMPLE_START = datetime(2026, 9, 21, 0, 30, tzinfo=UTC)


def moment_for(manifest: Mapping[str, Any], now: datetime) -> datetime:
    """Return the present moment as the package's server counts it: the worked example has a clock of its own."""
    mark = str(manifest.get("clock") or "")
    return now - (datetime.fromisoformat(mark) - EXAMPLE_START) if mark else now


def trust(base: Path, opened: Opened, given: str) -> None:
    """Remember whose packages this laptop opens; another server's are refused until a person says its fingerprint.

    given: the fingerprint typed with ``--kunci``. Raises: RefusedError ``hall-other-key``.
    """
    path = base / TRUSTED
    known = str(json.loads(path.read_text(encoding="utf-8"))["fingerprint"]) if path.exists() else ""
    typed = given.strip().upper()
    if typed and typed != opened.fingerprint:
        raise RefusedError("hall-other-key", found=opened.fingerprint, known=typed)
    if known and known != opened.fingerprint and not typed:
        raise RefusedError("hall-other-key", found=opened.fingerprint, known=known)
    if known != opened.fingerprint:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(json.dumps({"fingerprint": opened.fingerprint}), encoding="utf-8")


def lay_out(folder: Path, empty: Path) -> None:
    """Make the folder from the prepared empty one; what a broken start left behind goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The secret is each hall's own: it keys the slips of its quiet vote.
    shutil.copytree(empty, folder, ignore=shutil.ignore_patterns("kunci", f"{DATABASE}-*"))
    folder.chmod(0o700)


def fill(folder: Path, opened: Opened) -> int:
    """Write rows, key and at last the venue. Needs Django set up on *folder*. Returns how many rows."""
    # Models are known only once the caller has set Django up on this folder.
    from rembuk.hall.beginning import kept
    from rembuk.hall.rows import plant

    count = plant(dict(opened.members))
    key = folder / KEY
    key.write_bytes(opened.members[KEY])
    key.chmod(0o600)
    start = folder / START
    start.write_bytes(kept(opened.members))
    start.chmod(0o600)
    if mark := str(opened.manifest.get("clock") or ""):
        (folder / CLOCK).write_text(mark, encoding="ascii")
    venue = {key: value for key, value in opened.manifest.items() if key != "members"}
    venue["room"] = "".join(secrets.choice(ROOM_LETTERS) for _ in range(8))
    half = folder / f".{VENUE}"
    half.write_text(json.dumps(venue, ensure_ascii=False), encoding="utf-8")
    half.chmod(0o600)
    half.replace(folder / VENUE)
    return count
