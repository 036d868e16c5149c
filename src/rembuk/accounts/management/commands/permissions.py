"""`./rembuk manage permissions`: write docs/permissions.md from the table."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from rembuk.accounts.permission_docs import write


class Command(BaseCommand):
    """Writes the page of permissions."""

    help = "Menulis docs/permissions.md dari tabel izin."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("id"):
            self.stdout.write(str(write()))
