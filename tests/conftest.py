"""What every test may use: the folder of this run, and the browser when there is one."""

import os

import pytest

# Playwright's sync API runs its own loop in this thread; Django must not mistake that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing here reaches out: the browser of the journeys is asked to stay at home as well."""
    os.environ.setdefault("REMBUK_MODE", "uji")
