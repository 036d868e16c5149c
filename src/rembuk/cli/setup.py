"""Bring a data folder up to date: database, static files, compiled messages. Quick when nothing changed."""

import hashlib
from pathlib import Path

from rembuk.config import env

MARK = "siap"


def fingerprint() -> str:
    """Digest of everything whose change asks for a new set-up: migrations, static files, messages, settings."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    patterns = ("*/migrations/*.py", "*/*/migrations/*.py", "*/static/**/*", "locale/**/*.po", "config/settings/*.py")
    for pattern in patterns:
        for path in sorted(package.glob(pattern)):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path.relative_to(package)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_current(folder: Path) -> bool:
    mark = folder / MARK
    return mark.exists() and mark.read_text(encoding="ascii") == fingerprint()


def bring_up_to_date(folder: Path) -> None:
    """Migrate, collect static files and compile messages unless nothing changed. Needs Django set up."""
    if is_current(folder):
        return
    from django.core.management import call_command  # Django is set up by the caller, not when this file is read

    compile_messages()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    (folder / MARK).write_text(fingerprint(), encoding="ascii")


def compile_messages() -> None:
    """Compile every message catalogue with Python alone: a bare machine has no gettext tools."""
    import polib  # only when something changed

    for source in (env.ROOT / "src" / "rembuk" / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(target))
