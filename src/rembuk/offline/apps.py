"""The room `offline` as Django knows it: packages go out to phones and halls, envelopes come back."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Registers the trail of what came from the field, its words, its duties and its chores."""

    name = "rembuk.offline"
    label = "offline"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.core import checks

        from rembuk.offline import labels, permissions, readiness, trailed  # noqa: F401
        from rembuk.shared import wording

        trailed.register()
        checks.register(readiness.check_keys, checks.Tags.database)
        wording.register(labels.SENTENCES)
