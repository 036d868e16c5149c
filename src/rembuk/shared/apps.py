"""The room `shared` as Django knows it."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Puts the trail in place and registers what other rooms ask for by name."""

    name = "rembuk.shared"
    label = "shared"

    def ready(self) -> None:
        # Models can be imported only now.
        from rembuk.shared import daily, labels, models, permissions  # noqa: F401
        from rembuk.shared.notices import digest
        from rembuk.shared.trail import audit, checks, install

        install.connect(self)
        checks.connect()
        audit(models.StoredFile)
        audit(models.Paper, ignore=("data", "files"))
        # Its name puts it after the reminders, so that they are in the digest of their day.
        daily.register("z.digest", digest.send_digests)
