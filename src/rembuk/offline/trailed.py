"""What the trail keeps of the field: devices, packages, envelopes; never a key, never the sealed text."""

from django.utils.translation import gettext_lazy as _

from rembuk.offline import labels, models
from rembuk.shared.trail import audit, words


def register() -> None:
    audit(models.Device, personal=("name",), ignore=("public_key",))
    audit(models.Package, ignore=("heard_at",))
    # A refusal's sentence may name a person of the attendance list.
    audit(models.Envelope, personal=("message",), ignore=("raw", "attempts"))
    words.register(
        tables={
            models.Device: _("perangkat lapangan"),
            models.Package: _("paket lapangan"),
            models.Envelope: _("kiriman lapangan"),
        },
        columns=labels.COLUMNS,
    )
