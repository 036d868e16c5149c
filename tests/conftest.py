"""What every test may use: the folder of this run, and the browser when there is one."""

import os
from collections.abc import Iterator

import pytest

# Playwright's sync API runs its own loop in this thread; Django must not mistake that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing here reaches out: the browser of the journeys is asked to stay at home as well."""
    os.environ.setdefault("REMBUK_MODE", "uji")


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
