"""The room `offline` as Django knows it: packages go out to phones and halls, envelopes come back."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Registers what the room may do."""

    name = "rembuk.offline"
    label = "offline"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.offline import permissions  # noqa: F401
