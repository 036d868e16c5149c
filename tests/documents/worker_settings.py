"""Settings of the worker processes of these tests: every room, the real queue, a short lease."""

from rembuk.config.settings.test import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
JOB_LEASE_SECONDS = 3
