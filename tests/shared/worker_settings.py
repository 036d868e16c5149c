"""Settings of the worker processes in the tests: the real queue, a short lease, only the rooms they need."""

from rembuk.config.settings.test import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django_tasks",
    "django_tasks_db",
    "rembuk.shared",
    "shared.sample_jobs",
]
MIDDLEWARE: list[str] = []
TEMPLATES: list[dict[str, object]] = []
ROOT_URLCONF = "shared.worker_settings"
urlpatterns: list[object] = []
AUTH_USER_MODEL = "auth.User"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
JOB_LEASE_SECONDS = 1.5
