"""Settings for the tests: quick hashing, plain static files, the flush of the trail allowed."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("REMBUK_MODE", "uji")
if "REMBUK_DATA" not in os.environ:
    os.environ["REMBUK_DATA"] = tempfile.mkdtemp(prefix="rembuk-uji-")
    atexit.register(shutil.rmtree, os.environ["REMBUK_DATA"], ignore_errors=True)

from rembuk.config.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
# Only these settings let the test runner empty the trail between tests; production never sets it.
TRAIL_FLUSH_ALLOWED = True
if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["REMBUK_DATA"]) / "uji.sqlite3")}  # noqa: F405
else:
    DATABASES["default"]["OPTIONS"] = {}  # noqa: F405
