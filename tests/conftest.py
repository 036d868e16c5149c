"""What every test may use: the folder of this run, and the browser when there is one."""

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

# Playwright's sync API runs its own loop in this thread; Django must not mistake that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing here reaches out: the browser of the journeys is asked to stay at home as well."""
    os.environ.setdefault("REMBUK_MODE", "uji")


@pytest.fixture(scope="session")
def migrated_once() -> Path | None:
    """Return where the empty SQLite database of these migrations is kept between runs; None for PostgreSQL.

    A hundred migrations take half a minute: longer than most rooms' tests. Other migrations are another file.
    """
    import django
    from django.conf import settings

    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        return None
    mark = hashlib.sha256(f"{sys.version} {django.__version__}".encode())
    source = Path(__file__).resolve().parents[1] / "src" / "rembuk"
    for path in sorted(source.glob("**/migrations/*.py")):
        mark.update(str(path.relative_to(source)).encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / "rembuk-uji-skema" / f"{mark.hexdigest()[:24]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_once: Path | None) -> bool:
    """Begin with the kept database where there is one; the triggers are made anew all the same."""
    from django.conf import settings

    if migrated_once is None or not migrated_once.exists():
        return False
    shutil.copyfile(migrated_once, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, migrated_once: Path | None) -> None:
    """Keep the migrated database for the next run."""
    from django.conf import settings

    if migrated_once is None or migrated_once.exists():
        return
    migrated_once.parent.mkdir(exist_ok=True)
    fresh = migrated_once.with_suffix(f".{os.getpid()}")
    name = settings.DATABASES["default"]["TEST"]["NAME"]
    with closing(sqlite3.connect(name)) as made, closing(sqlite3.connect(fresh)) as copy:
        made.backup(copy)
    fresh.replace(migrated_once)


@pytest.fixture(autouse=True)
def services_say_who_acts(request: pytest.FixtureRequest) -> Iterator[None]:
    """A write of a service without an actor would stand in the trail as "tanpa pelaku": it fails the test."""
    if request.node.get_closest_marker("forgets_actor"):
        yield
        return
    from rembuk.shared.trail import testing  # Django is set up only when the first test runs

    with testing.services_say_who_acts():
        yield


@pytest.fixture(autouse=True, scope="session")
def texts_keep_their_length() -> Iterator[None]:
    """SQLite takes a text of any length where PostgreSQL refuses it: both must fail the same test."""
    from django.db.models import CharField, signals

    def refuse_long_text(sender, instance, **_: object) -> None:
        for field in sender._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if (
                type(field) is CharField
                and isinstance(value, str)
                and field.max_length
                and len(value) > field.max_length
            ):
                raise AssertionError(f"{sender.__name__}.{field.name}: {value!r} is longer than {field.max_length}")

    signals.pre_save.connect(refuse_long_text)
    yield
    signals.pre_save.disconnect(refuse_long_text)
