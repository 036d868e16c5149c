"""Settings for work on Rembuk itself: errors in the browser, styles without collecting."""

from rembuk.config.settings.base import *  # noqa: F403

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
