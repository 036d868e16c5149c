"""Django's ``migrate``, which also puts back missing triggers and so must not be stopped by their check."""

from typing import Any

from django.core.management.commands import migrate

from rembuk.shared.trail.checks import repairing


class Command(migrate.Command):
    """Migrate; the triggers of the trail are dropped before and made again after it."""

    def handle(self, *args: Any, **options: Any) -> None:
        with repairing():
            super().handle(*args, **options)
