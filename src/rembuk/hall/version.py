"""Which program this is, and of which shape its tables are: a package opens only where both are the same."""

import hashlib
from functools import lru_cache
from pathlib import Path

import rembuk

FOLDER = Path(rembuk.__file__).resolve().parent


def program_version() -> str:
    """Return the version of the program as the project file names it."""
    for line in (FOLDER.parents[1] / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("version = "):
            return line.split('"')[1]
    return "0"


@lru_cache(maxsize=1)
def schema() -> str:
    """Return a digest of the migrations of every room: the same text, the same tables."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("**/migrations/[0-9]*.py")):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
